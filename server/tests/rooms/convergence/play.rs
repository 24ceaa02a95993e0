//! Plays a history.

use std::time::Duration;

use tokio::task::yield_now;
use tokio::time::advance;

use super::check::settle;
use super::plan::{Plan, Step};
use super::scene::{Scene, Stage};
use super::tally::Tally;
use super::time::{Still, Wait};

/// Plays a history to its end, and says what went wrong. The runtime's clock is paused.
pub async fn play(stage: &Stage, plan: &Plan) -> Result<Tally, String> {
    let _still = Still::hold();
    let mut scene = Scene::set(stage, plan).await;
    for (n, planned) in plan.steps.iter().enumerate() {
        for _ in 0..planned.turns {
            yield_now().await;
        }
        step(&mut scene, &planned.step).await.map_err(|words| format!("step {n}, {:?}: {words}", planned.step))?;
    }
    settle(scene).await
}

async fn step(scene: &mut Scene<'_>, step: &Step) -> Result<(), String> {
    match step {
        Step::Come { who, node } => {
            scene.people[*who].listen(&mut scene.books).await;
            if scene.people[*who].line.is_none() {
                scene.connect(*who, *node).await?;
            }
        }
        Step::Lose { who } => scene.lose(*who),
        Step::Save { who } => save(scene, *who).await?,
        Step::Role { account, role, node } => scene.role(*account, role, &[*node]).await,
        Step::Restart { node } => scene.restart(*node).await?,
        Step::Pass { seconds } => advance(Duration::from_secs(*seconds)).await,
        Step::Audit => {
            scene.books.tally.audits += u64::from(scene.books.lives.iter().any(|life| life.promised < life.done));
            let stored = scene.stored().await?;
            scene.books.verify(&stored.text).map_err(|words| format!("the log is not what was promised: {words}"))?;
        }
        by_hand => edit(scene, by_hand).await,
    }
    Ok(())
}

/// What somebody does to their copy.
async fn edit(scene: &mut Scene<'_>, step: &Step) {
    let (Step::Insert { who, .. }
    | Step::Remove { who, .. }
    | Step::Erase { who, .. }
    | Step::Cut { who, .. }
    | Step::Undo { who }
    | Step::Redo { who }
    | Step::Move { who }
    | Step::Leave { who }) = step
    else {
        unreachable!("everything else is nobody's doing")
    };
    let (person, books) = (&mut scene.people[*who], &mut scene.books);
    person.listen(books).await;
    match step {
        Step::Insert { mark, kind, at, filler, .. } => person.insert(*mark, *kind, *at, *filler, books).await,
        Step::Remove { which, .. } => person.remove(*which, books).await,
        Step::Erase { which, .. } => person.erase(*which, books).await,
        Step::Cut { which, part, .. } => person.cut(*which, *part, books).await,
        Step::Undo { .. } => person.undo(books).await,
        Step::Redo { .. } => person.redo(books).await,
        Step::Move { .. } => person.caret(books).await,
        _ => person.line = None,
    }
}

/// Waits until somebody knows what became of their edits, or is offline.
async fn save(scene: &mut Scene<'_>, who: usize) -> Result<(), String> {
    let mut wait = Wait::new(scene.stage.patience);
    loop {
        let heard = scene.people[who].listen(&mut scene.books).await;
        let Some(line) = scene.people[who].line.as_ref().filter(|line| !line.told()) else { return Ok(()) };
        let words = line.words();
        if !wait.moment(heard > 0).await {
            return Err(format!("waited too long to be told: {words}"));
        }
    }
}
