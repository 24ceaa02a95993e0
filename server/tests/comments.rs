//! What is said to a comment without words, and what a comment said before it was edited: who may, how often, and who hears of it.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::{Proposals, Threads};
use app::error::Result;
use app::model::account::Caller;
use app::model::ids::{CommentId, ProposalId};
use app::model::reaction::{Reacted, Reaction};
use app::model::review::Verdict;
use app::model::thread::{Comment, Kind};
use reviewing::{World, code, member};
use server::bus::Hint;
use sqlx::PgPool;
use time::OffsetDateTime;

/// A draft of Ada's on which Bo has asked "Why?".
async fn asked(world: &World) -> (ProposalId, CommentId) {
    let proposal = world.draft().await;
    world.thread(&world.bo, proposal, "twice", Kind::Question).await;
    (proposal, first(world, &world.vi, proposal).await.id)
}

/// The first comment, as somebody sees it.
async fn first(world: &World, who: &Caller, proposal: ProposalId) -> Comment {
    world.service.threads(who, proposal).await.unwrap().remove(0).comments.remove(0)
}

fn reacted(reaction: Reaction, count: u32, who: &str, mine: bool) -> Reacted {
    Reacted { reaction, count, who: who.into(), mine }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_sign_is_there_once_a_person_and_kind_and_can_be_taken_back(db: PgPool) {
    let world = World::new(db).await;
    let (proposal, comment) = asked(&world).await;
    for (who, reaction) in
        [(&world.ada, Reaction::Heart), (&world.bo, Reaction::ThumbsUp), (&world.ada, Reaction::ThumbsUp), (&world.ada, Reaction::ThumbsUp)]
    {
        world.service.react(who, comment, reaction, true).await.unwrap();
    }
    let expected = [reacted(Reaction::ThumbsUp, 2, "Bo and Ada", true), reacted(Reaction::Heart, 1, "Ada", true)];
    assert_eq!(first(&world, &world.ada, proposal).await.reactions, expected);
    let seen = [reacted(Reaction::ThumbsUp, 2, "Bo and Ada", false), reacted(Reaction::Heart, 1, "Ada", false)];
    assert_eq!(first(&world, &world.vi, proposal).await.reactions, seen);
    for _ in 0..2 {
        world.service.react(&world.ada, comment, Reaction::ThumbsUp, false).await.unwrap();
    }
    let left = [reacted(Reaction::ThumbsUp, 1, "Bo", false), reacted(Reaction::Heart, 1, "Ada", true)];
    assert_eq!(first(&world, &world.ada, proposal).await.reactions, left);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn the_same_sign_pressed_at_once_in_many_places_is_there_once(db: PgPool) {
    let world = World::new(db).await;
    let (proposal, comment) = asked(&world).await;
    let press = || world.service.react(&world.ada, comment, Reaction::Party, true);
    let all = tokio::join!(press(), press(), press(), press());
    assert_eq!(all, (Ok(()), Ok(()), Ok(()), Ok(())));
    assert_eq!(first(&world, &world.ada, proposal).await.reactions, [reacted(Reaction::Party, 1, "Ada", true)]);
    // Whoever comes past the use case is stopped by the table.
    let again = "insert into reactions (comment, account, kind, at) select comment, account, kind, now() from reactions";
    let refused = sqlx::query(again).execute(&world.db).await.unwrap_err();
    assert!(refused.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation), "{refused}");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn of_many_people_the_first_are_named_and_the_others_counted(db: PgPool) {
    let world = World::new(db).await;
    let (proposal, comment) = asked(&world).await;
    for number in 1..=12 {
        let who = member(&world.db, world.team, &format!("P{number}"), "commenter").await;
        world.service.react(&who, comment, Reaction::Eyes, true).await.unwrap();
    }
    let reactions = first(&world, &world.bo, proposal).await.reactions;
    assert_eq!(reactions, [reacted(Reaction::Eyes, 12, "P1, P2, P3, P4, P5, P6, P7, P8, P9, P10 and 2 others", false)]);
}

fn status<T>(answer: Result<T>) -> u16 {
    answer.map_or_else(|error| error.status(), |_| 200)
}

/// Who may what: 404 for strangers, 403 below the role, an answer from it on.
#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_viewer_sees_signs_and_earlier_words_and_leaves_none(db: PgPool) {
    let world = World::new(db).await;
    let (_, comment) = asked(&world).await;
    for (who, read, write) in
        [(&world.eve, 404, 404), (&world.vi, 200, 403), (&world.bo, 200, 200), (&world.cy, 200, 200), (&world.di, 200, 200)]
    {
        let (service, name) = (&world.service, &who.name);
        assert_eq!(status(service.react(who, comment, Reaction::Heart, true).await), write, "react by {name}");
        assert_eq!(status(service.react(who, comment, Reaction::Heart, false).await), write, "take back by {name}");
        assert_eq!(status(service.wordings(who, comment).await), read, "wordings for {name}");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_sign_is_no_verdict_and_nobodys_turn(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    world.thread(&world.bo, proposal, "twice", Kind::Question).await;
    let comment = first(&world, &world.bo, proposal).await.id;
    let changed = async || sqlx::query_scalar::<_, OffsetDateTime>("select changed_at from designs").fetch_one(&world.db).await.unwrap();
    let last = changed().await;
    let before = (world.missing(proposal).await, world.waiting(&world.ada).await, world.waiting(&world.bo).await);
    world.service.react(&world.bo, comment, Reaction::ThumbsUp, true).await.unwrap();
    world.service.react(&world.ada, comment, Reaction::ThumbsUp, true).await.unwrap();
    let after = (world.missing(proposal).await, world.waiting(&world.ada).await, world.waiting(&world.bo).await);
    assert_eq!(before, after);
    assert_eq!(changed().await, last, "lists stay in their order");
    assert!(!before.0.is_empty(), "an approval is missing, before and after");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn whoever_has_the_page_open_hears_of_a_sign(db: PgPool) {
    let world = World::new(db).await;
    let (proposal, comment) = asked(&world).await;
    let mut heard = world.service.bus().listen();
    world.service.react(&world.ada, comment, Reaction::ThumbsUp, true).await.unwrap();
    assert_eq!(heard.recv().await.unwrap(), Hint::Threads { team: world.team, id: proposal });
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn on_an_accepted_text_signs_can_still_be_left(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    world.thread(&world.bo, proposal, "twice", Kind::Nit).await;
    let comment = first(&world, &world.bo, proposal).await.id;
    world.review(&world.bo, proposal, 1, Verdict::Approve).await.unwrap();
    world.service.merge(&world.ada, proposal, 1).await.unwrap();
    world.service.react(&world.ada, comment, Reaction::Heart, true).await.unwrap();
    assert_eq!(first(&world, &world.bo, proposal).await.reactions, [reacted(Reaction::Heart, 1, "Ada", false)]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn every_earlier_wording_is_kept_with_its_time_and_compared_with_the_one_before(db: PgPool) {
    let world = World::new(db).await;
    let (proposal, comment) = asked(&world).await;
    assert_eq!(first(&world, &world.vi, proposal).await.edited, None);
    for words in ["Why twice?", "Why *only* twice?"] {
        world.service.edit_comment(&world.bo, comment, words).await.unwrap();
    }
    let shown = first(&world, &world.vi, proposal).await;
    let wordings = world.service.wordings(&world.vi, comment).await.unwrap();
    let html: Vec<&str> = wordings.iter().map(|wording| wording.html.trim()).collect();
    assert_eq!(html[2], "<p>Why?</p>");
    assert!(html[1].starts_with("<p>Why") && html[1].contains("<ins") && html[1].contains("twice"), "{}", html[1]);
    assert!(html[0].contains("<em>") && html[0].contains("<ins") && html[0].contains("only"), "{}", html[0]);
    assert!(html.iter().all(|html| !html.contains(" id=")), "several are on one page: {html:?}");
    assert_eq!((wordings[0].at, wordings[2].at), (shown.edited.unwrap(), shown.at));
    assert!(wordings[0].at > wordings[1].at && wordings[1].at > wordings[2].at);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn saving_the_same_words_is_no_edit(db: PgPool) {
    let world = World::new(db).await;
    let (proposal, comment) = asked(&world).await;
    world.service.edit_comment(&world.bo, comment, " Why?\n").await.unwrap();
    assert_eq!(first(&world, &world.bo, proposal).await.edited, None);
    assert_eq!(world.service.wordings(&world.bo, comment).await.unwrap().len(), 1);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn edits_at_once_are_all_kept_and_their_number_is_bounded(db: PgPool) {
    let world = World::new(db).await;
    let (_, comment) = asked(&world).await;
    let edit = |words: &'static str| world.service.edit_comment(&world.bo, comment, words);
    let all = tokio::join!(edit("One."), edit("Two."), edit("Three."));
    assert_eq!(all, (Ok(()), Ok(()), Ok(())));
    assert_eq!(world.service.wordings(&world.bo, comment).await.unwrap().len(), 4);
    let fill = "insert into earlier_wordings (comment, nth, body, written_at) select $1, n, 'x', now() from generate_series(4, 100) n";
    sqlx::query(fill).bind(comment.0).execute(&world.db).await.unwrap();
    assert_eq!(code(edit("Once more.").await), "too-many-edits");
}
