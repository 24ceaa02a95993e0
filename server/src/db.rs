//! All SQL, one file per noun: free functions over an executor, so that they run in or out of a transaction.

use app::error::AppError;

pub mod access;
pub mod accounts;
pub mod authors;
pub mod backlinks;
pub mod changes;
pub mod checkpoints;
pub mod comments;
pub mod decisions;
pub mod designs;
pub mod documents;
pub mod ground;
pub mod history;
pub mod inbox;
pub mod invitations;
pub mod jobs;
pub mod limits;
pub mod log;
pub mod person;
pub mod pictures;
pub mod proposals;
pub mod reactions;
pub mod resets;
pub mod reviews;
pub mod revisions;
pub mod search;
pub mod sessions;
pub mod suggestions;
pub mod teams;
pub mod threads;
pub mod timeline;
pub mod tokens;
pub mod versions;
pub mod wordings;

/// Asks the database for nothing, to see that it answers.
pub async fn answers(db: impl sqlx::PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query!("select 1 as one").fetch_one(db).await?;
    Ok(())
}

/// Begins a transaction, in a task of its own: a caller that is dropped before PostgreSQL has answered, as a request is whose client goes away, would
/// leave the connection inside a transaction of which sqlx does not know, and what others do on it would never be committed.
pub async fn begin(db: &sqlx::PgPool) -> sqlx::Result<sqlx::Transaction<'static, sqlx::Postgres>> {
    let db = db.clone();
    tokio::spawn(async move { db.begin().await }).await.unwrap_or(Err(sqlx::Error::WorkerCrashed))
}

/// Turns the violation of one named constraint into what it means to the person, where the insert happens.
pub trait OnConstraint<T> {
    /// `or` answers the error when `constraint` was violated; every other error passes through.
    fn on_constraint(self, constraint: &str, or: impl FnOnce() -> AppError) -> Result<T, DbError>;
}

/// What went wrong between a use case and its rows.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// It has a meaning to the person.
    #[error(transparent)]
    Meant(#[from] AppError),
    /// It has not; logged, never shown.
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
}

impl<T> OnConstraint<T> for Result<T, sqlx::Error> {
    fn on_constraint(self, constraint: &str, or: impl FnOnce() -> AppError) -> Result<T, DbError> {
        self.map_err(|error| match &error {
            sqlx::Error::Database(row) if row.constraint() == Some(constraint) => DbError::Meant(or()),
            _ => DbError::Sql(error),
        })
    }
}
