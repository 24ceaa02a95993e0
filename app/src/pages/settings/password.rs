//! Changing one's password.

use leptos::prelude::*;

use crate::api::accounts::ChangePassword;
use crate::components::{Call, CallForm, Notice, Password, Problem, Submit, Tone, problem_in};
use crate::model::account::PASSWORD_HINT;

/// The form.
#[component]
pub fn ChangePasswordForm() -> impl IntoView {
    let action = Call::<ChangePassword>::new();
    let problem = problem_in(move || action.value().get(), &["current", "new"]);
    view! {
        <section class="stack" aria-labelledby="password">
            <h2 id="password">"Password"</h2>
            <CallForm to=action>
                <div class="stack">
                    <Problem problem=problem("")/>
                    <Password name="current" label="Current password" autocomplete="current-password" problem=problem("current")/>
                    <Password name="new" label="New password" autocomplete="new-password" hint=PASSWORD_HINT problem=problem("new")/>
                    <div class="line">
                        <Submit class="" pending=action.pending()>"Change password"</Submit>
                    </div>
                </div>
            </CallForm>
            <Show when=move || matches!(action.value().get(), Some(Ok(())))>
                <Notice tone=Tone::Success><p role="status">"Your password is changed. Your other sessions have ended."</p></Notice>
            </Show>
        </section>
    }
}
