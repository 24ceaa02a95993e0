//! The words of a comment: changing one's own, and what they were before.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::{AccountId, CommentId, ThreadId};
use app::model::role::Act;
use app::model::thread::Wording;

use crate::db;
use crate::db::wordings::Row;
use crate::render::{self, Known};
use crate::service::Service;
use crate::service::blocking::heavy;
use crate::service::fault::Shown;
use crate::service::naming::numbers;

/// Earlier wordings of a comment: nobody would read more, and a list without a bound is a way to bring a page down.
const WORDINGS: i64 = 100;

impl Service {
    /// Changes one's own words; what they were stays to be seen.
    pub(super) async fn rewrite_comment(&self, caller: &Caller, comment: CommentId, body: &str) -> Result<()> {
        let (thread, author) = self.in_comment(caller, comment, Act::Discuss).await?;
        if author != Some(caller.account) {
            return Err(AppError::Forbidden("Only whoever wrote a comment can change it. Reply instead.".into()));
        }
        let at = self.clock.now();
        let (mut tx, told, _) = self.discussed(thread, at).await?;
        if db::wordings::count(&mut *tx, comment).await.shown()? >= WORDINGS {
            return Err(AppError::conflict("too-many-edits", "This comment was changed 100 times. Reply instead."));
        }
        db::wordings::replace(&mut *tx, comment, body, at).await.shown()?;
        tx.commit().await.shown()?;
        self.tell(told);
        Ok(())
    }

    /// What a comment said, each wording compared with the one before, the newest first.
    pub(super) async fn list_wordings(&self, caller: &Caller, comment: CommentId) -> Result<Vec<Wording>> {
        let (thread, _) = self.in_comment(caller, comment, Act::Read).await?;
        let team = self.in_thread(caller, thread, Act::Read).await?.1.team;
        let rows = db::wordings::of(&self.db, comment).await.shown()?;
        let length = rows.iter().map(|row| row.body.len()).sum();
        let known = self.known(team, numbers(rows.iter().map(|row| row.body.as_str()))).await?;
        heavy(length, move || compared(&rows, &known)).await
    }

    /// The thread of a comment and who wrote it, when the caller may `act` in its team.
    pub(super) async fn in_comment(&self, caller: &Caller, comment: CommentId, act: Act) -> Result<(ThreadId, Option<AccountId>)> {
        let missing = || AppError::not_found("comment");
        let (thread, author) = db::comments::find(&self.db, comment).await.shown()?.ok_or_else(missing)?;
        self.in_thread(caller, thread, act).await.map_err(|refused| match refused {
            AppError::NotFound(_) => missing(),
            refused => refused,
        })?;
        Ok((thread, author))
    }
}

/// From the oldest first to the newest first.
fn compared(rows: &[Row], known: &Known) -> Vec<Wording> {
    let html = |index: usize| match index.checked_sub(1) {
        Some(before) => render::compare_comments(&rows[before].body, &rows[index].body, known),
        None => render::comment_among(&rows[index].body, known),
    };
    rows.iter().enumerate().rev().map(|(index, row)| Wording { at: row.at, html: html(index) }).collect()
}
