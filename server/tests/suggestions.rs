//! Suggestions: made, changed, taken back, accepted, rejected, outdated; who may do which.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::{Proposals, Suggestions, Threads};
use app::error::{AppError, Result};
use app::model::account::{Caller, Person};
use app::model::ids::{ProposalId, ThreadId};
use app::model::review::Verdict;
use app::model::revision::Side;
use app::model::suggestion::{State, Suggested, SuggestedEdit, Suggestion, Taken};
use app::model::thread::{Anchor, Thread};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use reviewing::{SLUG, TEXT, World, code, field};
use server::clock::fresh_id;
use server::rooms::{Change, Range, RoomError, ServerEdit, Swap};
use sqlx::PgPool;

fn name() -> ThreadId {
    ThreadId(fresh_id())
}

async fn offer(world: &World, who: &Caller, proposal: ProposalId, thread: ThreadId, edits: Vec<SuggestedEdit>) -> Result<Taken> {
    let taken = world.service.suggest(who, proposal, vec![Suggested { thread, edits }]).await?;
    Ok(taken[0])
}

async fn thread(world: &World, proposal: ProposalId, id: ThreadId) -> Thread {
    let threads = world.service.threads(&world.vi, proposal).await.unwrap();
    threads.into_iter().find(|thread| thread.id == id).expect("the thread is listed")
}

