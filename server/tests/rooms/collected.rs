//! Traces, as a collector gets them: the server is a process, the collector is this one.

use std::sync::{Arc, Mutex};

use app::model::ids::ProposalId;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use sqlx::PgPool;
use tokio::net::TcpListener;

use crate::process::{Process, token};
use crate::support::World;
use crate::yjs::Client;

type Batches = Arc<Mutex<Vec<ExportTraceServiceRequest>>>;

/// A collector; answers its address and what it has.
async fn collector() -> (String, Batches) {
    let batches = Batches::default();
    let door = post(|State(batches): State<Batches>, body: Bytes| async move {
        batches.lock().unwrap().push(ExportTraceServiceRequest::decode(body).unwrap());
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().route("/v1/traces", door).with_state(batches.clone());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (address, batches)
}

/// What is said of something under a name.
fn said(attributes: &[KeyValue], name: &str) -> String {
    let found = attributes.iter().find(|attribute| attribute.key == name).and_then(|attribute| attribute.value.clone());
    match found {
        Some(AnyValue { value: Some(Value::StringValue(text)) }) => text,
        Some(AnyValue { value: Some(Value::IntValue(number)) }) => number.to_string(),
        other => panic!("{name} is {other:?} in {attributes:?}"),
    }
}

/// Somebody writes at a process and reads the text; answers the id of the last request.
async fn used(process: &Process, token: &str, document: ProposalId) -> String {
    let socket = format!("{}/sync/{document}?acks=1&token={token}", process.address());
    let mut client = Client::connect(socket, crate::yjs::document()).await;
    client.insert(0, "traced").await;
    client.saved().await;
    let answer = process.ask(&format!("/api/v1/proposals/{document}/text"), token).await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.headers()["x-request-id"].to_str().unwrap().to_owned()
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn requests_openings_and_commits_reach_the_collector_at_the_end_at_the_latest(db: PgPool) {
    let world = World::new(&db).await;
    let token = token(&world, &world.ada).await;
    let (address, batches) = collector().await;
    let process = Process::start_with(&db, &[("QUORUM_OTLP_ENDPOINT", &address)]).await;
    let request = used(&process, &token, world.document).await;
    process.stop();
    process.ended().await;

    let batches = batches.lock().unwrap();
    let told: Vec<_> = batches.iter().flat_map(|batch| &batch.resource_spans).collect();
    let who = &told.first().expect("a batch").resource.as_ref().unwrap().attributes;
    assert_eq!(said(who, "service.name"), "quorum");
    let spans: Vec<&Span> = told.iter().flat_map(|told| &told.scope_spans).flat_map(|scope| &scope.spans).collect();
    let named = |name: &str| spans.iter().filter(|span| span.name == name).map(|span| &span.attributes).collect::<Vec<_>>();
    let answered = named("request")
        .into_iter()
        .find(|about| said(about, "id") == request)
        .unwrap_or_else(|| panic!("{request} is not in {:?}", spans.iter().map(|span| (&span.name, &span.attributes)).collect::<Vec<_>>()));
    assert_eq!(said(answered, "route"), "/api/v1/proposals/{id}/text");
    assert!(named("open").iter().any(|about| said(about, "document") == world.document.to_string()));
    assert!(named("commit").iter().any(|about| said(about, "rows") == "1"));
    // A token is in the address of the socket; what is told of requests is their route.
    assert!(spans.iter().all(|span| !format!("{span:?}").contains(&token)));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_collector_that_is_away_or_silent_holds_nobody_up(db: PgPool) {
    let world = World::new(&db).await;
    let token = token(&world, &world.ada).await;
    // Connections to it are made, and nobody takes them.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    for address in ["http://127.0.0.1:1".to_owned(), format!("http://{}", silent.local_addr().unwrap())] {
        let process = Process::start_with(&db, &[("QUORUM_OTLP_ENDPOINT", &address)]).await;
        used(&process, &token, world.document).await;
        process.stop();
        process.ended().await;
    }
}
