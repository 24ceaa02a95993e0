//! What a reviewer should know before they write: it costs them their vote.

use leptos::prelude::*;

use super::desk::Desk;
use crate::components::{Notice, Tone};

/// Shown to somebody who was asked to review and would write, until they decide.
#[component]
pub(super) fn AuthorNotice() -> impl IntoView {
    let desk = expect_context::<Desk>();
    view! {
        <Notice tone=Tone::Warning>
            <p><strong>"Writing makes you an author; your approval will not count."</strong></p>
            <p>"You were asked to review this proposal. What you suggest instead costs you nothing: its authors accept it or reject it."</p>
            <div class="line">
                <button type="button" class="button" on:click=move |_| desk.suggesting.set(Some(true))>"Suggest instead"</button>
                <button type="button" class="button quiet" on:click=move |_| desk.agreed.set(true)>"Write all the same"</button>
            </div>
        </Notice>
    }
    .into_any()
}
