//! What the tabs of a proposal share.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::api::accounts::get_me;
use crate::api::proposals::get_proposal;
use crate::api::threads::list_threads;
use crate::components::{Fresh, Margin, Present, Saving};
use crate::error::{AppError, Result};
use crate::live::{Hint, on_hint};
use crate::model::account::Me;
use crate::model::proposal::ProposalPage;
use crate::model::role::Act;
use crate::model::thread::Thread;

/// What the page is made with at first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct First {
    team: String,
    me: Me,
    page: ProposalPage,
    threads: Vec<Thread>,
}

/// Asks for everything that all tabs need.
pub(super) async fn load(team: String, design: i32, number: i32) -> Result<First> {
    let me = get_me().await?.ok_or(AppError::SignedOut)?;
    let page = get_proposal(team.clone(), design, number).await?;
    let threads = list_threads(page.id).await?;
    Ok(First { team, me, page, threads })
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
    /// Who is here; known while the editor is open.
    pub people: RwSignal<Vec<Present>>,
    /// The person knows that writing makes them an author.
    pub agreed: RwSignal<bool>,
    /// Reviews or the gate changed.
    pub judged: Trigger,
}

impl Desk {
    /// A desk with what was loaded.
    pub fn new(first: First) -> Self {
        let First { team, me, page, threads } = first;
        let (id, design, number, slug) = (page.id, page.design_number, page.number, team.clone());
        let page = Fresh::new(page, move || get_proposal(slug.clone(), design, number));
        let threads = Fresh::new(threads, move || list_threads(id));
        let may = move |act| Signal::derive(move || page.with(|page| page.role.may(act) && !page.archived));
        Self {
            team: StoredValue::new(team),
            me: StoredValue::new(me),
            page,
            margin: Margin::new(id, threads, may(Act::Discuss), may(Act::Administer)),
            saving: RwSignal::new(None),
            people: RwSignal::default(),
            agreed: RwSignal::new(false),
            judged: Trigger::new(),
        }
    }

    /// Fetches again what hints say has changed. In the browser.
    pub fn stay_fresh(self) {
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

    /// The link to one of its tabs.
    pub fn link(self, tab: &str) -> String {
        let (design, number) = self.page.peek(|page| (page.design_number, page.number));
        self.team.with_value(|team| crate::pages::links::proposal(team, design, number, tab))
    }

    /// The newest revision, 0 when never sent.
    pub fn newest(self) -> i32 {
        self.page.with(|page| page.revisions.first().map_or(0, |revision| revision.number))
    }
}
