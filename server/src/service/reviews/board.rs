//! Tab Review: everybody asked or who reviewed unasked, what they said, and the gate.

use app::error::Result;
use app::model::account::Person;
use app::model::approval::{Fate, replaced, verdict_of};
use app::model::review::{Review, ReviewBoard, Reviewer, Standing};

use crate::render::{self, Known};
use crate::service::blocking::heavy;
use crate::service::facts::Case;

/// The board of a case; the designs that summaries name are `known`.
pub(super) async fn of(case: Case, known: Known) -> Result<ReviewBoard> {
    let length = case.reviews.iter().map(|review| review.summary.len()).sum();
    heavy(length, move || ReviewBoard { reviewers: reviewers(&case), reviews: reviews(&case, &known), gate: case.gate() }).await
}

/// Those who were asked, in that order, then those who came unasked.
fn reviewers(case: &Case) -> Vec<Reviewer> {
    let asked = case.requested.iter().map(|(person, by)| (person, Some(by.clone())));
    let unasked = case.reviews.iter().map(|review| (&review.given.by, None));
    let mut once: Vec<&Person> = Vec::new();
    let mut listed = Vec::new();
    for (person, asked_by) in asked.chain(unasked) {
        if let Some(account) = person.id.filter(|_| !once.contains(&person)) {
            once.push(person);
            listed.push(Reviewer { person: person.clone(), asked_by, verdict: verdict_of(&case.facts.given, account) });
        }
    }
    listed
}

/// All reviews, newest first.
fn reviews(case: &Case, known: &Known) -> Vec<Review> {
    let reviews = case.reviews.iter().enumerate().map(|(index, review)| Review {
        id: review.id,
        by: review.given.by.clone(),
        revision: review.given.revision,
        verdict: review.given.verdict,
        summary_html: render::comment_among(&review.summary, known),
        summary: review.summary.clone(),
        at: review.at,
        standing: standing(case, index),
        author: case.facts.wrote(review.given.by.id),
    });
    reviews.rev().collect()
}

/// What became of a review. What was done about it outweighs that a later verdict replaced it.
fn standing(case: &Case, index: usize) -> Standing {
    let review = &case.reviews[index];
    match (review.given.fate, &review.dismissed) {
        (Fate::Withdrawn, _) => Standing::Withdrawn,
        (Fate::Dismissed, Some((by, reason))) => Standing::Dismissed { by: by.clone(), reason: reason.clone() },
        (Fate::Lapsed | Fate::Dismissed, _) => Standing::Lapsed,
        (Fate::Kept, _) if replaced(&case.facts.given, index) => Standing::Replaced,
        (Fate::Kept, _) => Standing::Stands,
    }
}
