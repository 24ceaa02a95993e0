//! Faults that mean nothing to the person: logged once, here, and shown as an id.

use app::error::AppError;

use crate::clock::fresh_id;
use crate::db::DbError;
use crate::rooms::RoomError;
use crate::rooms::log::LogError;

/// Makes an error of below fit to be shown.
pub trait Shown<T> {
    /// What the person is told; logs what they are not.
    fn shown(self) -> Result<T, AppError>;
}

/// Logs a fault and answers the error with the id it was logged under.
pub fn internal(fault: &dyn std::error::Error) -> AppError {
    let request = fresh_id().simple().to_string();
    tracing::error!(%request, error = %fault, "internal error");
    AppError::Internal { request }
}

impl<T> Shown<T> for Result<T, sqlx::Error> {
    fn shown(self) -> Result<T, AppError> {
        self.map_err(|error| match error {
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => {
                tracing::warn!(%error, "database away");
                AppError::Unavailable("The database cannot be reached. Nothing was changed; try again in a moment.".into())
            }
            // U+0000 in something that is only looked for: an address, a name in a link. What is kept is checked before.
            sqlx::Error::Database(row) if row.code().as_deref() == Some("22021") => {
                AppError::invalid("", "This holds the character U+0000, which text cannot hold. Remove it.")
            }
            error => internal(&error),
        })
    }
}

impl<T> Shown<T> for Result<T, DbError> {
    fn shown(self) -> Result<T, AppError> {
        self.or_else(|error| match error {
            DbError::Meant(meant) => Err(meant),
            DbError::Sql(error) => Err(error).shown(),
        })
    }
}

impl<T> Shown<T> for Result<T, object_store::Error> {
    fn shown(self) -> Result<T, AppError> {
        self.map_err(|error| {
            tracing::warn!(%error, "store of pictures away");
            AppError::Unavailable("The store of pictures cannot be reached. Nothing was changed; try again in a moment.".into())
        })
    }
}

impl<T> Shown<T> for Result<T, RoomError> {
    fn shown(self) -> Result<T, AppError> {
        self.map_err(|error| match error {
            RoomError::NotFound => AppError::not_found("proposal"),
            RoomError::ReadOnly => AppError::conflict("read-only", "This text cannot be changed now: it is held, merged or closed."),
            RoomError::Outdated => {
                AppError::conflict("outdated", "The text there has changed meanwhile. Nothing was changed; look at it again.")
            }
            RoomError::TooLarge => AppError::TooLarge("The text would be larger than 10 MB. Nothing was changed.".into()),
            RoomError::Away => AppError::Unavailable("The database cannot be reached. Nothing was changed; try again in a moment.".into()),
            RoomError::Damaged => internal(&error),
        })
    }
}

impl<T> Shown<T> for Result<T, LogError> {
    fn shown(self) -> Result<T, AppError> {
        self.or_else(|error| match error {
            LogError::Missing => Err(AppError::not_found("proposal")),
            // Their role was checked a moment ago, so it has changed since.
            LogError::Refused => Err(AppError::Forbidden("You may not write in this team any more.".into())),
            LogError::Damaged => Err(internal(&error)),
            LogError::Sql(error) => Err(error).shown(),
        })
    }
}
