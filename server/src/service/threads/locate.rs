//! From the place somebody selected to a range of the live text and the passage that is there.
//!
//! The text may have changed since they selected it. Where the range still holds what they saw it is taken; otherwise their quote is looked
//! for, and where it is not in exactly one place they are asked to select again: a comment on another sentence is worse than a second try.

use app::error::{AppError, Result};
use app::model::anchor::{Passage, context};
use app::model::ids::ProposalId;
use app::model::thread::{Place, only_place};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::rooms::{Range, Reading};
use crate::service::Service;
use crate::service::fault::Shown;

/// Bytes of an encoded relative position: a type's name or two numbers take under 40.
const POSITION: usize = 256;

/// UTF-16 units of a passage: some pages. Longer ones are the whole, and the quote is stored with every thread.
pub(in crate::service) const PASSAGE: u32 = 10_000;

/// Where a thread goes.
pub(super) struct Located {
    /// None: about the whole.
    pub range: Option<Range>,
    /// The text there with its surroundings.
    pub passage: Passage,
    /// The text it was found in.
    pub reading: Reading,
}

impl Service {
    /// Finds a place in the live text.
    pub(super) async fn locate(&self, proposal: ProposalId, place: &Place, quote: &str) -> Result<Located> {
        let (reading, found) = match place {
            Place::Whole => return self.whole(proposal).await,
            Place::Live { start, end } => {
                let range = Range { start: position(start)?, end: position(end)? };
                let (reading, found) = self.rooms.resolve(proposal, vec![range]).await.shown()?;
                // The editor quotes the source, so what is there must read the same.
                let found = found[0].filter(|(from, to)| context(&reading.text, *from, *to).quote == quote);
                (reading, found)
            }
            Place::Offsets { seq, from, to } => self.read_at(proposal, *seq, (*from, *to)).await?,
        };
        let found = found.filter(|(from, to)| from < to).or_else(|| only_place(&reading.text, quote)).ok_or_else(select_again)?;
        fits(found)?;
        // Anchored anew from what it resolved to: what is stored are positions of this text and nothing else.
        let anchored = self.rooms.anchor(proposal, reading.seq, vec![found]).await.shown()?;
        let range = anchored.into_iter().next().flatten().ok_or_else(select_again)?;
        Ok(Located { range: Some(range), passage: context(&reading.text, found.0, found.1), reading })
    }

    /// The whole proposal, as it reads now.
    async fn whole(&self, proposal: ProposalId) -> Result<Located> {
        let reading = self.rooms.read(proposal).await.shown()?;
        Ok(Located { range: None, passage: Passage::default(), reading })
    }

    /// Offsets of the text as rendered at `seq`, in the text of now; none when what they meant cannot be told any more. The reader quotes what
    /// is rendered, without markup, so the quote is not compared.
    async fn read_at(&self, proposal: ProposalId, seq: i64, (from, to): (u32, u32)) -> Result<(Reading, Option<(u32, u32)>)> {
        if from >= to {
            return Err(AppError::invalid("place", "Select some text to comment on, or comment on the whole proposal."));
        }
        let anchored = self.rooms.anchor(proposal, seq, vec![(from, to)]).await.shown()?;
        let range: Vec<Range> = anchored.into_iter().flatten().collect();
        let (reading, found) = self.rooms.resolve(proposal, range).await.shown()?;
        Ok((reading, found.into_iter().next().flatten()))
    }
}

/// A relative position as the editor sends it.
pub(in crate::service) fn position(encoded: &str) -> Result<Vec<u8>> {
    let decoded = if encoded.len() > POSITION { None } else { BASE64_STANDARD.decode(encoded).ok() };
    decoded.filter(|bytes| !bytes.is_empty()).ok_or_else(|| AppError::invalid("place", "This is no position in the text."))
}

fn fits((from, to): (u32, u32)) -> Result<()> {
    if to - from > PASSAGE {
        return Err(AppError::invalid("place", "Select a shorter passage, or comment on the whole proposal."));
    }
    Ok(())
}

fn select_again() -> AppError {
    AppError::conflict("passage-changed", "The text you selected was changed meanwhile. Select it again; your comment is kept.")
}
