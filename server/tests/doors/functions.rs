//! Server functions: what pages call.

mod people;
mod work;

use reqwest::Method;
use sqlx::PgPool;

use crate::ask::{Asked, Body, By, Column, Row, check};
use crate::table::{Need, Who};
use crate::things::Things;
use crate::town::Town;

/// Every server function.
pub fn rows() -> Vec<Row> {
    people::rows().into_iter().chain(work::rows()).collect()
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn every_server_function_is_open_to_those_whom_the_table_names(db: PgPool) {
    let town = Town::new(db).await;
    let columns = Who::ALL.map(|who| Column { who, by: By::Session });
    check(&town, rows(), &columns).await;
}

/// A server function, and what is sent to it.
fn function(name: &'static str, need: Need, granted: &'static str, send: fn(&Things) -> Body) -> Row {
    let door = format!("/rpc/{name}");
    let path = door.clone();
    Row::new(door, need, granted, move |things| Asked { method: Method::POST, path: path.clone(), body: send(things) })
}

/// A form.
fn form(fields: &[(&'static str, &str)]) -> Body {
    Body::Form(fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
}

/// An empty form.
fn nothing(_: &Things) -> Body {
    form(&[])
}

/// A form that names the team.
fn team(things: &Things) -> Body {
    form(&[("team", &things.slug)])
}
