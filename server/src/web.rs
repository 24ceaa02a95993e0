//! The doors: pages, server functions, REST, sockets, assets. They hold no rules; they establish who asks and call `service`.

pub mod address;
pub mod assets;
pub mod body;
pub mod credential;
pub mod error;
pub mod events;
pub mod export;
pub mod health;
pub mod metrics;
pub mod offline;
pub mod pages;
pub mod pictures;
pub mod rest;
pub mod router;
pub mod security;
pub mod session;
pub mod sockets;
pub mod state;
pub mod sync;
pub mod trace;
pub mod upgrade;
pub mod visit;
