//! Every address of the application, and the page that answers it.

pub(crate) mod parts;

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::SsrMode::Async;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{Lazy, path};

use self::parts::{Decision, Design, Forgotten, History, Inbox, NewDesign, People, Proposal, Reset, SetUp, Settings, SignIn, SignUp, Team};
use crate::components::{Toaster, Toasts};
use crate::pages::frame::{Frame, Waiting};
use crate::pages::not_found::NotFound;

/// The application. Pages are rendered whole (`Async`) before they are sent, so that they read without any script.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(Toasts::default());
    let waiting = Waiting::default();
    provide_context(waiting);
    view! {
        <Title formatter={move |page: String| waiting.title(&page)}/>
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/sign-in") view={Lazy::<SignIn>::new()} ssr=Async/>
                <Route path=path!("/set-up") view={Lazy::<SetUp>::new()} ssr=Async/>
                <Route path=path!("/invitations/:token") view={Lazy::<SignUp>::new()} ssr=Async/>
                <Route path=path!("/forgotten") view={Lazy::<Forgotten>::new()} ssr=Async/>
                <Route path=path!("/reset/:token") view={Lazy::<Reset>::new()} ssr=Async/>
                <ParentRoute path=path!("") view=Frame ssr=Async>
                    <Route path=path!("/") view={Lazy::<Inbox>::new()} ssr=Async/>
                    <Route path=path!("/settings") view={Lazy::<Settings>::new()} ssr=Async/>
                    <Route path=path!("/teams/:team") view={Lazy::<Team>::new()} ssr=Async/>
                    <Route path=path!("/teams/:team/people") view={Lazy::<People>::new()} ssr=Async/>
                    <Route path=path!("/teams/:team/designs/new") view={Lazy::<NewDesign>::new()} ssr=Async/>
                    <Route path=path!("/teams/:team/designs/:number") view={Lazy::<Design>::new()} ssr=Async/>
                    <Route path=path!("/teams/:team/designs/:number/history") view={Lazy::<History>::new()} ssr=Async/>
                    <Route path=path!("/teams/:team/designs/:number/decisions/:version") view={Lazy::<Decision>::new()} ssr=Async/>
                    <Route path=path!("/teams/:team/designs/:number/proposals/:proposal/:tab?") view={Lazy::<Proposal>::new()} ssr=Async/>
                </ParentRoute>
            </Routes>
        </Router>
        <Toaster/>
    }
}
