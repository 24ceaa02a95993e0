//! The end of a history: everybody may write again and comes back, and has what is in the log; and that is what was written.

use std::collections::{HashMap, HashSet};

use server::db::log::eraser;
use server::rooms::Reading;

use super::plan::WRITERS;
use super::scene::{Scene, Stored, in_time};
use super::tally::Tally;
use super::time::Wait;

/// Lets a history come to rest and looks at all there is.
pub async fn settle(mut scene: Scene<'_>) -> Result<Tally, String> {
    for account in 0..WRITERS {
        scene.role(account, "editor", &[0, 1]).await;
    }
    come_to_rest(&mut scene).await?;
    let stored = agreed(&mut scene).await?;
    scene.books.verify(&stored.text).map_err(|words| format!("the log is not what was written: {words}"))?;
    contributions(&scene).await?;
    for node in &scene.nodes {
        in_time(scene.stage, "a process that stops", node.rooms.shutdown()).await?;
        scene.books.tally.process(&node.rooms.metrics());
    }
    scene.books.tally.edits = scene.books.lives.iter().map(|life| life.done).sum();
    if scene.books.tally.diverged > 0 {
        return Err("a room had another text than its log".into());
    }
    if scene.stored().await?.text != stored.text {
        return Err("the log changed when the processes stopped".into());
    }
    // Thousands of them would only make the database large.
    sqlx::query("delete from documents where id = $1").bind(scene.world.document.0).execute(&scene.stage.db).await.unwrap();
    Ok(scene.books.tally)
}

/// Everybody takes what has come; whoever is offline comes back.
async fn listen(scene: &mut Scene<'_>) -> Result<usize, String> {
    let mut heard = 0;
    for n in 0..scene.people.len() {
        heard += scene.people[n].listen(&mut scene.books).await;
        if scene.people[n].line.is_none() {
            scene.connect(n, n % 2).await?;
        }
    }
    Ok(heard)
}

/// Everybody is there, and what they did is acknowledged.
async fn come_to_rest(scene: &mut Scene<'_>) -> Result<(), String> {
    let mut wait = Wait::new(scene.stage.patience);
    loop {
        let heard = listen(scene).await?;
        let restless = scene.people.iter().position(|person| {
            let line = person.line.as_ref();
            !line.is_some_and(|line| if person.account == WRITERS { line.synced() } else { line.settled() })
        });
        let Some(restless) = restless else { break };
        if !wait.moment(heard > 0).await {
            let words = scene.people[restless].line.as_ref().map_or("offline".into(), super::line::Line::words);
            return Err(format!("person {restless} does not come to rest: {words}"));
        }
    }
    let owed =
        scene.people.iter().map(|person| &scene.books.lives[person.life]).find(|life| life.limit.is_none() && life.promised < life.done);
    owed.map_or(Ok(()), |life| Err(format!("all frames are acknowledged, and yet not all edits: {life:?}")))
}

/// Everybody's copy and both processes have what is in the log; answers it. It is read anew each time: what a page sent before it was left is
/// committed last of all.
async fn agreed(scene: &mut Scene<'_>) -> Result<Stored, String> {
    let mut wait = Wait::new(scene.stage.patience);
    loop {
        let heard = listen(scene).await?;
        let stored = scene.stored().await?;
        let different = match other_copy(scene, &stored) {
            None => other_node(scene, &stored).await?,
            different => different,
        };
        let Some(different) = different else { return Ok(stored) };
        if !wait.moment(heard > 0).await {
            return Err(format!("{different}\nthe log: {} {:?}", stored.text, stored.clocks));
        }
    }
}

/// A copy that has not the log's text and clocks, or waits for something.
fn other_copy(scene: &mut Scene<'_>, stored: &Stored) -> Option<String> {
    scene.people.iter_mut().enumerate().find_map(|(n, person)| {
        let copied = person.replica.look();
        let same = if person.account == WRITERS {
            scene.books.without(person.life, &copied.text) == scene.books.without(person.life, &stored.text)
        } else {
            copied.text == stored.text && copied.clocks == stored.clocks
        };
        let line = || person.line.as_ref().map_or("offline".into(), super::line::Line::words);
        (!same || copied.pending).then(|| {
            format!(
                "person {n} ({}) has another text than the log; pending: {}\n{} {:?}",
                line(),
                copied.pending,
                copied.text,
                copied.clocks
            )
        })
    })
}

/// A process that has not the log's text.
async fn other_node(scene: &Scene<'_>, stored: &Stored) -> Result<Option<String>, String> {
    for (n, node) in scene.nodes.iter().enumerate() {
        match in_time(scene.stage, "a text", node.rooms.read(scene.world.document)).await? {
            Ok(Reading { text, .. }) if text == stored.text => {}
            Ok(Reading { text, seq, .. }) => return Ok(Some(format!("node {n} has another text than the log at {seq}: {text}"))),
            Err(error) => return Ok(Some(format!("node {n} has no text: {error}"))),
        }
    }
    Ok(None)
}

/// Everything is under the account of whoever did it, and nobody is missing.
async fn contributions(scene: &Scene<'_>) -> Result<(), String> {
    let rows: Vec<(i64, uuid::Uuid)> = sqlx::query_as("select client, account from contributions where document = $1")
        .bind(scene.world.document.0)
        .fetch_all(&scene.stage.db)
        .await
        .unwrap();
    let account = |n: usize| scene.callers[n].account;
    let mut owners: HashMap<u64, _> = scene.books.lives.iter().map(|life| (life.client, account(life.account))).collect();
    // The reader has none, neither as a Yjs client nor as somebody who only deleted.
    owners.retain(|_, owner| *owner != account(WRITERS));
    owners.extend((0..WRITERS).map(|n| (eraser(account(n)), account(n))));
    let mut there = HashSet::new();
    for (client, owner) in rows {
        let client = client.cast_unsigned();
        if owners.get(&client).is_none_or(|account| account.0 != owner) {
            return Err(format!("client {client} is noted as one of {owner}'s"));
        }
        there.insert(client);
    }
    let missing =
        (0..scene.books.lives.len()).find(|life| scene.books.contributed(*life) && !there.contains(&scene.books.lives[*life].client));
    missing.map_or(Ok(()), |life| Err(format!("nobody is noted for {:?}", scene.books.lives[life])))
}
