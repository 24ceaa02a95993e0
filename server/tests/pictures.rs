//! Pictures: who brings them, who sees them, what is kept of them, and where.

mod common;

use app::model::role::Role;
use app::model::token::Scope;
use common::{Answer, Browser, Person, Server, Setup, picture};
use image::ImageFormat;
use reqwest::{Body, Method};
use serde_json::Value;
use server::pictures::{LARGEST, PictureStore};
use server::service::Keeping;
use sqlx::PgPool;
use time::Duration;

/// Brings a picture as a page does.
async fn bring(person: &Person, bytes: impl Into<Body>) -> Answer {
    Answer::of(person.browser.request(Method::POST, "/teams/payments/pictures").body(bytes)).await
}

/// Brings one that is taken; its address.
async fn brought(person: &Person, bytes: impl Into<Body>) -> String {
    let answer = bring(person, bytes).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json::<Value>()["address"].as_str().expect("an address").to_owned()
}

/// What a refusal says.
fn detail(answer: &Answer) -> String {
    let problem: Value = serde_json::from_str(&answer.text).unwrap_or_else(|_| panic!("{} {}", answer.status, answer.text));
    problem["detail"].as_str().expect("a detail").to_owned()
}

async fn bytes(browser: &Browser, address: &str) -> Vec<u8> {
    let answer = browser.bare(Method::GET, address).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    answer.bytes().await.expect("bytes").to_vec()
}

