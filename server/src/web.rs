//! The doors: HTTP and websockets. They establish who asks and hold no rules.

pub mod events;
