//! Errors as REST answers them: RFC 9457 problem details.

use app::error::AppError;
use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::web::error::{status, with_wait};

/// An error of a REST handler.
#[derive(Clone, Debug)]
pub struct Problem {
    error: AppError,
    code: Option<&'static str>,
    /// None: the error's own.
    status: Option<StatusCode>,
}

/// RFC 9457 problem details.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProblemDetails {
    /// A name for this kind of problem that does not change.
    #[schema(example = "urn:quorum:problem:gate-not-met")]
    pub r#type: String,
    /// The same name without its prefix.
    #[schema(example = "gate-not-met")]
    pub code: String,
    /// The status in words.
    #[schema(example = "Conflict")]
    pub title: String,
    /// The HTTP status.
    #[schema(example = 409)]
    pub status: u16,
    /// What happened and what to do, for people.
    pub detail: String,
    /// The field of the request that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl Problem {
    /// The same with a code that says more than its status: `not-accepted-yet` for a 404.
    pub fn coded(error: AppError, code: &'static str) -> Self {
        Self { error, code: Some(code), status: None }
    }

    /// What only HTTP knows of and no use case ever answers: a body that is no JSON, a method that an address does not take.
    pub fn of_http(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { error: AppError::invalid("", detail), code: Some(code), status: Some(status) }
    }

    /// Whether it is this error.
    pub fn is(&self, error: &AppError) -> bool {
        self.error == *error
    }

    /// The word of this problem for programs.
    fn code(&self) -> &str {
        match (&self.error, self.code) {
            (_, Some(code)) => code,
            (AppError::Conflict { code, .. }, None) => code,
            (AppError::SignedOut, None) => "signed-out",
            (AppError::Forbidden(_), None) => "forbidden",
            (AppError::NotFound(_), None) => "not-found",
            (AppError::Invalid { .. }, None) => "invalid",
            (AppError::TooLarge(_), None) => "too-large",
            (AppError::TooMany { .. }, None) => "too-many",
            (AppError::Unavailable(_) | AppError::Connection(_), None) => "unavailable",
            (AppError::Internal { .. }, None) => "internal",
        }
    }

    fn status(&self) -> StatusCode {
        self.status.unwrap_or_else(|| status(&self.error))
    }

    fn details(&self) -> ProblemDetails {
        let (status, code) = (self.status(), self.code());
        let field = match &self.error {
            AppError::Invalid { field, .. } if !field.is_empty() => Some(field.clone()),
            _ => None,
        };
        ProblemDetails {
            r#type: format!("urn:quorum:problem:{code}"),
            code: code.to_owned(),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: self.detail(),
            field,
        }
    }

    fn detail(&self) -> String {
        match &self.error {
            AppError::SignedOut => {
                "This needs a token: send “Authorization: Bearer quorum_…” with one that is not revoked or expired.".into()
            }
            error => error.to_string(),
        }
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        Self { error, code: None, status: None }
    }
}

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        match rejection {
            JsonRejection::JsonDataError(_) => AppError::invalid("", rejection.body_text()).into(),
            JsonRejection::MissingJsonContentType(_) => {
                let detail = "This address takes JSON: send “Content-Type: application/json”.";
                Self::of_http(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail)
            }
            _ if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                AppError::TooLarge("The request is larger than this address takes. Nothing was changed.".into()).into()
            }
            _ => Self::of_http(StatusCode::BAD_REQUEST, "malformed", rejection.body_text()),
        }
    }
}

impl From<PathRejection> for Problem {
    fn from(_: PathRejection) -> Self {
        AppError::NotFound("There is nothing at this address.".into()).into()
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        AppError::invalid("", rejection.body_text()).into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status(), Json(self.details())).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if self.error == AppError::SignedOut {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        with_wait(response, &self.error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_itself_for_programs_and_people() {
        let details = Problem::from(AppError::conflict("gate-not-met", "One approval is missing.")).details();
        assert_eq!((details.status, details.code.as_str()), (409, "gate-not-met"));
        assert_eq!(details.r#type, "urn:quorum:problem:gate-not-met");
        assert_eq!(details.detail, "One approval is missing.");
    }

    #[test]
    fn a_code_may_say_more_than_its_status() {
        let details = Problem::coded(AppError::not_found("text"), "not-accepted-yet").details();
        assert_eq!((details.status, details.code.as_str()), (404, "not-accepted-yet"));
    }
}
