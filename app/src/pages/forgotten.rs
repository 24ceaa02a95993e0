//! A forgotten password: asks for a link by mail.

use leptos::prelude::*;

use super::door::Door;
use crate::api::accounts::ForgetPassword;
use crate::components::{Call, CallForm, Field, Notice, Problem, Submit, Tone, problem_in};

/// The page. It says the same whether or not there is such an account.
#[component]
pub fn Forgotten() -> impl IntoView {
    let action = Call::<ForgetPassword>::new();
    let problem = problem_in(move || action.value().get(), &["email"]);
    let sent = move || matches!(action.value().get(), Some(Ok(())));
    view! {
        <Door title="Forgotten password">
            <Show when=sent>
                <Notice tone=Tone::Success>
                    <p role="status">"If there is an account with this address, a link to set a new password is on its way to it."</p>
                </Notice>
            </Show>
            <p class="muted">"We send a link by mail. Where this instance has no mail, an admin of your team can make one for you."</p>
            <CallForm to=action>
                <div class="stack">
                    <Problem problem=problem("")/>
                    <Field name="email" label="E-mail" kind="email" autocomplete="username" autofocus=true problem=problem("email")/>
                    <Submit class="primary large wide" pending=action.pending()>"Send me a link"</Submit>
                    <a class="small" href="/sign-in">"Back to sign in"</a>
                </div>
            </CallForm>
        </Door>
    }
}
