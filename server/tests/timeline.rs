//! The timeline of a proposal: what is on it and in which order, any two of its texts, putting one of them back and back again, and who wrote what.

#[path = "common/reviewing.rs"]
mod reviewing;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use app::backend::{Designs, Proposals, Timelines};
use app::error::AppError;
use app::model::account::Caller;
use app::model::ids::{DesignId, ProposalId, TeamId};
use app::model::review::Verdict;
use app::model::revision::Side;
use app::model::timeline::{Kind, Line};
use reviewing::{SLUG, TEXT, World, code, field};
use serde_json::json;
use server::clock::Clock;
use server::db::checkpoints::{self, Checkpoint};
use server::db::history::Entry;
use server::rooms::{Change, ServerEdit};
use sqlx::PgPool;
use sqlx::postgres::types::PgInterval;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// A world whose time passes only when it is told to.
struct Timed {
    world: World,
    ahead: Arc<AtomicI64>,
    clock: Clock,
}

impl Timed {
    async fn new(db: PgPool) -> Self {
        let (ahead, start) = (Arc::new(AtomicI64::new(0)), Clock::system().now());
        let told = ahead.clone();
        let clock = Clock::of(move || start + Duration::seconds(told.load(Ordering::SeqCst)));
        let world = World { service: reviewing::service(&db, clock.clone()), ..World::new(db).await };
        Self { world, ahead, clock }
    }

    /// Lets ten minutes pass.
    fn pass(&self) -> OffsetDateTime {
        self.ahead.fetch_add(600, Ordering::SeqCst);
        self.clock.now()
    }

    /// Somebody writes, and their session ends.
    async fn session(&self, who: &Caller, proposal: ProposalId, text: &str) -> Side {
        let seq = self.world.write(who, proposal, text).await;
        let ended = self.pass();
        kept(&self.world, proposal, seq, ended, &[who], text).await;
        self.pass();
        Side::At(seq)
    }
}

/// How many texts were replaced, and how often history says so.
async fn put_back(world: &World) -> (i64, i64) {
    let counts = "select (select count(*) from checkpoints where replaced), (select count(*) from history where verb = 'put_back')";
    sqlx::query_as(counts).fetch_one(&world.db).await.unwrap()
}

/// What a room keeps at the end of a session.
async fn kept(world: &World, document: ProposalId, seq: i64, ended: OffsetDateTime, authors: &[&Caller], text: &str) {
    let authors = authors.iter().map(|who| who.account).collect();
    let checkpoint = Checkpoint { document, seq, began: ended - Duration::minutes(6), ended, authors, text: text.into() };
    let minutes = |minutes: i64| PgInterval { months: 0, days: 0, microseconds: minutes * 60_000_000 };
    checkpoints::insert(&world.db, &checkpoint, minutes(5), minutes(60)).await.unwrap();
}

async fn lines(world: &World, proposal: ProposalId) -> Vec<Line> {
    world.service.timeline(&world.vi, proposal, None).await.unwrap().items
}

/// What happened, as it reads.
fn told(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|line| format!("{} {}", app::model::sentence::names(&line.who), line.what).trim().to_owned()).collect()
}

async fn text(world: &World, proposal: ProposalId, side: Side) -> String {
    words(&world.service.read(&world.vi, proposal, side).await.unwrap().html)
}

