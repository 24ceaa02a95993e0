//! Every address of the application, and the page that answers it.

pub(crate) mod parts;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::SsrMode::Async;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{PossibleRouteMatch, path};

use crate::components::{Toaster, Toasts};
use crate::pages::frame::{Frame, Waiting};
use crate::pages::not_found::NotFound;

/// The application. Pages are rendered whole (`Async`) before they are sent, so that they read without any script.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(Toasts::default());
    let waiting = Waiting::default();
    provide_context(waiting.clone());
    view! {
        <Title formatter={move |page: String| waiting.title(&page)}/>
        <Router>
            <Routes fallback=NotFound>
                <Route path=at(path!("/sign-in")) view=parts::SIGN_IN ssr=Async/>
                <Route path=at(path!("/set-up")) view=parts::SET_UP ssr=Async/>
                <Route path=at(path!("/invitations/:token")) view=parts::SIGN_UP ssr=Async/>
                <Route path=at(path!("/forgotten")) view=parts::FORGOTTEN ssr=Async/>
                <Route path=at(path!("/reset/:token")) view=parts::RESET ssr=Async/>
                <ParentRoute path=at(path!("")) view=Frame ssr=Async>
                    <Route path=at(path!("/")) view=parts::INBOX ssr=Async/>
                    <Route path=at(path!("/settings")) view=parts::SETTINGS ssr=Async/>
                    <Route path=at(path!("/teams/:team")) view=parts::TEAM ssr=Async/>
                    <Route path=at(path!("/teams/:team/people")) view=parts::PEOPLE ssr=Async/>
                    <Route path=at(path!("/teams/:team/designs/new")) view=parts::NEW_DESIGN ssr=Async/>
                    <Route path=at(path!("/teams/:team/designs/:number")) view=parts::DESIGN ssr=Async/>
                    <Route path=at(path!("/teams/:team/designs/:number/history")) view=parts::HISTORY ssr=Async/>
                    <Route path=at(path!("/teams/:team/designs/:number/decisions/:version")) view=parts::DECISION ssr=Async/>
                    <Route path=at(path!("/teams/:team/designs/:number/proposals/:proposal/:tab?")) view=parts::PROPOSAL ssr=Async/>
                </ParentRoute>
            </Routes>
        </Router>
        <Toaster/>
    }
}

/// A path whose type does not say which: as with [`parts::Page`], one type for all.
fn at(path: impl PossibleRouteMatch + Send + Sync + 'static) -> Arc<dyn PossibleRouteMatch + Send + Sync> {
    Arc::new(path)
}
