//! The use cases: one file per noun, implementing the port in `app::backend`. Access is checked here, for every door.

use sqlx::PgPool;

use crate::bus::Bus;
use crate::clock::Clock;
use crate::rooms::Rooms;

pub mod access;
mod blocking;
mod decisions;
mod designs;
mod facts;
pub mod fault;
pub mod hearing;
pub(crate) mod history;
mod inbox;
pub(crate) mod jobs;
mod keyset;
mod merge;
mod proposals;
mod prose;
mod reviews;
mod revisions;
mod search;
mod standing;
mod templates;
mod texts;
mod threads;
mod told;
mod wording;

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

impl Service {
    /// The use cases over a database and its rooms.
    pub fn new(db: PgPool, rooms: Rooms, bus: Bus, clock: Clock) -> Self {
        Self { db, rooms, bus, clock }
    }

    /// The live texts, for sockets.
    pub fn rooms(&self) -> &Rooms {
        &self.rooms
    }

    /// Hints, for sockets.
    pub fn bus(&self) -> &Bus {
        &self.bus
    }
}
