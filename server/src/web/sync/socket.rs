//! A socket, as the library that reads messages from it wants it: what that answers by itself, to pings and goodbyes, goes out with all the rest.

use std::io::{Error, ErrorKind, Result};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::tcp::OwnedReadHalf;

use super::outgoing::Outgoing;

/// Reads from a socket and writes to its way out.
pub struct Socket {
    /// The way in.
    pub incoming: OwnedReadHalf,
    /// The way out.
    pub outgoing: Arc<Outgoing>,
}

impl AsyncRead for Socket {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.incoming).poll_read(context, buffer)
    }
}

impl AsyncWrite for Socket {
    /// The library writes whole frames, and few: none is taken in part.
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, frames: &[u8]) -> Poll<Result<usize>> {
        let taken = self.outgoing.pass_on(frames).then_some(frames.len());
        Poll::Ready(taken.ok_or_else(|| Error::new(ErrorKind::QuotaExceeded, "it asks and does not read the answers")))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<()>> {
        Poll::Ready(Ok(()))
    }
}
