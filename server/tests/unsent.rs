//! Changes that a device kept and a proposal does not take any more: shown, brought into a new proposal, made suggestions of.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::{Designs, Proposals, Suggestions, Threads, Unsent};
use app::error::AppError;
use app::model::account::Caller;
use app::model::ids::ProposalId;
use app::model::review::Verdict;
use app::model::unsent::Carried;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use reviewing::{SLUG, TEXT, World, code, field};
use sqlx::PgPool;
use yrs::updates::decoder::Decode;
use yrs::{ClientID, Doc, GetString, OffsetKind, Options, ReadTxn, Text, TextRef, Transact, Update};

/// A device that has a proposal's text.
struct Device {
    doc: Doc,
    text: TextRef,
    /// What the server has.
    known: yrs::StateVector,
}

impl Device {
    async fn of(world: &World, proposal: ProposalId) -> Self {
        let options =
            Options { offset_kind: OffsetKind::Utf16, ..Options::with_client_id(ClientID::new(u64::from(rand::random::<u32>()))) };
        let doc = Doc::with_options(options);
        let text = doc.get_or_insert_text("content");
        let state = world.service.rooms().read(proposal).await.unwrap().state;
        doc.transact_mut().apply_update(Update::decode_v1(&state).unwrap()).unwrap();
        let known = doc.transact().state_vector();
        Self { doc, text, known }
    }

    /// Replaces words. ASCII, so that bytes are UTF-16 units.
    fn replace(&self, old: &str, new: &str) {
        let mut edit = self.doc.transact_mut();
        let at = self.text.get_string(&edit).find(old).expect("the words are in the text");
        self.text.remove_range(&mut edit, u32::try_from(at).unwrap(), u32::try_from(old.len()).unwrap());
        self.text.insert(&mut edit, u32::try_from(at).unwrap(), new);
    }

    /// What it would send.
    fn changes(&self) -> String {
        BASE64_STANDARD.encode(self.doc.transact().encode_state_as_update_v1(&self.known))
    }
}

/// Merges a proposal that stands on the newest version.
async fn accept(world: &World, proposal: ProposalId) {
    let revision = world.send(proposal).await.unwrap();
    world.review(&world.bo, proposal, revision, Verdict::Approve).await.unwrap();
    world.service.merge(&world.di, proposal, revision).await.unwrap();
}

