//! The live documents: asked by the server, edited through sockets, kept in the log, attacked.

mod asked;
mod client;
mod durable;
mod hostile;
mod limited;
mod online;
mod support;
mod traces;
