//! Each page as a route of its own, in the part of the module that the browser loads when one of its pages is first visited.
//!
//! Written by hand instead of with the router's `lazy_route`, which would make a part of every single page: pages that share much share a part.

#![expect(clippy::unnecessary_wraps, reason = "a part that cannot be loaded is the error")]

use std::sync::Arc;

use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use leptos_router::LazyRoute;
use leptos_router::hooks::use_params_map;

use crate::backend::Visit;
use crate::components::Failure;
use crate::error::Result;
use crate::pages;
use crate::pages::proposal::parts::preload_review;

/// Declares the parts, and in each a route for every page component.
macro_rules! parts {
    ($($part:ident { $($name:ident: $load:ident, $preload:ident => $page:path),+ $(,)? })+) => {$($(
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl LazyRoute for $name {
            fn data() -> Self {
                announce(stringify!($part));
                Self
            }

            async fn view(_: Self) -> AnyView {
                shown($load().await)
            }

            async fn preload() {
                // A failure is met, and said, when the page is shown.
                let _ = $preload().await;
            }
        }

        // Erased at the page's edge: the router's type does not grow with every page.
        #[wasm_split($part, wasm_split_path = leptos::wasm_split, preload($preload), fallible)]
        fn $load() -> Result<AnyView> {
            Ok($page().into_any())
        }
    )+)+};
}

parts! {
    door {
        SignIn: sign_in, preload_sign_in => pages::sign_in::SignIn,
        SetUp: set_up, preload_set_up => pages::set_up::SetUp,
        SignUp: sign_up, preload_sign_up => pages::sign_up::SignUp,
        Forgotten: forgotten, preload_forgotten => pages::forgotten::Forgotten,
        Reset: reset, preload_reset => pages::reset::Reset,
    }
    library {
        Inbox: inbox, preload_inbox => pages::inbox::Inbox,
        Settings: settings, preload_settings => pages::settings::Settings,
        Team: team, preload_team => pages::team::Team,
        People: people, preload_people => pages::people::People,
        NewDesign: new_design, preload_new_design => pages::new_design::NewDesign,
        Design: design, preload_design => pages::design::Design,
        History: history, preload_history => pages::history::History,
        Decision: decision, preload_decision => pages::decision::Decision,
    }
}

/// Not declared with the others, because its tab Review is a part of its own.
#[derive(Clone, Copy, Debug)]
pub struct Proposal;

impl LazyRoute for Proposal {
    fn data() -> Self {
        announce("proposal");
        Self
    }

    async fn view(_: Self) -> AnyView {
        shown(proposal().await)
    }

    async fn preload() {
        let reviewing = use_params_map().with_untracked(|params| params.get("tab").as_deref() == Some("review"));
        let _ = preload_proposal().await;
        // A page that the server rendered comes alive at once or not at all: what it shows must be there by then.
        if reviewing {
            let _ = preload_review().await;
        }
    }
}

#[wasm_split(proposal, wasm_split_path = leptos::wasm_split, preload(preload_proposal), fallible)]
fn proposal() -> Result<AnyView> {
    Ok(pages::proposal::Proposal().into_any())
}

/// On the server: lets the browser know early what the page needs.
fn announce(part: &str) {
    if let Some(visit) = use_context::<Arc<dyn Visit>>() {
        visit.needs(part);
    }
}

/// The page, or why it is not there.
fn shown(loaded: Result<AnyView>) -> AnyView {
    alive();
    loaded.unwrap_or_else(|error| view! { <Failure error/> }.into_any())
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
