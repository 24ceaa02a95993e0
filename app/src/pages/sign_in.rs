//! Signing in.

use leptos::prelude::*;
use leptos_router::components::Redirect;

use super::door::{Door, arrive, load, next};
use crate::api::accounts::{SignIn as SignInAction, get_me, is_empty};
use crate::components::{Call, CallForm, Field, Loaded, Password, Problem, Submit, problem_in, read};

/// The page. Those who are signed in already go on; on an empty instance there is nobody to sign in.
#[component]
pub fn SignIn() -> impl IntoView {
    let next = next();
    let state = read(|| (), |()| async { Ok((get_me().await?.is_some(), is_empty().await?)) });
    let then = move |state| match state {
        (true, _) => view! { <Redirect path=next.get_untracked()/> }.into_any(),
        (false, true) => view! { <Redirect path="/set-up"/> }.into_any(),
        (false, false) => view! { <SignInForm next/> }.into_any(),
    };
    view! { <Loaded from=state then/> }
}

#[component]
fn SignInForm(next: Memo<String>) -> impl IntoView {
    let action = Call::<SignInAction>::new();
    arrive(action.value().into(), move |()| load(&next.get_untracked()));
    let problem = problem_in(move || action.value().get(), &["email"]);
    view! {
        <Door title="Sign in">
            <CallForm to=action>
                <div class="stack">
                    <Problem problem=problem("")/>
                    <Field name="email" label="E-mail" kind="email" autocomplete="username" autofocus=true problem=problem("email")/>
                    <Password name="password" label="Password" autocomplete="current-password"/>
                    <Submit class="primary large wide" pending=action.pending()>"Sign in"</Submit>
                    <a class="small" href="/forgotten">"I forgot my password"</a>
                </div>
            </CallForm>
            <p class="small muted">"Accounts are made by invitation: ask an admin of your team for a link."</p>
        </Door>
    }
}
