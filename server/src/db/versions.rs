//! Accepted versions and frozen revisions as texts. Merge and "Send for review" write them; here they are read.

use app::model::ids::{DesignId, ProposalId};
use sqlx::PgExecutor;
use time::OffsetDateTime;

/// An accepted version.
pub struct Version {
    /// The title accepted with it.
    pub title: String,
    /// Its text.
    pub text: String,
}

/// A design's newest accepted version; none: nothing accepted yet.
pub async fn newest(db: impl PgExecutor<'_>, design: DesignId) -> sqlx::Result<Option<Version>> {
    sqlx::query_as!(
        Version,
        "
        select versions.title, versions.text
        from designs
        join versions on versions.design = designs.id and versions.number = designs.version
        where designs.id = $1
        ",
        design.0,
    )
    .fetch_optional(db)
    .await
}

/// The Yjs state of a version: what a proposal forks from.
pub async fn state(db: impl PgExecutor<'_>, design: DesignId, number: i32) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!("select state from versions where design = $1 and number = $2", design.0, number).fetch_optional(db).await
}

/// U(n): the stored bytes that make version `number` of the one before it.
pub async fn update(db: impl PgExecutor<'_>, design: DesignId, number: i32) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!("select update from versions where design = $1 and number = $2", design.0, number).fetch_optional(db).await
}

/// Title and text of a revision.
pub async fn revision(db: impl PgExecutor<'_>, proposal: ProposalId, number: i32) -> sqlx::Result<Option<Version>> {
    sqlx::query_as!(Version, "select title, text from revisions where proposal = $1 and number = $2", proposal.0, number)
        .fetch_optional(db)
        .await
}

/// The Yjs state of the version that a proposal stands on; none: the empty one.
pub async fn stood_on(db: impl PgExecutor<'_>, proposal: ProposalId) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!(
        "
        select versions.state
        from proposals
        join versions on versions.design = proposals.design and versions.number = proposals.base
        where proposals.id = $1
        ",
        proposal.0,
    )
    .fetch_optional(db)
    .await
}

/// An accepted version, as a point in time.
pub struct Accepted {
    /// The title accepted with it.
    pub title: String,
    /// Its text.
    pub text: String,
    /// When.
    pub at: OffsetDateTime,
}

/// A version of the design that a proposal would change.
pub async fn under(db: impl PgExecutor<'_>, proposal: ProposalId, number: i32) -> sqlx::Result<Option<Accepted>> {
    sqlx::query_as!(
        Accepted,
        "
        select versions.title, versions.text, versions.created_at as at
        from proposals
        join versions on versions.design = proposals.design and versions.number = $2
        where proposals.id = $1
        ",
        proposal.0,
        number,
    )
    .fetch_optional(db)
    .await
}
