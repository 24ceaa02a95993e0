//! Who wrote a passage of a live text, and how it came there.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::{Designs, Proposals, Suggestions, Timelines};
use app::error::AppError;
use app::model::ids::ProposalId;
use app::model::revision::Side;
use app::model::timeline::{How, Stretch};
use reviewing::{SLUG, TEXT, World, field};
use server::rooms::lineage;
use sqlx::PgPool;

/// Every client of a live text, with as many units as it may have.
async fn clients(world: &World, proposal: ProposalId) -> Vec<u64> {
    lineage::clients(&world.service.rooms().read(proposal).await.unwrap().state).unwrap()
}

/// The clients that are new since `before`.
async fn new_clients(world: &World, proposal: ProposalId, before: &[u64]) -> Vec<u64> {
    clients(world, proposal).await.into_iter().filter(|client| !before.contains(client)).collect()
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn who_wrote_a_passage_and_how_it_came_there(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let brought = clients(&world, proposal).await;
    world.write(&world.ada, proposal, &TEXT.replace("twice", "often")).await;
    let ada = new_clients(&world, proposal, &brought).await;
    world.write(&world.cy, proposal, &TEXT.replace("twice", "often, they say")).await;
    let before = clients(&world, proposal).await;
    let cy: Vec<u64> = before.iter().copied().filter(|client| !ada.contains(client) && !brought.contains(client)).collect();
    world.service.restore_text(&world.di, proposal, Side::At(1)).await.unwrap();
    let di = new_clients(&world, proposal, &before).await;
    let passage: Vec<Stretch> = [(&brought, 10), (&ada, 20), (&cy, 30), (&di, 5), (&vec![7_u64], 1)]
        .into_iter()
        .flat_map(|(clients, units)| clients.iter().map(move |client| Stretch { client: *client, units }))
        .collect();
    let wrote = world.service.who_wrote(&world.vi, proposal, passage.clone()).await.unwrap();
    let said: Vec<_> =
        wrote.iter().map(|part| (part.who.as_ref().map_or("", |who| who.name.as_str()), part.how.clone(), part.units)).collect();
    assert_eq!(
        said,
        [("Cy", How::Wrote, 30), ("Ada", How::Wrote, 20), ("Ada", How::Brought, 10), ("Di", How::PutBack, 5), ("", How::Unknown, 1)]
    );
    assert!(wrote[..4].iter().all(|part| part.since.is_some()) && wrote[4].since.is_none());
    let stranger = world.service.who_wrote(&world.eve, proposal, passage).await;
    assert!(matches!(stranger, Err(AppError::NotFound(_))), "{stranger:?}");
    let many = vec![Stretch { client: 1, units: 1 }; 1_001];
    assert_eq!(field(world.service.who_wrote(&world.ada, proposal, many).await), "passage");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_was_accepted_is_nobodys_of_this_proposal_and_a_suggestion_names_both(db: PgPool) {
    let world = World::new(db).await;
    let first = world.approved().await;
    world.service.merge(&world.ada, first, 1).await.unwrap();
    let (fork, _) = world.service.propose(&world.ada, SLUG, 1, "More", "").await.unwrap();
    let accepted = clients(&world, fork).await;
    let thread = world.suggested(fork, "twice", "once").await;
    world.service.accept_suggestion(&world.cy, thread, 1).await.unwrap();
    let fresh = new_clients(&world, fork, &accepted).await;
    let stretches = accepted.iter().chain(&fresh).map(|client| Stretch { client: *client, units: 2 }).collect();
    let wrote = world.service.who_wrote(&world.vi, fork, stretches).await.unwrap();
    assert_eq!(wrote.len(), 2, "{wrote:?}");
    let part = |how: fn(&How) -> bool| wrote.iter().find(|part| how(&part.how)).unwrap();
    assert_eq!(part(|how| *how == How::Accepted).who, None);
    let taken = part(|how| matches!(how, How::Suggested(by) if by.name == "Bo"));
    assert_eq!(taken.who.as_ref().unwrap().name, "Cy");
    let told = world.service.timeline(&world.vi, fork, None).await.unwrap().items;
    assert_eq!(told[1].what, "accepted a suggestion by Bo");
}
