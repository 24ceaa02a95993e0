//! Threads: where they are put, where they stay, how they are found again, who may do what in them.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::{Proposals, Threads};
use app::error::{AppError, Result};
use app::model::ids::{ProposalId, ThreadId};
use app::model::thread::{Anchor, Kind, NewThread, Place, Thread};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use reviewing::{TEXT, World, code, field};
use server::rooms::Range;
use sqlx::PgPool;

/// A place as the editor gives it.
async fn live(world: &World, proposal: ProposalId, quote: &str) -> Place {
    let reading = world.service.rooms().read(proposal).await.unwrap();
    let from = u32::try_from(reading.text.find(quote).unwrap()).unwrap();
    let offsets = vec![(from, from + u32::try_from(quote.len()).unwrap())];
    let Range { start, end } = world.service.rooms().anchor(proposal, reading.seq, offsets).await.unwrap().remove(0).unwrap();
    Place::Live { start: BASE64_STANDARD.encode(start), end: BASE64_STANDARD.encode(end) }
}

async fn start(world: &World, proposal: ProposalId, place: Place, quote: &str) -> Result<ThreadId> {
    let new = NewThread { proposal, place, quote: quote.into(), kind: Kind::Question, body: "Why?".into() };
    world.service.start_thread(&world.bo, new).await
}

async fn only(world: &World, proposal: ProposalId) -> Thread {
    let mut threads = world.service.threads(&world.vi, proposal).await.unwrap();
    assert_eq!(threads.len(), 1);
    threads.remove(0)
}

