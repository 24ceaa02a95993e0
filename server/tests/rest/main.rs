//! REST from end to end: the story as programs tell it, lists, exact bytes, and everything that is refused, by its stable names.

#[path = "../common/mod.rs"]
mod common;

mod codes;
mod lists;
mod problems;
mod program;
mod story;
mod tokens;
