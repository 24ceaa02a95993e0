//! Which of the names in texts lead somewhere.

use app::error::Result;
use app::model::ids::TeamId;
use app::model::named;

use super::Service;
use super::fault::Shown;
use crate::db;
use crate::render::Known;

/// So many different designs are looked up for a text; a text that names more is a list of numbers, and the rest of it stays plain.
const MOST: usize = 2_000;

impl Service {
    /// Those of these numbers that lead somewhere in a team.
    pub(crate) async fn known(&self, team: TeamId, numbers: Vec<i32>) -> Result<Known> {
        if numbers.is_empty() {
            return Ok(Known::default());
        }
        let known = db::designs::known(&self.db, team, &numbers).await.shown()?;
        Ok(known.map_or_else(Known::default, |(slug, numbers)| Known::of(&slug, numbers)))
    }
}

/// Every number that texts may name, in code too: looking one up in vain costs less than reading the texts twice.
pub(crate) fn numbers<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<i32> {
    let mut numbers = std::collections::BTreeSet::new();
    for (_, number) in texts.into_iter().flat_map(named::designs) {
        numbers.insert(number);
        if numbers.len() == MOST {
            break;
        }
    }
    numbers.into_iter().collect()
}
