//! When the process counts as degraded: it shows people edits that are not on disk, and says so.

use std::time::Duration;

/// A turn as fast as this is a sign of recovery.
const FAST: Duration = Duration::from_millis(100);
/// So many fast turns in a row end it: one may be luck.
const FAST_TURNS: u32 = 3;

/// Degraded or not, and how close to the end of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Health {
    degraded: bool,
    fast: u32,
}

impl Health {
    /// Whether it is degraded.
    pub fn degraded(self) -> bool {
        self.degraded
    }

    /// A commit takes too long, or the database is away.
    pub fn worse(&mut self) {
        *self = Self { degraded: true, fast: 0 };
    }

    /// A turn has ended; `all`: it committed everything that waited.
    pub fn turn(&mut self, took: Duration, all: bool) {
        self.fast = if all && took < FAST { self.fast + 1 } else { 0 };
        if self.fast >= FAST_TURNS {
            self.degraded = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_ends_after_three_fast_turns_that_left_nothing() {
        let mut health = Health::default();
        health.worse();
        health.turn(Duration::from_millis(5), true);
        health.turn(Duration::from_millis(5), true);
        assert!(health.degraded());
        health.turn(Duration::from_millis(5), true);
        assert!(!health.degraded());
    }

    #[test]
    fn a_slow_turn_or_one_that_left_something_starts_the_count_anew() {
        for (took, all) in [(150, true), (5, false)] {
            let mut health = Health::default();
            health.worse();
            health.turn(Duration::from_millis(5), true);
            health.turn(Duration::from_millis(5), true);
            health.turn(Duration::from_millis(took), all);
            health.turn(Duration::from_millis(5), true);
            health.turn(Duration::from_millis(5), true);
            assert!(health.degraded());
        }
    }
}
