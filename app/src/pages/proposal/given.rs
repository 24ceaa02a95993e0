//! What the page was made with for the tab that is open at first. Other tabs, and other texts, are fetched when they are opened.
//!
//! Loaded with the page and not by resources of the tabs' own: what waits for a resource is made several times on the server, and with it
//! every resource inside, so that the browser would look for the values under other numbers than the server gave them.

use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize, Serializer};

use super::history::Shown;
use super::parts;
use super::review::Sides;
use crate::api::proposals::{compare_sides, read_proposal};
use crate::api::reviews::get_review_board;
use crate::error::Result;
use crate::model::account::Me;
use crate::model::diff::Comparison;
use crate::model::proposal::{ProposalPage, Rendered};
use crate::model::review::ReviewBoard;
use crate::model::revision::Side;

/// At most one tab's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Given {
    /// Of Read and History: which text, rendered.
    #[serde(serialize_with = "beside_its_html")]
    pub text: Option<(Side, Result<Rendered>)>,
    /// Of Review.
    pub board: Option<Result<ReviewBoard>>,
    /// Of Review and History: which two texts, compared.
    pub comparison: Option<(Side, Side, Result<Comparison>)>,
    /// Of History: the rest, as it reads it.
    pub history: Option<String>,
}

#[expect(clippy::ref_option, reason = "as serde calls it")]
fn beside_its_html<S: Serializer>(text: &Option<(Side, Result<Rendered>)>, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    text.as_ref().map(|(side, text)| (side, text.as_ref().map(Rendered::beside_its_html))).serialize(serializer)
}

impl Given {
    /// Asks for what the address shows.
    pub async fn of(tab: &str, query: &ParamsMap, page: &ProposalPage, me: &Me) -> Self {
        match tab {
            "read" | "" => {
                let side = read_side(query);
                Self { text: Some((side, read_proposal(page.id, side).await)), ..Self::default() }
            }
            "review" => Self::of_review(query, page, me).await,
            "history" => Self::of_history(query, page).await,
            _ => Self::default(),
        }
    }

    async fn of_history(query: &ParamsMap, page: &ProposalPage) -> Self {
        let shown = Shown::of(query);
        let mut given = Self::default();
        match shown {
            Shown::All => {}
            Shown::One(side) => given.text = Some((side, read_proposal(page.id, side).await)),
            Shown::Two(from, to) => given.comparison = Some((from, to, compare_sides(page.id, from, to).await)),
        }
        // A part that cannot be loaded is met, and said, when the tab is shown.
        if let Ok(asked) = parts::history_given(page.id, shown.points()).await {
            given.history = Some(asked.await);
        }
        given
    }

    async fn of_review(query: &ParamsMap, page: &ProposalPage, me: &Me) -> Self {
        let board = get_review_board(page.id).await;
        let mut given = Self { board: Some(board.clone()), ..Self::default() };
        if let Ok(board) = board {
            let Sides { from, to, .. } = Sides::of(query, page.newest(), board.last_reviewed(me.account));
            given.comparison = Some((from, to, compare_sides(page.id, from, to).await));
        }
        given
    }
}

/// Which text the tab Read shows: `?text=live`, a revision's number or `accepted`.
pub(super) fn read_side(query: &ParamsMap) -> Side {
    query.get("text").and_then(|word| word.parse().ok()).unwrap_or(Side::Live)
}
