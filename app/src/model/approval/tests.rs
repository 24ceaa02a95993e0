//! The rules about verdicts, case by case and over random histories.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn account(number: u8) -> AccountId {
    AccountId(Uuid::from_u128(u128::from(number)))
}

fn gave(who: u8, verdict: Verdict, revision: i32) -> Given {
    Given { by: Person { id: Some(account(who)), name: format!("P{who}") }, revision, verdict, fate: Fate::Kept }
}

fn frozen(number: i32, content: u8) -> Frozen {
    let section = Section { path: vec![], occurrence: 0, order: 0, hash: format!("section {content}") };
    Frozen { number, content_hash: format!("content {content}"), sections: vec![section] }
}

fn counted(given: &[Given], contents: &[u8], authors: &[u8]) -> Vec<String> {
    let revisions: Vec<Frozen> = (1..).zip(contents).map(|(number, content)| frozen(number, *content)).collect();
    let authors: Vec<AccountId> = authors.iter().copied().map(account).collect();
    counting(given, &revisions, &authors).map(|given| given.by.name.clone()).collect()
}

use Verdict::{Approve, Comment, RequestChanges};

#[test]
fn a_later_verdict_ends_an_earlier_one_of_the_same_person() {
    // (earlier, later, the earlier one is ended)
    for (earlier, later, ended) in [
        ((Comment, 1), (Approve, 1), false),
        ((Comment, 1), (RequestChanges, 2), false),
        ((Approve, 1), (Comment, 1), false),
        ((Approve, 1), (Comment, 2), false),
        ((RequestChanges, 1), (Comment, 2), false),
        ((Approve, 1), (Approve, 1), true),
        ((Approve, 1), (Approve, 2), true),
        ((Approve, 2), (Approve, 1), false),
        ((Approve, 1), (RequestChanges, 1), true),
        ((Approve, 1), (RequestChanges, 2), true),
        ((Approve, 2), (RequestChanges, 1), true),
        ((RequestChanges, 1), (Approve, 1), true),
        ((RequestChanges, 1), (Approve, 2), true),
        ((RequestChanges, 2), (Approve, 1), false),
        ((RequestChanges, 1), (RequestChanges, 2), true),
    ] {
        let same = [gave(1, earlier.0, earlier.1), gave(1, later.0, later.1)];
        assert_eq!(replaced(&same, 0), ended, "{earlier:?} then {later:?}");
        let other = [gave(1, earlier.0, earlier.1), gave(2, later.0, later.1)];
        assert!(!replaced(&other, 0), "somebody else's {later:?} ends no {earlier:?}");
    }
}

#[test]
fn only_a_kept_verdict_stands() {
    for (fate, expected) in [(Fate::Kept, true), (Fate::Withdrawn, false), (Fate::Dismissed, false), (Fate::Lapsed, false)] {
        for verdict in Verdict::ALL {
            let given = [Given { fate, ..gave(1, verdict, 1) }];
            assert_eq!(stands(&given, 0), expected, "{verdict:?} {fate:?}");
            assert_eq!(standing(&given).count() == 1, expected && verdict != Comment);
        }
    }
}

#[test]
fn a_deleted_accounts_verdict_neither_stands_nor_counts() {
    let nobody = Given { by: Person { id: None, name: "former member".into() }, ..gave(1, Approve, 1) };
    assert!(!stands(std::slice::from_ref(&nobody), 0));
    assert!(counted(&[nobody], &[7], &[]).is_empty());
}

#[test]
fn what_was_ended_does_not_come_back_when_its_successor_is_withdrawn() {
    let given = [gave(1, RequestChanges, 1), Given { fate: Fate::Withdrawn, ..gave(1, Approve, 1) }];
    assert_eq!(standing(&given).count(), 0);
}

#[test]
fn a_request_for_changes_outlives_new_revisions() {
    let given = [gave(1, RequestChanges, 1), gave(2, Approve, 3)];
    assert_eq!(standing(&given).filter(|given| given.verdict == RequestChanges).count(), 1);
    assert_eq!(verdict_of(&given, account(1)), Some((RequestChanges, 1)));
}

#[test]
fn an_approval_counts_only_for_what_its_giver_saw() {
    // (contents of revisions 1.., approved revision, counts)
    for (contents, on, counts) in [
        (&[1][..], 1, true),
        (&[1, 2], 1, false),
        (&[1, 2], 2, true),
        (&[1, 2, 1], 1, true),
        (&[1, 2, 1], 2, false),
        (&[1, 2], 3, false),
        (&[], 1, false),
    ] {
        assert_eq!(!counted(&[gave(1, Approve, on)], contents, &[]).is_empty(), counts, "{contents:?} approved {on}");
    }
}

#[test]
fn the_same_text_under_other_section_hashes_is_not_the_same() {
    let mut later = frozen(2, 1);
    later.sections[0].hash.push('x');
    assert!(!frozen(1, 1).shows(&later));
    assert!(frozen(1, 1).shows(&frozen(2, 1)));
    assert!(later.shows(&later.clone()));
}

#[test]
fn an_authors_approval_does_not_count() {
    assert_eq!(counted(&[gave(1, Approve, 1), gave(2, Approve, 1)], &[1], &[1]), ["P2"]);
}

/// One thing that may happen to a proposal.
#[derive(Clone, Debug)]
enum Event {
    Write(u8),
    Send(u8),
    Say(u8, Verdict, usize),
    Lose(usize, Fate),
}

