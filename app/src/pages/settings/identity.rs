//! The name others see.

use leptos::prelude::*;

use crate::api::accounts::RenameAccount;
use crate::components::{Call, CallForm, Field, Notice, Problem, Submit, Tone, problem_in};
use crate::model::account::Me;
use crate::pages::door::arrive;
use crate::pages::frame::Session;

/// The form.
#[component]
pub fn Identity(me: Me) -> impl IntoView {
    let session = expect_context::<Session>();
    let action = Call::<RenameAccount>::new();
    arrive(action.value().into(), move |()| session.me.refetch());
    let problem = problem_in(move || action.value().get(), &["name"]);
    view! {
        <section class="stack" aria-labelledby="you">
            <h2 id="you">"You"</h2>
            <CallForm to=action>
                <div class="stack">
                    <Problem problem=problem("")/>
                    <Field name="name" label="Name" autocomplete="name" value=me.name hint=format!("You sign in as {}.", me.email) problem=problem("name")/>
                    <div class="line">
                        <Submit class="" pending=action.pending()>"Change name"</Submit>
                    </div>
                </div>
            </CallForm>
            <Show when=move || matches!(action.value().get(), Some(Ok(())))>
                <Notice tone=Tone::Success><p role="status">"Your name is changed."</p></Notice>
            </Show>
        </section>
    }
}
