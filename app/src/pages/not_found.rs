//! An address that nothing answers.

use leptos::prelude::*;

use crate::components::Failure;
use crate::error::AppError;

/// The page.
#[component]
pub fn NotFound() -> impl IntoView {
    crate::routes::parts::alive();
    view! {
        <main class="page">
            <a class="brand" href="/">
                <img src="/favicon.svg" alt="" width="24" height="24"/>
                "Quorum"
            </a>
            <Failure page=true error=AppError::NotFound("There is nothing at this address. The link may be incomplete or out of date.".into())/>
        </main>
    }
}
