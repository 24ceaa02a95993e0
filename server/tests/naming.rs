//! Designs and people that texts name: where names lead, who names whom, who is told.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::{Designs, Import, Inboxes, Proposals, Reviews, Threads};
use app::error::AppError;
use app::model::account::Caller;
use app::model::design::DesignState;
use app::model::ids::{AccountId, ProposalId};
use app::model::inbox::Reason;
use app::model::proposal::ProposalState;
use app::model::review::Verdict;
use app::model::revision::Side;
use app::model::thread::{Kind, NewThread, Place};
use reviewing::{SLUG, World, field};
use server::clock::fresh_id;
use sqlx::PgPool;

/// No design names it.
const NOBODY: [(i32, bool); 0] = [];

async fn import(world: &World, title: &str, text: &str) -> ProposalId {
    let import = Import { title: title.into(), markdown: text.into() };
    world.service.import_design(&world.ada, SLUG, import).await.unwrap().proposal
}

/// The numbers of the designs that name one, as a viewer finds them.
async fn named_by(world: &World, number: i32) -> Vec<(i32, bool)> {
    let page = world.service.backlinks(&world.vi, SLUG, number, None).await.unwrap();
    page.items.into_iter().map(|link| (link.number, link.accepted)).collect()
}

/// What has waited for the text to rest.
async fn index(world: &World) {
    world.service.run_due_jobs().await.unwrap();
    sqlx::query("update updates set at = at - interval '1 hour'").execute(&world.db).await.unwrap();
    world.service.index_quiet().await.unwrap();
}

async fn merge(world: &World, proposal: ProposalId) {
    let revision = world.send(proposal).await.unwrap();
    world.review(&world.bo, proposal, revision, Verdict::Approve).await.unwrap();
    world.service.merge(&world.ada, proposal, revision).await.unwrap();
}

