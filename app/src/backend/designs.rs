//! Designs: lists, search, creating, and what happens to them as a whole.

use async_trait::async_trait;

use crate::error::Result;
use crate::model::account::Caller;
use crate::model::decision::{Decision, DecisionLine};
use crate::model::design::{Backlink, Created, DesignCard, DesignFilter, DesignLine, DesignPage, HistoryEntry, Template};
use crate::model::ids::ProposalId;
use crate::model::page::Page;
use crate::model::proposal::{ProposalLine, Rendered};

/// A Markdown file to make a design of: at most 5 MB of UTF-8 without U+0000.
#[derive(Clone, Debug)]
pub struct Import {
    /// The title; empty: the front matter's `title`, else the first heading, else "Untitled design".
    pub title: String,
    /// The file's bytes as they are.
    pub markdown: Vec<u8>,
}

/// What people do about designs.
#[async_trait]
pub trait Designs: Send + Sync {
    /// A team's designs, last changed first, or best match first when searching; 50 a page.
    async fn list_designs(&self, caller: &Caller, team: &str, filter: DesignFilter) -> Result<Page<DesignLine>>;

    /// The texts one can start from.
    async fn templates(&self, caller: &Caller) -> Result<Vec<Template>>;

    /// Makes a design from a template, with its first proposal. Editor.
    async fn create_design(&self, caller: &Caller, team: &str, title: &str, template: &str) -> Result<Created>;

    /// Makes a design from a file, with its first proposal. Editor.
    async fn import_design(&self, caller: &Caller, team: &str, import: Import) -> Result<Created>;

    /// One design.
    async fn design(&self, caller: &Caller, team: &str, number: i32) -> Result<DesignPage>;

    /// Its proposals, newest first, 50 a page.
    async fn list_proposals(&self, caller: &Caller, team: &str, number: i32, after: Option<String>) -> Result<Page<ProposalLine>>;

    /// What happened to it, newest first, 50 a page.
    async fn history(&self, caller: &Caller, team: &str, number: i32, after: Option<String>) -> Result<Page<HistoryEntry>>;

    /// Its accepted text, rendered. Not found: nothing accepted yet.
    async fn read_accepted(&self, caller: &Caller, team: &str, number: i32) -> Result<Rendered>;

    /// Its accepted text; `as_imported` gives back the file's line endings and byte order mark. Not found: nothing accepted yet.
    async fn accepted_text(&self, caller: &Caller, team: &str, number: i32, as_imported: bool) -> Result<Vec<u8>>;

    /// Its decisions, newest first, 50 a page.
    async fn decisions(&self, caller: &Caller, team: &str, number: i32, after: Option<String>) -> Result<Page<DecisionLine>>;

    /// One decision, by the version it made.
    async fn decision(&self, caller: &Caller, team: &str, number: i32, version: i32) -> Result<Decision>;

    /// Those of these numbers that there are, archived ones included, by number. At most 100 are asked for.
    async fn design_cards(&self, caller: &Caller, team: &str, numbers: Vec<i32>) -> Result<Vec<DesignCard>>;

    /// What somebody may mean who has typed the beginning of a number, or words of a title: at most 10, best first.
    async fn find_designs(&self, caller: &Caller, team: &str, like: &str) -> Result<Vec<DesignCard>>;

    /// The designs whose accepted text or newest open proposal names this one, newest number first, 50 a page. Not itself, and none of the archive.
    async fn backlinks(&self, caller: &Caller, team: &str, number: i32, after: Option<String>) -> Result<Page<Backlink>>;

    /// Gives it another title; in the history. Editor.
    async fn rename_design(&self, caller: &Caller, team: &str, number: i32, title: &str) -> Result<()>;

    /// Hides it from lists and makes it read-only, or undoes that. Admin.
    async fn archive_design(&self, caller: &Caller, team: &str, number: i32, archived: bool) -> Result<()>;

    /// Deletes it, for good: only without a decision, and only with its title typed. Admin.
    async fn delete_design(&self, caller: &Caller, team: &str, number: i32, title: &str) -> Result<()>;

    /// Opens a proposal to change the accepted text. Editor.
    async fn propose(&self, caller: &Caller, team: &str, number: i32, title: &str, why: &str) -> Result<(ProposalId, i32)>;
}