/// The text a thread is on now.
#[track_caller]
fn on(thread: &Thread, text: &str) -> (String, bool) {
    let Anchor::At { from, to, changed, .. } = thread.anchor else { panic!("{:?}", thread.anchor) };
    (text[from as usize..to as usize].to_owned(), changed)
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_thread_started_in_the_editor_is_where_it_was_put(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let place = live(&world, proposal, "One table").await;
    start(&world, proposal, place, "One table").await.unwrap();
    let thread = only(&world, proposal).await;
    assert_eq!(on(&thread, TEXT), ("One table".into(), false));
    assert_eq!((thread.quote.as_str(), thread.comments.len(), thread.revision), ("One table", 1, None));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_thread_started_in_the_reader_is_where_it_was_put(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    world.thread(&world.bo, proposal, "written twice", Kind::Nit).await;
    let thread = only(&world, proposal).await;
    assert_eq!(on(&thread, TEXT), ("written twice".into(), false));
    assert_eq!(thread.revision, Some(1), "the text was revision 1's");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_thread_follows_its_text_and_says_when_it_changed(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    world.thread(&world.bo, proposal, "One table", Kind::Nit).await;
    let moved = format!("# Before\n\n{TEXT}");
    world.write(&world.ada, proposal, &moved).await;
    assert_eq!(on(&only(&world, proposal).await, &moved), ("One table".into(), false));
    let changed = moved.replace("One table", "One big table");
    world.write(&world.ada, proposal, &changed).await;
    assert_eq!(on(&only(&world, proposal).await, &changed), ("One big table".into(), true));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_thread_is_detached_when_its_text_goes_and_heals_when_it_comes_back(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    world.thread(&world.bo, proposal, "One table holds the entries.", Kind::Nit).await;
    world.write(&world.ada, proposal, &TEXT.replace("One table holds the entries.\n", "")).await;
    let thread = only(&world, proposal).await;
    assert_eq!((&thread.anchor, thread.quote.as_str()), (&Anchor::Detached, "One table holds the entries."));
    assert_eq!(detached(&world).await, [true]);
    world.write(&world.ada, proposal, TEXT).await;
    assert_eq!(on(&only(&world, proposal).await, TEXT), ("One table holds the entries.".into(), false));
    assert_eq!(detached(&world).await, [false]);
    let longer = format!("Now longer.\n\n{TEXT}");
    world.write(&world.ada, proposal, &longer).await;
    assert_eq!(on(&only(&world, proposal).await, &longer).0, "One table holds the entries.", "its new positions are stored");
}

async fn detached(world: &World) -> Vec<bool> {
    sqlx::query_scalar("select detached from threads order by id").fetch_all(&world.db).await.unwrap()
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_quote_that_comes_back_twice_stays_detached_until_somebody_attaches_it(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let thread = world.thread(&world.bo, proposal, "One table holds the entries.", Kind::Nit).await;
    world.write(&world.ada, proposal, "# Ledger\n").await;
    only(&world, proposal).await;
    let twice = format!("{TEXT}\n{TEXT}");
    world.write(&world.ada, proposal, &twice).await;
    assert_eq!(only(&world, proposal).await.anchor, Anchor::Detached);
    let place = live(&world, proposal, "Storage").await;
    world.service.attach_thread(&world.bo, thread, place.clone(), "Storage").await.unwrap();
    assert_eq!(on(&only(&world, proposal).await, &twice), ("Storage".into(), false));
    assert_eq!(code(world.service.attach_thread(&world.bo, thread, place, "Storage").await), "not-detached");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_passage_that_changed_while_it_was_being_commented_is_found_or_asked_for_again(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let place = live(&world, proposal, "One table").await;
    let seq = world.service.rooms().read(proposal).await.unwrap().seq;
    let from = u32::try_from(TEXT.find("One table").unwrap()).unwrap();
    let stale = Place::Offsets { seq, from, to: from + 9 };
    let changed = TEXT.replace("One table", "Two tables");
    world.write(&world.ada, proposal, &changed).await;
    assert_eq!(code(start(&world, proposal, place, "One table").await), "passage-changed");
    let moved = format!("# Top\n\n{}", changed.replace("Two tables hold", "Two tables hold"));
    world.write(&world.ada, proposal, &moved).await;
    start(&world, proposal, stale, "the entries").await.unwrap();
    assert!(matches!(only(&world, proposal).await.anchor, Anchor::At { .. }));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_place_that_is_none_is_refused(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let seq = world.service.rooms().read(proposal).await.unwrap().seq;
    let junk = |text: &str| Place::Live { start: text.into(), end: text.into() };
    assert_eq!(field(start(&world, proposal, junk("not base64!"), "x").await), "place");
    assert_eq!(field(start(&world, proposal, junk(""), "x").await), "place");
    assert_eq!(field(start(&world, proposal, junk(&"A".repeat(1_000)), "x").await), "place");
    assert_eq!(code(start(&world, proposal, junk("AAECAwQFBgcICQ=="), "nowhere to be found").await), "passage-changed");
    assert_eq!(field(start(&world, proposal, Place::Offsets { seq, from: 4, to: 4 }, "").await), "place");
    let beyond = start(&world, proposal, Place::Offsets { seq, from: 9_000, to: 9_001 }, "nowhere to be found").await;
    assert_eq!(code(beyond), "passage-changed");
    assert!(world.service.threads(&world.bo, proposal).await.unwrap().is_empty());
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn threads_are_listed_down_the_text_the_whole_first_the_detached_last(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let gone = world.thread(&world.bo, proposal, "Every payment is", Kind::Nit).await;
    let low = world.thread(&world.bo, proposal, "entries", Kind::Nit).await;
    let high = world.thread(&world.bo, proposal, "Storage", Kind::Nit).await;
    let whole = start(&world, proposal, Place::Whole, "").await.unwrap();
    world.write(&world.ada, proposal, &TEXT.replace("Every payment is written twice.", "")).await;
    let listed: Vec<ThreadId> = world.service.threads(&world.bo, proposal).await.unwrap().iter().map(|thread| thread.id).collect();
    assert_eq!(listed, [whole, high, low, gone]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn comments_are_rendered_harmless_and_edited_by_their_writers(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let thread = world.thread(&world.bo, proposal, "twice", Kind::Nit).await;
    let body = "*Hm* <script>alert(1)</script> [x](javascript:alert(1))";
    let reply = world.service.reply(&world.ada, thread, body).await.unwrap();
    let shown = world.service.threads(&world.ada, proposal).await.unwrap().remove(0).comments;
    assert_eq!((shown[0].mine, shown[1].mine, shown[1].body.as_str()), (false, true, body));
    assert!(shown[1].html.contains("<em>Hm</em>"), "{}", shown[1].html);
    assert!(!shown[1].html.contains("<script") && !shown[1].html.contains("href=\"javascript"), "{}", shown[1].html);
    for stranger in [&world.bo, &world.di] {
        let answer = world.service.edit_comment(stranger, reply, "Mine now.").await;
        assert!(matches!(answer, Err(AppError::Forbidden(_))), "{answer:?}");
    }
    world.service.edit_comment(&world.ada, reply, "Better.").await.unwrap();
    let edited = only(&world, proposal).await.comments.remove(1);
    assert_eq!((edited.body.as_str(), edited.edited.is_some()), ("Better.", true));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn empty_and_huge_comments_are_refused(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let thread = world.thread(&world.bo, proposal, "twice", Kind::Nit).await;
    for body in [" \n".to_owned(), "x".repeat(20_001), "a\0b".into()] {
        assert_eq!(field(world.service.reply(&world.bo, thread, &body).await), "body");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn whoever_began_a_thread_or_an_admin_says_what_it_asks(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let thread = world.thread(&world.bo, proposal, "twice", Kind::Nit).await;
    assert!(matches!(world.service.change_kind(&world.ada, thread, Kind::Praise).await, Err(AppError::Forbidden(_))));
    for (who, kind) in [(&world.bo, Kind::Blocking), (&world.di, Kind::Question)] {
        world.service.change_kind(who, thread, kind).await.unwrap();
        assert_eq!(only(&world, proposal).await.kind, kind);
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn resolving_twice_keeps_who_did_it_first(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let thread = world.thread(&world.bo, proposal, "twice", Kind::Nit).await;
    world.service.resolve_thread(&world.ada, thread, true).await.unwrap();
    world.service.resolve_thread(&world.bo, thread, true).await.unwrap();
    assert_eq!(only(&world, proposal).await.resolved.unwrap().by.name, "Ada");
    world.service.resolve_thread(&world.bo, thread, false).await.unwrap();
    assert_eq!(only(&world, proposal).await.resolved, None);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_closed_proposals_threads_are_read_and_not_written(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let thread = world.thread(&world.bo, proposal, "twice", Kind::Nit).await;
    world.service.close_proposal(&world.ada, proposal, "Overtaken.").await.unwrap();
    assert_eq!(on(&only(&world, proposal).await, TEXT).0, "twice");
    assert_eq!(code(world.service.reply(&world.bo, thread, "But why?").await), "not-open");
    assert_eq!(code(world.service.resolve_thread(&world.bo, thread, true).await), "not-open");
    assert_eq!(code(start(&world, proposal, Place::Whole, "").await), "not-open");
    world.service.reopen_proposal(&world.ada, proposal).await.unwrap();
    world.service.reply(&world.bo, thread, "Good.").await.unwrap();
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn the_number_of_open_threads_is_bounded(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let fill = "insert into threads (id, team, design, proposal, origin, kind, created_at)
        select gen_random_uuid(), $1, design, id, id, 'nit', now() from proposals, generate_series(1, 500)";
    sqlx::query(fill).bind(world.team.0).execute(&world.db).await.unwrap();
    assert_eq!(code(start(&world, proposal, Place::Whole, "").await), "too-many-threads");
    assert_eq!(world.service.threads(&world.bo, proposal).await.unwrap().len(), 500);
}

/// Who may what: 404 for strangers, 403 below the role, an answer from it on.
#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn every_use_case_asks_for_its_role(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let thread = world.thread(&world.bo, proposal, "twice", Kind::Nit).await;
    let status = |answer: Result<(), AppError>| answer.map_or_else(|error| error.status(), |()| 200);
    for (who, read, write) in
        [(&world.eve, 404, 404), (&world.vi, 200, 403), (&world.bo, 200, 200), (&world.cy, 200, 200), (&world.di, 200, 200)]
    {
        let (service, name) = (&world.service, &who.name);
        let new = NewThread { proposal, place: Place::Whole, quote: String::new(), kind: Kind::Nit, body: "Hm.".into() };
        assert_eq!(status(service.threads(who, proposal).await.map(drop)), read, "list for {name}");
        assert_eq!(status(service.start_thread(who, new).await.map(drop)), write, "start by {name}");
        assert_eq!(status(service.reply(who, thread, "Hm.").await.map(drop)), write, "reply by {name}");
        assert_eq!(status(service.resolve_thread(who, thread, true).await), write, "resolve by {name}");
        let kind = if write == 200 && name == "Cy" { 403 } else { write };
        assert_eq!(status(service.change_kind(who, thread, Kind::Nit).await), kind, "change kind by {name}");
        let attach = service.attach_thread(who, thread, Place::Whole, "").await;
        assert_eq!(status(attach), if write == 200 { 409 } else { write }, "attach by {name}");
    }
}
