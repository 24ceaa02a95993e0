//! What the addresses of REST refuse, as their description lists it: problem details, under the status and with the codes they come with.

use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::{Ref, RefOr};

type Refusal = (&'static str, &'static str);

const SIGNED_OUT: Refusal = ("401", "`signed-out`: there is no token, or it is unknown, revoked or expired");
const AWAY: Refusal = ("503", "`unavailable`: the database cannot be reached; nothing was changed");
const MISSING: Refusal = ("404", "`not-found`: there is no such thing, or the token's account or team has nothing to do with it");
const MALFORMED: Refusal = ("400", "`malformed`: the body is no JSON");
const FORBIDDEN: Refusal = ("403", "`forbidden`: the token may only read, or its account's role does not allow it");
const TOO_LARGE: Refusal = ("413", "`too-large`: the body is larger than 64 KB, where a Markdown file is taken than 5 MB");
const TOO_MUCH: Refusal =
    ("413", "`too-large`: the picture is larger than 5 MB, has more than 25 million pixels, or would become larger than 10 MB");
const TOO_MANY: Refusal = ("429", "`too-many`: too many came in a short time; `Retry-After` says how many seconds to wait");
const NO_JSON: Refusal = ("415", "`unsupported-media-type`: the body is not declared as `application/json`");
const INVALID: Refusal = ("422", "`invalid`: something that was given cannot be used; `field` says what");

/// Of an address about the token itself.
pub(super) struct OfAsking;

/// Of an address that shows something.
pub(super) struct OfReading;

/// Of an address that shows what the query string asks for.
pub(super) struct OfListing;

/// Of an address that changes something. What stands in the way (409) is each one's own.
pub(super) struct OfChanging;

/// Of an address that takes a file.
pub(super) struct OfBringing;

impl IntoResponses for OfAsking {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        described(&[SIGNED_OUT, AWAY])
    }
}

impl IntoResponses for OfReading {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        described(&[SIGNED_OUT, MISSING, AWAY])
    }
}

impl IntoResponses for OfListing {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        described(&[SIGNED_OUT, MISSING, INVALID, AWAY])
    }
}

impl IntoResponses for OfChanging {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        described(&[MALFORMED, SIGNED_OUT, FORBIDDEN, MISSING, TOO_LARGE, NO_JSON, INVALID, AWAY])
    }
}

impl IntoResponses for OfBringing {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        described(&[SIGNED_OUT, FORBIDDEN, MISSING, TOO_MUCH, INVALID, TOO_MANY, AWAY])
    }
}

fn described(refusals: &[Refusal]) -> BTreeMap<String, RefOr<Response>> {
    let problem = || ContentBuilder::new().schema(Some(Ref::from_schema_name("ProblemDetails"))).build();
    let response =
        |description: &str| ResponseBuilder::new().description(description).content("application/problem+json", problem()).build();
    refusals.iter().map(|(status, description)| ((*status).to_owned(), response(description).into())).collect()
}
