//! The live documents: asked by the server, edited through sockets, kept in the log, attacked.

#[path = "../common/yjs.rs"]
mod yjs;

mod asked;
mod client;
mod convergence;
mod damaged;
mod differential;
mod durable;
mod historical;
mod hostile;
mod joined;
mod ledger;
mod limited;
mod nodes;
mod online;
mod outage;
mod shown;
mod support;
mod traces;
