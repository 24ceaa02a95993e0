//! From the client to the room.

use tokio::time::{Duration, Instant, MissedTickBehavior, interval_at, timeout};

use super::Visit;
use super::incoming::{Heard, Unheard};
use super::messages::Messages;
use super::outgoing::{News, Outgoing};
use crate::rooms::budget::Budget;
use crate::rooms::{Close, Peer, Rooms};

/// How often a socket is pinged, so that proxies keep it and a dead one is noticed; then its credential is looked at again, because sessions
/// also end by time, which nobody announces.
const PING: Duration = Duration::from_secs(20);

/// How long the look at a credential may take. Until it is over nothing is read, and a database that hangs must not keep people from writing
/// together.
const LOOK: Duration = Duration::from_secs(2);

impl Visit {
    /// Hands what the client sends to the room until the connection is to end, and answers why; none: that is known, or the client has left.
    pub(super) async fn read(&self, messages: &mut Messages, outgoing: &Outgoing, peer: &Peer) -> Option<Close> {
        let mut inlet = Inlet::new(&self.rooms);
        let mut ping = interval_at(Instant::now() + PING, PING);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                heard = messages.next() => {
                    if let Err(end) = inlet.take(heard, peer).await {
                        return end;
                    }
                    continue;
                }
                news = outgoing.news() => match news {
                    News::Doubt => {}
                    News::Ended => return None,
                },
                _ = ping.tick() => {
                    if inlet.silent() {
                        return None;
                    }
                    outgoing.ping();
                }
            }
            if !self.stands().await {
                return Some(Close::SIGNED_OUT);
            }
        }
    }

    /// Whether the credential still stands for the same caller. When that cannot be found out the socket stays: nothing it writes is kept unless the
    /// database says in the same transaction that it may.
    async fn stands(&self) -> bool {
        match timeout(LOOK, (self.again)()).await {
            Ok(Ok(now)) => now.account == self.caller.account && now.token == self.caller.token,
            Ok(Err(error)) => !matches!(error, app::error::AppError::SignedOut),
            Err(_) => true,
        }
    }
}

/// What a client sends, within its limits.
struct Inlet<'a> {
    rooms: &'a Rooms,
    bytes: Budget,
    messages: Budget,
    heard: Instant,
}

impl<'a> Inlet<'a> {
    /// With full budgets.
    fn new(rooms: &'a Rooms) -> Self {
        let (limits, now) = (rooms.limits(), Instant::now());
        Self {
            rooms,
            bytes: Budget::new(limits.burst_bytes, limits.bytes_per_second, now),
            messages: Budget::new(limits.burst_messages, limits.messages_per_second, now),
            heard: now,
        }
    }

    /// Whether the client has said nothing for too long.
    fn silent(&self) -> bool {
        self.heard.elapsed() > self.rooms.limits().silence
    }

    /// Hands what was heard to the room. An error ends the connection, with the close to be sent when there is one.
    async fn take(&mut self, heard: Result<Heard, Unheard>, peer: &Peer) -> Result<(), Option<Close>> {
        let heard = heard.map_err(|why| match why {
            Unheard::Gone => None,
            Unheard::Malformed => Some(Close::MALFORMED),
            Unheard::TooLarge => Some(Close::TOO_LARGE),
            Unheard::NoPlace => Some(Close::LATER),
        })?;
        self.heard = Instant::now();
        let bytes = if let Heard::Message(message) = &heard { message.len() } else { 0 };
        if !self.bytes.take(bytes, self.heard) || !self.messages.take(1, self.heard) {
            return Err(Some(Close::LATER));
        }
        if let Heard::Message(message) = heard {
            // A room that is gone closes the peer's frames, where the reason is.
            peer.send(message).await;
        }
        Ok(())
    }
}
