//! Before anybody comes.

use app::model::ids::{AccountId, ProposalId};
use futures::future::join_all;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::Service;
use crate::db;

/// Connections that are made ready; more are made as they are needed.
const READY: u32 = 4;

impl Service {
    /// Connects to the database and asks on each connection what opening a text asks, about nothing. PostgreSQL reads its catalogue and plans for the
    /// first question of a kind on each connection, which takes several times as long as the answer: nobody who comes after a start waits for that.
    pub async fn warm_up(&self) {
        let now = self.clock.now();
        // All are taken before one is given back: each is another.
        let lines = join_all((0..READY.min(self.db.options().get_max_connections())).map(|_| self.db.acquire())).await;
        // What fails fails again, and is told, when it is asked in earnest.
        join_all(lines.into_iter().flatten().map(async |mut line| ask(&mut line, now).await)).await;
    }
}

/// Asks what an opening asks.
async fn ask(line: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<()> {
    let (nothing, nobody) = (ProposalId(Uuid::nil()), AccountId(Uuid::nil()));
    db::sessions::caller(&mut *line, &[], now).await?;
    db::tokens::caller(&mut *line, &[], now).await?;
    db::access::team_of_proposal(&mut *line, nothing, nobody).await?;
    db::log::head(&mut *line, nothing).await?;
    db::log::snapshots(&mut *line, nothing).await?;
    db::log::updates(&mut *line, nothing, 0, 0).await?;
    db::log::owners(&mut *line, nothing).await?;
    Ok(())
}
