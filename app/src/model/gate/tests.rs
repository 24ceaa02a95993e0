//! Every requirement in every state, and the gate as a whole over random facts.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::model::approval::Fate;
use crate::model::review::Verdict;

fn person(number: u8) -> Person {
    let name = ["Ada", "Bo", "Cy", "Di"][usize::from(number)];
    Person { id: Some(AccountId(Uuid::from_u128(u128::from(number) + 1))), name: name.into() }
}

fn gave(who: u8, verdict: Verdict, revision: i32) -> Given {
    Given { by: person(who), revision, verdict, fate: Fate::Kept }
}

fn frozen(number: i32, content: &str) -> Frozen {
    Frozen { number, content_hash: content.into(), sections: vec![] }
}

/// In review, two revisions, approved by Bo, written by Ada: everything met.
fn ready() -> Facts {
    Facts {
        state: ProposalState::InReview,
        merged_version: None,
        revisions: vec![frozen(1, "a"), frozen(2, "b")],
        given: vec![gave(1, Verdict::Approve, 2)],
        authors: vec![person(0).id.unwrap()],
        asked: vec![person(1)],
        blocking: vec![],
        text_as_revised: true,
        base: 3,
        version: 3,
    }
}

fn line(facts: &Facts, name: RequirementName) -> Requirement {
    Gate::of(facts).requirements.into_iter().find(|requirement| requirement.name == name).unwrap()
}

#[track_caller]
fn says(facts: Facts, name: RequirementName, met: bool, why: &str) {
    let requirement = line(&facts, name);
    assert_eq!((requirement.met, requirement.why.as_str()), (met, why));
    assert_eq!(requirement.who.is_empty(), met, "{}", requirement.who);
}

#[test]
fn a_gate_with_everything_met_lets_through() {
    let gate = Gate::of(&ready());
    assert!(gate.met(), "{}", gate.missing());
    assert_eq!(gate.missing(), "");
    assert_eq!(gate.requirements.len(), 6);
}

#[test]
fn in_review_says_where_the_proposal_is() {
    use RequirementName::InReview as Name;
    says(ready(), Name, true, "Revision 2 is in review.");
    for (state, why) in [
        (ProposalState::Draft, "It has not been sent for review."),
        (ProposalState::Merged, "It is merged already."),
        (ProposalState::Closed, "It is closed."),
    ] {
        says(Facts { state, ..ready() }, Name, false, why);
    }
}

#[test]
fn approved_names_who_approved_or_why_nobody_counts() {
    use RequirementName::Approved as Name;
    says(ready(), Name, true, "Bo approved revision 2.");
    let both = vec![gave(1, Verdict::Approve, 2), gave(2, Verdict::Approve, 2)];
    says(Facts { given: both, ..ready() }, Name, true, "Bo and Cy approved revision 2.");
    let back = vec![frozen(1, "a"), frozen(2, "b"), frozen(3, "a")];
    let first = vec![gave(1, Verdict::Approve, 1)];
    let why = "Bo approved revision 1, which reads the same as revision 3.";
    says(Facts { revisions: back, given: first.clone(), ..ready() }, Name, true, why);
    let why = "Bo approved revision 1; it has changed since, and revision 2 is not approved.";
    says(Facts { given: first, ..ready() }, Name, false, why);
    let own = vec![gave(0, Verdict::Approve, 2)];
    let why = "Approved only by Ada, who wrote in it: an author's approval does not count.";
    says(Facts { given: own, ..ready() }, Name, false, why);
    says(Facts { given: vec![], ..ready() }, Name, false, "Nobody has approved revision 2 yet.");
    says(Facts { revisions: vec![], ..ready() }, Name, false, "There is no revision to approve yet.");
}

#[test]
fn approved_names_those_who_were_asked() {
    let who = |asked: Vec<Person>| line(&Facts { given: vec![], asked, ..ready() }, RequirementName::Approved).who;
    assert_eq!(who(vec![person(1)]), "Bo was asked and can approve it, or anybody else who has not written in it.");
    assert_eq!(who(vec![person(1), person(2)]), "Bo and Cy were asked and can approve it, or anybody else who has not written in it.");
    assert_eq!(who(vec![person(0)]), "Somebody who comments or more and has not written in it can approve it.");
}

