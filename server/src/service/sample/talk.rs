//! The discussions of the sample team.

use app::backend::Threads;
use app::error::{AppError, Result};
use app::model::ids::ProposalId;
use app::model::thread::{NewThread, Place};

use super::Cast;
use crate::sample::SampleThread;
use crate::service::Service;
use crate::service::fault::Shown;

impl Service {
    /// Puts discussions on the live text: the reviewer begins, the author answers, and so on in turn.
    pub(super) async fn sample_talk(&self, cast: &Cast<'_>, proposal: ProposalId, threads: &[SampleThread]) -> Result<()> {
        for thread in threads {
            let Some((first, replies)) = thread.comments.split_first() else { continue };
            let place = self.sample_place(proposal, thread.quote).await?;
            let new = NewThread { proposal, place, quote: thread.quote.into(), kind: thread.kind, body: (*first).into() };
            let id = self.start_thread(&cast.reviewer, new).await?;
            for (turn, reply) in replies.iter().enumerate() {
                let who = if turn % 2 == 0 { &cast.author } else { &cast.reviewer };
                self.reply(who, id, reply).await?;
            }
            if thread.resolved {
                self.resolve_thread(&cast.author, id, true).await?;
            }
        }
        Ok(())
    }

    /// Where a passage stands in the live text, in UTF-16 units.
    async fn sample_place(&self, proposal: ProposalId, quote: &str) -> Result<Place> {
        let reading = self.rooms.read(proposal).await.shown()?;
        let (before, _) = reading.text.split_once(quote).ok_or_else(|| AppError::not_found("passage"))?;
        let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
        let from = units(before);
        Ok(Place::Offsets { seq: reading.seq, from, to: from + units(quote) })
    }
}
