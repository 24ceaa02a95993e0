//! One design in a list.

use leptos::prelude::*;

use crate::components::{Avatar, Badge, DesignBadge, Icon, Moment, ProposalBadge, Reviewers};
use crate::model::design::{DesignLine, DesignState};
use crate::pages::links;

/// One line: number, title, states, reviewers with their verdicts, open threads, owner, last change.
#[component]
pub fn Row(team: String, line: DesignLine) -> impl IntoView {
    let DesignLine { number, title, state, proposal, owner, reviewers, open_threads, archived, changed, snippet, .. } = line;
    let threads = format!("{open_threads} open thread{}", if open_threads == 1 { "" } else { "s" });
    let pointed = threads.clone();
    // What is only proposed is read where it is.
    let open = match proposal {
        Some((proposal, _)) if state == DesignState::Proposed && !archived => links::proposal(&team, number, proposal, "read"),
        _ => links::design(&team, number),
    };
    let owned = format!("Owner: {}", owner.name);
    view! {
        <li>
            <span class="number">{format!("D-{number}")}</span>
            <div class="what">
                <a class="open" href=open>{title}</a>
                // Escaped by the server but for its marks.
                {snippet.map(|snippet| view! { <p class="snippet" inner_html=snippet></p> })}
            </div>
            <span class="states">
                <DesignBadge state/>
                {proposal
                    .map(|(proposal, state)| {
                        let address = links::proposal(&team, number, proposal, "read");
                        view! { <a class="above" href=address><ProposalBadge state number=proposal/></a> }
                    })}
                {archived.then(|| view! { <Badge text="Archived"/> })}
            </span>
            <span class="asked"><Reviewers people=reviewers/></span>
            <span class="threads" title=pointed>
                {(open_threads > 0)
                    .then(|| {
                        view! {
                            <Icon name="message-square"/>
                            <span aria-hidden="true">{open_threads}</span>
                            <span class="aside">{threads}</span>
                        }
                    })}
            </span>
            <span class="owner">
                <Avatar person=owner size="small"/>
                <span class="aside">{owned}</span>
            </span>
            <span class="changed"><Moment at=changed/></span>
        </li>
    }
}
