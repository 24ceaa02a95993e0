//! How what people do in Quorum is kept and shared.
//!
//! `web` is the doors, `service` the use cases behind them, `db` all SQL, `rooms` the live documents, `render` Markdown to HTML, `pictures` files of
//! strangers made harmless, `bus` hints to open pages. Arrows point one way: web → service → { db, render, pictures, rooms → { db, bus } }.

pub mod bus;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
pub mod mail;
pub mod pictures;
pub mod render;
pub mod rooms;
pub mod sample;
pub mod service;
pub mod templates;
pub mod web;

/// The schema, embedded; `quorum migrate` and every start apply it.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations");
