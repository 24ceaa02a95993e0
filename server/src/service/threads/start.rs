//! Starting a thread, and putting a detached one on another passage.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::{CommentId, ProposalId, ThreadId};
use app::model::inbox::{Detail, Reason};
use app::model::role::Act;
use app::model::thread::{NewThread, Place};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::THREADS;
use super::locate::Located;
use crate::clock::fresh_id;
use crate::db;
use crate::db::comments::NewComment;
use crate::db::ground::Ground;
use crate::db::inbox::Turn;
use crate::service::fault::Shown;
use crate::service::reviews::concerned;
use crate::service::told::Told;
use crate::service::{Service, prose, standing};

impl Service {
    /// Starts a thread.
    pub(super) async fn start(&self, caller: &Caller, new: &NewThread) -> Result<ThreadId> {
        let started = self.start_all(caller, new.proposal, std::slice::from_ref(new)).await?;
        started.first().copied().ok_or_else(|| AppError::not_found("thread"))
    }

    /// Starts threads, all or none, under the design's lock: a merge sees them or comes before them.
    async fn start_all(&self, caller: &Caller, proposal: ProposalId, new: &[NewThread]) -> Result<Vec<ThreadId>> {
        let mut located = Vec::with_capacity(new.len());
        for thread in new {
            located.push((thread, prose::required("body", &thread.body)?, self.locate(proposal, &thread.place, &thread.quote).await?));
        }
        let at = self.clock.now();
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        let ground = db::ground::lock(&mut tx, proposal, at).await.shown()?.ok_or_else(|| AppError::not_found("proposal"))?;
        standing::open(&ground)?;
        let open = db::threads::open(&mut *tx, proposal).await.shown()?;
        if open.saturating_add_unsigned(new.len() as u64) > THREADS {
            return Err(AppError::conflict("too-many-threads", "500 threads are open here. Resolve some before you start another."));
        }
        let mut told = Told::of(ground.team, proposal).with_threads();
        let concerned = concerned(&mut tx, &ground, i64::MAX, caller.account).await.shown()?;
        let mut started = Vec::with_capacity(new.len());
        for (thread, body, located) in located {
            let id = ThreadId(fresh_id());
            insert(&mut tx, caller, &ground, (id, thread, &located), at).await.shown()?;
            let comment = NewComment { id: CommentId(fresh_id()), thread: id, by: caller.account, body, at };
            db::comments::insert(&mut *tx, comment).await.shown()?;
            let detail = Detail { quote: Some(located.passage.quote), started: true, ..Detail::default() };
            let thread = Some(id);
            let turn = Turn { reason: Reason::Reply, team: ground.team, proposal, thread, actor: caller.account, detail: &detail, at };
            told.inboxes(db::inbox::put(&mut *tx, &concerned, turn).await.shown()?);
            started.push(id);
        }
        tx.commit().await.shown()?;
        self.tell(told);
        Ok(started)
    }

    /// Puts a detached thread on another passage, which becomes its quote.
    pub(super) async fn attach(&self, caller: &Caller, thread: ThreadId, place: &Place, quote: &str) -> Result<()> {
        let row = self.in_thread(caller, thread, Act::Discuss).await?.0;
        let proposal =
            row.proposal.ok_or_else(|| AppError::conflict("merged", "This thread went on to the accepted text and stays there."))?;
        let located = self.locate(proposal, place, quote).await?;
        let (mut tx, told, row) = self.discussed(thread, self.clock.now()).await?;
        if !row.detached {
            return Err(AppError::conflict("not-detached", "This thread has found its passage again. Start another one for this text."));
        }
        db::threads::attach(&mut *tx, thread, located.range.as_ref(), &located.passage).await.shown()?;
        tx.commit().await.shown()?;
        self.tell(told);
        Ok(())
    }
}

/// Writes the thread. It was made on a revision when the text it was put on reads as the newest one.
async fn insert(
    tx: &mut PgConnection,
    caller: &Caller,
    ground: &Ground,
    (id, new, located): (ThreadId, &NewThread, &Located),
    at: OffsetDateTime,
) -> sqlx::Result<()> {
    let newest = db::revisions::newest(&mut *tx, ground.proposal).await?;
    let thread = db::threads::NewThread {
        id,
        team: ground.team,
        design: ground.design,
        proposal: ground.proposal,
        kind: new.kind,
        range: located.range.as_ref(),
        passage: &located.passage,
        revision: newest.filter(|newest| newest.text == located.reading.text).map(|newest| newest.number),
        by: caller.account,
        at,
    };
    db::threads::insert(tx, thread).await
}
