//! Reactions: signs that people leave on comments. They answer nothing and are nobody's turn, so no inbox hears of them.

use app::error::Result;
use app::model::account::Caller;
use app::model::ids::{AccountId, CommentId, ThreadId};
use app::model::reaction::{Reacted, Reaction};
use app::model::role::Act;
use std::collections::HashMap;

use crate::db;
use crate::service::Service;
use crate::service::fault::Shown;

impl Service {
    /// Leaves a sign on a comment, or takes it back; doing either twice changes nothing.
    pub(super) async fn leave_sign(&self, caller: &Caller, comment: CommentId, reaction: Reaction, on: bool) -> Result<()> {
        let (thread, _) = self.in_comment(caller, comment, Act::Discuss).await?;
        // Lists are in the order of what changed last, and nothing in them changes by it.
        let (mut tx, told, _) = self.discussed(thread, None).await?;
        if on {
            db::reactions::add(&mut *tx, comment, caller.account, reaction, self.clock.now()).await.shown()?;
        } else {
            db::reactions::remove(&mut *tx, comment, caller.account, reaction).await.shown()?;
        }
        tx.commit().await.shown()?;
        self.tell(told.of_threads_only());
        Ok(())
    }

    /// The signs on each comment of these threads, in the order in which they are shown.
    pub(super) async fn signs(&self, threads: &[ThreadId], asking: AccountId) -> Result<HashMap<CommentId, Vec<Reacted>>> {
        let mut signs: HashMap<CommentId, Vec<Reacted>> = HashMap::new();
        for (comment, reacted) in db::reactions::of(&self.db, threads, asking).await.shown()? {
            signs.entry(comment).or_default().push(reacted);
        }
        let order = |reacted: &Reacted| Reaction::ALL.iter().position(|reaction| *reaction == reacted.reaction);
        for reacted in signs.values_mut() {
            reacted.sort_by_key(order);
        }
        Ok(signs)
    }
}
