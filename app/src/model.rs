//! The product's nouns and the pure rules about them: no I/O, no clock, no randomness. Words: the README's glossary.

pub mod account;
pub mod anchor;
pub mod approval;
pub mod decision;
pub mod design;
pub mod diff;
pub mod gate;
pub mod ids;
pub mod inbox;
pub mod page;
pub mod picture;
pub mod proposal;
pub mod review;
pub mod revision;
pub mod role;
pub mod section;
pub mod sentence;
pub mod source;
pub mod suggestion;
pub mod team;
pub mod theme;
pub mod thread;
pub mod timeline;
pub mod token;
pub mod unsent;
