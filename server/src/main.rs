//! quorum
fn main() {}
