//! Comments: replying. And who may do something in a thread at all.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::{AccountId, CommentId, ThreadId};
use app::model::inbox::{Detail, Reason};
use app::model::role::Act;
use sqlx::{PgConnection, PgTransaction};
use time::OffsetDateTime;

use super::COMMENTS;
use crate::clock::fresh_id;
use crate::db;
use crate::db::comments::NewComment;
use crate::db::ground::Ground;
use crate::db::inbox::{Done, Turn};
use crate::db::threads::Row;
use crate::service::access::InTeam;
use crate::service::designs::not_archived;
use crate::service::fault::Shown;
use crate::service::told::Told;
use crate::service::{Service, standing};

impl Service {
    /// Adds a comment, also to a resolved thread: thanks need no reopening.
    pub(super) async fn add_comment(&self, caller: &Caller, thread: ThreadId, body: &str) -> Result<CommentId> {
        self.in_thread(caller, thread, Act::Discuss).await?;
        let at = self.clock.now();
        let id = CommentId(fresh_id());
        let (mut tx, mut told, row) = self.discussed(thread, at).await?;
        let (participants, count) = db::comments::participants(&mut *tx, thread).await.shown()?;
        if count >= COMMENTS {
            return Err(AppError::conflict("too-many-comments", "This thread has 500 comments. Sum it up in a new one."));
        }
        db::comments::insert(&mut *tx, NewComment { id, thread, by: caller.account, body, at }).await.shown()?;
        told.inboxes(answered(&mut tx, caller, thread, at).await.shown()?);
        told.inboxes(tell_participants(&mut tx, caller, &row, participants, at).await.shown()?);
        tx.commit().await.shown()?;
        self.tell(told);
        Ok(id)
    }

    /// A thread, when the caller may `act` in its team.
    pub(in crate::service) async fn in_thread(&self, caller: &Caller, thread: ThreadId, act: Act) -> Result<(Row, InTeam)> {
        let missing = || AppError::not_found("thread");
        let row = db::threads::find(&self.db, thread).await.shown()?.ok_or_else(missing)?;
        let in_team = self.in_proposal(caller, row.home().ok_or_else(missing)?, act).await.map_err(|refused| match refused {
            AppError::NotFound(_) => missing(),
            refused => refused,
        })?;
        Ok((row, in_team))
    }

    /// A thread that can be discussed now, its design locked: on an open proposal, or on an accepted text.
    pub(in crate::service) async fn discussed(
        &self,
        thread: ThreadId,
        at: impl Into<Option<OffsetDateTime>>,
    ) -> Result<(PgTransaction<'static>, Told, Row)> {
        let missing = || AppError::not_found("thread");
        let home = db::threads::find(&self.db, thread).await.shown()?.and_then(|row| row.home()).ok_or_else(missing)?;
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        let ground = db::ground::lock(&mut tx, home, at).await.shown()?.ok_or_else(missing)?;
        // Read again: a merge may have moved it while this waited for the lock.
        let row = db::threads::find(&mut *tx, thread).await.shown()?.ok_or_else(missing)?;
        if row.proposal.is_some() {
            standing::open(&ground)?;
        } else {
            not_archived(ground.archived)?;
        }
        Ok((tx, Told::of(ground.team, home).with_threads(), row))
    }
}

/// Whoever acts in a thread has answered it; answers whose inboxes changed.
pub(in crate::service) async fn answered(
    tx: &mut PgConnection,
    caller: &Caller,
    thread: ThreadId,
    at: OffsetDateTime,
) -> sqlx::Result<Vec<AccountId>> {
    let mine = Done { account: Some(caller.account), reason: Some(Reason::Reply), thread: Some(thread), proposal: None };
    db::inbox::done(tx, mine, at).await
}

/// A reply is the turn of everybody else in the thread, and of whoever made the proposal.
async fn tell_participants(
    tx: &mut PgConnection,
    caller: &Caller,
    row: &Row,
    participants: Vec<AccountId>,
    at: OffsetDateTime,
) -> sqlx::Result<Vec<AccountId>> {
    let Some(Ground { proposal, team, by, .. }) = (match row.home() {
        Some(home) => db::ground::find(&mut *tx, home).await?,
        None => None,
    }) else {
        return Ok(Vec::new());
    };
    let mut people: Vec<AccountId> =
        participants.into_iter().chain(row.by.id).chain(by.id).filter(|account| *account != caller.account).collect();
    people.sort_unstable();
    people.dedup();
    let detail = Detail { quote: Some(row.passage.quote.clone()), ..Detail::default() };
    let turn = Turn { reason: Reason::Reply, team, proposal, thread: Some(row.id), actor: caller.account, detail: &detail, at };
    db::inbox::put(tx, &people, turn).await
}
