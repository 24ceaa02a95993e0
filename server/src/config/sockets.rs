//! Limits of sockets: what one client may cost.

use clap::Args;

/// Limits of sockets.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Sockets")]
pub struct SocketLimits {
    /// Bytes of one frame; a first sync is as large as its document, and a document's state has at most 16 MiB
    #[arg(long, env = "QUORUM_SOCKET_FRAME", default_value_t = Self::FRAME, value_name = "BYTES", value_parser = bytes)]
    pub socket_frame: usize,
    /// Bytes a second that one socket may send, over time
    #[arg(long, env = "QUORUM_SOCKET_RATE", default_value_t = Self::RATE, value_name = "BYTES", value_parser = bytes)]
    pub socket_rate: usize,
    /// Sockets that one account may have open; each tab has two
    #[arg(long, env = "QUORUM_SOCKETS_PER_ACCOUNT", default_value_t = Self::PER_ACCOUNT, value_name = "N")]
    pub sockets_per_account: usize,
    /// Bytes that may wait for a client that reads slowly before its socket is closed and it syncs anew
    #[arg(long, env = "QUORUM_SOCKET_BACKLOG", default_value_t = Self::BACKLOG, value_name = "BYTES", value_parser = bytes)]
    pub socket_backlog: usize,
}

impl SocketLimits {
    const FRAME: usize = 16 << 20;
    const RATE: usize = 1 << 20;
    const PER_ACCOUNT: usize = 100;
    const BACKLOG: usize = 32 << 20;
}

impl Default for SocketLimits {
    fn default() -> Self {
        Self {
            socket_frame: Self::FRAME,
            socket_rate: Self::RATE,
            sockets_per_account: Self::PER_ACCOUNT,
            socket_backlog: Self::BACKLOG,
        }
    }
}

/// A size of at least 64 KiB: below that ordinary typing would meet the limit.
fn bytes(text: &str) -> Result<usize, String> {
    let bytes: usize = text.parse().map_err(|_| format!("“{text}” is not a number of bytes"))?;
    if bytes < 64 << 10 { Err("use at least 65536 bytes, or ordinary typing would meet the limit".into()) } else { Ok(bytes) }
}
