//! Making suggestions: new ones, changed ones, ones that are taken back, as an editor sends them while somebody types.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::anchor::context;
use app::model::ids::{ProposalId, ThreadId};
use app::model::inbox::{Detail, Reason};
use app::model::role::Act;
use app::model::suggestion::{State, Suggested, SuggestedEdit, Taken};
use app::model::thread::Kind;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::db;
use crate::db::OnConstraint;
use crate::db::ground::Ground;
use crate::db::inbox::Turn;
use crate::db::suggestions::Edit;
use crate::rooms::Range;
use crate::service::access::in_proposal;
use crate::service::fault::Shown;
use crate::service::reviews::concerned;
use crate::service::threads::THREADS;
use crate::service::threads::locate::{PASSAGE, position};
use crate::service::told::Told;
use crate::service::{Service, standing};

/// Suggestions in one request: an editor sends what changed since the last answer.
const AT_ONCE: usize = 100;

/// Places of one suggestion, which is accepted or rejected as a whole: more nobody would look through.
const PLACES: usize = 100;

/// Bytes put into one place: some pages. More is a text of its own.
const REPLACEMENT: usize = 100_000;

/// Who suggests, where and when.
struct Offer<'a> {
    caller: &'a Caller,
    ground: Ground,
    at: OffsetDateTime,
}

impl Service {
    /// Keeps what somebody suggests; answers what became of each.
    pub(in crate::service) async fn offer(&self, caller: &Caller, proposal: ProposalId, suggested: &[Suggested]) -> Result<Vec<Taken>> {
        bounded(suggested)?;
        let placed = self.placed(proposal, suggested).await?;
        let at = self.clock.now();
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        let ground = db::ground::lock(&mut tx, proposal, at).await.shown()?.ok_or_else(|| AppError::not_found("proposal"))?;
        standing::open(&ground)?;
        in_proposal(&mut *tx, caller, proposal, Act::Discuss).await?;
        let first = db::suggestions::open_by(&mut *tx, proposal, caller.account).await.shown()? == 0;
        let offer = Offer { caller, ground, at };
        let mut taken = Vec::with_capacity(suggested.len());
        for (Suggested { thread, .. }, edits) in suggested.iter().zip(&placed) {
            taken.push(keep(&mut tx, &offer, *thread, edits.as_deref()).await?);
        }
        let mut told = Told::of(offer.ground.team, proposal).with_threads();
        let started = suggested.iter().zip(&taken).find(|(suggested, taken)| !suggested.edits.is_empty() && **taken == Taken::Kept);
        // Told once for what is written in one go, not at every word.
        if let Some((Suggested { thread, .. }, _)) = started.filter(|_| first) {
            let concerned = concerned(&mut tx, &offer.ground, i64::MAX, caller.account).await.shown()?;
            let detail = Detail { suggested: true, ..Detail::default() };
            let (team, thread, actor) = (offer.ground.team, Some(*thread), caller.account);
            let turn = Turn { reason: Reason::Reply, team, proposal, thread, actor, detail: &detail, at };
            told.inboxes(db::inbox::put(&mut *tx, &concerned, turn).await.shown()?);
        }
        tx.commit().await.shown()?;
        self.tell(told);
        Ok(taken)
    }

    /// What each would change, with positions of the text of now; none where the text reads otherwise than its author saw it.
    async fn placed(&self, proposal: ProposalId, suggested: &[Suggested]) -> Result<Vec<Option<Vec<Edit>>>> {
        let all = || suggested.iter().flat_map(|suggested| &suggested.edits);
        let mut ranges = Vec::new();
        for edit in all() {
            ranges.push(Range { start: position(&edit.start)?, end: position(&edit.end)? });
        }
        let (reading, found) = self.rooms.resolve(proposal, ranges).await.shown()?;
        let passages = all().zip(&found).map(|(edit, at)| {
            // Into an empty text there is only one place to write.
            let at = if reading.text.is_empty() { Some((0, 0)) } else { at.filter(|(from, to)| from < to && to - from <= PASSAGE) };
            at.map(|(from, to)| ((from, to), context(&reading.text, from, to))).filter(|(_, passage)| passage.quote == edit.original)
        });
        let passages: Vec<_> = passages.collect();
        // Anchored anew from what they resolved to: what is stored are positions of this text and nothing else.
        let offsets = passages.iter().map(|passage| passage.as_ref().map_or((0, 0), |(at, _)| *at)).collect();
        let anchored = self.rooms.anchor(proposal, reading.seq, offsets).await.shown()?;
        let sent = |edit: &SuggestedEdit| Some(Range { start: position(&edit.start).ok()?, end: position(&edit.end).ok()? });
        let mut edits = all().zip(passages.into_iter().zip(anchored)).map(|(edit, (passage, range))| {
            let passage = passage?.1;
            // There are no positions in an empty text, and none are needed.
            let range = range.or_else(|| sent(edit).filter(|_| passage.quote.is_empty()))?;
            Some(Edit { range, passage, replacement: edit.replacement.clone() })
        });
        Ok(suggested.iter().map(|suggested| edits.by_ref().take(suggested.edits.len()).collect()).collect())
    }
}

