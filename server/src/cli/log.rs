//! The log: to standard error, so that what a command prints can be piped. Beside it, where somebody collects them, traces.

use std::io::{IsTerminal, stderr};

use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt, registry};

use super::traces::Traces;
use crate::config::{Log, LogFormat, Wrong};

/// Starts it. Answers what must be finished at the end.
pub fn start(log: &Log) -> Result<Option<Traces>, Wrong> {
    let filter = EnvFilter::try_new(&log.log)
        .map_err(|error| Wrong(format!("QUORUM_LOG cannot be used ({error}); it looks like info or info,server=debug.")))?;
    let traces = log.otlp_endpoint.as_ref().map(Traces::start).transpose()?;
    let lines = fmt::layer().with_writer(stderr).with_ansi(stderr().is_terminal());
    let lines = match log.log_format {
        LogFormat::Text => lines.compact().boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    // A second start, in tests, keeps the first.
    let _ = match &traces {
        // One filter for all: a filter of a layer's own may forget a line (see `Traces::layer`).
        None => registry().with(lines).with(filter).try_init(),
        Some(traces) => registry().with(vec![lines.with_filter(filter).boxed(), traces.layer().boxed()]).try_init(),
    };
    Ok(traces)
}
