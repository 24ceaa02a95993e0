//! Each page as a route of its own, in the part of the module that the browser loads when one of its pages is first visited.
//!
//! Written by hand instead of with the router's `lazy_route`, which would make a part of every single page: pages that share much share a part.

#![expect(clippy::unnecessary_wraps, reason = "a part that cannot be loaded is the error")]

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use leptos_router::ChooseView;
use leptos_router::hooks::use_params_map;

use crate::backend::Visit;
use crate::components::Failure;
use crate::error::Result;
use crate::pages;
use crate::pages::proposal::parts::{preload_history_tab, preload_read, preload_review};
use crate::shell::EDITOR;

type Loading<T> = Pin<Box<dyn Future<Output = T>>>;

/// A page as the routes know it. One type for all, so that the router's code is in the module once and not once a page.
#[derive(Clone, Copy)]
pub struct Page {
    part: &'static str,
    load: fn() -> Loading<Result<AnyView>>,
    preload: fn() -> Loading<()>,
}

impl ChooseView for Page {
    async fn choose(self) -> AnyView {
        announce(self.part);
        let loaded = (self.load)().await;
        alive();
        loaded.unwrap_or_else(|error| view! { <Failure error/> }.into_any())
    }

    async fn preload(&self) {
        (self.preload)().await;
    }
}

/// Declares the parts, and in each its pages.
macro_rules! parts {
    ($($part:ident { $($name:ident: $load:ident, $preload:ident => $page:path),+ $(,)? })+) => {$($(
        pub const $name: Page = Page {
            part: stringify!($part),
            load: || Box::pin($load()),
            // A failure is met, and said, when the page is shown.
            preload: || Box::pin(async { drop($preload().await) }),
        };

        // Erased at the page's edge: the router's type does not grow with every page.
        #[wasm_split($part, wasm_split_path = leptos::wasm_split, preload($preload), fallible)]
        fn $load() -> Result<AnyView> {
            Ok($page().into_any())
        }
    )+)+};
}

parts! {
    door {
        SIGN_IN: sign_in, preload_sign_in => pages::sign_in::SignIn,
        SET_UP: set_up, preload_set_up => pages::set_up::SetUp,
        SIGN_UP: sign_up, preload_sign_up => pages::sign_up::SignUp,
        FORGOTTEN: forgotten, preload_forgotten => pages::forgotten::Forgotten,
        RESET: reset, preload_reset => pages::reset::Reset,
    }
    library {
        INBOX: inbox, preload_inbox => pages::inbox::Inbox,
        SETTINGS: settings, preload_settings => pages::settings::Settings,
        TEAM: team, preload_team => pages::team::Team,
        PEOPLE: people, preload_people => pages::people::People,
        NEW_DESIGN: new_design, preload_new_design => pages::new_design::NewDesign,
        DESIGN: design, preload_design => pages::design::Design,
        HISTORY: history, preload_history => pages::history::History,
        DECISION: decision, preload_decision => pages::decision::Decision,
    }
}

/// Not declared with the others, because its tabs Read, Review and History are parts of their own.
pub const PROPOSAL: Page = Page { part: "proposal", load: || Box::pin(proposal()), preload: || Box::pin(preload_proposal_page()) };

async fn preload_proposal_page() {
    let part = part_of_tab();
    drop(preload_proposal().await);
    // A page that the server rendered comes alive at once or not at all: what it shows must be there by then.
    match part {
        Some("read") => drop(preload_read().await),
        Some("history") => drop(preload_history_tab().await),
        Some("review") => drop(preload_review().await),
        _ => {}
    }
}

/// The part of the tab that the address names.
fn part_of_tab() -> Option<&'static str> {
    match use_params_map().with_untracked(|params| params.get("tab")).as_deref() {
        None | Some("" | "read") => Some("read"),
        Some("review") => Some("review"),
        Some("history") => Some("history"),
        Some("write") => Some(EDITOR),
        Some(_) => None,
    }
}

#[wasm_split(proposal, wasm_split_path = leptos::wasm_split, preload(preload_proposal), fallible)]
fn proposal() -> Result<AnyView> {
    if let Some(part) = part_of_tab() {
        announce(part);
    }
    Ok(pages::proposal::Proposal().into_any())
}

/// On the server: lets the browser know early what the page needs.
fn announce(part: &str) {
    if let Some(visit) = use_context::<Arc<dyn Visit>>() {
        visit.needs(part);
    }
}

/// Marks the document once a page has come alive, not before its part is loaded: from then on buttons do what their script says, and scripts
/// may change what the server rendered.
pub(crate) fn alive() {
    Effect::new(|| {
        if let Some(root) = document().document_element() {
            // The name is a plain word, so it cannot be refused.
            let _ = root.set_attribute("data-hydrated", "");
        }
    });
}
