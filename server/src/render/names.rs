//! What a text names: designs by their number, which become links where there is such a design, and people.

use std::collections::BTreeSet;

use app::model::ids::AccountId;
use app::model::named;

use super::autolink;
use super::tree::{self, Block, Kind, Mark, Run, Text, What};

/// The designs that names may lead to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Known {
    /// The beginning of their addresses.
    folder: String,
    numbers: BTreeSet<i32>,
}

impl Known {
    /// Designs of a team, which is given by its name in links.
    pub fn of(team: &str, numbers: impl IntoIterator<Item = i32>) -> Self {
        Self { folder: format!("/teams/{team}/designs/"), numbers: numbers.into_iter().collect() }
    }

    fn address(&self, number: i32) -> Option<String> {
        self.numbers.contains(&number).then(|| format!("{}{number}", self.folder))
    }
}

/// Links the names of known designs in a block's text.
pub fn link<'a>(source: &'a str, known: &Known, block: &mut Block<'a>) {
    if known.numbers.is_empty() {
        return;
    }
    let first = |text: &str| named::designs(text).find_map(|(at, number)| Some((at, known.address(number)?)));
    autolink::link_with(source, block, "D-", first);
}

/// What a text names, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Numbers of designs, whether there are such or not.
    pub designs: BTreeSet<i32>,
    /// Accounts, whoever they are.
    pub people: BTreeSet<AccountId>,
}

/// Reads the names in a text: everywhere but in code, formulas, pictures and HTML that is shown as it is.
pub fn of(text: &str) -> Names {
    let mut names = Names::default();
    for block in &tree::build(text).blocks {
        names.read(block);
    }
    names
}

impl Names {
    fn read(&mut self, block: &Block<'_>) {
        for block in &block.blocks {
            self.read(block);
        }
        if matches!(block.kind, Kind::Code(_) | Kind::Raw { .. }) {
            return;
        }
        for run in &block.runs {
            self.read_run(run);
        }
    }

    fn read_run(&mut self, run: &Run<'_>) {
        let What::Text(Text { shown, .. }) = &run.what else { return };
        if run.marks.iter().any(|mark| matches!(mark, Mark::Code | Mark::Raw | Mark::Image(_) | Mark::Maths { .. })) {
            return;
        }
        self.designs.extend(named::designs(shown).map(|(_, number)| number));
        self.people.extend(run.marks.iter().filter_map(|mark| match mark {
            Mark::Link { href, .. } => named::person(href),
            _ => None,
        }));
    }
}
