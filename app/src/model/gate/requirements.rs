//! Each requirement of the gate: when it is met, and the sentences that say so.

use super::{Facts, Requirement, RequirementName};
use crate::model::account::Person;
use crate::model::approval::{counting, standing};
use crate::model::proposal::ProposalState;
use crate::model::review::Verdict;
use crate::model::sentence::names;

/// A line that is met.
fn met(name: RequirementName, why: impl Into<String>) -> Requirement {
    Requirement { name, met: true, why: why.into(), who: String::new() }
}

/// A line that is not, and who can meet it.
fn unmet(name: RequirementName, why: impl Into<String>, who: impl Into<String>) -> Requirement {
    Requirement { name, met: false, why: why.into(), who: who.into() }
}

/// Sent for review, neither merged nor closed.
pub(super) fn in_review(facts: &Facts) -> Requirement {
    let name = RequirementName::InReview;
    match (facts.state, facts.newest()) {
        (ProposalState::InReview, Some(newest)) => met(name, format!("Revision {newest} is in review.")),
        (ProposalState::InReview | ProposalState::Draft, _) => {
            unmet(name, "It has not been sent for review.", "An editor can send it for review.")
        }
        (ProposalState::Merged, _) => unmet(name, "It is merged already.", "Nobody: a merged proposal stays as it is."),
        (ProposalState::Closed, _) => unmet(name, "It is closed.", "An editor can reopen it."),
    }
}

/// One approval by a non-author that covers the newest revision whole.
pub(super) fn approved(facts: &Facts) -> Requirement {
    let name = RequirementName::Approved;
    let Some(newest) = facts.newest() else {
        return unmet(name, "There is no revision to approve yet.", "An editor can send it for review.");
    };
    let approvers: Vec<_> = counting(&facts.given, &facts.revisions, &facts.authors).collect();
    if approvers.is_empty() {
        return unmet(name, not_approved(facts, newest), who_can_approve(facts));
    }
    let alike = approvers[0].revision;
    let which = if approvers.iter().any(|given| given.revision == newest) {
        format!("revision {newest}")
    } else {
        format!("revision {alike}, which reads the same as revision {newest}")
    };
    met(name, format!("{} approved {which}.", names(approvers.iter().map(|given| &given.by))))
}

/// Why no approval counts: the nearest miss is named.
fn not_approved(facts: &Facts, newest: i32) -> String {
    let approvals = || standing(&facts.given).filter(|given| given.verdict == Verdict::Approve);
    let authors: Vec<&Person> = approvals().filter(|given| facts.wrote(given.by.id)).map(|given| &given.by).collect();
    if !authors.is_empty() {
        return format!("Approved only by {}, who wrote in it: an author's approval does not count.", names(authors));
    }
    match approvals().max_by_key(|given| given.revision) {
        Some(last) => {
            let number = last.revision;
            let givers = approvals().filter(|given| given.revision == number).map(|given| &given.by);
            format!("{} approved revision {number}; it has changed since, and revision {newest} is not approved.", names(givers))
        }
        None => format!("Nobody has approved revision {newest} yet."),
    }
}

/// Those who were asked, by name, or everybody else who could.
fn who_can_approve(facts: &Facts) -> String {
    let able: Vec<&Person> = facts.asked.iter().filter(|person| !facts.wrote(person.id)).collect();
    match able.len() {
        0 => "Somebody who comments or more and has not written in it can approve it.".into(),
        1 => format!("{} was asked and can approve it, or anybody else who has not written in it.", names(able)),
        _ => format!("{} were asked and can approve it, or anybody else who has not written in it.", names(able)),
    }
}

/// Nobody's request for changes stands, whatever revision it was made on.
pub(super) fn no_changes_requested(facts: &Facts) -> Requirement {
    let name = RequirementName::NoChangesRequested;
    let standing: Vec<_> = standing(&facts.given).filter(|given| given.verdict == Verdict::RequestChanges).collect();
    if standing.is_empty() {
        return met(name, "Nobody requests changes.");
    }
    let givers = names(standing.iter().map(|given| &given.by));
    let mut numbers: Vec<i32> = standing.iter().map(|given| given.revision).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let on = match numbers[..] {
        [one] => format!("revision {one}"),
        _ => "earlier revisions".into(),
    };
    let take_back = "can approve or withdraw it; an admin can dismiss it with a reason.";
    unmet(name, format!("{givers} requested changes on {on}."), format!("{givers} {take_back}"))
}

/// No blocking thread is open, detached ones included.
pub(super) fn no_blocking_thread(facts: &Facts) -> Requirement {
    let name = RequirementName::NoBlockingThread;
    let by = names(&facts.blocking);
    let who = "Anybody who may comment can resolve it once it is answered.";
    match facts.blocking.len() {
        0 => met(name, "No blocking thread is open."),
        1 => unmet(name, format!("A blocking thread of {by} is open."), who),
        many => unmet(name, format!("{many} blocking threads are open, begun by {by}."), who),
    }
}

/// The live text and the title are the newest revision's: what was approved is what would be merged.
pub(super) fn text_as_revised(facts: &Facts) -> Requirement {
    let name = RequirementName::TextAsRevised;
    match facts.newest() {
        None => unmet(name, "There is no revision to compare the text with.", "An editor can send it for review."),
        Some(newest) if facts.text_as_revised => met(name, format!("The text is that of revision {newest}.")),
        Some(newest) => unmet(
            name,
            format!("The text or the title has changed since revision {newest}."),
            format!("An editor can send it as a new revision, or put the text back to revision {newest}."),
        ),
    }
}

/// What was accepted meanwhile has arrived.
pub(super) fn base_current(facts: &Facts) -> Requirement {
    let name = RequirementName::BaseCurrent;
    match (facts.merged_version, facts.base, facts.version) {
        (Some(version), ..) => met(name, format!("It became version {version}.")),
        (None, 0, 0) => met(name, "Nothing was accepted before it."),
        (None, base, version) if base == version => met(name, format!("It stands on version {version}, the newest.")),
        (None, _, version) => unmet(
            name,
            format!("Version {version} was accepted meanwhile and has not arrived here yet."),
            "Quorum brings it in by itself; then an editor can send the text as a new revision.",
        ),
    }
}
