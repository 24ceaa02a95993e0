//! Every address of the application, and the page that answers it.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

/// The application. Pages are rendered whole before they are sent, so that they read without any script.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=|| view! { <main>"There is nothing at this address."</main> }>
                <Route path=path!("/") view=|| view! { <main>"Quorum"</main> } ssr=SsrMode::Async/>
            </Routes>
        </Router>
    }
}
