//! Work that follows a transaction: asked for in it, done after it, tried again until it is done. Survives a restart.

use app::error::{AppError, Result};
use app::model::ids::DesignId;
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use tokio_util::sync::CancellationToken;

use super::Service;
use super::fault::Shown;
use crate::db;

mod arrive;

/// A job whose process died is taken again after this long; longer than any job takes.
const LEASE: Duration = Duration::minutes(5);

/// The first pause after a failure; each further one doubles it …
const FIRST_PAUSE: Duration = Duration::seconds(1);

/// … up to this, so that what was broken for a day goes on soon after it is mended.
const LONGEST_PAUSE: Duration = Duration::minutes(5);

/// How often the worker looks for work: what a person waits for at most behind "main has moved".
const TICK: std::time::Duration = std::time::Duration::from_millis(500);

/// How many ticks pass between two looks at texts that rest, which reads all documents' rows.
const INDEX_EVERY: u32 = 4;

/// Jobs done this long ago are forgotten; until then they help to find out what happened.
const KEPT: Duration = Duration::days(7);

/// What can be asked for. Whoever asks does so in the transaction that makes it necessary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Job {
    /// Bring what was accepted of a design into its open proposals.
    Arrive {
        /// Which design.
        design: DesignId,
    },
    /// Bring the search index of a design up to date.
    Index {
        /// Which design.
        design: DesignId,
    },
}

/// Asks for work.
pub(crate) async fn ask(db: impl sqlx::PgExecutor<'_>, job: Job, at: OffsetDateTime) -> sqlx::Result<()> {
    let (kind, design) = match job {
        Job::Arrive { design } => ("arrive", design),
        Job::Index { design } => ("index", design),
    };
    db::jobs::insert(db, kind, &serde_json::json!({ "design": design }), at).await
}

impl Service {
    /// Works until it is told to stop: jobs as they come due, the search index as texts come to rest.
    pub async fn work(&self, stop: CancellationToken) {
        let mut tick = 0_u32;
        while stop.run_until_cancelled(tokio::time::sleep(TICK)).await.is_some() {
            tick = tick.wrapping_add(1);
            if let Err(error) = self.run_due_jobs().await {
                tracing::warn!(%error, "jobs wait");
            }
            if tick.is_multiple_of(INDEX_EVERY)
                && let Err(error) = self.index_quiet().await
            {
                tracing::warn!(%error, "the search index waits");
            }
        }
    }

    /// Does all jobs that are due. Answers how many were done; those that failed are due again later.
    ///
    /// # Errors
    /// When the database is away; a job's own failure is written to its row.
    pub async fn run_due_jobs(&self) -> Result<usize> {
        let mut done = 0;
        while let Some(due) = db::jobs::take(&self.db, self.clock.now(), LEASE).await.shown()? {
            let outcome = self.run(&due).await;
            let now = self.clock.now();
            match outcome {
                Ok(()) => {
                    db::jobs::finish(&self.db, due.id, now).await.shown()?;
                    done += 1;
                }
                Err(error) => {
                    tracing::warn!(job = due.id, kind = due.kind, attempts = due.attempts, %error, "a job failed and will be tried again");
                    db::jobs::postpone(&self.db, due.id, now + pause(due.attempts), &error.to_string()).await.shown()?;
                }
            }
        }
        db::jobs::forget(&self.db, self.clock.now() - KEPT).await.shown()?;
        Ok(done)
    }

    async fn run(&self, due: &db::jobs::Due) -> Result<()> {
        let design = due.payload.get("design").and_then(|id| serde_json::from_value::<DesignId>(id.clone()).ok());
        match (due.kind.as_str(), design) {
            ("arrive", Some(design)) => {
                self.bring_versions(design).await?;
                self.index_design(design).await
            }
            ("index", Some(design)) => self.index_design(design).await,
            // Of a newer Quorum, which will do it: during an update both run.
            (kind, _) => Err(AppError::Unavailable(format!("This version does not know the job “{kind}”."))),
        }
    }
}

/// How long a job rests after its n-th failure.
fn pause(attempts: i32) -> Duration {
    let doublings = u32::try_from(attempts - 1).unwrap_or_default().min(16);
    (FIRST_PAUSE * 2_i32.pow(doublings)).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_five_minutes() {
        let pauses: Vec<i64> = [1, 2, 3, 8, 9, 10, 1000].map(|attempt| pause(attempt).whole_seconds()).into();
        assert_eq!(pauses, [1, 2, 4, 128, 256, 300, 300]);
    }
}
