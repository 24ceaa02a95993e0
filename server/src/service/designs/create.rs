//! Creating: a design, its first proposal and that proposal's document, all or nothing.

use app::backend::Import;
use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::design::Created;
use app::model::ids::{DesignId, ProposalId};
use app::model::role::Act;
use app::model::source::{self, Form, Refusal};

use super::seed::seed;
use crate::bus::Hint;
use crate::clock::fresh_id;
use crate::db;
use crate::db::checkpoints::{Checkpoint, Reason};
use crate::db::search::Source;
use crate::render;
use crate::rooms::log::{self, Start};
use crate::service::Service;
use crate::service::access::InTeam;
use crate::service::blocking::heavy;
use crate::service::fault::{Shown, internal};
use crate::service::history::{self, Event, Verb};
use crate::service::{templates, wording};

/// The number of a design's first proposal.
const FIRST: i32 = 1;

/// The seq of a document's first update, which is its whole text.
pub(super) const FIRST_SEQ: i64 = 1;

/// A design about to be made.
struct Draft<'a> {
    title: String,
    text: String,
    /// What of its file is not in its text.
    form: Option<Form>,
    /// How it came to be.
    verb: Verb<'a>,
}

/// Its rows' ids and content.
struct Rows<'a> {
    design: DesignId,
    proposal: ProposalId,
    title: &'a str,
    imported: Option<serde_json::Value>,
    state: &'a [u8],
    text: &'a str,
    verb: Verb<'a>,
}

impl Service {
    /// Makes a design of a template.
    pub(super) async fn create_from_template(&self, caller: &Caller, team: &str, title: &str, template: &str) -> Result<Created> {
        let in_team = self.in_team(caller, team, Act::Write).await?;
        let title = wording::title(title)?.to_owned();
        let template = templates::find(template)?;
        let draft = Draft { text: headed(template.text, &title), title, form: None, verb: Verb::Created { template: template.name } };
        self.create(caller, in_team, draft).await
    }

    /// Makes a design of a file.
    pub(super) async fn create_from_file(&self, caller: &Caller, team: &str, import: Import) -> Result<Created> {
        let in_team = self.in_team(caller, team, Act::Write).await?;
        let imported = source::parse(&import.markdown).map_err(refused)?;
        let title = match import.title.trim() {
            "" => render::proposed_title(&imported.text).as_deref().and_then(wording::fitting_title).unwrap_or("Untitled design".into()),
            given => wording::title(given)?.to_owned(),
        };
        let form = (!imported.form.is_plain()).then_some(imported.form);
        let draft = Draft { verb: Verb::Imported { title: &title }, title: title.clone(), text: imported.text, form };
        self.create(caller, in_team, draft).await
    }

    async fn create(&self, caller: &Caller, in_team: InTeam, draft: Draft<'_>) -> Result<Created> {
        let Draft { title, text, form, verb } = draft;
        let (state, text) = heavy(text.len(), move || (seed(&text), text)).await?;
        let state = state.map_err(|error| internal(&error))?;
        let (design, proposal) = (DesignId(fresh_id()), ProposalId(fresh_id()));
        let imported = form.map(serde_json::to_value).transpose().map_err(|error| internal(&error))?;
        let rows = Rows { design, proposal, title: &title, imported, state: &state, text: &text, verb };
        let number = self.insert_rows(caller, in_team, rows).await?;

        self.bus.tell(Hint::Designs { team: in_team.team });
        let source = Source { team: in_team.team, title, version: 0, open: Some(proposal) };
        if let Err(error) = self.index_text(design, &source, text, Some((proposal, FIRST_SEQ))).await {
            // The design is there all the same; the indexer finds it behind and tries again.
            tracing::warn!(%error, "a new design is not indexed yet");
        }
        Ok(Created { number, proposal, proposal_number: FIRST })
    }

    async fn insert_rows(&self, caller: &Caller, in_team: InTeam, rows: Rows<'_>) -> Result<i32> {
        let (team, owner, at) = (in_team.team, caller.account, self.clock.now());
        let Rows { design, proposal, title, imported, state, text, verb } = rows;
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        let number = db::designs::take_number(&mut *tx, team).await.shown()?;
        let new = db::designs::NewDesign { id: design, team, number, title, owner, imported: imported.as_ref(), at };
        db::designs::insert(&mut *tx, new).await.shown()?;
        let first = db::proposals::NewProposal { id: proposal, design, number: FIRST, title, why: "", base: 0, by: owner, at };
        db::proposals::insert(&mut *tx, first).await.shown()?;
        // Who brings a text in answers for it: they are its author, whoever wrote the template or the file.
        log::create(&mut tx, proposal, team, Start::Written(state, owner), at).await.shown()?;
        let began = Checkpoint { document: proposal, seq: FIRST_SEQ, began: at, ended: at, authors: vec![owner], text: text.into() };
        db::checkpoints::keep(&mut *tx, &began, Reason::First).await.shown()?;
        history::record(&mut *tx, Event { team, design, proposal: None, by: Some(caller), verb }, at).await.shown()?;
        tx.commit().await.shown()?;
        Ok(number)
    }
}

/// A template's text under the design's own title.
fn headed(text: &str, title: &str) -> String {
    match text.strip_prefix("# ").and_then(|rest| rest.split_once('\n')) {
        Some((_, rest)) => format!("# {title}\n{rest}"),
        None => text.to_owned(),
    }
}

/// What is wrong with a file, as the form's field shows it.
fn refused(refusal: Refusal) -> AppError {
    match refusal {
        Refusal::TooLarge(_) => AppError::TooLarge(refusal.to_string()),
        _ => AppError::invalid("markdown", refusal.to_string()),
    }
}
