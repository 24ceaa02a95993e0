//! Bearer tokens of programs: made, shown once, revoked.

use leptos::prelude::*;

use crate::api::tokens::{CreateToken, RevokeToken, list_tokens};
use crate::components::{Badge, Call, CallForm, Field, Icon, Loaded, Moment, Problem, Secret, Submit, problem_in, read};
use crate::model::account::Membership;
use crate::model::token::{Scope, Token};

/// The list and the form.
#[component]
pub fn Tokens(teams: Vec<Membership>) -> impl IntoView {
    let create = Call::<CreateToken>::new();
    let revoke = Call::<RevokeToken>::new();
    let tokens = read(move || create.version().get() + revoke.version().get(), |_| list_tokens());
    let problem = problem_in(move || revoke.value().get(), &[]);
    let then = move |tokens: Vec<Token>| {
        if tokens.is_empty() {
            return ().into_any();
        }
        let lines = tokens.into_iter().map(|token| view! { <Line token revoke/> }).collect_view();
        view! { <ul class="rows card">{lines}</ul> }.into_any()
    };
    view! {
        <section class="stack" aria-labelledby="tokens">
            <h2 id="tokens">"Tokens for programs"</h2>
            <p class="muted">"A token lets a program use the REST interface and the document sockets of one team as you."</p>
            <Problem problem=problem("")/>
            <Loaded from=tokens then/>
            <NewTokenForm teams create/>
        </section>
    }
}

#[component]
fn Line(token: Token, revoke: Call<RevokeToken>) -> impl IntoView {
    let Token { id, name, hint, team, scope, created, expires, used } = token;
    view! {
        <li>
            <Icon name="key-round"/>
            <div class="grow">
                <p class="line">
                    <strong>{name}</strong>
                    <span class="mono muted">{hint} "…"</span>
                    <Badge text=scope.as_str()/>
                </p>
                <p class="small muted">
                    {team} " · made " <Moment at=created/>
                    {used.map_or_else(|| " · never used".into_any(), |at| view! { " · last used " <Moment at/> }.into_any())}
                    {expires.map(|at| view! { " · ends " <Moment at/> })}
                </p>
            </div>
            <CallForm to=revoke>
                <input type="hidden" name="token" value=id.to_string()/>
                <button type="submit" class="button quiet danger">"Revoke"</button>
            </CallForm>
        </li>
    }
}

#[component]
fn NewTokenForm(teams: Vec<Membership>, create: Call<CreateToken>) -> impl IntoView {
    let problem = problem_in(move || create.value().get(), &["name"]);
    let team = |team: Membership| view! { <option value=team.slug>{team.name}</option> };
    view! {
        <CallForm to=create>
            <div class="card padded stack">
                <h3>"New token"</h3>
                <Problem problem=problem("")/>
                <Field name="name" id="token-name" label="What is it for?" hint="For example: import from the wiki." maxlength=100 problem=problem("name")/>
                <div class="pair">
                    <Choice name="team" label="Team">{teams.into_iter().map(team).collect_view()}</Choice>
                    <Choice name="scope" label="May">
                        <option value=Scope::Read.as_str()>"read"</option>
                        <option value=Scope::Write.as_str()>"do all that I may"</option>
                    </Choice>
                    <Choice name="days" label="Works for">
                        <option value="30">"30 days"</option>
                        <option value="90" selected=true>"90 days"</option>
                        <option value="365">"a year"</option>
                        <option value="">"until it is revoked"</option>
                    </Choice>
                </div>
                <div class="line">
                    <Submit class="" pending=create.pending() needs_script=true>"Make a token"</Submit>
                </div>
                {move || {
                    let secret = create.value().get()?.ok()?;
                    Some(view! { <Secret text=secret label="Token">"Copy the token now: it is not shown again."</Secret> })
                }}
            </div>
        </CallForm>
    }
}

#[component]
fn Choice(name: &'static str, label: &'static str, children: Children) -> impl IntoView {
    let id = format!("token-{name}");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select class="input" id=id name=name>{children()}</select>
        </div>
    }
}
