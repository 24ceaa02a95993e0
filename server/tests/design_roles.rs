//! Who may do what with designs and proposals: every method of the two ports, every role, a stranger, a program that may only read.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::{Designs, Import, Proposals};
use app::error::Result;
use app::model::account::Caller;
use app::model::design::DesignFilter;
use app::model::ids::ProposalId;
use app::model::revision::Side;
use app::model::role::Act;
use app::model::token::Scope;
use reviewing::{SLUG, World};
use sqlx::PgPool;

/// The methods that this file answers for, and what each needs. A method of the ports that is missing here fails the test below.
const METHODS: [(&str, Act); 24] = [
    ("list_designs", Act::Read),
    ("create_design", Act::Write),
    ("import_design", Act::Write),
    ("design", Act::Read),
    ("list_proposals", Act::Read),
    ("history", Act::Read),
    ("read_accepted", Act::Read),
    ("accepted_text", Act::Read),
    ("decisions", Act::Read),
    ("rename_design", Act::Write),
    ("archive_design", Act::Administer),
    ("delete_design", Act::Administer),
    ("propose", Act::Write),
    ("proposal", Act::Read),
    ("read", Act::Read),
    ("text", Act::Read),
    ("compare", Act::Read),
    ("candidates", Act::Write),
    ("send_for_review", Act::Write),
    ("find_reviewers", Act::Write),
    ("hold", Act::Write),
    ("put_back", Act::Write),
    ("close_proposal", Act::Write),
    ("reopen_proposal", Act::Write),
];

/// Asks for something harmless or refused by its state: only whether access is granted is looked at.
async fn ask(world: &World, who: &Caller, method: &str, proposal: ProposalId) -> Result<()> {
    let (service, team, number) = (&world.service, SLUG, 1);
    let import = Import { title: String::new(), markdown: vec![0xff] };
    match method {
        "list_designs" => service.list_designs(who, team, DesignFilter::default()).await.map(drop),
        "create_design" => service.create_design(who, team, "", "blank").await.map(drop),
        "import_design" => service.import_design(who, team, import).await.map(drop),
        "design" => service.design(who, team, number).await.map(drop),
        "list_proposals" => service.list_proposals(who, team, number, None).await.map(drop),
        "history" => service.history(who, team, number, None).await.map(drop),
        "read_accepted" => service.read_accepted(who, team, number).await.map(drop),
        "accepted_text" => service.accepted_text(who, team, number, false).await.map(drop),
        "decisions" => service.decisions(who, team, number, None).await.map(drop),
        "rename_design" => service.rename_design(who, team, number, "").await,
        "archive_design" => service.archive_design(who, team, number, false).await,
        "delete_design" => service.delete_design(who, team, number, "not its title").await,
        "propose" => service.propose(who, team, number, "", "").await.map(drop),
        "proposal" => service.proposal(who, team, number, 1).await.map(drop),
        "read" => service.read(who, proposal, Side::Live).await.map(drop),
        "text" => service.text(who, proposal, false).await.map(drop),
        "compare" => service.compare(who, proposal, Side::Accepted, Side::Live).await.map(drop),
        "candidates" => service.candidates(who, proposal, "").await.map(drop),
        "send_for_review" => service.send_for_review(who, proposal, vec![who.account]).await.map(drop),
        "find_reviewers" => service.find_reviewers(who, proposal, Vec::new()).await.map(drop),
        "hold" => service.hold(who, proposal, false).await,
        "put_back" => service.put_back(who, proposal, 99).await,
        "close_proposal" => service.close_proposal(who, proposal, "").await,
        "reopen_proposal" => service.reopen_proposal(who, proposal).await,
        other => panic!("no call for {other}"),
    }
}

/// Whether access was granted: 403 for a member who may not, 404 about the team, design or proposal for everybody else.
fn status(answer: &Result<()>) -> u16 {
    match answer {
        Err(error) if error.status() == 403 => 403,
        Err(error)
            if error.status() == 404
                && error.to_string().contains("not a member of its team")
                && !error.to_string().contains("revision") =>
        {
            404
        }
        _ => 200,
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn every_method_is_open_to_the_roles_that_the_table_says_and_to_nobody_else(db: PgPool) {
    let world = World::new(db).await;
    let (_, proposal) = world.design().await;
    let reader = Caller { token: Some((world.team, Scope::Read)), ..world.di.clone() };
    let bound_elsewhere = Caller { token: Some((app::model::ids::TeamId(world.eve.account.0), Scope::Write)), ..world.di.clone() };
    for (method, act) in METHODS {
        let least = |granted: bool| if granted { 200 } else { 403 };
        let expected = [
            ("viewer", &world.vi, least(act == Act::Read)),
            ("commenter", &world.bo, least(act == Act::Read)),
            ("editor", &world.cy, least(act != Act::Administer)),
            ("admin", &world.di, 200),
            ("admin of another team", &world.eve, 404),
            ("reading program of an admin", &reader, least(act == Act::Read)),
            ("program bound to another team", &bound_elsewhere, 404),
        ];
        for (role, who, wanted) in expected {
            let answer = ask(&world, who, method, proposal).await;
            assert_eq!(status(&answer), wanted, "{method} as {role}: {answer:?}");
        }
    }
}

#[test]
fn no_method_of_the_ports_is_left_out() {
    let source = [include_str!("../../app/src/backend/designs.rs"), include_str!("../../app/src/backend/proposals.rs")].concat();
    let declared = source.lines().filter_map(|line| line.trim().strip_prefix("async fn ")).filter_map(|rest| rest.split('(').next());
    // Templates belong to no team; a decision and a merge are asked for in their own tests.
    let elsewhere = ["templates", "decision", "merge"];
    for name in declared.filter(|name| !elsewhere.contains(name)) {
        assert!(METHODS.iter().any(|(method, _)| *method == name), "{name} has no row");
    }
}
