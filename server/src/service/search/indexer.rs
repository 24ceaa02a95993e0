//! Keeps the search index up with the texts, and what they name: after they rest, never in the path of writing.

use app::error::Result;
use app::model::ids::{DesignId, ProposalId};
use app::model::named;
use time::Duration;

use crate::bus::Hint;
use crate::db;
use crate::db::search::{Section, Source};
use crate::render;
use crate::rooms::RoomError;
use crate::service::Service;
use crate::service::blocking::heavy;
use crate::service::fault::Shown;

/// A text is indexed when nobody has changed it for this long.
const QUIET: Duration = Duration::seconds(5);

/// Or when a change waits this long although people go on writing.
const PATIENCE: Duration = Duration::seconds(60);

/// How many documents one round looks at: some seconds of work at most, so that a shutdown is not kept waiting.
const ROUND: i64 = 50;

/// What is indexed of one section, in bytes: a full-text row must stay below PostgreSQL's 1 MB.
const SECTION: usize = 100_000;

/// How many sections of one text are indexed, so that a text of nothing but headings cannot fill the index.
const SECTIONS: usize = 2_000;

/// How many designs that one text names are remembered: more are a list of numbers.
const NAMED: usize = 1_000;

/// How often a design that changes under our hands is read again before it is left to whoever changes it.
const TRIES: usize = 3;

/// A live document and the seq that was read of it.
type Live = (ProposalId, i64);

impl Service {
    /// Indexes the texts that changed and rest now. Answers how many designs were indexed.
    pub async fn index_quiet(&self) -> Result<usize> {
        let now = self.clock.now();
        let behind = db::search::behind(&self.db, now - QUIET, now - PATIENCE, ROUND).await.shown()?;
        for behind in &behind {
            self.index_design(behind.design).await?;
            // Not the newest proposal, or it could not be read: it is not looked at again before it changes.
            db::search::caught_up(&self.db, behind.document, behind.head, now).await.shown()?;
        }
        Ok(behind.len())
    }

    /// Brings the index of one design up to date.
    pub(crate) async fn index_design(&self, design: DesignId) -> Result<()> {
        for _ in 0..TRIES {
            let Some(source) = db::search::source(&self.db, design).await.shown()? else { return Ok(()) };
            let Some((text, live)) = self.indexable(design, &source).await? else { return Ok(()) };
            if self.index_text(design, &source, text, live).await? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The text that a reader would find, and how far into its live document it reaches; none: it is damaged, which its room has logged.
    async fn indexable(&self, design: DesignId, source: &Source) -> Result<Option<(String, Option<Live>)>> {
        let Some(document) = source.open else {
            let accepted = db::versions::newest(&self.db, design).await.shown()?;
            return Ok(Some((accepted.map(|version| version.text).unwrap_or_default(), None)));
        };
        match self.rooms.read(document).await {
            Ok(reading) => Ok(Some((reading.text, Some((document, reading.seq))))),
            Err(RoomError::Damaged | RoomError::NotFound) => Ok(None),
            Err(error) => Err(error).shown(),
        }
    }

    /// Indexes a text read earlier. Answers false, having done nothing, when the design has changed since.
    pub(crate) async fn index_text(&self, design: DesignId, source: &Source, text: String, live: Option<Live>) -> Result<bool> {
        let title = source.title.clone();
        let (rows, named) = heavy(text.len(), move || (rows(&title, &text), numbers(&text))).await?;
        // What is not in the proposal any more stands in the accepted text all the same.
        let accepted = if live.is_some() && source.version > 0 { Some(self.named_in_accepted(design).await?) } else { None };
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        db::search::lock(&mut *tx, design).await.shown()?;
        if db::search::source(&mut *tx, design).await.shown()?.as_ref() != Some(source) {
            return Ok(false);
        }
        if let Some((document, seq)) = live {
            if db::search::indexed(&mut *tx, document).await.shown()? > seq {
                return Ok(true);
            }
            db::search::caught_up(&mut *tx, document, seq, self.clock.now()).await.shown()?;
        }
        let sections: Vec<Section> = rows.iter().map(|(heading, body)| Section { heading, body }).collect();
        db::search::put(&mut *tx, source.team, design, 0, &sections).await.shown()?;
        db::search::cut(&mut *tx, design, i32::try_from(sections.len()).unwrap_or(i32::MAX)).await.shown()?;
        let (accepted, proposed) = match accepted {
            Some(accepted) => (accepted, named),
            None if live.is_some() => (Vec::new(), named),
            None => (named, Vec::new()),
        };
        db::backlinks::put(&mut *tx, source.team, design, &accepted, &proposed).await.shown()?;
        tx.commit().await.shown()?;
        self.bus.tell(Hint::Designs { team: source.team });
        Ok(true)
    }

    /// The designs that the accepted text names.
    async fn named_in_accepted(&self, design: DesignId) -> Result<Vec<i32>> {
        let text = db::versions::newest(&self.db, design).await.shown()?.map(|version| version.text).unwrap_or_default();
        heavy(text.len(), move || numbers(&text)).await
    }
}

/// The designs that a text names.
fn numbers(text: &str) -> Vec<i32> {
    // A text is read for it only where it can name one.
    if named::designs(text).next().is_none() {
        return Vec::new();
    }
    render::names(text).designs.into_iter().take(NAMED).collect()
}

/// Heading and body of each row: the title, then the sections.
fn rows(title: &str, text: &str) -> Vec<(String, String)> {
    let sections = render::sections(text).into_iter().take(SECTIONS).filter(|section| !section.text.trim().is_empty());
    let sections = sections.map(|section| (cut(&section.heading).to_owned(), cut(section.text).to_owned()));
    std::iter::once((title.to_owned(), String::new())).chain(sections).collect()
}

/// At most [`SECTION`] bytes of a text, whole characters.
fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(SECTION)]
}
