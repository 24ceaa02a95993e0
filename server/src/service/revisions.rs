//! "Send for review": freezing a revision and asking people to look at it.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::approval;
use app::model::ids::{AccountId, ProposalId, TeamId};
use app::model::inbox::{Detail, Reason};
use app::model::role::Act;
use app::model::section::Section;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::blocking::heavy;
use super::fault::Shown;
use super::history::{self, Event, Verb};
use super::told::Told;
use super::{Service, access, standing};
use crate::db;
use crate::db::ground::Ground;
use crate::db::inbox::{Done, Turn};
use crate::render;
use crate::rooms::Reading;

mod mentions;

/// People asked at once; more is a mistake or a mailing list.
const REVIEWERS: usize = 100;

/// How often the text is read anew when an accepted version arrives between reading and freezing: versions are not merged that fast.
const READINGS: usize = 3;

/// What is to be frozen, read before the locks.
struct Draft {
    reading: Reading,
    sections: Vec<Section>,
    /// Whom it names that was not named before.
    mentioned: Vec<AccountId>,
    base: i32,
}

impl Service {
    /// Freezes a revision of the committed text and asks reviewers. Unchanged text and title answer the revision there is, and ask again.
    pub async fn freeze_revision(&self, caller: &Caller, proposal: ProposalId, reviewers: Vec<AccountId>) -> Result<i32> {
        let in_team = self.in_proposal(caller, proposal, Act::Write).await?;
        let reviewers = self.able_reviewers(in_team.team, reviewers).await?;
        for _ in 0..READINGS {
            let draft = self.draft(proposal).await?;
            if let Some(number) = self.freeze(caller, proposal, &draft, &reviewers).await? {
                return Ok(number);
            }
        }
        Err(AppError::conflict("base-moved", "An accepted version is arriving in this text right now. Look at it, then send it again."))
    }

    /// Everybody named, once, each somebody who can review.
    async fn able_reviewers(&self, team: TeamId, mut named: Vec<AccountId>) -> Result<Vec<AccountId>> {
        named.sort_unstable();
        named.dedup();
        if named.len() > REVIEWERS {
            return Err(AppError::invalid("reviewers", "Ask at most 100 people at once."));
        }
        let able = db::ground::able_to_review(&self.db, team, &named).await.shown()?;
        if able.len() < named.len() {
            let unable =
                "Only commenters, editors and admins of this team can review. Choose among them, or ask an admin to change the role.";
            return Err(AppError::invalid("reviewers", unable));
        }
        Ok(named)
    }

    /// The committed text with its sections. The room commits what it has received before it answers, the sender's last words included.
    async fn draft(&self, proposal: ProposalId) -> Result<Draft> {
        let base = db::ground::find(&self.db, proposal).await.shown()?.ok_or_else(|| AppError::not_found("proposal"))?.base;
        let reading = self.rooms.read(proposal).await.shown()?;
        if reading.text.trim().is_empty() {
            return Err(AppError::invalid("", "There is nothing to review yet. Write something first."));
        }
        let text = reading.text.clone();
        let sections = heavy(text.len(), move || render::sections(&text).into_iter().map(|section| section.section).collect()).await?;
        let mentioned = self.newly_mentioned(proposal, &reading.text).await?;
        Ok(Draft { reading, sections, mentioned, base })
    }

    /// Freezes the draft, under the design's lock; none when an accepted version arrived since it was read.
    async fn freeze(&self, caller: &Caller, proposal: ProposalId, draft: &Draft, reviewers: &[AccountId]) -> Result<Option<i32>> {
        let now = self.clock.now();
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        let ground = db::ground::lock(&mut tx, proposal, now).await.shown()?.ok_or_else(|| AppError::not_found("proposal"))?;
        access::in_proposal(&mut *tx, caller, proposal, Act::Write).await?;
        standing::open(&ground)?;
        if ground.base != draft.base {
            return Ok(None);
        }
        let mut told = Told::of(ground.team, proposal);
        let (number, fresh) = insert_or_find(&mut tx, caller, &ground, draft, now).await.shown()?;
        let mut asked = reviewers.to_vec();
        if fresh {
            asked.extend(asked_before(&mut tx, caller, &ground).await.shown()?);
            told.inboxes(record(&mut tx, caller, &ground, number, now).await.shown()?);
            // Who sends knows whom they mention.
            let mentioned = draft.mentioned.iter().copied().filter(|account| *account != caller.account).collect();
            told.inboxes(turn_to(&mut tx, caller, &ground, (Reason::Mentioned, number), mentioned, now).await.shown()?);
        }
        db::reviews::request(&mut *tx, proposal, reviewers, caller.account, now).await.shown()?;
        told.inboxes(turn_to(&mut tx, caller, &ground, (Reason::ReviewRequested, number), asked, now).await.shown()?);
        tx.commit().await.shown()?;
        self.tell(told);
        Ok(Some(number))
    }
}