/// Without the tags.
fn words(html: &str) -> String {
    let pieces = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    pieces.collect::<String>().trim().to_owned()
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn the_timeline_tells_everything_in_order_and_each_point_has_its_text(db: PgPool) {
    let timed = Timed::new(db).await;
    let world = &timed.world;
    let proposal = world.draft().await;
    timed.pass();
    let first = timed.session(&world.ada, proposal, "One.").await;
    let second = timed.session(&world.cy, proposal, "One. Two.").await;
    world.send(proposal).await.unwrap();
    timed.pass();
    world.write(&world.di, proposal, "One. Two. Three.").await;

    let lines = lines(world, proposal).await;
    assert_eq!(
        told(&lines),
        ["Di edited the text since", "Ada sent revision 1 of P-1 for review", "Cy wrote", "Ada wrote", "Ada imported it as “Ledger”"]
    );
    let kinds: Vec<Kind> = lines.iter().map(|line| line.kind).collect();
    assert_eq!(kinds, [Kind::Now, Kind::Sent, Kind::Wrote, Kind::Wrote, Kind::Began]);
    let began = Some(Side::At(1));
    let texts: Vec<_> = lines.iter().map(|line| line.text).collect();
    assert_eq!(texts, [Some(Side::Live), Some(Side::Revision(1)), Some(second), Some(first), began]);
    let befores: Vec<_> = lines.iter().map(|line| line.before).collect();
    assert_eq!(befores, [Some(Side::Revision(1)), Some(second), Some(first), began, None]);
    assert!(lines.windows(2).all(|two| two[0].at >= two[1].at), "newest first");
    assert_eq!(text(world, proposal, first).await, "One.");
    assert_eq!(text(world, proposal, second).await, "One. Two.");
    assert!(text(world, proposal, Side::At(1)).await.starts_with("Ledger"), "what it began with");

    let point = world.service.point(&world.vi, proposal, second).await.unwrap();
    assert_eq!((point.who[0].name.as_str(), point.at), ("Cy", Some(lines[2].at)));
    assert_eq!(world.service.point(&world.vi, proposal, Side::Revision(1)).await.unwrap().who[0].name, "Ada");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn any_two_texts_can_be_compared(db: PgPool) {
    let timed = Timed::new(db).await;
    let world = &timed.world;
    let proposal = world.draft().await;
    let first = timed.session(&world.ada, proposal, "One fish swims in the pond behind the house.").await;
    world.send(proposal).await.unwrap();
    let second = timed.session(&world.ada, proposal, "Two fish swims in the pond behind the house.").await;
    let changes = async |from, to| world.service.compare(&world.vi, proposal, from, to).await.unwrap();
    for (from, to) in [(first, second), (Side::Revision(1), second), (first, Side::Live), (Side::Revision(1), Side::Live)] {
        let comparison = changes(from, to).await;
        assert!(words(&comparison.rendered).starts_with("OneTwo fish"), "{from} to {to}: {}", comparison.rendered);
        assert!(comparison.source.contains("Two"), "{from} to {to}");
    }
    assert_eq!(changes(first, Side::Revision(1)).await.places, 0);
    assert!(words(&changes(second, first).await.rendered).starts_with("TwoOne fish"), "the other way round too");
    assert_eq!(changes(Side::Version(0), first).await.titles, None, "the empty text has no title");
    let nothing = world.service.compare(&world.vi, proposal, Side::Version(3), Side::Live).await;
    assert!(matches!(nothing, Err(AppError::NotFound(_))), "{nothing:?}");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn pages_of_the_timeline_have_every_line_once(db: PgPool) {
    let timed = Timed::new(db).await;
    let world = &timed.world;
    let proposal = world.draft().await;
    let start = timed.pass();
    // More than two pages, several at the same instant.
    for seq in 2..120_i64 {
        let at = start + Duration::minutes(60 * (seq / 2));
        let insert = "insert into checkpoints (document, seq, began_at, ended_at, authors, text) values ($1, $2, $3, $3, $4, '')";
        sqlx::query(insert).bind(proposal.0).bind(seq).bind(at).bind([world.ada.account.0]).execute(&world.db).await.unwrap();
        if seq % 5 == 0 {
            let insert = "insert into history (id, team, design, proposal, account, verb, detail, at)
                select gen_random_uuid(), $1, design, id, $2, 'held', '{}', $3 from proposals where id = $4";
            let insert = sqlx::query(insert).bind(world.team.0).bind(world.ada.account.0).bind(at).bind(proposal.0);
            insert.execute(&world.db).await.unwrap();
        }
    }
    let (mut seen, mut after, mut pages) = (Vec::new(), None, 0);
    loop {
        let page = world.service.timeline(&world.vi, proposal, after).await.unwrap();
        seen.extend(page.items);
        pages += 1;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(pages, 3);
    let wrote: Vec<_> = seen.iter().filter(|line| line.kind == Kind::Wrote).filter_map(|line| line.text).collect();
    assert_eq!(wrote, (2..120).rev().map(Side::At).collect::<Vec<_>>());
    assert_eq!(seen.iter().filter(|line| line.kind == Kind::Other).count(), 23);
    assert_eq!(seen.iter().filter(|line| line.kind == Kind::Now).count(), 1);
    assert_eq!(seen.last().unwrap().kind, Kind::Began);
    let befores: Vec<_> = seen.iter().filter(|line| line.kind == Kind::Wrote).filter_map(|line| line.before).collect();
    assert_eq!(befores, (1..119).rev().map(Side::At).collect::<Vec<_>>(), "over the edge of a page too");
    assert_eq!(field(world.service.timeline(&world.vi, proposal, Some("'; --".into())).await), "after");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_text_put_back_is_an_edit_of_whoever_did_it_and_can_be_put_back_in_turn(db: PgPool) {
    let timed = Timed::new(db).await;
    let world = &timed.world;
    let proposal = world.draft().await;
    let old = timed.session(&world.ada, proposal, "The old text.").await;
    // Nobody's session has ended: only the edit that takes it away keeps it.
    world.write(&world.di, proposal, "The new text.").await;
    timed.pass();
    let restored = world.service.restore_text(&world.cy, proposal, old).await.unwrap();
    assert_eq!(world.text(proposal).await, "The old text.");
    assert!(world.service.proposal(&world.cy, SLUG, 1, 1).await.unwrap().wrote, "Cy is an author");
    let before = restored.before.expect("a way back");
    assert_eq!(text(world, proposal, before).await, "The new text.");
    let point = world.service.point(&world.vi, proposal, before).await.unwrap();
    assert_eq!(
        point.who.iter().map(|who| who.name.as_str()).collect::<Vec<_>>(),
        ["Ada", "Di"],
        "who wrote what was replaced, to the room in one session"
    );

    let now = lines(world, proposal).await;
    let at = world.service.point(&world.vi, proposal, old).await.unwrap().at.unwrap();
    let said = format!("Cy put the text of P-1 back to how it was on {} at {:02}:{:02} UTC", at.date(), at.hour(), at.minute());
    assert_eq!(told(&now)[..3], ["The text as it is now".to_owned(), said.clone(), "Ada and Di wrote".to_owned()]);
    assert_eq!((now[1].kind, now[1].text, now[1].before), (Kind::PutBack, Some(old), Some(before)));
    let entry = world.service.history(&world.vi, SLUG, 1, None).await.unwrap().items.remove(0);
    assert_eq!(format!("{} {}", entry.who.unwrap().name, entry.what), said);
    assert_eq!(entry.timeline.as_deref(), Some("/teams/payments/designs/1/proposals/1/history"));

    timed.pass();
    let again = world.service.restore_text(&world.ada, proposal, before).await.unwrap();
    assert_eq!(world.text(proposal).await, "The new text.");
    assert_eq!(text(world, proposal, again.before.unwrap()).await, "The old text.");
    let same = world.service.restore_text(&world.ada, proposal, before).await.unwrap();
    assert_eq!(same.before, None, "it reads so already");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_a_text_began_with_can_be_replaced_at_once_and_brought_back(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let before = world.service.restore_text(&world.ada, proposal, Side::Version(0)).await.unwrap().before;
    assert_eq!((world.text(proposal).await.as_str(), before), ("", Some(Side::At(1))));
    let told = told(&lines(&world, proposal).await);
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[1].starts_with("Ada put the text of P-1 back"), "{told:?}");
    world.service.restore_text(&world.ada, proposal, Side::At(1)).await.unwrap();
    assert_eq!(world.text(proposal).await, TEXT);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_was_replaced_stays_when_the_next_session_would_take_its_place(db: PgPool) {
    let timed = Timed::new(db).await;
    let world = &timed.world;
    let proposal = world.draft().await;
    world.write(&world.ada, proposal, "To be replaced.").await;
    let before = world.service.restore_text(&world.cy, proposal, Side::Version(0)).await.unwrap().before.unwrap();
    let now = timed.clock.now();
    // Sessions that follow within minutes become one; not over this.
    for (minute, written) in [(1, "a"), (2, "ab"), (3, "abc")] {
        let seq = world.write(&world.ada, proposal, written).await;
        let ended = now + Duration::minutes(minute);
        let checkpoint =
            Checkpoint { document: proposal, seq, began: ended, ended, authors: vec![world.ada.account], text: written.into() };
        let minutes = |minutes: i64| PgInterval { months: 0, days: 0, microseconds: minutes * 60_000_000 };
        checkpoints::insert(&world.db, &checkpoint, minutes(5), minutes(60)).await.unwrap();
    }
    let texts: Vec<String> = sqlx::query_scalar("select text from checkpoints order by seq").fetch_all(&world.db).await.unwrap();
    assert_eq!(texts, [TEXT, "To be replaced.", "abc"]);
    assert_eq!(text(world, proposal, before).await, "To be replaced.");
    // A link to a session that became part of a longer one still shows its text, as long as the log has it.
    assert_eq!(text(world, proposal, Side::At(4)).await, "a");
    sqlx::query("delete from updates where document = $1 and seq < 6").bind(proposal.0).execute(&world.db).await.unwrap();
    let gone = world.service.read(&world.vi, proposal, Side::At(4)).await;
    assert!(matches!(gone, Err(AppError::NotFound(_))), "{gone:?}");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn putting_back_is_for_those_who_may_write_where_and_when_they_may(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    world.write(&world.ada, proposal, "Later.").await;
    let restore = async |who: &Caller| world.service.restore_text(who, proposal, Side::Revision(1)).await;
    for who in [&world.bo, &world.vi] {
        assert!(matches!(restore(who).await, Err(AppError::Forbidden(_))), "{}", who.name);
    }
    assert!(matches!(restore(&world.eve).await, Err(AppError::NotFound(_))));
    for side in [Side::Live, Side::Suggested] {
        assert_eq!(field(world.service.restore_text(&world.ada, proposal, side).await), "text");
    }
    for side in [Side::Revision(7), Side::Version(7), Side::At(700)] {
        let gone = world.service.restore_text(&world.ada, proposal, side).await;
        assert!(matches!(gone, Err(AppError::NotFound(_))), "{side}: {gone:?}");
    }
    world.service.hold(&world.ada, proposal, true).await.unwrap();
    assert_eq!(code(restore(&world.ada).await), "held");
    // Held between the look and the append: the append refuses, and keeps nothing.
    sqlx::query("update proposals set held_at = null").execute(&world.db).await.unwrap();
    assert_eq!(code(restore(&world.ada).await), "read-only");
    world.service.hold(&world.ada, proposal, true).await.unwrap();
    world.service.hold(&world.ada, proposal, false).await.unwrap();
    assert_eq!((put_back(&world).await, world.text(proposal).await.as_str()), ((0, 0), "Later."));
    world.service.close_proposal(&world.ada, proposal, "Not now.").await.unwrap();
    assert_eq!(code(restore(&world.ada).await), "not-open");
    world.service.reopen_proposal(&world.ada, proposal).await.unwrap();
    world.service.archive_design(&world.di, SLUG, 1, true).await.unwrap();
    assert_eq!(code(restore(&world.ada).await), "archived");
    assert!(!lines(&world, proposal).await.is_empty(), "it can be read all the same");
    world.service.archive_design(&world.di, SLUG, 1, false).await.unwrap();
    assert!(restore(&world.cy).await.unwrap().before.is_some());
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn nothing_is_lost_that_somebody_writes_while_a_text_is_put_back(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    let mut words = Vec::new();
    let writing = async {
        for n in 0..40 {
            let word = format!("word{n} ");
            let text = format!("{word}{}", world.text(proposal).await);
            world.write(&world.di, proposal, &text).await;
            words.push(word);
        }
    };
    let restoring = async {
        for _ in 0..8 {
            world.service.restore_text(&world.cy, proposal, Side::Revision(1)).await.unwrap();
        }
    };
    tokio::join!(writing, restoring);
    let kept: Vec<String> = sqlx::query_scalar("select text from checkpoints").fetch_all(&world.db).await.unwrap();
    let (texts, told) = put_back(&world).await;
    assert_eq!(texts, told, "each says whose it is");
    let live = world.text(proposal).await;
    for word in words {
        assert!(live.contains(&word) || kept.iter().any(|text| text.contains(&word)), "“{word}” is nowhere");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_forked_proposal_begins_with_its_version_and_tells_what_arrives(db: PgPool) {
    let world = World::new(db).await;
    let first = world.approved().await;
    world.service.merge(&world.ada, first, 1).await.unwrap();
    let (left, _) = world.service.propose(&world.ada, SLUG, 1, "Left", "").await.unwrap();
    let (right, _) = world.service.propose(&world.cy, SLUG, 1, "Right", "").await.unwrap();
    world.write(&world.ada, left, &TEXT.replace("twice", "once")).await;
    world.send(left).await.unwrap();
    world.review(&world.bo, left, 1, Verdict::Approve).await.unwrap();
    world.service.merge(&world.ada, left, 1).await.unwrap();
    world.service.run_due_jobs().await.unwrap();

    let merged = lines(&world, left).await;
    assert_eq!(
        told(&merged)[1..],
        ["Ada merged revision 1 of P-2 as version 2", "Ada sent revision 1 of P-2 for review", "Ada opened P-2: “Left”"]
    );
    assert_eq!(merged[3].text, Some(Side::Version(1)));
    let arrived = lines(&world, right).await;
    assert_eq!(told(&arrived), ["The text as it is now", "brought version 2 into P-3", "Cy opened P-3: “Right”"]);
    assert_eq!((arrived[1].text, arrived[1].before), (Some(Side::Version(2)), Some(Side::Version(1))));
    assert_eq!(arrived[2].text, Some(Side::Version(1)), "what it was forked from, though it stands on version 2 by now");
    let back = world.service.restore_text(&world.cy, right, Side::Version(1)).await.unwrap();
    assert_eq!((world.text(right).await.as_str(), back.before.is_some()), (TEXT, true));
    let told = told(&lines(&world, right).await);
    assert_eq!(told[1], "Cy put the text of P-3 back to version 1, the accepted text");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_text_is_compared_with_the_one_before_however_much_happened_between(db: PgPool) {
    let timed = Timed::new(db).await;
    let world = &timed.world;
    let proposal = world.draft().await;
    let earlier = timed.session(&world.ada, proposal, "Earlier.").await;
    let between = timed.pass();
    let held = "
        insert into history (id, team, design, proposal, account, verb, detail, at)
        select gen_random_uuid(), designs.team, designs.id, $1, $2, 'held', '{}', $3 + n * interval '1 millisecond'
        from proposals join designs on designs.id = proposals.design, generate_series(1, 120) as n
        where proposals.id = $1
    ";
    sqlx::query(held).bind(proposal.0).bind(world.ada.account.0).bind(between).execute(&world.db).await.unwrap();
    let later = timed.session(&world.ada, proposal, "Later.").await;
    let page = world.service.timeline(&world.vi, proposal, None).await.unwrap();
    let line = page.items.iter().find(|line| line.text == Some(later)).unwrap();
    assert_eq!((line.before, page.items.iter().any(|line| line.text == Some(earlier))), (Some(earlier), false));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_edit_that_changes_nothing_keeps_nothing(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let (account, design) = (Some(world.ada.account), DesignId(Uuid::nil()));
    let (id, team, verb, detail, at) = (Uuid::nil(), TeamId(Uuid::nil()), "put_back", json!({}), OffsetDateTime::UNIX_EPOCH);
    let told = Entry { id, team, design, proposal: Some(proposal), account, verb, detail, at };
    let edit = ServerEdit { account, cause: None, change: Change::PutBack(TEXT.into(), told) };
    assert_eq!(world.service.rooms().edit(proposal, edit).await, Ok(1));
    assert_eq!(put_back(&world).await, (0, 0));
}
