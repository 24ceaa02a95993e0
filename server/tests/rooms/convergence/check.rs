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
    let stored = scene.stored().await?;
    scene.books.verify(&stored.text).map_err(|words| format!("the log is not what was written: {words}"))?;
    same_copies(&mut scene, &stored).await?;
    same_nodes(&mut scene, &stored).await?;
    contributions(&scene).await?;
    for node in &scene.nodes {
        in_time(scene.stage, "a process that stops", node.rooms.shutdown()).await?;
        scene.books.tally.process(&node.rooms.metrics());
    }
    scene.books.tally.edits = scene.books.lives.iter().map(|life| life.done).sum();
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

/// Every copy has the log's text and clocks, and waits for nothing.
async fn same_copies(scene: &mut Scene<'_>, stored: &Stored) -> Result<(), String> {
    let mut wait = Wait::new(scene.stage.patience);
    loop {
        let heard = listen(scene).await?;
        let mut different = None;
        for (n, person) in scene.people.iter_mut().enumerate() {
            let copied = person.replica.look();
            let same = if person.account == WRITERS {
                scene.books.without(person.life, &copied.text) == scene.books.without(person.life, &stored.text)
            } else {
                copied.text == stored.text && copied.clocks == stored.clocks
            };
            if !same || copied.pending {
                different = Some((n, copied));
                break;
            }
        }
        let Some((n, copied)) = different else { return Ok(()) };
        if !wait.moment(heard > 0).await {
            let line = scene.people[n].line.as_ref().map_or("offline".into(), super::line::Line::words);
            let mut nodes = Vec::new();
            for node in &scene.nodes {
                let reading = in_time(scene.stage, "a text", node.rooms.read(scene.world.document)).await?;
                nodes.push(reading.map(|reading| (reading.seq, reading.text == stored.text)));
            }
            return Err(format!(
                "person {n} ({line}) has another text than the log; nodes {nodes:?}; pending: {}\n{}\n{}\n{:?}\n{:?}",
                copied.pending, copied.text, stored.text, copied.clocks, stored.clocks
            ));
        }
    }
}

/// Both processes have the log's text.
async fn same_nodes(scene: &mut Scene<'_>, stored: &Stored) -> Result<(), String> {
    let mut wait = Wait::new(scene.stage.patience);
    for n in 0..scene.nodes.len() {
        loop {
            let heard = listen(scene).await?;
            let reading = in_time(scene.stage, "a text", scene.nodes[n].rooms.read(scene.world.document)).await?;
            match reading {
                Ok(Reading { text, .. }) if text == stored.text => break,
                other if !wait.moment(heard > 0).await => {
                    return Err(format!("node {n} has another text than the log: {other:?}, not {}", stored.text));
                }
                _ => {}
            }
        }
    }
    Ok(())
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
