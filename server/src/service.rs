//! The use cases: one file per noun, implementing the port in `app::backend`. Access is checked here, for every door.

use sqlx::PgPool;

use crate::bus::Bus;
use crate::clock::Clock;
use crate::rooms::Rooms;

pub mod access;
mod blocking;
mod decisions;
mod facts;
pub mod fault;
mod inbox;
mod keyset;
mod merge;
mod prose;
mod reviews;
mod revisions;
mod standing;
mod texts;
mod threads;
mod told;

/// All use cases over one database. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    /// The truth.
    pub(crate) db: PgPool,
    /// The live texts.
    pub(crate) rooms: Rooms,
    /// Hints to open pages.
    pub(crate) bus: Bus,
    /// Time.
    pub(crate) clock: Clock,
}
