//! No door without a row, and no row without a door.

use std::collections::BTreeSet;

use app::routes::App;
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::generate_route_list;
use serde_json::Value;
use sqlx::PgPool;

use crate::ask::Row;
use crate::common::Server;
use crate::{by_hand, functions, pages, rest};

/// Compares the doors there are with the rows of a file of this folder.
#[track_caller]
fn compare(doors: impl IntoIterator<Item = String>, rows: &[Row], file: &str) {
    let (doors, rows): (BTreeSet<String>, BTreeSet<String>) =
        (doors.into_iter().collect(), rows.iter().map(|row| row.door.clone()).collect());
    let bare: Vec<_> = doors.difference(&rows).collect();
    assert!(bare.is_empty(), "nobody says who may pass {bare:?}: write a row for it in server/tests/doors/{file}");
    let gone: Vec<_> = rows.difference(&doors).collect();
    assert!(gone.is_empty(), "there is no {gone:?} any more: take its row out of server/tests/doors/{file}");
}

/// Every operation of REST, behind its method.
async fn operations(server: &Server) -> Vec<String> {
    let description: Value = server.browser().get("/api/v1/openapi.json").await.json();
    let paths = description["paths"].as_object().expect("paths");
    let of = |(path, verbs): (&String, &Value)| {
        let verbs = verbs.as_object().expect("verbs");
        verbs.keys().map(|verb| format!("{} {path}", verb.to_uppercase())).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of).collect()
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn every_page_server_function_and_operation_has_a_row(db: PgPool) {
    let server = Server::start(db).await;
    compare(generate_route_list(App).iter().map(|page| page.path().to_owned()), &pages::rows(), "pages.rs");
    compare(server_fn_paths().map(|(path, _)| path.to_owned()), &functions::rows(), "functions/");
    compare(operations(&server).await, &rest::rows(), "rest.rs");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn every_other_address_of_the_router_has_a_row(db: PgPool) {
    let server = Server::start(db).await;
    let elsewhere: BTreeSet<String> = [pages::rows(), functions::rows(), rest::rows()]
        .iter()
        .flatten()
        .map(|row| row.door.rsplit(' ').next().unwrap_or_default().to_owned())
        .collect();
    let addresses = server.addresses();
    assert!(addresses.len() > elsewhere.len(), "the router tells its addresses: {addresses:?}");
    compare(addresses.into_iter().filter(|address| !elsewhere.contains(address)), &by_hand::rows(), "by_hand.rs");
}