/// The team Payments with somebody who writes in it.
async fn stage(db: PgPool, pictures: Keeping) -> (Server, Person) {
    let server = Server::start_with(db, Setup { pictures, ..Setup::default() }).await;
    let team = server.team("payments").await;
    let ada = server.member(team, "ada", Role::Editor).await;
    (server, ada)
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_team_sees_its_pictures_and_nobody_else_does(db: PgPool) {
    let (server, ada) = stage(db, Keeping::default()).await;
    let address = brought(&ada, picture(1)).await;
    assert!(address.starts_with("/pictures/") && address.ends_with("-2x1.png"), "{address}");
    let team = server.team("elsewhere").await;
    let outsider = server.member(team, "bo", Role::Admin).await;
    let nothing = address.replace("-2x1", "-2x2");
    for browser in [&outsider.browser, &ada.browser] {
        let missing = browser.get(&nothing).await;
        assert_eq!(missing.problem(), "not-found", "another size is another name");
    }
    let hidden = outsider.browser.get(&address).await;
    assert_eq!((hidden.status, hidden.text), (404, outsider.browser.get(&nothing).await.text), "the same answer");
    assert_eq!(server.browser().get(&address).await.problem(), "signed-out");

    // The same picture in their own team is theirs, by the same address.
    let answer = Answer::of(outsider.browser.request(Method::POST, "/teams/elsewhere/pictures").body(picture(1))).await;
    assert_eq!(answer.json::<Value>()["address"], address);
    assert_eq!(outsider.browser.get(&address).await.status, 200);
    sqlx::query("delete from members where account = $1").bind(ada.account.0).execute(&server.db).await.expect("gone");
    assert_eq!(ada.browser.get(&address).await.status, 404, "whoever leaves loses them");
    sqlx::query("delete from teams where slug = 'elsewhere'").execute(&server.db).await.expect("gone");
    assert_eq!(server.count("pictures").await, 1, "a team's go with it");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn commenters_bring_pictures_and_viewers_do_not(db: PgPool) {
    let (server, ada) = stage(db, Keeping::default()).await;
    let team = sqlx::query_scalar("select id from teams").fetch_one(&server.db).await.map(app::model::ids::TeamId).expect("a team");
    let viewer = server.member(team, "vi", Role::Viewer).await;
    let commenter = server.member(team, "co", Role::Commenter).await;
    let address = brought(&commenter, picture(2)).await;
    assert_eq!(bring(&viewer, picture(3)).await.problem(), "forbidden");
    assert_eq!(viewer.browser.get(&address).await.status, 200);

    let api = "/api/v1/teams/payments/pictures";
    let program = async |person: &Person, scope| server.token(person, team, scope).await;
    let post = |token: &str| ada.browser.bare(Method::POST, api).bearer_auth(token).body(picture(4));
    assert_eq!(Answer::of(post(&program(&ada, Scope::Read).await)).await.problem(), "forbidden");
    assert_eq!(Answer::of(post(&program(&viewer, Scope::Write).await)).await.problem(), "forbidden");
    let token = program(&commenter, Scope::Write).await;
    let added: Value = Answer::of(post(&token)).await.json();
    assert_eq!((&added["width"], &added["height"]), (&2.into(), &1.into()));
    let path = format!("/api/v1{}", added["address"].as_str().expect("an address"));
    let shown = Answer::of(server.browser().bare(Method::GET, &path).bearer_auth(&token)).await;
    assert_eq!((shown.status, shown.header("content-type")), (200, "image/png"));
    assert_eq!(server.browser().get(&path).await.problem(), "signed-out");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn another_sites_page_cannot_bring_one(db: PgPool) {
    let (server, ada) = stage(db, Keeping::default()).await;
    let foreign = ada.browser.bare(Method::POST, "/teams/payments/pictures").header("origin", "https://evil.example").body(picture(1));
    assert_eq!(Answer::of(foreign).await.status, 403);
    assert_eq!(Answer::of(ada.browser.bare(Method::POST, "/teams/payments/pictures").body(picture(1))).await.status, 403);
    assert_eq!(server.count("pictures").await, 0);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_a_picture_is_its_bytes_say(db: PgPool) {
    let (server, ada) = stage(db, Keeping::default()).await;
    let declared =
        |kind: &str, bytes: Vec<u8>| ada.browser.request(Method::POST, "/teams/payments/pictures").header("content-type", kind).body(bytes);
    let answer = Answer::of(declared("image/jpeg", picture(9))).await;
    let address = answer.json::<Value>()["address"].as_str().expect("an address").to_owned();
    assert_eq!(ada.browser.get(&address).await.header("content-type"), "image/png");
    let page = Answer::of(declared("image/png", b"<!doctype html><script>alert(1)</script>".to_vec())).await;
    assert_eq!((page.status, page.problem()), (422, "invalid".into()));
    let drawing = Answer::of(declared("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec())).await;
    assert!(detail(&drawing).contains("Save it as a PNG"), "{}", drawing.text);
    assert_eq!(server.count("pictures").await, 1);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn too_much_is_refused_before_it_costs(db: PgPool) {
    let (server, ada) = stage(db, Keeping::default()).await;
    let announced = bring(&ada, vec![0; LARGEST + 1]).await;
    assert_eq!((announced.status, announced.text.contains("larger than 5 MB")), (413, true), "{}", announced.text);
    let pieces = (0..=LARGEST / 1_000).map(|_| Ok::<_, std::io::Error>(vec![0; 1_000]));
    let unannounced = bring(&ada, Body::wrap_stream(futures::stream::iter(pieces))).await;
    assert_eq!(detail(&unannounced), "This picture is larger than 5 MB. Make it smaller, or save it as a JPEG, and try again.");
    // Few kilobytes that would be much more.
    let mut bomb = std::io::Cursor::new(Vec::new());
    let large = image::GrayImage::new(5_000, 5_001);
    large.write_to(&mut bomb, ImageFormat::Png).expect("a picture");
    let answer = bring(&ada, bomb.into_inner()).await;
    assert_eq!(
        (answer.status, detail(&answer)),
        (413, "This picture has more than 25 million pixels. Make it smaller and try again.".into())
    );
    assert_eq!(server.count("pictures").await, 0);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn the_same_picture_is_kept_once(db: PgPool) {
    let (server, ada) = stage(db, Keeping::default()).await;
    let first = brought(&ada, picture(5)).await;
    assert_eq!(brought(&ada, picture(5)).await, first);
    assert_ne!(brought(&ada, picture(6)).await, first);
    assert_eq!(server.count("pictures").await, 2);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_picture_opened_by_itself_is_nothing_but_a_picture(db: PgPool) {
    let (_server, ada) = stage(db, Keeping::default()).await;
    let address = brought(&ada, picture(7)).await;
    let answer = ada.browser.get(&address).await;
    for (name, value) in [
        ("content-type", "image/png"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "private, max-age=86400, immutable"),
    ] {
        assert_eq!(answer.header(name), value);
    }
    let etag = answer.header("etag").to_owned();
    assert_eq!(etag, format!("\"{}\"", &address["/pictures/".len()..][..64]));
    let again = Answer::of(ada.browser.bare(Method::GET, &address).header("if-none-match", &etag)).await;
    assert_eq!((again.status, again.text.as_str()), (304, ""));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_team_keeps_only_so_many_and_one_person_brings_only_so_many_at_once(db: PgPool) {
    let (server, ada) = stage(db, Keeping::new(None, 0)).await;
    let full = bring(&ada, picture(1)).await;
    assert_eq!((full.status, full.problem()), (409, "no-room".into()));
    assert!(detail(&full).contains("--pictures-per-team"));
    for _ in 1..20 {
        assert_eq!(bring(&ada, picture(1)).await.status, 409);
    }
    let limited = bring(&ada, picture(1)).await;
    assert_eq!((limited.status, limited.header("retry-after")), (429, "15"));
    server.pass(Duration::seconds(16));
    assert_eq!(bring(&ada, picture(1)).await.status, 409);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn in_a_store_of_objects_they_are_found_beside_those_in_the_database(db: PgPool) {
    let folder = std::env::temp_dir().join(format!("quorum-pictures-{}", server::clock::fresh_id()));
    std::fs::create_dir(&folder).expect("a folder");
    let (before, ada) = stage(db.clone(), Keeping::default()).await;
    let in_row = brought(&ada, picture(1)).await;
    drop(before);
    let store = PictureStore::at(&url::Url::from_directory_path(&folder).expect("a URL")).expect("a store");
    let server = Server::start_with(db, Setup { pictures: Keeping::new(Some(store), 1), ..Setup::default() }).await;
    let ada = Person { browser: server.signed_in(ada.account).await, ..ada };
    let in_store = brought(&ada, picture(2)).await;
    for (address, shade) in [(&in_row, 1), (&in_store, 2)] {
        let shown = image::load_from_memory(&bytes(&ada.browser, address).await).expect("a picture").to_luma8();
        assert_eq!(shown.get_pixel(0, 0).0, [shade]);
    }
    let rows: i64 = sqlx::query_scalar("select count(*) from pictures where bytes is null").fetch_one(&server.db).await.expect("a count");
    assert_eq!(rows, 1);
    std::fs::remove_dir_all(&folder).expect("gone");
    assert_eq!(ada.browser.get(&in_store).await.problem(), "unavailable", "the store is away");
    assert_eq!(ada.browser.get(&in_row).await.status, 200);
    assert_eq!(bring(&ada, picture(3)).await.status, 201, "a folder is made anew");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn texts_and_comments_show_them(db: PgPool) {
    let (server, ada) = stage(db, Keeping::default()).await;
    let address = brought(&ada, picture(8)).await;
    let markdown = format!("# Ledger\n\n![The *plan*]({address})\n");
    let form = serde_json::json!({ "team": "payments", "title": "", "markdown": markdown });
    Answer::of(ada.browser.request(Method::POST, "/rpc/designs/import").json(&form)).await.ok();
    let page = ada.browser.get("/teams/payments/designs/1/proposals/1").await;
    let shown = format!("<img src=\"{address}\" width=\"2\" height=\"1\" alt=\"The plan\" loading=\"lazy\" decoding=\"async\"");
    assert!(page.text.contains(&shown), "{}", page.text);
    let policy = page.header("content-security-policy");
    assert!(policy.contains("img-src 'self' data: blob:;"), "{policy}");
    let proposal: uuid::Uuid = sqlx::query_scalar("select id from proposals").fetch_one(&server.db).await.expect("a proposal");
    let thread = serde_json::json!({ "thread": {
        "proposal": proposal, "place": "whole", "quote": "", "kind": "question", "body": format!("Like this? ![]({address})"),
    } });
    Answer::of(ada.browser.request(Method::POST, "/rpc/threads/start").json(&thread)).await.ok();
    let threads = ada.rpc("threads/list", &[("proposal", &proposal.to_string())]).await;
    assert!(threads.text.contains(&format!("<img src=\\\"{address}\\\"")), "{}", threads.text);
}
