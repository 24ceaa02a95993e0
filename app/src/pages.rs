//! One file per address of `routes.rs`; what several pages share is in `components`.

mod links;
mod params;

pub mod decision;
pub mod design;
pub mod history;
pub mod proposal;
