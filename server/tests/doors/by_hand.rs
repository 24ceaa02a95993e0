//! What is registered by hand: exports, pictures, the description of REST, health, assets, and the sockets as seen by who opens none.

use reqwest::Method;
use sqlx::PgPool;

use crate::ask::{Asked, Body, By, Column, Row, check};
use crate::common::Answer;
use crate::table::Need::{self, Discuss, Nothing, Read};
use crate::table::Who;
use crate::things::Things;
use crate::town::Town;

/// Every address that is no page, no server function and no operation of REST.
pub fn rows() -> Vec<Row> {
    vec![
        address("/teams/{team}/designs/{number}/export", Read, "shows It forgets.", |things| {
            format!("/teams/{}/designs/2/export", things.slug)
        }),
        address("/teams/{team}/designs/{number}/proposals/{proposal}/export", Read, "shows written twice", |things| {
            format!("/teams/{}/designs/1/proposals/1/export", things.slug)
        }),
        address("/pictures/{name}", Read, "done", |things| format!("/pictures/{}", things.picture)),
        // An empty body, which is no picture.
        Row::new("/teams/{team}/pictures", Discuss, "invalid picture", |things| Asked {
            method: Method::POST,
            path: format!("/teams/{}/pictures", things.slug),
            body: Body::None,
        }),
        // Who may open them, and say what there, is in `sockets.rs`, `messages.rs` and `events.rs`.
        address("/sync/{proposal}", Nothing, "status 400", |things| format!("/sync/{}", things.proposal)),
        address("/events", Nothing, "status 400", |_| "/events".into()),
        address("/api/v1/openapi.json", Nothing, "shows openapi", |_| "/api/v1/openapi.json".into()),
        address("/api/{*unknown}", Nothing, "missing", |_| "/api/v1/unknown".into()),
        address("/healthz", Nothing, "shows live", |_| "/healthz".into()),
        address("/readyz", Nothing, "shows ready", |_| "/readyz".into()),
        address("/pkg/{*name}", Nothing, "done", |_| "/pkg/app.1f0b5a4f2c.js".into()),
        address("/service-worker.js", Nothing, "done", |_| "/service-worker.js".into()),
        // The same for everybody: it is shown to whoever has no network.
        address("/offline", Nothing, "shows You are offline", |_| "/offline".into()),
        address("/favicon.svg", Nothing, "done", |_| "/favicon.svg".into()),
    ]
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn every_other_address_is_open_to_those_whom_the_table_names(db: PgPool) {
    let town = Town::new(db).await;
    let columns = Who::ALL.map(|who| Column { who, by: By::Session });
    check(&town, rows(), &columns).await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn every_other_address_is_only_read_or_only_brought_to(db: PgPool) {
    let town = Town::new(db).await;
    let admin = town.browser(Who::Admin).await;
    // Whatever is not there is so for every method.
    for row in rows().into_iter().filter(|row| row.door != "/api/{*unknown}") {
        let answer = Answer::of(admin.request(Method::DELETE, &row.path(town.things(Who::Admin)))).await;
        let takes = if row.door == "/teams/{team}/pictures" { "POST" } else { "GET,HEAD" };
        assert_eq!((answer.status, answer.header("allow")), (405, takes), "{}", row.door);
    }
}

fn address(door: &'static str, need: Need, granted: &'static str, path: fn(&Things) -> String) -> Row {
    Row::new(door, need, granted, move |things| Asked { method: Method::GET, path: path(things), body: Body::None })
}
