//! What can go wrong, named after what happened to the person, and safe to show them.

use leptos::prelude::{FromServerFnError, ServerFnErrorErr};
use leptos::server_fn::codec::JsonEncoding;
use leptos::wasm_split::SplitLoaderError;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The one error of the application; every variant says its HTTP status.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    /// 401: nobody is signed in, or the token is not valid.
    #[error("Please sign in first.")]
    SignedOut,
    /// 403: their role or token does not allow it.
    #[error("{0}")]
    Forbidden(String),
    /// 404: it does not exist, or is none of their business.
    #[error("{0}")]
    NotFound(String),
    /// 422: something they gave cannot be used.
    #[error("{message}")]
    Invalid {
        /// The form field it is about; empty when about the whole.
        field: String,
        /// What to do.
        message: String,
    },
    /// 409: somebody else was faster, or the state does not allow it now.
    #[error("{message}")]
    Conflict {
        /// Stable word for programs: `text-moved-on`, `gate-not-met`, …
        code: String,
        /// What happened and what can be done.
        message: String,
    },
    /// 413: larger than a limit.
    #[error("{0}")]
    TooLarge(String),
    /// 429: too often.
    #[error("Too many attempts. Try again in {seconds} seconds.")]
    TooMany {
        /// How long to wait.
        seconds: u32,
    },
    /// 503: the database is away or slow; nothing was changed.
    #[error("{0}")]
    Unavailable(String),
    /// 500: our fault; logged under this id.
    #[error("Something went wrong on our side. If it happens again, report it with this id: {request}.")]
    Internal {
        /// The request's id in the log.
        request: String,
    },
    /// The request never reached the server or its answer could not be read.
    #[error("{0}")]
    Connection(String),
}

/// What a use case answers.
pub type Result<T, E = AppError> = std::result::Result<T, E>;

impl AppError {
    /// A field of a form that cannot be used.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid { field: field.into(), message: message.into() }
    }

    /// Something that is not there.
    pub fn not_found(what: &str) -> Self {
        Self::NotFound(format!("There is no such {what}, or you are not a member of its team."))
    }

    /// A clash with somebody else's change or with the state of things.
    pub fn conflict(code: &str, message: impl Into<String>) -> Self {
        Self::Conflict { code: code.into(), message: message.into() }
    }

    /// Its HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::Forbidden(_) => 403,
            Self::NotFound(_) => 404,
            Self::Conflict { .. } => 409,
            Self::TooLarge(_) => 413,
            Self::Invalid { .. } => 422,
            Self::TooMany { .. } => 429,
            Self::Internal { .. } => 500,
            Self::Unavailable(_) | Self::Connection(_) => 503,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Connection("Quorum could not be reached. Check your connection and try again.".into()),
            ServerFnErrorErr::Args(reason) | ServerFnErrorErr::MissingArg(reason) => {
                Self::invalid("", format!("The request could not be read: {reason}"))
            }
            other => Self::Connection(format!("The server's answer could not be read: {other}")),
        }
    }
}

impl From<SplitLoaderError> for AppError {
    fn from(_: SplitLoaderError) -> Self {
        Self::Connection("This part of Quorum could not be loaded. Check your connection and try again.".into())
    }
}
