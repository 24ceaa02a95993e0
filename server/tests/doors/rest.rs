//! REST: what programs call.

use app::model::role::Role;
use app::model::token::Scope;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::ask::{Asked, Body, By, Column, Row, check};
use crate::table::Need::{self, Account, Discuss, Read, Write};
use crate::table::Who;
use crate::things::Things;
use crate::town::Town;

/// Every operation.
pub fn rows() -> Vec<Row> {
    vec![
        get("/me", Account, "shows email", |_| String::new()),
        get("/teams/{slug}/designs", Read, "shows Kestrel ledger", |things| things.slug.clone()),
        post("/teams/{slug}/designs", Write, "invalid markdown", |things| (things.slug.clone(), json!({ "markdown": "\0" }))),
        get("/teams/{slug}/designs/2/text", Read, "shows It forgets.", |things| things.slug.clone()),
        // Strangers do not even learn that nothing is accepted.
        get("/teams/{slug}/designs/1/text", Read, "missing not-accepted-yet", |things| things.slug.clone()),
        post("/teams/{slug}/designs/2/proposals", Write, "invalid title", |things| (things.slug.clone(), json!({ "title": "" }))),
        post("/teams/{slug}/pictures", Discuss, "invalid picture", |things| (things.slug.clone(), json!({}))),
        get("/pictures/{name}", Read, "done", |things| things.picture.clone()),
        get("/proposals/{id}/text", Read, "shows written twice", |things| things.proposal.clone()),
        get("/proposals/{id}/gate", Read, "shows approved", |things| things.proposal.clone()),
        post("/proposals/{id}/close", Write, "invalid reason", |things| (things.proposal.clone(), json!({ "reason": "" }))),
        post("/proposals/{id}/revisions", Write, "invalid reviewers", |things| {
            (things.proposal.clone(), json!({ "reviewers": ["nobody@example.org"] }))
        }),
        post("/proposals/{id}/reviews", Discuss, "conflict not-open", |things| {
            (things.merged.clone(), json!({ "revision": 1, "verdict": "comment" }))
        }),
        post("/proposals/{id}/merge", Write, "conflict gate-not-met", |things| (things.proposal.clone(), json!({ "revision": 1 }))),
    ]
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn every_operation_is_open_to_the_programs_of_those_whom_the_table_names(db: PgPool) {
    let town = Town::new(db).await;
    let mut columns = vec![Column { who: Who::Nobody, by: By::Session }, Column { who: Who::Admin, by: By::CookieAtRest }];
    for who in [Who::Outsider, Who::Viewer, Who::Commenter, Who::Editor, Who::Admin] {
        for scope in [Scope::Read, Scope::Write] {
            columns.push(Column { who, by: By::Token(town.token(who, scope).await, scope) });
        }
    }
    check(&town, rows(), &columns).await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_program_bound_to_one_team_is_a_stranger_in_the_other_whatever_its_account_is_there(db: PgPool) {
    let town = Town::new(db).await;
    let both = town.person(Who::Outsider);
    town.server.join(town.team, both, Role::Admin).await;
    let mut columns = Vec::new();
    for scope in [Scope::Read, Scope::Write] {
        columns.push(Column { who: Who::Outsider, by: By::Token(town.server.token(both, town.elsewhere, scope).await, scope) });
    }
    check(&town, rows(), &columns).await;
}

fn get(path: &'static str, need: Need, granted: &'static str, named: fn(&Things) -> String) -> Row {
    Row::new(format!("GET /api/v1{}", door(path)), need, granted, move |things| Asked {
        method: Method::GET,
        path: filled(path, &named(things)),
        body: Body::None,
    })
}

fn post(path: &'static str, need: Need, granted: &'static str, sent: fn(&Things) -> (String, Value)) -> Row {
    Row::new(format!("POST /api/v1{}", door(path)), need, granted, move |things| {
        let (name, body) = sent(things);
        Asked { method: Method::POST, path: filled(path, &name), body: Body::Json(body) }
    })
}

/// The address as it is registered: the rows fill one variable, and write designs' numbers out.
fn door(path: &str) -> String {
    path.replace("/designs/1/", "/designs/{number}/").replace("/designs/2/", "/designs/{number}/")
}

fn filled(path: &str, name: &str) -> String {
    format!("/api/v1{}", path.replace("{slug}", name).replace("{id}", name).replace("{name}", name))
}
