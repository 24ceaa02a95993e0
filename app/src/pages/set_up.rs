//! The first visit of an empty instance: the first account, the first team, and a sample to try.

use leptos::prelude::*;
use leptos_router::components::Redirect;

use super::door::{Door, arrive, load};
use crate::api::accounts::{LoadSample, SetUp as SetUpAction, get_me, is_empty};
use crate::components::{Call, CallForm, Field, Loaded, Password, Problem, Submit, problem_in, read};
use crate::model::account::PASSWORD_HINT;

/// The page: first the form, then the offer; for everybody else the inbox.
#[component]
pub fn SetUp() -> impl IntoView {
    let action = Call::<SetUpAction>::new();
    // Asked again only once it has worked: a refused form stays as it is, with what was typed.
    let done = Memo::new(move |_| matches!(action.value().get(), Some(Ok(()))));
    let state = read(move || done.get(), |_| async { Ok((is_empty().await?, get_me().await?.is_some_and(|me| me.operator))) });
    let then = move |state| match state {
        (true, _) => view! { <FirstAccount action/> }.into_any(),
        (false, true) => view! { <Offer/> }.into_any(),
        (false, false) => view! { <Redirect path="/"/> }.into_any(),
    };
    view! { <Loaded from=state then/> }
}

#[component]
fn FirstAccount(action: Call<SetUpAction>) -> impl IntoView {
    let problem = problem_in(move || action.value().get(), &["code", "name", "email", "password", "team"]);
    view! {
        <Door title="Set up Quorum">
            <p class="muted">"Make the first account. It runs this instance and is the admin of the first team."</p>
            <CallForm to=action>
                <div class="stack">
                    <Problem problem=problem("")/>
                    <Field
                        name="code"
                        label="One-time code"
                        hint="Printed by the server when it started. It proves that this instance is yours."
                        autofocus=true
                        problem=problem("code")
                    />
                    <Field name="name" label="Your name" autocomplete="name" problem=problem("name")/>
                    <Field name="email" label="E-mail" kind="email" autocomplete="username" problem=problem("email")/>
                    <Password name="password" label="Password" autocomplete="new-password" hint=PASSWORD_HINT problem=problem("password")/>
                    <Field name="team" label="Team" hint="For example Payments. You can invite people to it next." problem=problem("team")/>
                    <Submit class="primary large wide" pending=action.pending()>"Set up"</Submit>
                </div>
            </CallForm>
        </Door>
    }
}

#[component]
fn Offer() -> impl IntoView {
    let action = Call::<LoadSample>::new();
    arrive(action.value().into(), |team| load(&format!("/teams/{team}")));
    let problem = problem_in(move || action.value().get(), &[]);
    view! {
        <Door title="Ready">
            <p>"Would you like something to look at first? The sample team has three people, six designs in different states, and a review under way."</p>
            <Problem problem=problem("")/>
            <CallForm to=action>
                <Submit class="primary large wide" pending=action.pending()>"Load the sample team"</Submit>
            </CallForm>
            <a class="button large" href="/" rel="external">"Start with an empty team"</a>
        </Door>
    }
}