fn mention(account: AccountId) -> String {
    format!("[@Somebody](/teams/{SLUG}/people#person-{account})")
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_design_shows_whose_texts_name_it_each_once(db: PgPool) {
    let world = World::new(db).await;
    import(&world, "Ledger", "Of itself: D-1.\n").await;
    import(&world, "Cache", "Beside D-1 and D-1, and `D-3`.\n").await;
    import(&world, "Queue", "Instead of D-1, D-9.\n").await;
    assert_eq!(named_by(&world, 1).await, [(3, false), (2, false)]);
    assert_eq!(named_by(&world, 3).await, NOBODY, "code names nothing");
    let links = world.service.backlinks(&world.vi, SLUG, 1, None).await.unwrap().items;
    assert_eq!((links[0].title.as_str(), links[0].state), ("Queue", DesignState::Proposed));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_link_follows_the_live_text_and_stays_while_the_accepted_one_has_it(db: PgPool) {
    let world = World::new(db).await;
    import(&world, "Ledger", "Words.\n").await;
    let first = import(&world, "Cache", "Nothing.\n").await;
    assert_eq!(named_by(&world, 1).await, NOBODY);
    world.write(&world.ada, first, "See D-1.\n").await;
    index(&world).await;
    assert_eq!(named_by(&world, 1).await, [(2, false)]);
    merge(&world, first).await;
    index(&world).await;
    assert_eq!(named_by(&world, 1).await, [(2, true)]);
    let (second, _) = world.service.propose(&world.ada, SLUG, 2, "Alone", "").await.unwrap();
    world.write(&world.ada, second, "Alone, with D-2.\n").await;
    index(&world).await;
    assert_eq!(named_by(&world, 1).await, [(2, true)], "it is still what is accepted");
    merge(&world, second).await;
    index(&world).await;
    assert_eq!(named_by(&world, 1).await, NOBODY);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_is_archived_or_deleted_names_nothing_and_numbers_are_never_given_again(db: PgPool) {
    let world = World::new(db).await;
    import(&world, "Ledger", "Words.\n").await;
    import(&world, "Cache", "D-1\n").await;
    import(&world, "Queue", "D-1, D-2, D-4\n").await;
    world.service.archive_design(&world.di, SLUG, 2, true).await.unwrap();
    index(&world).await;
    assert_eq!(named_by(&world, 1).await, [(3, false)]);
    world.service.archive_design(&world.di, SLUG, 2, false).await.unwrap();
    assert_eq!(named_by(&world, 1).await, [(3, false), (2, false)]);
    world.service.delete_design(&world.di, SLUG, 2, "Cache").await.unwrap();
    assert_eq!(named_by(&world, 1).await, [(3, false)]);
    assert!(matches!(world.service.backlinks(&world.vi, SLUG, 2, None).await, Err(AppError::NotFound(_))));
    // Named before it was there.
    import(&world, "Later", "Words.\n").await;
    assert_eq!(named_by(&world, 4).await, [(3, false)]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn backlinks_come_in_pages_without_doubles(db: PgPool) {
    let world = World::new(db).await;
    import(&world, "Ledger", "Words.\n").await;
    for number in 2..55 {
        import(&world, &format!("Design {number}"), "D-1\n").await;
    }
    let first = world.service.backlinks(&world.vi, SLUG, 1, None).await.unwrap();
    let second = world.service.backlinks(&world.vi, SLUG, 1, first.next.clone()).await.unwrap();
    let numbers: Vec<i32> = first.items.iter().chain(&second.items).map(|link| link.number).collect();
    assert_eq!(numbers, (2..55).rev().collect::<Vec<_>>());
    assert_eq!((first.items.len(), second.next), (50, None));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn texts_from_before_are_read_by_a_job(db: PgPool) {
    let world = World::new(db).await;
    import(&world, "Ledger", "Words.\n").await;
    import(&world, "Cache", "D-1\n").await;
    sqlx::query("delete from backlinks").execute(&world.db).await.unwrap();
    let jobs = include_str!("../../migrations/0015_names.sql").split("insert into jobs").nth(1).unwrap().split(';').next().unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("insert into jobs{jobs}"))).execute(&world.db).await.unwrap();
    world.service.run_due_jobs().await.unwrap();
    assert_eq!(named_by(&world, 1).await, [(2, false)]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn nothing_of_another_teams_designs_is_told(db: PgPool) {
    let world = World::new(db).await;
    import(&world, "Ledger", "Words.\n").await;
    import(&world, "Cache", "D-1\n").await;
    let import = Import { title: "Theirs".into(), markdown: "D-1 and D-2, not of this team.\n".into() };
    world.service.import_design(&world.eve, "elsewhere", import).await.unwrap();
    assert_eq!(named_by(&world, 1).await, [(2, false)]);
    let hidden = |error: AppError| assert!(matches!(error, AppError::NotFound(_)), "{error:?}");
    hidden(world.service.design_cards(&world.eve, SLUG, vec![1]).await.unwrap_err());
    hidden(world.service.find_designs(&world.eve, SLUG, "ledger").await.unwrap_err());
    hidden(world.service.backlinks(&world.eve, SLUG, 1, None).await.unwrap_err());
    let theirs = world.service.design(&world.eve, "elsewhere", 1).await.unwrap().proposals[0].id;
    let html = world.service.read(&world.eve, theirs, Side::Live).await.unwrap().html;
    assert!(html.contains("/teams/elsewhere/designs/1") && !html.contains("designs/2"), "{html}");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_name_leads_to_designs_that_there_are_in_texts_comments_and_summaries(db: PgPool) {
    let world = World::new(db).await;
    import(&world, "Ledger", "Words.\n").await;
    let proposal = import(&world, "Cache", "See D-1 and D-7.\n").await;
    let leads = |html: &str| html.contains("<a href=\"/teams/payments/designs/1\"") && !html.contains("designs/7");
    assert!(leads(&world.service.read(&world.vi, proposal, Side::Live).await.unwrap().html));
    let whole = NewThread { proposal, place: Place::Whole, quote: String::new(), kind: Kind::Nit, body: "As D-1 and D-7.".into() };
    world.service.start_thread(&world.bo, whole).await.unwrap();
    assert!(leads(&world.service.threads(&world.vi, proposal).await.unwrap()[0].comments[0].html));
    world.send(proposal).await.unwrap();
    world.service.submit_review(&world.bo, proposal, 1, Verdict::Approve, "As D-1 and D-7.").await.unwrap();
    assert!(leads(&world.service.review_board(&world.vi, proposal).await.unwrap().reviews[0].summary_html));
    let compared = world.service.compare(&world.vi, proposal, Side::Accepted, Side::Revision(1)).await.unwrap();
    assert!(leads(&compared.rendered));
    world.service.merge(&world.ada, proposal, 1).await.unwrap();
    assert!(leads(&world.service.read_accepted(&world.vi, SLUG, 2).await.unwrap().html));
    assert!(leads(&world.service.decision(&world.vi, SLUG, 2, 1).await.unwrap().text.html));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_card_says_what_a_design_is_and_nothing_of_what_is_not_there(db: PgPool) {
    let world = World::new(db).await;
    merge(&world, import(&world, "Ledger", "Words.\n").await).await;
    let second = import(&world, "Cache", "Words.\n").await;
    world.send(second).await.unwrap();
    world.service.archive_design(&world.di, SLUG, 1, true).await.unwrap();
    let cards = world.service.design_cards(&world.vi, SLUG, vec![9, 2, 1]).await.unwrap();
    let told: Vec<_> = cards.iter().map(|card| (card.number, card.title.as_str(), card.state, card.proposal, card.archived)).collect();
    assert_eq!(
        told,
        [(1, "Ledger", DesignState::Accepted, None, true), (2, "Cache", DesignState::Proposed, Some((1, ProposalState::InReview)), false)]
    );
    assert_eq!(cards[0].owner.name, "Ada");
    assert_eq!(field(world.service.design_cards(&world.vi, SLUG, (0..101).collect()).await), "numbers");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn designs_are_offered_by_number_then_by_words_those_that_changed_last_first(db: PgPool) {
    let world = World::new(db).await;
    for title in ["Ledger", "Cache of the ledger", "Queue", "Table 1", "%_", "Old"] {
        import(&world, title, "Words.\n").await;
    }
    for _ in 7..=12 {
        import(&world, "More", "Words.\n").await;
    }
    world.service.archive_design(&world.di, SLUG, 6, true).await.unwrap();
    let find = async |like: &str| {
        let cards = world.service.find_designs(&world.vi, SLUG, like).await.unwrap();
        cards.into_iter().map(|card| card.number).collect::<Vec<_>>()
    };
    assert_eq!(find("1").await, [1, 12, 11, 10, 4]);
    assert_eq!(find("LEDGER").await, [2, 1]);
    assert_eq!(find("ledger ca").await, [2]);
    assert_eq!(find("%").await, [5]);
    assert_eq!(find("old").await, [0_i32; 0], "what is archived is not offered");
    assert_eq!(find("").await, [12, 11, 10, 9, 8, 7, 5, 4, 3, 2]);
    assert_eq!(find("\\").await, [0_i32; 0]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn whoever_a_revision_mentions_first_is_told_when_it_is_sent_and_once(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let (vi, ada) = (mention(world.vi.account), mention(world.ada.account));
    let words = |more: &str| format!("# Ledger\n\nAsk {vi} and {ada}. {more}\n");
    world.write(&world.ada, proposal, &words("")).await;
    assert_eq!(world.waiting(&world.vi).await, [] as [String; 0], "writing tells nobody");
    world.send(proposal).await.unwrap();
    assert_eq!(world.waiting(&world.vi).await, ["Ada mentioned you in revision 1"]);
    assert_eq!(world.waiting(&world.ada).await, [] as [String; 0], "who sends knows");
    put_away(&world, &world.vi).await;

    world.write(&world.ada, proposal, &words(&format!("`{}`", mention(world.cy.account)))).await;
    world.send(proposal).await.unwrap();
    assert_eq!(world.waiting(&world.vi).await, [] as [String; 0], "they were mentioned before");
    assert_eq!(world.waiting(&world.cy).await, [] as [String; 0], "code mentions nobody");

    world.write(&world.ada, proposal, &words(&format!("{0} {0} {1}", mention(world.cy.account), mention(world.eve.account)))).await;
    world.send(proposal).await.unwrap();
    assert_eq!(world.waiting(&world.cy).await, ["Ada mentioned you in revision 3"]);
    assert_eq!(world.waiting(&world.eve).await, [] as [String; 0], "of another team");
    let item = world.service.inbox(&world.cy, None).await.unwrap().items.remove(0);
    assert_eq!((item.reason, item.link.as_str()), (Reason::Mentioned, "/teams/payments/designs/1/proposals/1/read"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_the_accepted_text_mentions_is_not_told_again_and_a_merge_ends_the_turn(db: PgPool) {
    let world = World::new(db).await;
    let nobody = mention(AccountId(fresh_id()));
    let first = import(&world, "Ledger", &format!("Ask {} or {nobody}.\n", mention(world.vi.account))).await;
    merge(&world, first).await;
    assert_eq!(world.waiting(&world.vi).await, [] as [String; 0], "merged: nobody's turn");
    let (second, _) = world.service.propose(&world.ada, SLUG, 1, "More", "").await.unwrap();
    world.write(&world.ada, second, &format!("Ask {0} or {nobody}. Always {0}.\n", mention(world.vi.account))).await;
    world.send(second).await.unwrap();
    assert_eq!(world.waiting(&world.vi).await, [] as [String; 0]);
}

async fn put_away(world: &World, who: &Caller) {
    for item in world.service.inbox(who, None).await.unwrap().items {
        world.service.put_away(who, item.id).await.unwrap();
    }
}