/// The proposal of a number, as somebody finds it.
async fn found(world: &World, who: &Caller, number: i32) -> app::model::proposal::ProposalPage {
    world.service.proposal(who, SLUG, 1, number).await.unwrap()
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_they_would_change_is_shown_to_readers(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let device = Device::of(&world, proposal).await;
    device.replace("twice", "three times");
    // Written by others meanwhile: no part of what the device changed.
    world.write(&world.cy, proposal, &TEXT.replace("One table", "One wide table")).await;
    let comparison = world.service.compare_unsent(&world.vi, proposal, &device.changes()).await.unwrap();
    assert_eq!(comparison.places, 1, "{}", comparison.rendered);
    assert!(comparison.rendered.contains("three times") && !comparison.rendered.contains(">wide<"));
    assert!(matches!(world.service.compare_unsent(&world.eve, proposal, &device.changes()).await, Err(AppError::NotFound(_))));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn changes_to_a_merged_proposal_become_a_new_one_on_what_is_accepted_since(db: PgPool) {
    let world = World::new(db).await;
    let (number, proposal) = world.design().await;
    let device = Device::of(&world, proposal).await;
    device.replace("twice", "three times");
    accept(&world, proposal).await;
    let (other, _) = world.service.propose(&world.cy, SLUG, number, "Width", "").await.unwrap();
    world.write(&world.cy, other, &TEXT.replace("One table", "One wide table")).await;
    accept(&world, other).await;

    let carried = world.service.propose_unsent(&world.ada, proposal, &device.changes()).await.unwrap();
    assert_eq!(carried, Carried { number: 3, clashes: 0 });
    let new = found(&world, &world.ada, 3).await;
    assert_eq!(world.text(new.id).await, TEXT.replace("twice", "three times").replace("One table", "One wide table"));
    assert_eq!((new.base, new.version, new.wrote), (2, 2, true), "Ada is its author");
    assert!(!found(&world, &world.cy, 3).await.wrote, "nobody else is");
    assert_eq!(new.why, "Changes that reached P-1 only after it was merged.");
    assert_eq!(world.text(proposal).await, TEXT, "the merged text is as it was");
    // An ordinary proposal from here on.
    world.write(&world.ada, new.id, "# Ledger\n\nAnew.\n").await;
    accept(&world, new.id).await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn only_the_changes_leave_a_closed_proposal(db: PgPool) {
    let world = World::new(db).await;
    let (number, first) = world.design().await;
    accept(&world, first).await;
    let (proposal, _) = world.service.propose(&world.cy, SLUG, number, "Width", "").await.unwrap();
    world.write(&world.cy, proposal, &TEXT.replace("One table", "One wide table")).await;
    let device = Device::of(&world, proposal).await;
    device.replace("twice", "three times");
    world.service.close_proposal(&world.cy, proposal, "Not now.").await.unwrap();

    world.service.propose_unsent(&world.ada, proposal, &device.changes()).await.unwrap();
    let new = found(&world, &world.ada, 3).await;
    assert_eq!(world.text(new.id).await, TEXT.replace("twice", "three times"), "without what was given up");
    assert_eq!(new.title, "Width");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_passage_that_others_changed_too_is_there_in_both_versions(db: PgPool) {
    let world = World::new(db).await;
    let (number, proposal) = world.design().await;
    let device = Device::of(&world, proposal).await;
    device.replace("twice", "three times");
    accept(&world, proposal).await;
    let (other, _) = world.service.propose(&world.cy, SLUG, number, "Once", "").await.unwrap();
    world.write(&world.cy, other, &TEXT.replace("twice", "once")).await;
    accept(&world, other).await;

    let carried = world.service.propose_unsent(&world.ada, proposal, &device.changes()).await.unwrap();
    assert_eq!(carried.clashes, 1);
    let new = found(&world, &world.ada, carried.number).await;
    let text = world.text(new.id).await;
    assert!(text.contains("written once.\n\nEvery payment is written three times.\n"), "{text}");
    assert!(new.why.contains("One passage was changed in the accepted text too"), "{}", new.why);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_is_accepted_already_makes_no_proposal(db: PgPool) {
    let world = World::new(db).await;
    let (number, proposal) = world.design().await;
    let device = Device::of(&world, proposal).await;
    device.replace("twice", "three times");
    accept(&world, proposal).await;
    let (other, _) = world.service.propose(&world.cy, SLUG, number, "The same", "").await.unwrap();
    world.write(&world.cy, other, &TEXT.replace("twice", "three times")).await;
    accept(&world, other).await;
    assert_eq!(code(world.service.propose_unsent(&world.ada, proposal, &device.changes()).await), "nothing-new");
    assert!(matches!(world.service.proposal(&world.ada, SLUG, number, 3).await, Err(AppError::NotFound(_))));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_first_proposal_that_was_closed_has_nothing_to_carry_on_from(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let device = Device::of(&world, proposal).await;
    device.replace("twice", "three times");
    world.service.close_proposal(&world.ada, proposal, "Not now.").await.unwrap();
    assert_eq!(code(world.service.propose_unsent(&world.ada, proposal, &device.changes()).await), "not-accepted-yet");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn who_may_only_comment_suggests_them_passage_by_passage(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let device = Device::of(&world, proposal).await;
    device.replace("twice", "three times");
    device.replace("One table holds", "Two tables hold");
    assert!(matches!(world.service.suggest_unsent(&world.vi, proposal, &device.changes()).await, Err(AppError::Forbidden(_))));
    assert_eq!(world.service.suggest_unsent(&world.bo, proposal, &device.changes()).await, Ok(2));
    let threads = world.service.threads(&world.ada, proposal).await.unwrap();
    let suggestions: Vec<_> = threads.iter().filter_map(|thread| thread.suggestion.as_ref()).collect();
    assert!(suggestions.iter().all(|suggestion| suggestion.by.name == "Bo" && suggestion.fits()));
    let said: Vec<_> = suggestions.iter().map(|suggestion| suggestion.edits[0].core()).collect();
    assert_eq!(said, [("twice", "three times"), ("One table holds", "Two tables hold")]);
    assert_eq!(world.text(proposal).await, TEXT, "nothing was written");
    world.service.accept_all_suggestions(&world.ada, proposal).await.unwrap();
    assert_eq!(world.text(proposal).await, TEXT.replace("twice", "three times").replace("One table holds", "Two tables hold"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn bytes_that_are_no_changes_of_the_text_are_refused(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let stranger = Device::of(&world, proposal).await;
    stranger.replace("twice", "three times");
    // Builds on what the server was never sent.
    let lost = stranger.doc.transact().state_vector();
    stranger.replace("three times", "four times");
    let builds = stranger.doc.transact().encode_state_as_update_v1(&lost);
    for changes in ["", "no base64", "AAAA", &BASE64_STANDARD.encode(builds)] {
        assert_eq!(field(world.service.compare_unsent(&world.ada, proposal, changes).await), "changes", "{changes}");
        assert_eq!(field(world.service.propose_unsent(&world.ada, proposal, changes).await), "changes", "{changes}");
    }
    assert_eq!(world.text(proposal).await, TEXT);
}
