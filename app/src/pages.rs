//! One file per address; `routes.rs` says which.

pub mod decision;
pub mod design;
pub mod door;
pub mod forgotten;
pub mod frame;
pub mod history;
pub mod inbox;
pub mod links;
pub mod new_design;
pub mod not_found;
pub mod params;
pub mod people;
pub mod proposal;
pub mod reset;
pub mod set_up;
pub mod settings;
pub mod sign_in;
pub mod sign_up;
pub mod team;
