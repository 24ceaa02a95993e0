//! The live documents: asked by the server, edited through sockets, kept in the log, attacked.

#[path = "../common/outlet.rs"]
mod outlet;
#[path = "../common/yjs.rs"]
mod yjs;

mod asked;
mod client;
mod collected;
mod convergence;
mod crew;
mod damaged;
mod deploy;
mod differential;
mod durable;
mod frozen;
mod historical;
mod hostile;
mod joined;
mod ledger;
mod limited;
mod malformed;
mod nodes;
mod online;
mod outage;
mod postgres;
mod process;
mod shown;
mod slow;
mod support;
mod traces;
mod writer;
