//! Setting a new password by a link.

use leptos::prelude::*;

use super::door::{Door, arrive, load};
use super::params::text_param;
use crate::api::accounts::ResetPassword;
use crate::components::{Call, CallForm, Password, Problem, Submit, problem_in};
use crate::model::account::PASSWORD_HINT;

/// The page. Afterwards one signs in with the new password; every other session has ended.
#[component]
pub fn Reset() -> impl IntoView {
    let token = text_param("token");
    let action = Call::<ResetPassword>::new();
    arrive(action.value().into(), |()| load("/sign-in"));
    let problem = problem_in(move || action.value().get(), &["password"]);
    view! {
        <Door title="New password">
            <p class="muted">"Choose a new password. You will be signed out everywhere and can then sign in with it."</p>
            <CallForm to=action>
                <div class="stack">
                    <input type="hidden" name="link" value=move || token.get()/>
                    <Problem problem=problem("")/>
                    <Password name="password" label="New password" autocomplete="new-password" hint=PASSWORD_HINT problem=problem("password")/>
                    <Submit class="primary large wide" pending=action.pending()>"Set the password"</Submit>
                </div>
            </CallForm>
        </Door>
    }
}
