//! The accepted text.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::proposal::Rendered;
use app::model::role::Act;

use crate::db;
use crate::service::Service;
use crate::service::fault::Shown;
use crate::service::naming::numbers;
use crate::service::texts;

impl Service {
    /// The accepted text, rendered.
    pub(super) async fn accepted_rendered(&self, caller: &Caller, team: &str, number: i32) -> Result<Rendered> {
        let (in_team, design) = self.in_design(caller, team, number, Act::Read).await?;
        let version = db::versions::newest(&self.db, design).await.shown()?.ok_or_else(not_accepted_yet)?;
        let known = self.known(in_team.team, numbers([version.text.as_str()])).await?;
        self.texts.rendered(version.text, None, known).await
    }

    /// The accepted text's bytes.
    pub(super) async fn accepted_bytes(&self, caller: &Caller, team: &str, number: i32, as_imported: bool) -> Result<Vec<u8>> {
        let (_, design) = self.in_design(caller, team, number, Act::Read).await?;
        let version = db::versions::newest(&self.db, design).await.shown()?.ok_or_else(not_accepted_yet)?;
        let found = db::designs::find(&self.db, design).await.shown()?.ok_or_else(|| AppError::not_found("design"))?;
        texts::bytes(version.text, found.imported, as_imported)
    }
}

fn not_accepted_yet() -> AppError {
    AppError::NotFound("Nothing of this design has been accepted yet. Its proposals have the text.".into())
}
