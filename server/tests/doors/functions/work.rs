//! Designs, proposals, reviews, threads.

use serde_json::json;

use super::{form, function, nothing};
use crate::ask::{Body, Row};
use crate::table::Need::{Account, Administer, BeItsMaker, Discuss, Read, Write};
use crate::things::Things;

pub fn rows() -> Vec<Row> {
    [designs_read(), designs_changed(), proposals_read(), proposals_changed(), timeline(), reviews(), threads(), suggestions(), unsent()]
        .into_iter()
        .flatten()
        .collect()
}

/// D-1, which is in review.
fn ledger(things: &Things) -> Body {
    form(&[("team", &things.slug), ("number", "1")])
}

/// D-2, which is accepted.
fn cache(things: &Things) -> Body {
    form(&[("team", &things.slug), ("number", "2")])
}

fn proposal(things: &Things) -> Body {
    form(&[("proposal", &things.proposal)])
}

fn designs_read() -> Vec<Row> {
    vec![
        function("designs/list", Read, "shows Kestrel ledger", |things| Body::Json(json!({ "team": things.slug, "filter": {} }))),
        // The same for everybody, and nothing of anybody's.
        function("designs/templates", Account, "done", nothing),
        function("designs/cards", Read, "shows Kestrel ledger", |things| Body::Json(json!({ "team": things.slug, "numbers": [1] }))),
        function("designs/find", Read, "shows Kestrel ledger", |things| form(&[("team", &things.slug), ("like", "kestrel")])),
        function("designs/backlinks", Read, "done", ledger),
        function("designs/get", Read, "shows Kestrel ledger", ledger),
        function("designs/proposals", Read, "shows Kestrel ledger", ledger),
        function("designs/history", Read, "shows ada", ledger),
        function("designs/read", Read, "shows It forgets.", cache),
        function("designs/decisions", Read, "shows ada", cache),
        function("designs/decision", Read, "shows It forgets.", |things| {
            form(&[("team", &things.slug), ("number", "2"), ("version", "1")])
        }),
    ]
}

fn designs_changed() -> Vec<Row> {
    vec![
        function("designs/create", Write, "invalid title", |things| form(&[("team", &things.slug), ("title", ""), ("template", "blank")])),
        function("designs/import", Write, "invalid markdown", |things| {
            Body::Json(json!({ "team": things.slug, "title": "", "markdown": "\0" }))
        }),
        function("designs/rename", Write, "invalid title", |things| form(&[("team", &things.slug), ("number", "1"), ("title", "")])),
        function("designs/propose", Write, "invalid title", |things| {
            form(&[("team", &things.slug), ("number", "2"), ("title", ""), ("why", "")])
        }),
        function("designs/archive", Administer, "done", |things| form(&[("team", &things.slug), ("number", "1"), ("archived", "false")])),
        function("designs/delete", Administer, "invalid title", |things| {
            form(&[("team", &things.slug), ("number", "1"), ("title", "not its title")])
        }),
    ]
}

fn proposals_read() -> Vec<Row> {
    vec![
        function("proposals/get", Read, "shows Kestrel ledger", |things| form(&[("team", &things.slug), ("design", "1"), ("number", "1")])),
        function("proposals/read", Read, "shows written twice", |things| form(&[("proposal", &things.proposal), ("side", "live")])),
        function("proposals/compare", Read, "shows written twice", |things| {
            form(&[("proposal", &things.proposal), ("from", "accepted"), ("to", "live")])
        }),
        function("proposals/candidates", Write, "shows bo@example.org", |things| form(&[("proposal", &things.proposal), ("like", "bo")])),
    ]
}

fn proposals_changed() -> Vec<Row> {
    vec![
        function("proposals/send", Write, "invalid reviewers", |things| {
            form(&[("proposal", &things.proposal), ("reviewers[0]", &things.viewer)])
        }),
        function("proposals/hold", Write, "done", |things| form(&[("proposal", &things.proposal), ("held", "false")])),
        function("proposals/merge", Write, "conflict gate-not-met", |things| form(&[("proposal", &things.proposal), ("revision", "1")])),
        function("proposals/put_back", Write, "conflict not-open", |things| form(&[("proposal", &things.merged), ("revision", "1")])),
        function("proposals/close", Write, "invalid reason", |things| form(&[("proposal", &things.proposal), ("reason", "")])),
        function("proposals/reopen", Write, "conflict not-closed", proposal),
    ]
}

