//! Inviting somebody: a link that works once, shown once.

use leptos::prelude::*;

use super::Acts;
use crate::components::{CallForm, Field, Problem, Secret, Submit, problem_in};
use crate::model::role::Role;
use crate::model::team::NewLink;

/// The form, and the link that it made.
#[component]
#[expect(clippy::large_types_passed_by_value, reason = "handles of signals, which a component owns as it does all it is given")]
pub fn Invite(team: String, acts: Acts) -> impl IntoView {
    let action = acts.invite;
    let problem = problem_in(move || action.value().get(), &["email"]);
    let option = |role: Role| view! { <option value=role.as_str() selected=role == Role::Editor>{role.title()}</option> };
    view! {
        <section class="card padded stack" aria-labelledby="invite">
            <h2 id="invite">"Invite somebody"</h2>
            <CallForm to=action>
                <div class="stack">
                    <input type="hidden" name="team" value=team/>
                    <Problem problem=problem("")/>
                    <div class="pair">
                        <Field
                            name="email"
                            label="E-mail"
                            kind="email"
                            optional=true
                            hint="If this server can send mail, the link is mailed there."
                            problem=problem("email")
                        />
                        <div class="field">
                            <label for="role">"Role"</label>
                            <select class="input" id="role" name="role">{Role::ALL.map(option).into_iter().collect_view()}</select>
                        </div>
                    </div>
                    <div class="line">
                        <Submit pending=action.pending() needs_script=true>"Make an invitation link"</Submit>
                    </div>
                </div>
            </CallForm>
            {move || action.value().get().and_then(Result::ok).map(|link| view! { <Made link/> })}
        </section>
    }
}

#[component]
fn Made(link: NewLink) -> impl IntoView {
    let NewLink { link, mailed } = link;
    view! {
        <Secret text=link label="Invitation link">
            {mailed.then_some("Mailed. ")}
            "Give this link to one person: it works once, for seven days, and is not shown again."
        </Secret>
    }
}