#[test]
fn requested_changes_stand_whatever_revision_they_were_asked_of() {
    use RequirementName::NoChangesRequested as Name;
    says(ready(), Name, true, "Nobody requests changes.");
    let one = vec![gave(2, Verdict::RequestChanges, 1)];
    says(Facts { given: one.clone(), ..ready() }, Name, false, "Cy requested changes on revision 1.");
    let two = [one.clone(), vec![gave(3, Verdict::RequestChanges, 2)]].concat();
    says(Facts { given: two, ..ready() }, Name, false, "Cy and Di requested changes on earlier revisions.");
    for fate in [Fate::Withdrawn, Fate::Dismissed, Fate::Lapsed] {
        let gone = vec![Given { fate, ..one[0].clone() }];
        says(Facts { given: gone, ..ready() }, Name, true, "Nobody requests changes.");
    }
}

#[test]
fn blocking_threads_are_counted_and_their_beginners_named() {
    use RequirementName::NoBlockingThread as Name;
    says(ready(), Name, true, "No blocking thread is open.");
    says(Facts { blocking: vec![person(1)], ..ready() }, Name, false, "A blocking thread of Bo is open.");
    let two = vec![person(1), person(2)];
    says(Facts { blocking: two, ..ready() }, Name, false, "2 blocking threads are open, begun by Bo and Cy.");
}

#[test]
fn the_text_must_be_the_newest_revisions() {
    use RequirementName::TextAsRevised as Name;
    says(ready(), Name, true, "The text is that of revision 2.");
    says(Facts { text_as_revised: false, ..ready() }, Name, false, "The text or the title has changed since revision 2.");
    says(Facts { revisions: vec![], ..ready() }, Name, false, "There is no revision to compare the text with.");
}

#[test]
fn the_base_must_be_the_designs_newest_version() {
    use RequirementName::BaseCurrent as Name;
    says(ready(), Name, true, "It stands on version 3, the newest.");
    says(Facts { base: 0, version: 0, ..ready() }, Name, true, "Nothing was accepted before it.");
    says(Facts { version: 4, ..ready() }, Name, false, "Version 4 was accepted meanwhile and has not arrived here yet.");
    says(Facts { version: 4, merged_version: Some(4), ..ready() }, Name, true, "It became version 4.");
}

/// What somebody said last that is not a comment; none: nothing.
fn last_word(given: &[Given], who: u8) -> Option<&Given> {
    given.iter().rfind(|given| given.by == person(who) && given.verdict != Verdict::Comment)
}

proptest! {
    /// The six sentences of the rule, each told in one line here, against the gate's six lines.
    #[test]
    fn each_line_is_met_exactly_when_its_rule_says_so(
        state in prop::sample::select(ProposalState::ALL.to_vec()),
        // Of revisions 1 and 2, so that nobody approves an older one after what they said of a newer one: that is `approval`'s to tell.
        verdicts in prop::collection::vec((0..4_u8, prop::sample::select(Verdict::ALL.to_vec())), 0..8),
        sent_again in 0..8_usize,
        blocking in 0..2_usize,
        text_as_revised: bool,
        version in 3..5_i32,
        writers in prop::collection::vec(0..4_u8, 0..3),
    ) {
        let given: Vec<Given> = verdicts.into_iter().enumerate()
            .map(|(place, (who, verdict))| gave(who, verdict, if place < sent_again { 1 } else { 2 }))
            .collect();
        let authors = writers.iter().map(|who| person(*who).id.unwrap()).collect();
        let blocking = vec![person(1); blocking];
        let facts = Facts { state, given: given.clone(), authors, blocking: blocking.clone(), text_as_revised, version, ..ready() };
        let approves = |who: u8| {
            last_word(&given, who).is_some_and(|given| given.verdict == Verdict::Approve && given.revision == 2) && !writers.contains(&who)
        };
        let demands = |who: u8| last_word(&given, who).is_some_and(|given| given.verdict == Verdict::RequestChanges);
        let gate = Gate::of(&facts);
        let met: Vec<bool> = gate.requirements.iter().map(|requirement| requirement.met).collect();
        let expected = [
            state == ProposalState::InReview,
            (0..4).any(approves),
            !(0..4).any(demands),
            blocking.is_empty(),
            text_as_revised,
            version == facts.base,
        ];
        prop_assert_eq!(met, expected);
        prop_assert_eq!(gate.met(), expected.iter().all(|met| *met));
        prop_assert_eq!(gate.missing().is_empty(), gate.met());
        for requirement in &gate.requirements {
            prop_assert_eq!(requirement.met, requirement.who.is_empty());
            prop_assert!(requirement.why.ends_with('.'));
        }
    }
}
