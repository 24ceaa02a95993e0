//! Changes that the server does not take any more: what can still be done with them.

use serde::{Deserialize, Serialize};

use super::proposal::{ProposalPage, ProposalState};
use super::role::Act;

/// A new proposal made of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// P-3 of the design.
    pub number: i32,
    /// Passages that the accepted text has changed too: both versions are in the new text.
    pub clashes: u32,
}

impl ProposalPage {
    /// Whether a new proposal can be made of changes that this one does not take any more.
    pub fn carries_on(&self) -> bool {
        !self.state.open() && !self.archived && self.version > 0 && self.role.may(Act::Write)
    }

    /// Whether suggestions can be made of changes that one may not write oneself.
    pub fn takes_suggestions(&self) -> bool {
        self.suggestible() && !self.writable()
    }

    /// What happened, when the page knows why changes are not taken.
    pub fn unwritable(&self) -> Option<String> {
        Some(match self.state {
            _ if self.archived => "The design was archived before they reached the server.".into(),
            ProposalState::Merged => "This proposal was merged before they reached the server.".into(),
            ProposalState::Closed => "This proposal was closed before they reached the server. If it is reopened, they are sent.".into(),
            _ if !self.role.may(Act::Write) => {
                format!("You are {} in this team now, so you may no longer write here.", self.role.with_article())
            }
            _ => {
                let holder = self.held_by.as_ref()?;
                format!("{} holds the text. When it is released, they are sent.", holder.name)
            }
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::model::account::Person;
    use crate::model::ids::{DesignId, ProposalId};
    use crate::model::role::Role;

    fn person() -> Person {
        Person { id: None, name: "Di".into() }
    }

    /// A proposal as somebody of that role finds it who has written in it.
    pub(crate) fn page(state: ProposalState, role: Role) -> ProposalPage {
        ProposalPage {
            id: ProposalId(Uuid::nil()),
            number: 2,
            title: String::new(),
            why: String::new(),
            state,
            by: person(),
            design: DesignId(Uuid::nil()),
            design_number: 1,
            design_title: String::new(),
            version: 1,
            base: 1,
            held_by: None,
            close_reason: None,
            merged_version: None,
            archived: false,
            role,
            wrote: true,
            asked: false,
            revisions: Vec::new(),
            open_threads: 0,
        }
    }

    /// What is offered: a new proposal, suggestions.
    fn offered(page: &ProposalPage) -> (bool, bool) {
        (page.carries_on(), page.takes_suggestions())
    }

    #[test]
    fn a_new_proposal_is_for_editors_and_needs_an_accepted_text() {
        use ProposalState::{Closed, Draft, InReview, Merged};
        for (state, role, expected) in [
            (Merged, Role::Editor, (true, false)),
            (Closed, Role::Admin, (true, false)),
            (Merged, Role::Commenter, (false, false)),
            (InReview, Role::Commenter, (false, true)),
            (Draft, Role::Viewer, (false, false)),
            (Draft, Role::Editor, (false, false)),
        ] {
            assert_eq!(offered(&page(state, role)), expected, "{state:?}, {role}");
        }
        let first = ProposalPage { version: 0, base: 0, ..page(Closed, Role::Editor) };
        let archived = ProposalPage { archived: true, ..page(Merged, Role::Admin) };
        assert_eq!((offered(&first), offered(&archived)), ((false, false), (false, false)));
    }

    #[test]
    fn a_held_text_takes_suggestions_of_editors_too() {
        let held = ProposalPage { held_by: Some(person()), ..page(ProposalState::InReview, Role::Editor) };
        assert_eq!(offered(&held), (false, true));
        assert_eq!(held.unwritable().as_deref(), Some("Di holds the text. When it is released, they are sent."));
    }

    #[test]
    fn what_happened_is_said_as_far_as_the_page_knows_it() {
        let said = |page: ProposalPage| page.unwritable().unwrap_or_default();
        assert!(said(page(ProposalState::Merged, Role::Viewer)).contains("merged"));
        assert!(said(page(ProposalState::InReview, Role::Viewer)).contains("a viewer"));
        assert_eq!(said(page(ProposalState::InReview, Role::Editor)), "");
    }
}
