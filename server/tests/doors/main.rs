//! The role matrix: everybody at every door. What each may do is `table.rs`, the rows are in the file of their kind of door, and an address, a
//! server function, an operation of REST or a socket's message without a row fails.
//!
//! The services' own tests say what happens behind a door that is open; here it is only whether it opens.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/yjs.rs"]
#[expect(dead_code, reason = "the matrix uses a part of the client")]
mod yjs;

mod ask;
mod by_hand;
mod changing;
mod complete;
mod events;
mod functions;
mod messages;
mod pages;
mod rest;
mod sockets;
mod table;
mod things;
mod town;
