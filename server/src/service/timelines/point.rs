//! What one of a proposal's texts is called, who wrote it and when.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::ProposalId;
use app::model::revision::Side;
use app::model::role::Act;
use app::model::timeline::Point;

use super::list::named;
use crate::db;
use crate::service::Service;
use crate::service::fault::Shown;

impl Service {
    /// A text by itself.
    pub(super) async fn described(&self, caller: &Caller, proposal: ProposalId, text: Side) -> Result<Point> {
        self.in_proposal(caller, proposal, Act::Read).await?;
        let plain = |name: &str| Point { name: name.into(), who: Vec::new(), began: None, at: None };
        match text {
            Side::Live => Ok(plain("The text now")),
            Side::Suggested => Ok(plain("The text now, with what is suggested")),
            Side::Accepted => Ok(plain("The accepted text")),
            Side::Version(0) => Ok(plain("The empty text")),
            Side::Version(number) => {
                let version =
                    db::versions::under(&self.db, proposal, number).await.shown()?.ok_or_else(|| AppError::not_found("version"))?;
                Ok(Point { at: Some(version.at), ..plain(&format!("Accepted version {number}")) })
            }
            Side::Revision(number) => {
                let sent = db::revisions::sent(&self.db, proposal, number).await.shown()?;
                let (who, at) = sent.ok_or_else(|| AppError::not_found("revision"))?;
                Ok(Point { who: vec![who], at: Some(at), ..plain(&format!("Revision {number}")) })
            }
            Side::At(seq) => {
                let Some(session) = db::checkpoints::session(&self.db, proposal, Some(seq)).await.shown()? else {
                    return Ok(plain("A text of the past"));
                };
                let people = db::accounts::people(&self.db, &session.authors).await.shown()?;
                let who = named(&session.authors, &people);
                Ok(Point { who, began: Some(session.began), at: Some(session.ended), ..plain("Text of the past") })
            }
        }
    }
}
