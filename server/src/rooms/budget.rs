//! How much one connection may send: a bucket that refills, so that a burst passes and a flood does not.

use tokio::time::Instant;

/// A token bucket.
#[derive(Clone, Debug)]
pub struct Budget {
    left: f64,
    size: f64,
    per_second: f64,
    at: Instant,
}

impl Budget {
    /// A full bucket of `size`, refilled by `per_second`.
    pub fn new(size: u32, per_second: u32, now: Instant) -> Self {
        Self { left: f64::from(size), size: f64::from(size), per_second: f64::from(per_second), at: now }
    }

    /// Takes `amount`; false when it is not there.
    pub fn take(&mut self, amount: usize, now: Instant) -> bool {
        let amount = f64::from(u32::try_from(amount).unwrap_or(u32::MAX));
        self.left = (self.left + (now - self.at).as_secs_f64() * self.per_second).min(self.size);
        self.at = now;
        let enough = amount <= self.left;
        if enough {
            self.left -= amount;
        }
        enough
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_burst_passes_a_flood_does_not_and_time_refills() {
        let start = Instant::now();
        let mut budget = Budget::new(10, 2, start);
        assert!(budget.take(10, start));
        assert!(!budget.take(1, start));
        assert!(budget.take(4, start + Duration::from_secs(2)));
        assert!(!budget.take(1, start + Duration::from_secs(2)));
        assert!(!budget.take(11, start + Duration::from_secs(3600)), "never more than its size");
    }
}
