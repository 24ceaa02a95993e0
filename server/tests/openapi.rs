//! The contract with programs: what `/api/v1/openapi.json` says is in `openapi.json` beside this file, and changes only when somebody means it.

mod common;

use std::collections::BTreeSet;

use common::Server;
use serde_json::{Map, Value};
use sqlx::PgPool;

/// The description that was accepted last.
const ACCEPTED: &str = include_str!("openapi.json");

/// How to accept another one.
const ACCEPT: &str = "SQLX_OFFLINE=true cargo test -p server --features app/ssr --test openapi -- --ignored accept";

/// The description as it is now.
fn description() -> Value {
    serde_json::to_value(server::web::rest::description()).expect("JSON")
}

/// As it is written down: keys in order, one thing a line, so that a difference reads as one.
fn written(value: &Value) -> String {
    format!("{}\n", serde_json::to_string_pretty(&sorted(value)).expect("JSON"))
}

/// Whatever order the types and serde's features have.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<&String> = fields.keys().collect();
            names.sort();
            Value::Object(names.into_iter().map(|name| (name.clone(), sorted(&fields[name]))).collect())
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

/// Every operation, with its name for messages.
fn operations(description: &Value) -> Vec<(String, Value)> {
    let of = |(path, verbs): (&String, &Value)| {
        let verbs = verbs.as_object().expect("verbs");
        verbs.iter().map(|(verb, operation)| (format!("{verb} {path}"), operation.clone())).collect::<Vec<_>>()
    };
    description["paths"].as_object().expect("paths").iter().flat_map(of).collect()
}

fn responses(operation: &Value) -> &Map<String, Value> {
    operation["responses"].as_object().expect("responses")
}

#[test]
fn the_description_is_the_one_that_was_accepted() {
    let now = written(&description());
    let line = now.lines().zip(ACCEPTED.lines()).position(|(now, then)| now != then).map_or(0, |line| line + 1);
    assert!(
        now == ACCEPTED,
        "What REST says of itself has changed, first at line {line} of server/tests/openapi.json. Programs rely on it: \
         fields and operations may be added, and nothing renamed or taken away. If it is meant, accept it with\n\n    {ACCEPT}\n"
    );
}

#[test]
#[ignore = "accepts a new description, see above"]
fn accept() {
    std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/openapi.json"), written(&description())).expect("written");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn programs_are_served_this_description(db: PgPool) {
    let server = Server::start(db).await;
    let answer = server.browser().get("/api/v1/openapi.json").await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.json::<Value>(), description());
}

#[test]
fn every_operation_says_what_it_does_and_what_each_answer_means() {
    let description = description();
    let operations = operations(&description);
    assert!(operations.len() > 10, "{}", operations.len());
    // Clients are generated from them.
    let ids: BTreeSet<&str> = operations.iter().filter_map(|(_, operation)| operation["operationId"].as_str()).collect();
    assert_eq!(ids.len(), operations.len(), "each has an id of its own: {ids:?}");
    for (name, operation) in operations {
        assert!(operation["tags"].as_array().is_some_and(|tags| tags.len() == 1), "{name} belongs to no noun");
        assert!(operation["summary"].as_str().is_some_and(|summary| !summary.is_empty()), "{name} has no summary");
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(parameter["description"].as_str().is_some_and(|text| !text.is_empty()), "{name}: {} says nothing", parameter["name"]);
        }
        for (status, response) in responses(&operation) {
            assert!(response["description"].as_str().is_some_and(|text| !text.is_empty()), "{name}: {status} says nothing");
        }
        assert_eq!(responses(&operation).keys().filter(|status| status.starts_with('2')).count(), 1, "{name}");
    }
}

#[test]
fn every_operation_says_what_it_refuses_in_problem_details() {
    for (name, operation) in operations(&description()) {
        let mut wanted = vec!["401", "503"];
        if name.contains('{') {
            wanted.push("404");
        }
        if name.contains("{slug}/designs") && name.starts_with("get") && !name.ends_with("/text") {
            wanted.push("422");
        }
        if operation["requestBody"].is_object() {
            wanted.extend(["403", "413", "422"]);
        }
        if operation["requestBody"]["content"]["application/json"].is_object() {
            wanted.extend(["400", "415"]);
        }
        for status in wanted {
            assert!(responses(&operation).contains_key(status), "{name} does not say what {status} means");
        }
        for (status, response) in responses(&operation).iter().filter(|(status, _)| !status.starts_with('2')) {
            let schema = &response["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(schema, "#/components/schemas/ProblemDetails", "{name}: {status} is no problem's details");
        }
    }
}