/// SHA-256 over title and text; U+0000 is in neither, so no two pairs read the same.
pub(super) fn content_hash(title: &str, text: &str) -> Vec<u8> {
    Sha256::new().chain_update(title).chain_update([0]).chain_update(text).finalize().to_vec()
}

/// Whether a revision is of exactly this title and text: what its reviewers had before them.
pub(super) fn froze(revision: &db::revisions::Revision, title: &str, text: &str) -> bool {
    revision.content_hash == content_hash(title, text)
}

/// The newest revision's number when it has this content, else that of a new one; and whether it is new.
async fn insert_or_find(
    tx: &mut PgConnection,
    caller: &Caller,
    ground: &Ground,
    draft: &Draft,
    at: OffsetDateTime,
) -> sqlx::Result<(i32, bool)> {
    let newest = db::revisions::newest(&mut *tx, ground.proposal).await?;
    if let Some(newest) = newest.as_ref().filter(|newest| froze(newest, &ground.title, &draft.reading.text)) {
        return Ok((newest.number, false));
    }
    let number = newest.map_or(1, |newest| newest.number + 1);
    let new = db::revisions::NewRevision {
        proposal: ground.proposal,
        number,
        title: &ground.title,
        text: &draft.reading.text,
        content_hash: &content_hash(&ground.title, &draft.reading.text),
        sections: &draft.sections,
        state: &draft.reading.state,
        seq: draft.reading.seq,
        base: ground.base,
        by: caller.account,
        at,
    };
    db::revisions::insert(&mut *tx, new).await?;
    db::ground::in_review(tx, ground.proposal).await?;
    Ok((number, true))
}

/// Whom a new revision concerns without being named: everybody asked before, and whoever's verdict on an older one stands.
async fn asked_before(tx: &mut PgConnection, caller: &Caller, ground: &Ground) -> sqlx::Result<Vec<AccountId>> {
    let requested = db::reviews::requested(&mut *tx, ground.proposal).await?;
    let given: Vec<_> = db::reviews::all(&mut *tx, ground.proposal).await?.into_iter().map(|review| review.given).collect();
    let people = requested.iter().map(|(asked, _)| asked.id).chain(approval::standing(&given).map(|given| given.by.id));
    let mut people: Vec<AccountId> = people.flatten().filter(|account| *account != caller.account).collect();
    people.sort_unstable();
    people.dedup();
    db::ground::able_to_review(tx, ground.team, &people).await
}

/// The new revision in the history; verdicts on the one before have been dealt with. Answers whose inboxes changed.
async fn record(tx: &mut PgConnection, caller: &Caller, ground: &Ground, number: i32, at: OffsetDateTime) -> sqlx::Result<Vec<AccountId>> {
    let Ground { team, design, proposal, .. } = *ground;
    let sent = Event { team, design, proposal: Some(proposal), by: Some(caller), verb: Verb::Sent { revision: number } };
    history::record(&mut *tx, sent, at).await?;
    let answered = Done { reason: Some(Reason::Verdict), proposal: Some(proposal), ..Done::default() };
    db::inbox::done(tx, answered, at).await
}

/// Makes it the turn of these people, because of a revision; answers who they are.
async fn turn_to(
    tx: &mut PgConnection,
    caller: &Caller,
    ground: &Ground,
    (reason, number): (Reason, i32),
    mut people: Vec<AccountId>,
    at: OffsetDateTime,
) -> sqlx::Result<Vec<AccountId>> {
    // One statement cannot renew the same entry twice.
    people.sort_unstable();
    people.dedup();
    let detail = Detail { revision: Some(number), ..Detail::default() };
    let Ground { team, proposal, .. } = *ground;
    let turn = Turn { reason, team, proposal, thread: None, actor: caller.account, detail: &detail, at };
    db::inbox::put(tx, &people, turn).await
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn title_and_text_cannot_be_shifted_into_each_other(a in "[ab]{0,4}", b in "[ab]{0,4}", c in "[ab]{0,4}", d in "[ab]{0,4}") {
            prop_assert_eq!(content_hash(&a, &b) == content_hash(&c, &d), a == c && b == d);
        }
    }
}