async fn suggestion(world: &World, proposal: ProposalId, id: ThreadId) -> Suggestion {
    thread(world, proposal, id).await.suggestion.expect("a suggestion")
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_a_commenter_suggests_is_shown_in_its_thread_and_leaves_the_text_alone(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let id = world.suggested(proposal, "twice", "three times").await;
    let Thread { quote, comments, resolved, suggestion, .. } = thread(&world, proposal, id).await;
    let suggestion = suggestion.unwrap();
    assert_eq!((quote.as_str(), comments.len(), resolved), ("twice", 0, None));
    assert_eq!((suggestion.by.name.as_str(), suggestion.mine, suggestion.state, suggestion.edition), ("Bo", false, State::Open, 1));
    assert!(suggestion.fits());
    assert_eq!(suggestion.edits[0].core(), ("twice", "three times"));
    assert_eq!(world.text(proposal).await, TEXT);
    assert_eq!(world.waiting(&world.ada).await, ["Bo suggested changes"]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn accepting_changes_all_its_places_and_makes_the_accepter_an_author_and_the_suggester_none(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let id = name();
    let edits = vec![world.edit(proposal, "twice", "three times").await, world.edit(proposal, "One table", "Two tables").await];
    assert_eq!(offer(&world, &world.bo, proposal, id, edits).await, Ok(Taken::Kept));
    world.service.accept_suggestion(&world.cy, id, 1).await.unwrap();
    assert_eq!(world.text(proposal).await, TEXT.replace("twice", "three times").replace("One table", "Two tables"));
    let accepted = thread(&world, proposal, id).await;
    assert_eq!(accepted.resolved.map(|resolved| resolved.by.name).as_deref(), Some("Cy"));
    assert_eq!(accepted.suggestion.map(|suggestion| suggestion.state), Some(State::Accepted));
    // Bo is no author: the approval counts, and Cy's would not.
    let revision = world.send(proposal).await.unwrap();
    world.review(&world.cy, proposal, revision, Verdict::Approve).await.unwrap();
    assert!(!world.missing(proposal).await.is_empty());
    world.review(&world.bo, proposal, revision, Verdict::Approve).await.unwrap();
    assert_eq!(world.missing(proposal).await, []);
    // The record credits both, each for what they did, and remembers the names of the day.
    world.service.merge_revision(&world.ada, proposal, revision).await.unwrap();
    sqlx::query("update accounts set name = 'Somebody else' where id = $1").bind(world.bo.account.0).execute(&world.db).await.unwrap();
    let decision = world.service.decision_record(&world.vi, SLUG, 1, 1).await.unwrap();
    let names = |people: &[Person]| people.iter().map(|person| person.name.clone()).collect::<Vec<_>>();
    assert_eq!((names(&decision.authors), names(&decision.suggesters)), (vec!["Ada".into(), "Cy".into()], vec!["Bo".into()]));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn accepting_twice_changes_the_text_once(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let id = world.suggested(proposal, "twice", "twice and twice").await;
    let accept = || world.service.accept_suggestion(&world.ada, id, 1);
    let (one, other) = tokio::join!(accept(), accept());
    assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
    accept().await.unwrap();
    assert_eq!(world.text(proposal).await, TEXT.replace("twice", "twice and twice"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_suggestion_whose_text_was_changed_says_so_and_is_not_accepted(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let id = world.suggested(proposal, "written twice", "written once").await;
    world.write(&world.ada, proposal, &TEXT.replace("twice", "thrice")).await;
    let outdated = suggestion(&world, proposal, id).await;
    assert!(!outdated.fits() && matches!(outdated.edits[0].anchor, Anchor::At { changed: true, .. }), "{outdated:?}");
    assert_eq!(code(world.service.accept_suggestion(&world.ada, id, 1).await), "outdated");
    assert_eq!(world.text(proposal).await, TEXT.replace("twice", "thrice"));
    // What is put back fits again.
    world.write(&world.ada, proposal, TEXT).await;
    world.service.accept_suggestion(&world.ada, id, 1).await.unwrap();
    assert_eq!(world.text(proposal).await, TEXT.replace("twice", "once"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_was_taken_out_and_written_again_is_found(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let id = world.suggested(proposal, "Every payment is written twice.", "Every payment is written once.").await;
    world.write(&world.ada, proposal, "# Ledger\n\n## Storage\n\nOne table holds the entries.\n").await;
    assert!(!suggestion(&world, proposal, id).await.fits());
    world.write(&world.ada, proposal, TEXT).await;
    assert!(suggestion(&world, proposal, id).await.fits());
    world.service.accept_suggestion(&world.ada, id, 1).await.unwrap();
    assert_eq!(world.text(proposal).await, TEXT.replace("twice", "once"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn of_two_for_one_passage_the_second_is_outdated_once_the_first_is_accepted(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let (once, thrice) = (world.suggested(proposal, "twice", "once").await, world.suggested(proposal, "twice", "thrice").await);
    world.suggested(proposal, "One table", "Two tables").await;
    assert_eq!(world.service.accept_all_suggestions(&world.ada, proposal).await, Ok(2));
    assert_eq!(world.text(proposal).await, TEXT.replace("twice", "once").replace("One table", "Two tables"));
    assert_eq!(suggestion(&world, proposal, once).await.state, State::Accepted);
    assert!(!suggestion(&world, proposal, thrice).await.fits());
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn who_accepts_says_which_edition_they_have_seen(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let id = world.suggested(proposal, "twice", "once").await;
    let again = world.edit(proposal, "twice", "once").await;
    assert_eq!(offer(&world, &world.bo, proposal, id, vec![again]).await, Ok(Taken::Kept));
    assert_eq!(suggestion(&world, proposal, id).await.edition, 1, "what is sent again is the same edition");
    let other = world.edit(proposal, "twice", "never").await;
    assert_eq!(offer(&world, &world.bo, proposal, id, vec![other]).await, Ok(Taken::Kept));
    assert_eq!(code(world.service.accept_suggestion(&world.ada, id, 1).await), "edition");
    world.service.accept_suggestion(&world.ada, id, 2).await.unwrap();
    assert_eq!(world.text(proposal).await, TEXT.replace("twice", "never"));
    // Too late to change it.
    let late = world.edit(proposal, "never", "once").await;
    assert_eq!(offer(&world, &world.bo, proposal, id, vec![late]).await, Ok(Taken::Decided));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_edit_of_an_edition_that_is_no_more_does_not_land(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let id = world.suggested(proposal, "twice", "once").await;
    let SuggestedEdit { start, end, .. } = world.edit(proposal, "twice", "once").await;
    let range = Range { start: BASE64_STANDARD.decode(start).unwrap(), end: BASE64_STANDARD.decode(end).unwrap() };
    // As if it had been changed between the look at it and the append.
    let change = Change::Swap(vec![Swap { range, original: "twice".into(), replacement: "once".into() }]);
    let edit = ServerEdit { account: Some(world.ada.account), cause: Some(format!("suggestion {id} 2")), change };
    assert_eq!(world.service.rooms().edit(proposal, edit).await, Err(RoomError::Outdated));
    assert_eq!(world.text(proposal).await, TEXT);
    assert_eq!(suggestion(&world, proposal, id).await.state, State::Open);
    world.service.accept_suggestion(&world.ada, id, 1).await.unwrap();
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_is_taken_back_is_gone_unless_somebody_discussed_it(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let (silent, discussed) = (world.suggested(proposal, "twice", "once").await, world.suggested(proposal, "table", "file").await);
    world.service.reply(&world.ada, discussed, "Why a file?").await.unwrap();
    for id in [silent, discussed, name()] {
        assert_eq!(offer(&world, &world.bo, proposal, id, vec![]).await, Ok(Taken::Kept));
    }
    let left = world.service.threads(&world.vi, proposal).await.unwrap();
    assert_eq!(left.iter().map(|thread| thread.id).collect::<Vec<_>>(), [discussed]);
    assert_eq!(suggestion(&world, proposal, discussed).await.state, State::Withdrawn);
    assert_eq!(code(world.service.accept_suggestion(&world.ada, discussed, 1).await), "decided");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn one_that_was_turned_down_can_be_discussed_and_opened_again(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let id = world.suggested(proposal, "twice", "once").await;
    assert_eq!(code(world.service.resolve_thread(&world.ada, id, true).await), "undecided");
    world.service.reject_suggestion(&world.ada, id).await.unwrap();
    assert_eq!(suggestion(&world, proposal, id).await.state, State::Rejected);
    assert_eq!(code(world.service.reject_suggestion(&world.ada, id).await), "decided");
    world.service.reply(&world.bo, id, "Once is enough.").await.unwrap();
    assert_eq!(world.waiting(&world.ada).await.first().map(String::as_str), Some("Bo replied on “twice”"));
    world.service.resolve_thread(&world.bo, id, false).await.unwrap();
    assert_eq!(suggestion(&world, proposal, id).await.state, State::Open);
    world.service.accept_suggestion(&world.ada, id, 1).await.unwrap();
    assert_eq!(world.text(proposal).await, TEXT.replace("twice", "once"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn nobody_does_more_than_their_role_allows(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let id = world.suggested(proposal, "twice", "once").await;
    let other = world.edit(proposal, "twice", "never").await;
    for (who, missing) in [(&world.vi, false), (&world.eve, true)] {
        let refused = |answer: Result<()>| match answer {
            Err(AppError::NotFound(_)) => missing,
            Err(AppError::Forbidden(_)) => !missing,
            _ => false,
        };
        assert!(refused(offer(&world, who, proposal, name(), vec![other.clone()]).await.map(drop)));
        assert!(refused(world.service.accept_suggestion(who, id, 1).await));
        assert!(refused(world.service.accept_all_suggestions(who, proposal).await.map(drop)));
        assert!(refused(world.service.reject_suggestion(who, id).await));
    }
    // A commenter suggests and takes back; only who may write decides.
    assert!(matches!(world.service.accept_suggestion(&world.bo, id, 1).await, Err(AppError::Forbidden(_))));
    assert!(matches!(offer(&world, &world.cy, proposal, id, vec![other]).await, Err(AppError::NotFound(_))), "somebody else's");
    let cys = name();
    let edits = vec![world.edit(proposal, "table", "file").await];
    offer(&world, &world.cy, proposal, cys, edits).await.unwrap();
    assert!(matches!(world.service.reject_suggestion(&world.bo, cys).await, Err(AppError::Forbidden(_))));
    world.service.reject_suggestion(&world.bo, id).await.unwrap();
    assert_eq!(suggestion(&world, proposal, id).await.state, State::Withdrawn);
    assert_eq!(world.text(proposal).await, TEXT);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn while_a_text_is_held_suggestions_go_on_and_none_is_accepted(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    world.service.hold(&world.ada, proposal, true).await.unwrap();
    let id = world.suggested(proposal, "twice", "once").await;
    assert_eq!(code(world.service.accept_suggestion(&world.ada, id, 1).await), "held");
    world.service.hold(&world.ada, proposal, false).await.unwrap();
    world.service.accept_suggestion(&world.ada, id, 1).await.unwrap();
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_merge_leaves_open_ones_undecided(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    let id = world.suggested(proposal, "twice", "once").await;
    world.service.merge(&world.ada, proposal, 1).await.unwrap();
    assert_eq!(code(world.service.accept_suggestion(&world.ada, id, 1).await), "merged");
    assert_eq!(suggestion(&world, proposal, id).await.state, State::Open);
    let late = SuggestedEdit { start: "AA==".into(), end: "AA==".into(), original: "a".into(), replacement: "b".into() };
    assert!(offer(&world, &world.bo, proposal, name(), vec![late]).await.is_err());
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn the_text_can_be_read_and_compared_with_all_that_fits(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    for (original, replacement) in [("twice", "once"), ("written twice", "kept"), ("One table", "Two tables")] {
        world.suggested(proposal, original, replacement).await;
    }
    let read = world.service.read(&world.vi, proposal, Side::Suggested).await.unwrap();
    assert!(read.html.contains("once") && read.html.contains("Two tables") && !read.html.contains("kept"), "{}", read.html);
    assert_eq!(read.seq, None, "its offsets are nobody's");
    let compared = world.service.compare(&world.vi, proposal, Side::Live, Side::Suggested).await.unwrap();
    assert_eq!(compared.places, 2, "{}", compared.rendered);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_empty_text_takes_one_too(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    world.write(&world.ada, proposal, "").await;
    // As Yjs has it: the text's name, and on which side.
    let (start, end) = (BASE64_STANDARD.encode(b"\x01\x07content\x00"), BASE64_STANDARD.encode(b"\x01\x07content\x40"));
    let (id, edit) = (name(), SuggestedEdit { start, end, original: String::new(), replacement: "# Ledger\n".into() });
    assert_eq!(offer(&world, &world.bo, proposal, id, vec![edit]).await, Ok(Taken::Kept));
    assert_eq!(thread(&world, proposal, id).await.anchor, Anchor::Whole);
    world.service.accept_suggestion(&world.ada, id, 1).await.unwrap();
    assert_eq!(world.text(proposal).await, "# Ledger\n");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn bad_input_is_refused_with_a_reason(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let good = world.edit(proposal, "twice", "once").await;
    let with = |change: fn(&mut SuggestedEdit)| {
        let mut edit = good.clone();
        change(&mut edit);
        vec![edit]
    };
    for (edits, expected) in [
        (with(|edit| edit.start = "?".into()), "place"),
        (with(|edit| edit.end = "A".repeat(400)), "place"),
        (with(|edit| edit.replacement = "twice".into()), "edits"),
        (with(|edit| edit.replacement = "a\0".into()), "edits"),
        (with(|edit| edit.replacement = "a\r\n".into()), "edits"),
        (vec![good.clone(); 101], "edits"),
    ] {
        assert_eq!(field(offer(&world, &world.bo, proposal, name(), edits).await), expected);
    }
    let long = with(|edit| edit.replacement = "a".repeat(100_001));
    assert!(matches!(offer(&world, &world.bo, proposal, name(), long).await, Err(AppError::TooLarge(_))));
    let many = (0..101).map(|_| Suggested { thread: name(), edits: vec![] }).collect();
    assert_eq!(field(world.service.suggest(&world.bo, proposal, many).await), "suggested");
    let elsewhere = with(|edit| edit.original = "thrice".into());
    assert_eq!(offer(&world, &world.bo, proposal, name(), elsewhere).await, Ok(Taken::Outdated));
    // The name of a thread that is none of theirs.
    let other = world.thread(&world.ada, proposal, "One table", app::model::thread::Kind::Nit).await;
    assert_eq!(code(offer(&world, &world.bo, proposal, other, vec![good]).await), "taken");
    assert_eq!(world.service.threads(&world.vi, proposal).await.unwrap().len(), 1, "nothing was kept");
}
