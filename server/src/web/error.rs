//! Errors as they leave, in the form that the path's callers read.

use std::any::Any;

use app::error::AppError;
use axum::Json;
use axum::body::to_bytes;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::RETRY_AFTER;
use http::{HeaderValue, StatusCode};

pub use super::rest::problem::Problem;
use crate::clock::fresh_id;

/// The header by which server functions mark an error.
const SERVER_FN_ERROR: &str = "serverfnerror";
/// An error is a few hundred bytes; what is longer is no `AppError`.
const ERROR_BYTES: usize = 64 << 10;

/// The HTTP status of an error.
pub fn status(error: &AppError) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Says how long to wait, where that is the answer.
pub fn with_wait(mut response: Response, error: &AppError) -> Response {
    if let AppError::TooMany { seconds } = error {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(*seconds));
    }
    response
}

/// An error met before any handler ran, in the form that the path's callers read.
pub fn answer(path: &str, error: AppError) -> Response {
    if path.starts_with("/rpc/") {
        let marked = [(SERVER_FN_ERROR, HeaderValue::from_static("1"))];
        return with_wait((status(&error), marked, Json(&error)).into_response(), &error);
    }
    if ["/api/", "/sync/", "/events"].iter().any(|door| path.starts_with(door)) {
        return Problem::from(error).into_response();
    }
    with_wait((status(&error), error.to_string()).into_response(), &error)
}

/// Middleware: server functions answer every error with 500; gives them the status their error says.
pub async fn server_fn_status(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    // A form sent without scripts is answered by going back to its page, with the error in the address.
    if !response.headers().contains_key(SERVER_FN_ERROR) || response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, ERROR_BYTES).await.unwrap_or_default();
    let Ok(error) = serde_json::from_slice::<AppError>(&bytes) else { return Response::from_parts(parts, bytes.into()) };
    parts.status = status(&error);
    with_wait(Response::from_parts(parts, bytes.into()), &error)
}

/// A handler panicked: a bug of ours, logged with its message, shown as an id.
pub fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let message = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    let request = fresh_id().simple().to_string();
    tracing::error!(%request, panic = message.unwrap_or("no message"), "a handler panicked");
    Problem::from(AppError::Internal { request }).into_response()
}

/// What is not there, in the form that the path's callers read.
pub async fn not_found(request: Request) -> Response {
    answer(request.uri().path(), AppError::NotFound("There is nothing at this address.".into()))
}
