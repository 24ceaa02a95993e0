//! A text as it is, byte for byte.

use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;

/// Answers Markdown.
pub(super) struct Markdown(pub Vec<u8>);

impl IntoResponse for Markdown {
    fn into_response(self) -> Response {
        ([(CONTENT_TYPE, "text/markdown; charset=utf-8")], self.0).into_response()
    }
}
