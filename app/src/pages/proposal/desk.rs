//! What the tabs of a proposal share.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

use super::given::Given;
use super::mode::changes_text;
use crate::api::accounts::get_me;
use crate::api::proposals::{compare_sides, get_proposal, read_proposal};
use crate::api::reviews::get_review_board;
use crate::api::threads::list_threads;
use crate::components::{Fresh, Margin, Saving, Shown};
use crate::error::{AppError, Result};
use crate::live::{Hint, on_hint};
use crate::model::account::{Me, Membership};
use crate::model::diff::Comparison;
use crate::model::proposal::{ProposalPage, Rendered};
use crate::model::review::ReviewBoard;
use crate::model::revision::Side;
use crate::model::role::Act;
use crate::model::thread::Thread;

/// What the page is made with at first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct First {
    team: String,
    me: Me,
    page: ProposalPage,
    threads: Vec<Thread>,
    given: Given,
}

/// Asks for everything that all tabs need, and what the open one shows.
pub(super) async fn load(team: String, design: i32, number: i32, tab: String, query: ParamsMap) -> Result<First> {
    let me = get_me().await?.ok_or(AppError::SignedOut)?;
    let page = get_proposal(team.clone(), design, number).await?;
    let threads = list_threads(page.id).await?;
    let given = Given::of(&tab, &query, &page, &me).await;
    Ok(First { team, me, page, threads, given })
}

/// One open proposal.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// The team's name in links.
    pub team: StoredValue<String>,
    /// Who is looking.
    pub me: StoredValue<Me>,
    /// The frame.
    pub page: Fresh<ProposalPage>,
    /// Its threads and what is done with them.
    pub margin: Margin,
    /// Where the typed text is; none when the editor is not open.
    pub saving: RwSignal<Option<Saving>>,
    /// The person knows that writing makes them an author.
    pub agreed: RwSignal<bool>,
    /// Whether they want what they type to be suggested; none: they have not said.
    pub suggesting: RwSignal<Option<bool>>,
    /// Reviews or the gate changed.
    pub judged: Trigger,
    given: StoredValue<Given>,
}

impl Desk {
    /// A desk with what was loaded.
    pub fn new(first: First) -> Self {
        let First { team, me, page, threads, given } = first;
        let (id, design, number, slug) = (page.id, page.design_number, page.number, team.clone());
        let page = Fresh::new(page, move || get_proposal(slug.clone(), design, number));
        let threads = Fresh::new(threads, move || list_threads(id));
        let may = move |act| Signal::derive(move || page.with(|page| page.role.may(act) && !page.archived));
        let agreed = RwSignal::new(false);
        let changes_text = move || page.with(|page| changes_text(page, agreed.get()));
        let margin = Margin::new(id, threads, may(Act::Discuss), may(Act::Administer), Signal::derive(changes_text));
        if !page.peek(|page| page.state.open()) {
            // It is a record now: what was settled is as good to know as what was not.
            margin.shown.set(Shown::All);
        }
        Self {
            team: StoredValue::new(team),
            me: StoredValue::new(me),
            page,
            margin,
            saving: RwSignal::new(None),
            agreed,
            suggesting: RwSignal::new(None),
            judged: Trigger::new(),
            given: StoredValue::new(given),
        }
    }

    /// The reader's place in the team, as it was when the page was loaded.
    pub fn membership(self) -> Option<Membership> {
        self.team.with_value(|slug| self.me.with_value(|me| me.teams.iter().find(|team| team.slug == *slug).cloned()))
    }

    /// Fetches again what hints say has changed. In the browser.
    pub fn stay_fresh(self) {
        // What the page was made with is used up once it has come alive.
        Effect::new(move || self.given.set_value(Given::default()));
        let id = self.margin.proposal.0;
        on_hint(move |hint| {
            let (frame, threads) = match hint {
                Hint::Proposal { id: other } => (other == id, false),
                Hint::Threads { id: other } => (false, other == id),
                Hint::All | Hint::Access => (true, true),
                _ => (false, false),
            };
            if frame || threads {
                self.changed();
            }
            if threads {
                self.margin.threads.again();
            }
        });
    }

    /// The frame or the judgement of it changed: threads count too, because the gate does.
    pub fn changed(self) {
        self.page.again();
        self.judged.notify();
    }

    /// One of its texts, rendered.
    pub async fn rendered(self, side: Side) -> Result<Rendered> {
        match self.given.with_value(|given| given.text.clone()) {
            Some((given, text)) if given == side => text,
            _ => read_proposal(self.margin.proposal, side).await,
        }
    }

    /// Its reviews, reviewers and gate.
    pub async fn board(self) -> Result<ReviewBoard> {
        match self.given.with_value(|given| given.board.clone()) {
            Some(board) => board,
            None => get_review_board(self.margin.proposal).await,
        }
    }

    /// Two of its texts, compared.
    pub async fn compared(self, from: Side, to: Side) -> Result<Comparison> {
        match self.given.with_value(|given| given.comparison.clone()) {
            Some((old, new, comparison)) if (old, new) == (from, to) => comparison,
            _ => compare_sides(self.margin.proposal, from, to).await,
        }
    }

    /// What the tab History was made with.
    pub fn history(self) -> Option<String> {
        self.given.with_value(|given| given.history.clone())
    }

    /// The link to one of its tabs.
    pub fn link(self, tab: &str) -> String {
        let (design, number) = self.page.peek(|page| (page.design_number, page.number));
        self.team.with_value(|team| crate::pages::links::proposal(team, design, number, tab))
    }

    /// The newest revision, 0 when never sent.
    pub fn newest(self) -> i32 {
        self.page.with(|page| page.newest().unwrap_or(0))
    }
}
