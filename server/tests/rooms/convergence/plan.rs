//! A history before it is played: all that chance decides, as data that can be kept, played again, and made smaller.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};

/// Accounts that may write, but for a while; the one behind them only ever reads.
pub const WRITERS: usize = 3;
/// Roles that an account is given; an empty one is none.
const ROLES: [&str; 6] = ["editor", "editor", "editor", "commenter", "viewer", ""];

/// One history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// What it was made from. The bus draws from it too: what it loses, repeats and tells late.
    pub seed: u64,
    /// Who takes part.
    pub people: Vec<Part>,
    /// What happens, in order.
    pub steps: Vec<Planned>,
}

/// Somebody with the document open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The number of their account; several may have the same.
    pub account: usize,
    /// A browser's page, with Yjs; otherwise a program with yrs.
    pub page: bool,
}

/// A step, and how many turns everybody else has before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Planned {
    pub turns: u8,
    #[serde(flatten)]
    pub step: Step,
}

/// One thing that happens. Places and choices are numbers that are reduced to what there is when it is played, so that a plan remains one when
/// steps are left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Step {
    /// Writes a mark that nobody else writes.
    Insert { who: usize, mark: u32, kind: Kind, at: u32, filler: u16 },
    /// Deletes one of their own marks.
    Remove { who: usize, which: u32 },
    /// Deletes a mark that is everybody's.
    Erase { who: usize, which: u32 },
    /// Breaks the surrogate pair in one of their marks.
    Cut { who: usize, which: u32, part: Break },
    /// Takes back their last edit.
    Undo { who: usize },
    /// Does again what they took back.
    Redo { who: usize },
    /// Moves their caret.
    Move { who: usize },
    /// Goes offline, and writes on.
    Leave { who: usize },
    /// Comes back.
    Come { who: usize, node: usize },
    /// Closes the page for good, with what was not saved, and opens another.
    Lose { who: usize },
    /// Waits until what they wrote is saved or refused.
    Save { who: usize },
    /// An account's role changes; the process that changed it says so on the bus.
    Role { account: usize, role: String, node: usize },
    /// A process stops in order and another takes its place.
    Restart { node: usize },
    /// Time passes.
    Pass { seconds: u64 },
    /// Somebody reads the log and compares it with what was promised.
    Audit,
}

/// What kind of mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Only who wrote it deletes it, and may take that back.
    Own,
    /// As its own, with a surrogate pair in it, which may be cut.
    Pair,
    /// Anybody deletes it, for good.
    Common,
}

/// How a surrogate pair is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Break {
    /// Its first half is deleted.
    First,
    /// Its second half is deleted.
    Second,
    /// Something is written in between.
    Between,
}

impl Plan {
    /// Draws a history of so many steps.
    pub fn draw(seed: u64, steps: u32) -> Self {
        let mut chance = StdRng::seed_from_u64(seed);
        let count = chance.random_range(3..=8);
        let mut people: Vec<Part> = (0..count).map(|n| Part { account: n % WRITERS, page: (n as u64 + seed).is_multiple_of(2) }).collect();
        if count > 3 && chance.random_bool(0.3) {
            people[count - 1].account = WRITERS;
        }
        let steps = (0..steps).map(|n| planned(&mut chance, n, count)).collect();
        Self { seed, people, steps }
    }
}

fn planned(chance: &mut StdRng, n: u32, people: usize) -> Planned {
    let turns = [0, 0, 0, 1, 2, 5, 20][chance.random_range(0..7)];
    let (who, node) = (chance.random_range(0..people), chance.random_range(0..2));
    let step = match chance.random_range(0..1000) {
        0..420 => insert(chance, who, n),
        420..540 => Step::Remove { who, which: chance.random() },
        540..600 => Step::Erase { who, which: chance.random() },
        600..650 => {
            Step::Cut { who, which: chance.random(), part: [Break::First, Break::Second, Break::Between][chance.random_range(0..3)] }
        }
        650..710 => Step::Undo { who },
        710..740 => Step::Redo { who },
        740..760 => Step::Move { who },
        760..810 => Step::Leave { who },
        810..890 => Step::Come { who, node },
        890..900 => Step::Lose { who },
        900..940 => Step::Save { who },
        940..960 => Step::Role { account: chance.random_range(0..WRITERS), role: ROLES[chance.random_range(0..ROLES.len())].into(), node },
        960..970 => Step::Restart { node },
        970..985 => Step::Pass { seconds: [1, 7, 35, 65, 400][chance.random_range(0..5)] },
        _ => Step::Audit,
    };
    Planned { turns, step }
}

fn insert(chance: &mut StdRng, who: usize, mark: u32) -> Step {
    let kind = [Kind::Own, Kind::Own, Kind::Pair, Kind::Common][chance.random_range(0..4)];
    // Now and then more than the rooms keep of what they are told early.
    let filler = if chance.random_bool(0.01) { chance.random_range(100..20_000) } else { 0 };
    Step::Insert { who, mark, kind, at: chance.random(), filler }
}

#[test]
fn a_plan_is_the_same_for_the_same_seed_and_survives_being_written_down() {
    let plan = Plan::draw(7, 500);
    assert_eq!(plan, Plan::draw(7, 500));
    assert_ne!(plan.steps, Plan::draw(8, 500).steps);
    let written = serde_json::to_string_pretty(&plan).unwrap();
    assert_eq!(serde_json::from_str::<Plan>(&written).unwrap(), plan);
}
