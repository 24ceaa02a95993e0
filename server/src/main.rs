//! quorum: one binary with everything in it.
//!
//! The built assets are embedded here and not in the library, so that a changed asset recompiles this file alone.

use std::process::ExitCode;

use clap::Parser;
use rust_embed::RustEmbed;
use server::cli::{Cli, run};
use server::web::assets::Site;
use tikv_jemallocator::Jemalloc;

/// Gives back what rooms and connections that have ended held; the C library keeps it. Its settings: `.cargo/config.toml`.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

/// What the browser loads. In a development build it is read from the disk at every request.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
#[allow_missing = true]
struct Built;

/// Written anew whenever assets are packed: cargo sees it change and embeds them again, files with new names too.
const _: &[u8] = include_bytes!("../../target/site.stamp");

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse(), Site::of::<Built>).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("quorum: {reason}");
            ExitCode::FAILURE
        }
    }
}
