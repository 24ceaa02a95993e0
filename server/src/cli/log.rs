//! The log: to standard error, so that what a command prints can be piped.

use std::io::{IsTerminal, stderr};

use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat, Wrong};

/// Starts it.
pub fn start(log: &Log) -> Result<(), Wrong> {
    let filter = EnvFilter::try_new(&log.log)
        .map_err(|error| Wrong(format!("QUORUM_LOG cannot be used ({error}); it looks like info or info,server=debug.")))?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr).with_ansi(stderr().is_terminal());
    // A second start, in tests, keeps the first.
    let _ = match log.log_format {
        LogFormat::Text => lines.compact().try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
    Ok(())
}