fn event() -> impl Strategy<Value = Event> {
    let verdict = prop::sample::select(Verdict::ALL.to_vec());
    let fate = prop::sample::select(vec![Fate::Withdrawn, Fate::Dismissed, Fate::Lapsed]);
    prop_oneof![
        (0..4_u8).prop_map(Event::Write),
        (0..3_u8).prop_map(Event::Send),
        (0..4_u8, verdict, any::<usize>()).prop_map(|(who, verdict, on)| Event::Say(who, verdict, on)),
        (any::<usize>(), fate).prop_map(|(which, fate)| Event::Lose(which, fate)),
    ]
}

/// A history played: the revisions' contents, the verdicts, and who has written.
fn play(events: &[Event]) -> (Vec<u8>, Vec<Given>, Vec<u8>) {
    let (mut contents, mut given, mut authors): (Vec<u8>, Vec<Given>, Vec<u8>) = Default::default();
    for event in events {
        match event {
            Event::Write(who) => authors.push(*who),
            Event::Send(content) => contents.push(*content),
            Event::Say(who, verdict, on) if !contents.is_empty() => {
                given.push(gave(*who, *verdict, i32::try_from(on % contents.len()).unwrap() + 1));
            }
            Event::Lose(which, fate) if !given.is_empty() => {
                let index = which % given.len();
                given[index].fate = *fate;
            }
            Event::Say(..) | Event::Lose(..) => {}
        }
    }
    (contents, given, authors)
}

/// What somebody stands by after all they said, told forwards: each word is weighed against what they stood by until then.
fn last_words(given: &[Given], who: u8) -> Vec<&Given> {
    let mut words: Vec<&Given> = Vec::new();
    for word in given.iter().filter(|given| given.by.id == Some(account(who)) && given.verdict != Comment) {
        words.retain(|earlier| word.verdict == Approve && earlier.revision > word.revision);
        words.push(word);
    }
    words.retain(|word| word.fate == Fate::Kept);
    words
}

proptest! {
    #[test]
    fn no_approval_ever_counts_for_unseen_text_nor_an_authors(events in prop::collection::vec(event(), 0..40)) {
        let (contents, given, authors) = play(&events);
        let counting = counted(&given, &contents, &authors);
        for name in &counting {
            let who: u8 = name[1..].parse().unwrap();
            prop_assert!(!authors.contains(&who));
            let newest = contents.last().unwrap();
            let saw = |given: &Given| contents[usize::try_from(given.revision).unwrap() - 1] == *newest;
            let approved = given.iter().any(|given| {
                given.by.id == Some(account(who)) && given.verdict == Approve && given.fate == Fate::Kept && saw(given)
            });
            prop_assert!(approved, "{name} counted without having approved what is newest");
        }
    }

    #[test]
    fn those_who_count_are_those_whose_last_word_covers_the_newest(events in prop::collection::vec(event(), 0..40)) {
        let (contents, given, authors) = play(&events);
        let mut counting = counted(&given, &contents, &authors);
        counting.sort_unstable();
        counting.dedup();
        let newest = contents.last();
        let covering = |who: u8| last_words(&given, who).into_iter().any(|given| {
            given.verdict == Approve && Some(&contents[usize::try_from(given.revision).unwrap() - 1]) == newest
        });
        let expected: Vec<String> = (0..4).filter(|who| !authors.contains(who) && covering(*who)).map(|who| format!("P{who}")).collect();
        prop_assert_eq!(counting, expected);
    }

    #[test]
    fn what_stands_are_everybodys_last_words(events in prop::collection::vec(event(), 0..40)) {
        let (_, given, _) = play(&events);
        let mut expected: Vec<&Given> = (0..4).flat_map(|who| last_words(&given, who)).collect();
        let mut found: Vec<&Given> = standing(&given).collect();
        for list in [&mut expected, &mut found] {
            list.sort_by_key(|given| std::ptr::from_ref(*given));
        }
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn nobody_both_demands_changes_of_the_newest_and_approves_it(events in prop::collection::vec(event(), 0..40)) {
        let (contents, given, authors) = play(&events);
        let last = i32::try_from(contents.len()).unwrap();
        for name in counted(&given, &contents, &authors) {
            let who = account(name[1..].parse().unwrap());
            let demands = standing(&given).any(|given| {
                given.by.id == Some(who) && given.verdict == RequestChanges && given.revision == last
            });
            prop_assert!(!demands || contents[..contents.len() - 1].contains(contents.last().unwrap()));
        }
    }

    #[test]
    fn new_content_makes_every_approval_stale(events in prop::collection::vec(event(), 0..40)) {
        let (mut contents, given, authors) = play(&events);
        contents.push(200);
        prop_assert!(counted(&given, &contents, &authors).is_empty());
    }

    #[test]
    fn a_demand_ends_only_by_its_givers_verdict_or_on_record(events in prop::collection::vec(event(), 0..40)) {
        let (_, given, _) = play(&events);
        for (index, demand) in given.iter().enumerate().filter(|(_, given)| given.verdict == RequestChanges) {
            let answered = given[index + 1..].iter().any(|later| later.by == demand.by && later.verdict != Comment);
            prop_assert!(stands(&given, index) || demand.fate != Fate::Kept || answered);
        }
    }
}
