//! Designs: made, numbered, listed, renamed, archived, deleted, proposed to be changed.

#[path = "common/reviewing.rs"]
mod reviewing;

use std::collections::HashSet;

use app::backend::{Designs, Import, Proposals};
use app::error::AppError;
use app::model::design::{DesignFilter, DesignState};
use app::model::ids::ProposalId;
use app::model::proposal::ProposalState;
use app::model::review::Verdict;
use app::model::thread::Kind;
use reviewing::{SLUG, TEXT, World, code, field};
use sqlx::PgPool;

/// Every number of a filtered list, page after page.
async fn numbers(world: &World, filter: DesignFilter) -> Vec<i32> {
    let (mut all, mut filter) = (Vec::new(), filter);
    loop {
        let page = world.service.list_designs(&world.ada, SLUG, filter.clone()).await.unwrap();
        assert!(page.items.len() <= 50, "a page has at most 50 lines");
        all.extend(page.items.iter().map(|line| line.number));
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return all,
        }
    }
}

/// The sentences of a design's history, newest first.
async fn history(world: &World, number: i32) -> Vec<String> {
    let page = world.service.history(&world.vi, SLUG, number, None).await.unwrap();
    page.items.into_iter().map(|entry| format!("{} {}", entry.who.map_or("Quorum".into(), |who| who.name), entry.what)).collect()
}

