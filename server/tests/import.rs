//! Import and export: what comes in goes out again, byte for byte, or is refused with its place.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::{Designs, Import, Proposals};
use app::error::AppError;
use app::model::ids::ProposalId;
use app::model::review::Verdict;
use app::model::revision::Side;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use reviewing::{SLUG, World};
use sqlx::PgPool;

async fn import(world: &World, bytes: &[u8]) -> Result<ProposalId, AppError> {
    let import = Import { title: "A file".into(), markdown: bytes.to_vec() };
    world.service.import_design(&world.ada, SLUG, import).await.map(|made| made.proposal)
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn every_real_document_imports_renders_and_exports_identically(db: PgPool) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/designs");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("{} is not there; nothing to import", folder.display());
        return;
    };
    let world = World::new(db).await;
    for file in files.map(|file| file.unwrap().path()) {
        let bytes = std::fs::read(&file).unwrap();
        let proposal = import(&world, &bytes).await.unwrap();
        assert_eq!(world.service.text(&world.vi, proposal, true).await.unwrap(), bytes, "{}", file.display());
        let read = world.service.read(&world.vi, proposal, Side::Live).await.unwrap();
        assert!(!read.headings.is_empty() && read.html.len() > 1000 && read.seq.is_some(), "{}", file.display());
        assert_eq!(read.length as usize, String::from_utf8(bytes).unwrap().replace("\r\n", "\n").encode_utf16().count());
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn line_endings_and_byte_order_mark_are_given_back_on_request(db: PgPool) {
    let world = World::new(db).await;
    let bytes = "\u{feff}# Mixed\r\nlines\rof all\nkinds\r\n".as_bytes();
    let proposal = import(&world, bytes).await.unwrap();
    assert_eq!(world.service.text(&world.vi, proposal, false).await.unwrap(), b"# Mixed\nlines\nof all\nkinds\n");
    assert_eq!(world.service.text(&world.vi, proposal, true).await.unwrap(), bytes);
    assert!(world.service.design(&world.vi, SLUG, 1).await.unwrap().imported);
    import(&world, b"# Plain\n").await.unwrap();
    assert!(!world.service.design(&world.vi, SLUG, 2).await.unwrap().imported, "there is one way to export it");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_accepted_text_is_given_back_as_it_was_imported_too(db: PgPool) {
    let world = World::new(db).await;
    let bytes = "\u{feff}# Mixed\r\nlines\rof all\nkinds".as_bytes();
    let proposal = import(&world, bytes).await.unwrap();
    world.send(proposal).await.unwrap();
    world.review(&world.bo, proposal, 1, Verdict::Approve).await.unwrap();
    world.service.merge(&world.ada, proposal, 1).await.unwrap();
    assert_eq!(world.service.accepted_text(&world.vi, SLUG, 1, true).await.unwrap(), bytes);
    assert_eq!(world.service.accepted_text(&world.vi, SLUG, 1, false).await.unwrap(), b"# Mixed\nlines\nof all\nkinds");
    // A proposal forked from it goes out in the same form.
    let (fork, _) = world.service.propose(&world.ada, SLUG, 1, "More", "").await.unwrap();
    assert_eq!(world.service.text(&world.vi, fork, true).await.unwrap(), bytes);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_cannot_be_kept_is_refused_with_its_place_and_leaves_nothing(db: PgPool) {
    let world = World::new(db).await;
    let message = async |bytes: &[u8]| match import(&world, bytes).await {
        Err(AppError::Invalid { field, message }) if field == "markdown" => message,
        other => panic!("expected a refusal, got {other:?}"),
    };
    assert!(message(b"abc\xffdef").await.contains("byte 3"));
    assert!(message(b"one\ntw\0o").await.contains("Line 2, column 3"));
    assert!(matches!(import(&world, &vec![b'a'; 5 * 1024 * 1024 + 1]).await, Err(AppError::TooLarge(_))));
    let next: i32 = sqlx::query_scalar("select next_design from teams where slug = $1").bind(SLUG).fetch_one(&world.db).await.unwrap();
    assert_eq!(next, 1, "no number was taken");
    let largest = vec![b'a'; 5 * 1024 * 1024];
    let proposal = import(&world, &largest).await.unwrap();
    assert_eq!(world.service.text(&world.vi, proposal, false).await.unwrap(), largest);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn hostile_markdown_is_kept_as_it_is_and_rendered_harmless(db: PgPool) {
    let world = World::new(db).await;
    let text = format!("<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n{} deep", ">".repeat(100_000));
    let proposal = import(&world, text.as_bytes()).await.unwrap();
    assert_eq!(world.service.text(&world.vi, proposal, true).await.unwrap(), text.as_bytes());
    let html = world.service.read(&world.vi, proposal, Side::Live).await.unwrap().html;
    assert!(!html.contains("<script") && !html.contains("<img src=\"x\""), "{}", &html[..500.min(html.len())]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn any_text_comes_back_byte_for_byte(db: PgPool) {
    let world = World::new(db).await;
    let mut runner = TestRunner::deterministic();
    let texts = proptest::collection::vec(
        proptest::sample::select(vec!["\r\n", "\r", "\n", "\u{feff}", "a", "é", "😀", "# ", "\u{301}", "\t"]),
        0..40,
    );
    // Few, because each is a whole design in the database; the pure half has its own property test beside `model::source`.
    for _ in 0..40 {
        let text = texts.new_tree(&mut runner).unwrap().current().concat();
        let proposal = import(&world, text.as_bytes()).await.unwrap();
        assert_eq!(world.service.text(&world.vi, proposal, true).await.unwrap(), text.as_bytes(), "{text:?}");
    }
}
