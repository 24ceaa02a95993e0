//! All reviews of a proposal, newest first, with what became of each.

use leptos::prelude::*;

use super::review_acts::ReviewActs;
use super::{Avatar, Moment, VerdictBadge};
use crate::model::ids::AccountId;
use crate::model::review::{Review, Standing, Verdict};
use crate::model::role::Role;

/// The list; `changed` is called after a verdict was withdrawn or dismissed.
#[component]
pub fn ReviewList(
    /// Newest first.
    reviews: Vec<Review>,
    /// Who is looking.
    me: AccountId,
    /// What they may do.
    role: Role,
    /// Called when something was done here.
    changed: Callback<()>,
) -> impl IntoView {
    let entry = move |review: Review| {
        let mine = review.by.id == Some(me);
        view! { <Entry review mine role changed/> }
    };
    let body = if reviews.is_empty() {
        view! { <p class="muted">"No reviews yet."</p> }.into_any()
    } else {
        view! { <ol class="plain">{reviews.into_iter().map(entry).collect_view()}</ol> }.into_any()
    };
    view! {
        <section class="reviews" aria-label="Reviews">
            <h2>"Reviews"</h2>
            {body}
        </section>
    }
    .into_any()
}

#[component]
fn Entry(review: Review, mine: bool, role: Role, changed: Callback<()>) -> impl IntoView {
    let stands = review.standing == Standing::Stands;
    let became = became(&review);
    let Review { id, by, revision, verdict, summary_html, at, .. } = review;
    view! {
        <li class="review" data-stands=stands.to_string()>
            <div class="comment-head">
                <Avatar person=by.clone() size="small"/>
                <strong>{by.name}</strong>
                <VerdictBadge verdict/>
                <span class="muted small">"revision " {revision} " · " <Moment at/></span>
            </div>
            {(!summary_html.is_empty()).then(|| view! { <div class="prose comment" inner_html=summary_html></div> })}
            {became.map(|became| view! { <p class="muted small">{became}</p> })}
            <ReviewActs id may_withdraw=stands && mine may_dismiss=stands && !mine && role == Role::Admin changed/>
        </li>
    }
    .into_any()
}

/// What became of a verdict, when it does not simply stand.
fn became(review: &Review) -> Option<String> {
    match &review.standing {
        Standing::Stands if review.author && review.verdict == Verdict::Approve => {
            Some("Does not count: its giver has written in this proposal.".into())
        }
        Standing::Stands => None,
        Standing::Replaced => Some("Replaced by a later verdict.".into()),
        Standing::Withdrawn => Some("Withdrawn.".into()),
        Standing::Dismissed { by, reason } => Some(format!("Dismissed by {}: {reason}", by.name)),
        Standing::Lapsed => Some("Lapsed: its giver left the team.".into()),
    }
}
