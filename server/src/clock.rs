//! Time and randomness, passed in so that tests can hold them still.

use std::sync::Arc;

use time::OffsetDateTime;
use uuid::Uuid;

/// Tells the time. Cheap to clone; the only place that asks the system.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> OffsetDateTime + Send + Sync>);

impl Clock {
    /// The system's clock.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the system")]
    pub fn system() -> Self {
        Self(Arc::new(OffsetDateTime::now_utc))
    }

    /// A clock of one's own, for tests.
    pub fn of(now: impl Fn() -> OffsetDateTime + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Now, in UTC, cut to microseconds as PostgreSQL keeps them.
    pub fn now(&self) -> OffsetDateTime {
        let now = (self.0)();
        now.replace_nanosecond(now.nanosecond() / 1000 * 1000).unwrap_or(now)
    }
}

/// A fresh id that sorts by age (UUIDv7).
#[expect(clippy::disallowed_methods, reason = "the one place that draws ids")]
pub fn fresh_id() -> Uuid {
    Uuid::now_v7()
}