fn timeline() -> Vec<Row> {
    vec![
        function("timeline/list", Read, "shows sent revision 1", proposal),
        function("timeline/point", Read, "shows Revision 1", |things| form(&[("proposal", &things.proposal), ("text[revision]", "1")])),
        function("timeline/restore", Write, "conflict not-open", |things| form(&[("proposal", &things.merged), ("text", "1")])),
        function("timeline/who_wrote", Read, "shows unknown", |things| {
            Body::Json(json!({ "proposal": things.proposal, "passage": [{ "client": 1, "units": 3 }] }))
        }),
    ]
}

fn reviews() -> Vec<Row> {
    vec![
        function("reviews/board", Read, "shows About kestrels.", proposal),
        function("reviews/gate", Read, "shows approved", proposal),
        function("reviews/submit", Discuss, "conflict not-open", |things| {
            form(&[("proposal", &things.merged), ("revision", "1"), ("verdict", "comment"), ("summary", "")])
        }),
        function("reviews/withdraw", BeItsMaker, "done", |things| form(&[("review", &things.review)])),
        // Their own, which whoever is only a viewer now, or has left, leaves as it is.
        function("reviews/withdraw", Discuss, "done", |things| form(&[("review", &things.own_review)])),
        function("reviews/dismiss", Administer, "invalid reason", |things| form(&[("review", &things.review), ("reason", "")])),
    ]
}

fn threads() -> Vec<Row> {
    vec![
        function("threads/list", Read, "shows Why kestrels?", proposal),
        function("threads/start", Discuss, "conflict not-open", |things| {
            let thread = json!({ "proposal": things.merged, "place": "whole", "quote": "", "kind": "nit", "body": "Why?" });
            Body::Json(json!({ "thread": thread }))
        }),
        function("threads/attach", Discuss, "conflict not-detached", |things| {
            Body::Json(json!({ "thread": things.thread, "place": "whole", "quote": "" }))
        }),
        function("threads/reply", Discuss, "done", |things| form(&[("thread", &things.thread), ("body", "Because.")])),
        function("threads/resolve", Discuss, "done", |things| form(&[("thread", &things.thread), ("resolved", "false")])),
        function("threads/edit_comment", BeItsMaker, "done", |things| form(&[("comment", &things.comment), ("body", "Not mine.")])),
        function("threads/edit_comment", Discuss, "done", |things| form(&[("comment", &things.own_comment), ("body", "Mine.")])),
        function("threads/wordings", Read, "shows Why kestrels?", |things| form(&[("comment", &things.comment)])),
        function("threads/react", Discuss, "done", |things| {
            Body::Json(json!({ "comment": things.comment, "reaction": "eyes", "on": true }))
        }),
        // Whoever began it, or an admin.
        function("threads/change_kind", Administer, "done", |things| form(&[("thread", &things.thread), ("kind", "nit")])),
        function("threads/change_kind", Discuss, "done", |things| form(&[("thread", &things.own_thread), ("kind", "nit")])),
    ]
}

fn suggestions() -> Vec<Row> {
    fn decided(things: &Things) -> Body {
        form(&[("thread", &things.thread), ("edition", "1")])
    }
    vec![
        function("suggestions/suggest", Discuss, "conflict not-open", |things| {
            Body::Json(json!({ "proposal": things.merged, "suggested": [] }))
        }),
        function("suggestions/accept", Write, "conflict no-suggestion", decided),
        function("suggestions/accept_all", Write, "done", proposal),
        // Whoever made it takes it back.
        function("suggestions/reject", Write, "conflict no-suggestion", decided),
    ]
}

/// The empty update, to a proposal that is merged: there is nothing in it to be taken anywhere.
fn changes(things: &Things) -> Body {
    Body::Json(json!({ "proposal": things.merged, "changes": "AAA=" }))
}

fn unsent() -> Vec<Row> {
    vec![
        function("unsent/compare", Read, "shows It forgets.", changes),
        function("unsent/propose", Write, "conflict nothing-new", changes),
        function("unsent/suggest", Discuss, "conflict nothing-new", changes),
    ]
}