/// Keeps one. Without any edit it is taken back; none: they do not fit the text.
async fn keep(tx: &mut PgConnection, offer: &Offer<'_>, thread: ThreadId, edits: Option<&[Edit]>) -> Result<Taken> {
    let row = db::suggestions::lock(tx, thread).await.shown()?;
    if row.as_ref().is_some_and(|row| row.by.id != Some(offer.caller.account) || row.proposal != Some(offer.ground.proposal)) {
        return Err(AppError::not_found("thread"));
    }
    let known = match row {
        Some(row) if row.state != State::Open => return Ok(Taken::Decided),
        row => row.is_some(),
    };
    match (known, edits) {
        (_, None) => return Ok(Taken::Outdated),
        (false, Some([])) => {}
        (true, Some([])) => take_back(tx, offer, thread).await?,
        (false, Some(edits)) => start(tx, offer, thread, edits).await?,
        (true, Some(edits)) => change(tx, thread, edits).await?,
    }
    Ok(Taken::Kept)
}

/// A new one: a thread without words, on what it would change first.
async fn start(tx: &mut PgConnection, offer: &Offer<'_>, id: ThreadId, edits: &[Edit]) -> Result<()> {
    let Ground { team, design, proposal, .. } = offer.ground;
    if db::threads::open(&mut *tx, proposal).await.shown()? >= THREADS {
        return Err(AppError::conflict("too-many-threads", "500 threads are open here. Some must be resolved before you suggest more."));
    }
    let Some(first) = edits.first() else { return Ok(()) };
    // Without a quote it is about the whole: the text is empty.
    let range = Some(&first.range).filter(|_| !first.passage.quote.is_empty());
    let (kind, passage, by, at) = (Kind::Suggestion, &first.passage, offer.caller.account, offer.at);
    let thread = db::threads::NewThread { id, team, design, proposal, kind, range, passage, revision: None, by, at };
    let taken = || AppError::conflict("taken", "There is a thread of that name. Suggest it under another one.");
    db::threads::insert(&mut *tx, thread).await.on_constraint("threads_pkey", taken).shown()?;
    db::suggestions::insert(tx, id, edits).await.shown()
}

/// Other edits. Sent again because an answer was lost, it stays the edition that others have seen.
async fn change(tx: &mut PgConnection, thread: ThreadId, edits: &[Edit]) -> Result<()> {
    let known = db::suggestions::edits(&mut *tx, &[thread]).await.shown()?;
    let same = |(one, other): (&Edit, &Edit)| {
        one.range == other.range && one.passage.quote == other.passage.quote && one.replacement == other.replacement
    };
    if known.len() == edits.len() && known.iter().map(|(_, edit)| edit).zip(edits).all(same) {
        return Ok(());
    }
    let Some(first) = edits.first() else { return Ok(()) };
    let range = Some(&first.range).filter(|_| !first.passage.quote.is_empty());
    db::threads::attach(&mut *tx, thread, range, &first.passage).await.shown()?;
    db::suggestions::change(tx, thread, edits).await.shown()
}

/// Of one that nobody has said anything about nothing is left.
async fn take_back(tx: &mut PgConnection, offer: &Offer<'_>, thread: ThreadId) -> Result<()> {
    let (_, comments) = db::comments::participants(&mut *tx, thread).await.shown()?;
    if comments == 0 {
        return db::threads::remove(&mut *tx, thread).await.shown();
    }
    db::suggestions::set_state(&mut *tx, thread, State::Withdrawn).await.shown()?;
    db::threads::resolve(&mut *tx, thread, offer.caller.account, offer.at).await.shown()
}

fn bounded(suggested: &[Suggested]) -> Result<()> {
    if suggested.len() > AT_ONCE {
        return Err(AppError::invalid("suggested", "At most 100 suggestions can be sent at once."));
    }
    for Suggested { edits, .. } in suggested {
        if edits.len() > PLACES {
            return Err(AppError::invalid("edits", "A suggestion can change at most 100 places. Make several of it."));
        }
        for edit in edits {
            if edit.original == edit.replacement {
                return Err(AppError::invalid("edits", "A suggestion must change something."));
            }
            if edit.replacement.len() > REPLACEMENT {
                return Err(AppError::TooLarge(
                    "More than 100 KB at one place is too long for a suggestion. Propose it as a change.".into(),
                ));
            }
            if edit.replacement.contains(['\r', '\0']) {
                return Err(AppError::invalid("edits", "A text holds neither carriage returns nor the character U+0000."));
            }
        }
    }
    Ok(())
}
