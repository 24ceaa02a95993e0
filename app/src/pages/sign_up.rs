//! Joining a team by an invitation's link, with a new account or the one that one has.

use std::sync::Arc;

use leptos::prelude::*;

use super::door::{Door, arrive, load};
use super::params::text_param;
use crate::api::accounts::{AcceptInvitation, SignUp as SignUpAction, get_me, get_welcome};
use crate::backend::Visit;
use crate::components::{Call, CallForm, Failure, Field, Loaded, Password, Problem, Submit, problem_in, read};
use crate::error::AppError;
use crate::model::account::{Me, PASSWORD_HINT, Welcome};

/// The page.
#[component]
pub fn SignUp() -> impl IntoView {
    let token = text_param("token");
    let state = read(move || token.get(), |token| async { Ok::<_, AppError>((get_welcome(token).await, get_me().await?)) });
    let then = move |state| {
        let invitation = token.get_untracked();
        match state {
            (Ok(welcome), Some(me)) => view! { <Join invitation welcome me/> }.into_any(),
            (Ok(welcome), None) => view! { <NewAccount invitation welcome/> }.into_any(),
            (Err(AppError::NotFound(why)), _) => view! { <Over why/> }.into_any(),
            (Err(error), _) => view! { <Door title="Invitation"><Failure error/></Door> }.into_any(),
        }
    };
    view! { <Loaded from=state then/> }
}

/// Whoever stands here may have no account: there is no inbox to go to.
#[component]
fn Over(why: String) -> impl IntoView {
    if let Some(visit) = use_context::<Arc<dyn Visit>>() {
        visit.fail(404);
    }
    view! {
        <Door title="This invitation no longer works">
            <p>{why}</p>
            <a class="button" href="/sign-in">"I have an account: sign in"</a>
        </Door>
    }
}

fn invites(welcome: &Welcome) -> String {
    format!("{} invites you to the team {} as {}.", welcome.by, welcome.team, welcome.role.with_article())
}

#[component]
fn Join(invitation: String, welcome: Welcome, me: Me) -> impl IntoView {
    let action = Call::<AcceptInvitation>::new();
    arrive(action.value().into(), |team| load(&format!("/teams/{team}")));
    let problem = problem_in(move || action.value().get(), &[]);
    view! {
        <Door title=format!("Join {}", welcome.team)>
            <p>{invites(&welcome)}</p>
            <p class="muted">{format!("You are signed in as {} ({}).", me.name, me.email)}</p>
            <Problem problem=problem("")/>
            <CallForm to=action>
                <input type="hidden" name="invitation" value=invitation/>
                <Submit class="primary large wide" pending=action.pending()>"Join the team"</Submit>
            </CallForm>
        </Door>
    }
}

#[component]
fn NewAccount(invitation: String, welcome: Welcome) -> impl IntoView {
    let action = Call::<SignUpAction>::new();
    arrive(action.value().into(), |()| load("/"));
    let problem = problem_in(move || action.value().get(), &["name", "email", "password"]);
    let sign_in = format!("/sign-in?next=/invitations/{invitation}");
    let invited = invites(&welcome);
    view! {
        <Door title=format!("Join {}", welcome.team)>
            <p>{invited} " Make an account to join, or " <a href=sign_in>"sign in with the one you have"</a> "."</p>
            <CallForm to=action>
                <div class="stack">
                    <input type="hidden" name="invitation" value=invitation/>
                    <Problem problem=problem("")/>
                    <Field name="name" label="Your name" autocomplete="name" autofocus=true problem=problem("name")/>
                    <Field
                        name="email"
                        label="E-mail"
                        kind="email"
                        autocomplete="username"
                        value=welcome.email.unwrap_or_default()
                        problem=problem("email")
                    />
                    <Password name="password" label="Password" autocomplete="new-password" hint=PASSWORD_HINT problem=problem("password")/>
                    <Submit class="primary large wide" pending=action.pending()>"Join the team"</Submit>
                </div>
            </CallForm>
        </Door>
    }
}
