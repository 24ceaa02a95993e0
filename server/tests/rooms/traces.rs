//! Real people's keystrokes through the real socket, and real Yjs providers beside it.

use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde::Deserialize;
use server::rooms::Limits;
use sqlx::PgPool;
use tokio::process::Command;
use yrs::{Doc, Text, Transact, Update, updates::decoder::Decode};

use crate::client::{Client, Server};
use crate::support::{World, quick};

/// <https://github.com/josephg/editing-traces>; positions are code points.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Trace {
    end_content: String,
    txns: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    patches: Vec<(u32, u32, String)>,
    /// Concurrent traces only: what its author had seen …
    #[serde(default)]
    parents: Vec<usize>,
    /// … and who that is.
    #[serde(default)]
    agent: usize,
}

/// Where the traces are; a checkout without them beside it tests the rest.
fn traces() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/traces");
    folder.is_dir().then_some(folder)
}

fn trace(path: &Path) -> Trace {
    let mut json = String::new();
    GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_string(&mut json).unwrap();
    serde_json::from_str(&json).unwrap()
}

/// Applies a step to a document, code points turned into UTF-16; answers the update.
fn apply(doc: &Doc, ascii: bool, step: &Step) -> Vec<u8> {
    let text = doc.get_or_insert_text("content");
    let mut edit = doc.transact_mut();
    for (at, delete, insert) in &step.patches {
        let (mut from, mut length) = (*at, *delete);
        if !ascii {
            let now = yrs::GetString::get_string(&text, &edit);
            let units = |chars: &mut dyn Iterator<Item = char>| chars.map(|one| if one.len_utf16() == 2 { 2 } else { 1 }).sum();
            from = units(&mut now.chars().take(*at as usize));
            length = units(&mut now.chars().skip(*at as usize).take(*delete as usize));
        }
        if length > 0 {
            text.remove_range(&mut edit, from, length);
        }
        if !insert.is_empty() {
            text.insert(&mut edit, from, insert);
        }
    }
    edit.encode_update_v1()
}

/// Whether code points are UTF-16 units throughout.
fn plain(trace: &Trace) -> bool {
    trace.txns.iter().flat_map(|step| &step.patches).all(|(_, _, insert)| insert.chars().all(|one| one.len_utf16() == 1))
}

async fn replay(db: &PgPool, path: &Path) {
    let trace = trace(path);
    let world = World::new(db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    let ascii = plain(&trace);
    for step in &trace.txns {
        let update = apply(&ada.doc, ascii, step);
        ada.raw_update(&update).await;
    }
    ada.saved().await;
    assert!(world.text().await == trace.end_content, "{} did not replay", path.display());
    let world = world.restarted().await;
    assert!(world.text().await == trace.end_content, "{} did not survive", path.display());
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn sequential_histories_end_in_their_text(db: PgPool) {
    let Some(folder) = traces() else { return };
    for name in ["friendsforever_flat", "rustcode", "seph-blog1", "sveltecomponent"] {
        replay(&db, &folder.join(format!("{name}.json.gz"))).await;
    }
}

/// Two people's history: every step is made on what its author had seen, sent by its author's socket, in an order that the other did not know.
#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_concurrent_history_ends_in_one_text_for_all(db: PgPool) {
    let Some(folder) = traces() else { return };
    let trace = trace(&folder.join("concurrent-friendsforever.json.gz"));
    // The clients below do not read while they type.
    let world = World::with(&db, Limits { peer_frames: 100_000, ..quick() }).await;
    let server = Server::start(&world).await;
    let ascii = plain(&trace);
    let mut people = [Client::synced(&server, &world, &world.ada).await, Client::synced(&server, &world, &world.ben).await];
    let mut updates: Vec<Vec<u8>> = Vec::new();
    // How far each author's document has taken the other's steps.
    let mut seen: [Vec<bool>; 2] = [vec![], vec![]];
    for step in &trace.txns {
        let mut needed = step.parents.clone();
        // What its author had seen had come from the server, so the server has it.
        if needed.iter().any(|parent| !seen[step.agent][*parent]) {
            people[1 - step.agent].saved().await;
        }
        while let Some(parent) = needed.pop() {
            if !seen[step.agent][parent] {
                seen[step.agent][parent] = true;
                needed.extend(&trace.txns[parent].parents);
                let update = Update::decode_v1(&updates[parent]).unwrap();
                people[step.agent].doc.transact_mut().apply_update(update).unwrap();
            }
        }
        let update = apply(&people[step.agent].doc, ascii, step);
        people[step.agent].raw_update(&update).await;
        updates.push(update);
        seen[step.agent].push(true);
        seen[1 - step.agent].push(false);
    }
    for person in &mut people {
        person.saved().await;
    }
    // The trace's own text is that of another algorithm, which orders insertions at the same place differently; its characters are the same.
    let text = world.text().await;
    let sorted = |text: &str| {
        let mut all: Vec<char> = text.chars().collect();
        all.sort_unstable();
        all
    };
    assert_eq!(sorted(&text), sorted(&trace.end_content));
    for person in &mut people {
        person.until(|person| person.text() == text).await;
    }
}

/// Stock providers type at once, lose their connections, and agree with each other and with the server.
#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn stock_yjs_providers_converge_with_the_server(db: PgPool) {
    let world = World::new(&db).await;
    world.set("The ledger 💡 writes first.\n").await.unwrap();
    let server = Server::start(&world).await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sync");
    assert!(folder.join("node_modules").is_dir(), "run `npm ci` in {} first", folder.display());
    let address = format!("ws://{}/sync", server.at);
    let output = Command::new("node").arg(folder.join("typing.mjs")).args([address, world.document.to_string()]).output().await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let theirs: String = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(theirs, world.text().await);
    let world = world.restarted().await;
    assert_eq!(theirs, world.text().await);
}
