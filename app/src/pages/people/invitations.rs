//! Invitations that still work.

use leptos::prelude::*;

use super::Acts;
use crate::api::teams::list_invitations;
use crate::components::{CallForm, Icon, Loaded, Moment, Problem, problem_in, read};
use crate::model::team::Invitation;

/// The list; nothing when there are none.
#[component]
#[expect(clippy::large_types_passed_by_value, reason = "handles of signals, which a component owns as it does all it is given")]
pub fn Invitations(team: String, acts: Acts) -> impl IntoView {
    let slug = StoredValue::new(team);
    let open = read(move || acts.invite.version().get() + acts.revoke.version().get(), move |_| list_invitations(slug.get_value()));
    let problem = problem_in(move || acts.revoke.value().get(), &[]);
    let then = move |invitations: Vec<Invitation>| {
        if invitations.is_empty() {
            return ().into_any();
        }
        view! {
            <section class="stack tight" aria-labelledby="invitations">
                <h2 id="invitations">"Open invitations"</h2>
                <ul class="rows card">
                    {invitations.into_iter().map(|invitation| view! { <Line team=slug.get_value() invitation acts/> }).collect_view()}
                </ul>
            </section>
        }
        .into_any()
    };
    view! {
        <Problem problem=problem("")/>
        <Loaded from=open then/>
    }
}

#[component]
fn Line(team: String, invitation: Invitation, acts: Acts) -> impl IntoView {
    let Invitation { id, email, role, by, expires } = invitation;
    view! {
        <li>
            <Icon name="link"/>
            <div class="grow">
                <p>{email.unwrap_or_else(|| "Anybody with the link".into())}</p>
                <p class="small muted">{role.title()} ", invited by " {by} ", ends " <Moment at=expires/></p>
            </div>
            <CallForm to=acts.revoke>
                <input type="hidden" name="team" value=team/>
                <input type="hidden" name="invitation" value=id.to_string()/>
                <button type="submit" class="button quiet danger">"Revoke"</button>
            </CallForm>
        </li>
    }
}
