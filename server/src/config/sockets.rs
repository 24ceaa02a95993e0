//! Limits of sockets: what one client may cost.

use clap::Args;

use crate::rooms::limits::Limits;

/// Limits of sockets; without one the room engine's own holds.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Sockets")]
pub struct SocketLimits {
    /// Bytes of one message; a first sync is as large as its document. Default: 16 MiB
    #[arg(long, env = "QUORUM_SOCKET_MESSAGE_BYTES", value_name = "BYTES", value_parser = bytes)]
    pub socket_message_bytes: Option<u32>,
    /// Bytes a second that one socket may send over time. Default: 1 MiB
    #[arg(long, env = "QUORUM_SOCKET_BYTES_PER_SECOND", value_name = "BYTES", value_parser = bytes)]
    pub socket_bytes_per_second: Option<u32>,
    /// Messages a second that one socket may send over time; a fast typist makes 20. Default: 100
    #[arg(long, env = "QUORUM_SOCKET_MESSAGES_PER_SECOND", value_name = "N", value_parser = clap::value_parser!(u32).range(20..))]
    pub socket_messages_per_second: Option<u32>,
    /// Sockets that one account may have open; each tab has two. Default: 100
    #[arg(long, env = "QUORUM_SOCKETS_PER_ACCOUNT", value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    pub sockets_per_account: Option<u32>,
}

impl SocketLimits {
    /// As the room engine takes them.
    pub fn limits(&self) -> Limits {
        let usual = Limits::default();
        let message = self.socket_message_bytes.unwrap_or(u32::try_from(usual.message_bytes).unwrap_or(u32::MAX));
        let message_bytes = usize::try_from(message).unwrap_or(usize::MAX);
        Limits {
            message_bytes,
            // One whole message must always be possible, beside others that are coming.
            incoming_bytes: usual.incoming_bytes.max(4 * message_bytes),
            burst_bytes: usual.burst_bytes.max(message),
            bytes_per_second: self.socket_bytes_per_second.unwrap_or(usual.bytes_per_second),
            messages_per_second: self.socket_messages_per_second.unwrap_or(usual.messages_per_second),
            sockets_per_account: self.sockets_per_account.unwrap_or(usual.sockets_per_account),
            ..usual
        }
    }
}

/// A size of at least 64 KiB: below that ordinary typing would meet the limit.
fn bytes(text: &str) -> Result<u32, String> {
    let bytes: u32 = text.parse().map_err(|_| format!("“{text}” is not a number of bytes"))?;
    if bytes < 64 << 10 { Err("use at least 65536 bytes, or ordinary typing would meet the limit".into()) } else { Ok(bytes) }
}
