//! A writing session: who wrote since when. At its end the text is kept, as a page of the document's timeline.

use std::collections::BTreeSet;
use std::time::Duration;

use app::model::ids::{AccountId, ProposalId};
use sqlx::PgPool;
use time::OffsetDateTime;

use crate::db::checkpoints::{self, Checkpoint};

/// A pause that ends a session.
const PAUSE: Duration = Duration::from_mins(5);
/// A session that goes on for longer is two.
const LONGEST: Duration = Duration::from_hours(1);
/// A checkpoint that cannot be written in this time is given up: nothing depends on it, and a stopping process waits for it.
const PATIENCE: Duration = Duration::from_secs(5);

/// What was committed since the last checkpoint.
#[derive(Debug, Default)]
pub struct Session {
    began: Option<OffsetDateTime>,
    authors: BTreeSet<AccountId>,
}

impl Session {
    /// An edit was committed; none: the server's own.
    pub fn wrote(&mut self, account: Option<AccountId>, now: OffsetDateTime) {
        self.began.get_or_insert(now);
        self.authors.extend(account);
    }

    /// Since when it goes on, when anything was written, and who wrote.
    pub fn so_far(&self) -> (Option<OffsetDateTime>, BTreeSet<AccountId>) {
        (self.began, self.authors.clone())
    }

    /// Whether anything was written.
    pub fn began(&self) -> bool {
        self.began.is_some()
    }

    /// Whether it has ended: nobody has written for a while, or it has gone on for long.
    pub fn over(&self, quiet: Duration, now: OffsetDateTime) -> bool {
        self.began.is_some_and(|began| quiet >= PAUSE || now - began >= LONGEST)
    }

    /// Its checkpoint, after which the next session may begin; none: nothing was written.
    pub fn end(
        &mut self,
        document: ProposalId,
        seq: i64,
        text: impl FnOnce() -> Option<String>,
        now: OffsetDateTime,
    ) -> Option<Checkpoint> {
        let Self { began, authors } = std::mem::take(self);
        Some(Checkpoint { document, seq, began: began?, ended: now, authors: authors.into_iter().collect(), text: text()? })
    }
}

/// Writes a checkpoint.
pub async fn keep(db: PgPool, checkpoint: Checkpoint) {
    let interval = |duration: Duration| duration.try_into().unwrap_or_default();
    let work = checkpoints::insert(&db, &checkpoint, interval(PAUSE), interval(LONGEST));
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(document = %checkpoint.document, %error, "a checkpoint was not written"),
        Err(_) => tracing::warn!(document = %checkpoint.document, "a checkpoint was not written in time"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_after_a_pause_or_an_hour_and_one_without_edits_never() {
        let start = OffsetDateTime::UNIX_EPOCH;
        let mut session = Session::default();
        assert!(!session.over(LONGEST, start + LONGEST));
        session.wrote(None, start);
        session.wrote(None, start + Duration::from_mins(59));
        assert!(!session.over(Duration::from_mins(4), start + Duration::from_mins(59)));
        assert!(session.over(Duration::ZERO, start + LONGEST));
        assert!(session.over(PAUSE, start + PAUSE));
    }
}
