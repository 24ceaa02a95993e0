//! How large a request may be: small, but for a document that is imported, changes that were kept, and pictures.

use app::error::AppError;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::Next;
use axum::response::Response;
use http::Method;
use http::header::CONTENT_LENGTH;
use http_body_util::Limited;

use super::error;
use crate::pictures::LARGEST as PICTURE;

/// Forms, comments, reviews: far above what people type.
const FORM: usize = 64 << 10;
/// A Markdown file of 5 MB, and what JSON's escapes add to ordinary text.
const IMPORT: usize = 6 << 20;
/// The same file in base64 in a form: four letters for three bytes, some of them escaped. Also changes that a device kept, in base64.
const ENCODED_IMPORT: usize = 8 << 20;

/// Middleware: refuses larger bodies, by their announced length before they are read, else while they are.
pub async fn limit(request: Request, next: Next) -> Response {
    let limit = limit_of(request.method(), request.uri().path());
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        let largest = if limit == FORM { "64 KB" } else { "5 MB" };
        let refusal = AppError::TooLarge(format!("This is larger than {largest}, the most that is taken here. Nothing was changed."));
        return error::answer(request.uri().path(), refusal);
    }
    let mut request = request.map(|body| Body::new(Limited::new(body, limit)));
    // axum's own limit of 2 MB would refuse what ours takes.
    DefaultBodyLimit::disable().apply(&mut request);
    next.run(request).await
}

fn limit_of(method: &Method, path: &str) -> usize {
    // REST's addresses are the pages' behind a prefix.
    let of_team = method == Method::POST && path.strip_prefix("/api/v1").unwrap_or(path).starts_with("/teams/");
    let rest_import = of_team && path.starts_with("/api/v1/") && path.ends_with("/designs");
    match path {
        "/rpc/designs/import" | "/rpc/unsent/compare" | "/rpc/unsent/propose" | "/rpc/unsent/suggest" => ENCODED_IMPORT,
        _ if rest_import => IMPORT,
        _ if of_team && path.ends_with("/pictures") => PICTURE,
        _ => FORM,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_imports_kept_changes_and_pictures_may_be_large() {
        assert_eq!(limit_of(&Method::POST, "/api/v1/teams/payments/designs"), IMPORT);
        assert_eq!(limit_of(&Method::POST, "/api/v1/teams/payments/designs/12/proposals"), FORM);
        assert_eq!(limit_of(&Method::POST, "/rpc/unsent/propose"), ENCODED_IMPORT);
        assert_eq!(limit_of(&Method::POST, "/teams/payments/pictures"), PICTURE);
        assert_eq!(limit_of(&Method::POST, "/api/v1/teams/payments/pictures"), PICTURE);
        assert_eq!(limit_of(&Method::POST, "/teams/payments/designs"), FORM);
        assert_eq!(limit_of(&Method::GET, "/teams/payments/pictures"), FORM);
        assert_eq!(limit_of(&Method::POST, "/rpc/accounts/sign_in"), FORM);
    }
}