async fn merged(world: &World) -> ProposalId {
    let proposal = world.approved().await;
    world.service.merge(&world.ada, proposal, 1).await.unwrap();
    proposal
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_template_makes_a_design_whose_first_proposal_its_creator_has_written(db: PgPool) {
    let world = World::new(db).await;
    let templates = world.service.templates(&world.ada).await.unwrap();
    assert!(templates.len() >= 2);
    let made = world.service.create_design(&world.ada, SLUG, " Ledger ", &templates[0].key).await.unwrap();
    assert_eq!((made.number, made.proposal_number), (1, 1));
    assert!(world.text(made.proposal).await.starts_with("# Ledger\n"));
    let page = world.service.proposal(&world.ada, SLUG, 1, 1).await.unwrap();
    assert_eq!((page.state, page.base, page.wrote, page.title.as_str()), (ProposalState::Draft, 0, true, "Ledger"));
    assert!(!world.service.proposal(&world.cy, SLUG, 1, 1).await.unwrap().wrote);
    assert_eq!(field(world.service.create_design(&world.ada, SLUG, "Ledger", "nonsense").await), "template");
    assert_eq!(field(world.service.create_design(&world.ada, SLUG, " ", "blank").await), "title");
    assert_eq!(field(world.service.create_design(&world.ada, SLUG, &"x".repeat(201), "blank").await), "title");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn numbers_are_dense_under_concurrent_creation_and_never_reused(db: PgPool) {
    let world = World::new(db).await;
    let make = || async { world.service.create_design(&world.ada, SLUG, "One of many", "blank").await.unwrap().number };
    let (a, b, c, d, e) = tokio::join!(make(), make(), make(), make(), make());
    assert_eq!(HashSet::from([a, b, c, d, e]), HashSet::from([1, 2, 3, 4, 5]));
    world.service.delete_design(&world.di, SLUG, 5, "One of many").await.unwrap();
    assert_eq!(make().await, 6);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_creation_that_fails_half_way_leaves_neither_a_design_nor_a_hole(db: PgPool) {
    let world = World::new(db).await;
    let make = || world.service.create_design(&world.ada, SLUG, "One of many", "blank");
    assert_eq!(make().await.unwrap().number, 1);
    // The last thing that the creating transaction writes.
    sqlx::raw_sql(
        "create function refuse() returns trigger language plpgsql as $$ begin raise 'no more history'; end $$;
         create trigger refuse before insert on history for each row execute function refuse()",
    )
    .execute(&world.db)
    .await
    .unwrap();
    assert_eq!(make().await.unwrap_err().status(), 500);
    sqlx::raw_sql("drop trigger refuse on history").execute(&world.db).await.unwrap();
    let (one, other) = tokio::join!(make(), make());
    assert_eq!(HashSet::from([one.unwrap().number, other.unwrap().number]), HashSet::from([2, 3]));
    let rows: (i64, i64, i64) =
        sqlx::query_as("select (select count(*) from designs), (select count(*) from proposals), (select count(*) from documents)")
            .fetch_one(&world.db)
            .await
            .unwrap();
    assert_eq!(rows, (3, 3, 3));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_list_shows_each_design_once_in_the_order_of_change_however_many_pages_it_has(db: PgPool) {
    let world = World::new(db).await;
    sqlx::query(
        "insert into designs (id, team, number, title, owner, state, created_at, changed_at)
         select gen_random_uuid(), $1, n, 'Design ' || n, $2, case when n % 3 = 0 then 'accepted' else 'proposed' end, now(),
             -- many of the same instant
             timestamptz '2026-01-01' + (n / 40) * interval '1 hour'
         from generate_series(1, 130) as n",
    )
    .bind(world.team.0)
    .bind(world.ada.account.0)
    .execute(&world.db)
    .await
    .unwrap();
    let all = numbers(&world, DesignFilter::default()).await;
    assert_eq!(all.iter().collect::<HashSet<_>>().len(), 130);
    assert!(all.windows(2).all(|pair| pair[0] / 40 >= pair[1] / 40), "last changed first");
    let accepted = numbers(&world, DesignFilter { state: Some(DesignState::Accepted), ..Default::default() }).await;
    assert_eq!(accepted.len(), 43);
    assert!(accepted.iter().all(|number| number % 3 == 0));
    let bogus = DesignFilter { after: Some("nonsense".into()), ..Default::default() };
    assert_eq!(field(world.service.list_designs(&world.ada, SLUG, bogus).await), "after");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_line_shows_state_reviewers_with_their_verdicts_and_open_threads(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    world.thread(&world.bo, proposal, "One table", Kind::Question).await;
    let settled = world.thread(&world.bo, proposal, "twice", Kind::Nit).await;
    app::backend::Threads::resolve_thread(&world.service, &world.ada, settled, true).await.unwrap();
    let line = async || world.service.list_designs(&world.vi, SLUG, DesignFilter::default()).await.unwrap().items.remove(0);
    let before = line().await;
    assert_eq!((before.proposal, before.open_threads), (Some((1, ProposalState::InReview)), 1));
    assert_eq!(before.reviewers.iter().map(|(who, verdict)| (who.name.as_str(), *verdict)).collect::<Vec<_>>(), [("Bo", None)]);
    let review = world.review(&world.bo, proposal, 1, Verdict::RequestChanges).await.unwrap();
    assert_eq!(line().await.reviewers[0].1, Some(Verdict::RequestChanges));
    app::backend::Reviews::withdraw_review(&world.service, &world.bo, review).await.unwrap();
    assert_eq!(line().await.reviewers[0].1, None);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn filters_narrow_the_list_to_mine_and_to_a_state_of_the_newest_open_proposal(db: PgPool) {
    let world = World::new(db).await;
    world.sent().await;
    world.service.create_design(&world.cy, SLUG, "Of Cy", "blank").await.unwrap();
    assert_eq!(numbers(&world, DesignFilter { mine: true, ..Default::default() }).await, [1]);
    let in_review = DesignFilter { proposal: Some(ProposalState::InReview), ..Default::default() };
    assert_eq!(numbers(&world, in_review).await, [1]);
    let draft = DesignFilter { proposal: Some(ProposalState::Draft), ..Default::default() };
    assert_eq!(numbers(&world, draft).await, [2]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn renaming_is_in_the_history_and_links_stay(db: PgPool) {
    let world = World::new(db).await;
    world.design().await;
    world.service.rename_design(&world.cy, SLUG, 1, " Double entry ").await.unwrap();
    world.service.rename_design(&world.cy, SLUG, 1, "Double entry").await.unwrap();
    assert_eq!(world.service.design(&world.vi, SLUG, 1).await.unwrap().title, "Double entry");
    assert_eq!(history(&world, 1).await, ["Cy renamed it from “Ledger” to “Double entry”", "Ada imported it as “Ledger”"]);
    assert_eq!(field(world.service.rename_design(&world.cy, SLUG, 1, "two\nlines").await), "title");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_archived_design_is_hidden_and_read_only_until_an_admin_takes_it_out(db: PgPool) {
    let world = World::new(db).await;
    let (_, proposal) = world.design().await;
    world.service.archive_design(&world.di, SLUG, 1, true).await.unwrap();
    assert_eq!(numbers(&world, DesignFilter::default()).await, [0_i32; 0]);
    assert_eq!(numbers(&world, DesignFilter { archived: true, ..Default::default() }).await, [1]);
    assert_eq!(code(world.service.rename_design(&world.ada, SLUG, 1, "Other").await), "archived");
    assert_eq!(code(world.service.close_proposal(&world.ada, proposal, "No.").await), "archived");
    let edit = |text: &str| server::rooms::ServerEdit {
        account: Some(world.ada.account),
        cause: None,
        change: server::rooms::Change::Text(text.into()),
    };
    assert_eq!(world.service.rooms().edit(proposal, edit("Changed.")).await, Err(server::rooms::RoomError::ReadOnly));
    assert_eq!(world.text(proposal).await, TEXT, "it can still be read");
    world.service.archive_design(&world.di, SLUG, 1, false).await.unwrap();
    world.write(&world.ada, proposal, "Changed.").await;
    assert_eq!(history(&world, 1).await[..2], ["Di took it out of the archive", "Di archived it"]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn taken_out_of_the_archive_a_held_text_is_still_held(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    world.service.hold(&world.ada, proposal, true).await.unwrap();
    world.service.archive_design(&world.di, SLUG, 1, true).await.unwrap();
    world.service.archive_design(&world.di, SLUG, 1, false).await.unwrap();
    let state: String = sqlx::query_scalar("select state from documents").fetch_one(&world.db).await.unwrap();
    assert_eq!(state, "held");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn deleting_needs_the_exact_title_and_no_decision(db: PgPool) {
    let world = World::new(db).await;
    let (_, proposal) = world.design().await;
    assert_eq!(field(world.service.delete_design(&world.di, SLUG, 1, "ledger").await), "title");
    world.service.delete_design(&world.di, SLUG, 1, "Ledger").await.unwrap();
    assert!(matches!(world.service.design(&world.di, SLUG, 1).await, Err(AppError::NotFound(_))));
    assert_eq!(world.service.rooms().read(proposal).await.unwrap_err(), server::rooms::RoomError::NotFound);
    let decided = merged(&world).await;
    assert_eq!(code(world.service.delete_design(&world.di, SLUG, 2, "Ledger").await), "decided");
    assert_eq!(world.text(decided).await, TEXT);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_proposal_forks_the_accepted_text_and_others_may_be_open_beside_it(db: PgPool) {
    let world = World::new(db).await;
    world.design().await;
    assert_eq!(code(world.service.propose(&world.ada, SLUG, 1, "Too early", "").await), "not-accepted-yet");
    merged(&world).await;
    let (first, number) = world.service.propose(&world.cy, SLUG, 2, "Three times", "Safer.").await.unwrap();
    let (second, other) = world.service.propose(&world.ada, SLUG, 2, "Once", "Cheaper.").await.unwrap();
    assert_eq!((number, other), (2, 3));
    assert_eq!((world.text(first).await, world.text(second).await), (TEXT.to_owned(), TEXT.to_owned()));
    let page = world.service.proposal(&world.cy, SLUG, 2, 2).await.unwrap();
    assert_eq!((page.base, page.version, page.wrote, page.why.as_str()), (1, 1, false, "Safer."));
    let listed = world.service.design(&world.vi, SLUG, 2).await.unwrap().proposals;
    assert_eq!(listed.iter().map(|line| line.number).collect::<Vec<_>>(), [3, 2, 1]);
    assert_eq!(history(&world, 2).await[..2], ["Ada opened P-3: “Once”", "Cy opened P-2: “Three times”"]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_is_not_accepted_yet_has_no_accepted_text(db: PgPool) {
    let world = World::new(db).await;
    world.design().await;
    assert!(matches!(world.service.accepted_text(&world.vi, SLUG, 1, false).await, Err(AppError::NotFound(_))));
    assert!(matches!(world.service.read_accepted(&world.vi, SLUG, 1).await, Err(AppError::NotFound(_))));
    merged(&world).await;
    assert!(world.service.read_accepted(&world.vi, SLUG, 2).await.unwrap().html.contains("Every payment"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn history_comes_in_pages_of_fifty(db: PgPool) {
    let world = World::new(db).await;
    world.design().await;
    for n in 0..60 {
        world.service.rename_design(&world.ada, SLUG, 1, &format!("Title {n}")).await.unwrap();
    }
    let first = world.service.history(&world.vi, SLUG, 1, None).await.unwrap();
    let rest = world.service.history(&world.vi, SLUG, 1, first.next.clone()).await.unwrap();
    assert_eq!((first.items.len(), rest.items.len(), rest.next), (50, 11, None));
    assert_eq!(first.items[49].what, "renamed it from “Title 9” to “Title 10”");
    assert_eq!(rest.items[0].what, "renamed it from “Title 8” to “Title 9”");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_design_without_a_title_is_called_by_its_text(db: PgPool) {
    let world = World::new(db).await;
    for (text, title) in
        [("---\ntitle: Front\n---\n# Head\n", "Front"), ("Words.\n\n## Head *two*\n", "Head two"), ("Words.", "Untitled design")]
    {
        let import = Import { title: String::new(), markdown: text.into() };
        let made = world.service.import_design(&world.ada, SLUG, import).await.unwrap();
        assert_eq!(world.service.design(&world.ada, SLUG, made.number).await.unwrap().title, title);
        assert_eq!(world.text(made.proposal).await, text, "the text is not touched");
    }
}
