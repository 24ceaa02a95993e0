//! Timelines: what a proposal's text was, who wrote it, and putting an older text back.

use async_trait::async_trait;

use crate::error::Result;
use crate::model::account::Caller;
use crate::model::ids::ProposalId;
use crate::model::page::Page;
use crate::model::revision::Side;
use crate::model::timeline::{Line, Point, Restored, Stretch, Wrote};

/// What people do about the history of a text.
#[async_trait]
pub trait Timelines: Send + Sync {
    /// What happened to a proposal's text, newest first, 50 a page; the first page begins with the text as it is now.
    async fn timeline(&self, caller: &Caller, proposal: ProposalId, after: Option<String>) -> Result<Page<Line>>;

    /// What one of its texts is called, who wrote it and when.
    async fn point(&self, caller: &Caller, proposal: ProposalId, text: Side) -> Result<Point>;

    /// Makes the live text what it was, as an edit of the caller's; what it was until then stays on the timeline. Conflicts: `held`, `not-open`,
    /// `archived`, `read-only`. Editor.
    async fn restore_text(&self, caller: &Caller, proposal: ProposalId, text: Side) -> Result<Restored>;

    /// Who wrote a passage of the live text, most first; at most 1,000 stretches.
    async fn who_wrote(&self, caller: &Caller, proposal: ProposalId, passage: Vec<Stretch>) -> Result<Vec<Wrote>>;
}
