//! The decision record: who said what, how the gate stood, what was left open. Names are those of the day.

use app::model::decision::{Risk, Vote};
use sqlx::PgConnection;

use super::Merge;
use crate::db;
use crate::db::decisions::NewDecision;
use crate::db::threads::Row;

/// Records the decision, with the threads that are open.
pub(super) async fn decision(tx: &mut PgConnection, merge: &Merge<'_>, open: &[Row]) -> sqlx::Result<()> {
    let Merge { ground, newest, case, version, caller, at } = merge;
    let authors = db::authors::until(&mut *tx, ground.proposal, newest.seq).await?;
    let suggesters = db::suggestions::credited(&mut *tx, ground.proposal).await?;
    let new = NewDecision {
        design: ground.design,
        version: *version,
        proposal: ground.proposal,
        revision: newest.number,
        why: &ground.why,
        authors: &authors,
        suggesters: &suggesters,
        votes: &votes(merge),
        gate: &case.gate().requirements,
        risks: &open.iter().map(risk).collect::<Vec<_>>(),
        by: caller.account,
        at: *at,
    };
    db::decisions::insert(tx, new).await
}

/// Every vote on every revision, oldest first, also those that did not count.
fn votes(merge: &Merge<'_>) -> Vec<Vote> {
    let reviews = merge.case.reviews.iter().enumerate();
    reviews
        .map(|(index, review)| Vote {
            by: review.given.by.clone(),
            revision: review.given.revision,
            verdict: review.given.verdict,
            summary: review.summary.clone(),
            at: review.at,
            counted: merge.case.counts(index),
        })
        .collect()
}

fn risk(thread: &Row) -> Risk {
    Risk { thread: thread.id, kind: thread.kind, quote: thread.passage.quote.clone(), by: thread.by.name.clone() }
}
