//! An address that nothing answers.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::Failure;
use crate::error::AppError;

/// The page.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <Title text="Not here"/>
        <main class="page">
            <Failure error=AppError::NotFound("There is nothing at this address. The link may be incomplete or out of date.".into())/>
        </main>
    }
}
