//! Makes a failing history smaller: parts of it are left out as long as it still fails.

use super::plan::Plan;

/// A smaller plan that still fails, as far as `fails` says so.
pub fn minimise(plan: &Plan, mut fails: impl FnMut(&Plan) -> bool) -> Plan {
    let mut least = plan.clone();
    let mut size = least.steps.len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        while at < least.steps.len() {
            let mut less = least.clone();
            less.steps.drain(at..(at + size).min(least.steps.len()));
            if fails(&less) {
                least = less;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    least
}

#[test]
fn only_the_steps_that_matter_are_left() {
    let plan = Plan::draw(3, 200);
    let wanted = [plan.steps[17].clone(), plan.steps[140].clone()];
    let mut asked = 0;
    let least = minimise(&plan, |plan| {
        asked += 1;
        wanted.iter().all(|step| plan.steps.contains(step))
    });
    assert_eq!(least.steps, wanted);
    assert!(asked < 100, "{asked} times");
}
