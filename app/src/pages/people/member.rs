//! One member, and what an admin can do about them.

use leptos::prelude::*;

use super::{Acts, is_me};
use crate::components::{Avatar, Badge, CallForm, Dialog, Icon, Menu, Moment, Submit, Tone, hydrated, send_on_change};
use crate::model::account::{Me, Person};
use crate::model::role::{Act, Role};
use crate::model::team::Member;

/// One line.
#[component]
#[expect(clippy::large_types_passed_by_value, reason = "handles of signals, which a component owns as it does all it is given")]
pub fn MemberRow(team: String, role: Role, me: Me, member: Member, acts: Acts) -> impl IntoView {
    let person = Person { id: Some(member.account), name: member.name.clone() };
    let oneself = is_me(&me, &member);
    let administers = role.may(Act::Administer);
    let id = format!("person-{}", member.account);
    view! {
        <li id=id>
            <Avatar person size="large"/>
            <div class="grow">
                <p class="line">
                    <strong>{member.name.clone()}</strong>
                    {oneself.then(|| view! { <Badge text="You"/> })}
                    {member.suspended.then(|| view! { <Badge tone=Tone::Danger text="Suspended"/> })}
                </p>
                <p class="small muted">{member.email.clone()} " · joined " <Moment at=member.joined/></p>
            </div>
            {if administers {
                view! { <RoleChooser team=team.clone() member=member.clone() acts/> }.into_any()
            } else {
                view! { <span class="muted">{member.role.title()}</span> }.into_any()
            }}
            {(administers || oneself).then(|| view! { <MemberMenu team me member administers acts/> })}
        </li>
    }
}

#[component]
fn RoleChooser(team: String, member: Member, acts: Acts) -> impl IntoView {
    let ready = hydrated();
    let has = member.role;
    let option = move |role: Role| view! { <option value=role.as_str() selected=role == has>{role.title()}</option> };
    view! {
        <CallForm to=acts.change_role>
            <input type="hidden" name="team" value=team/>
            <input type="hidden" name="account" value=member.account.to_string()/>
            <select class="input compact" name="role" aria-label=format!("Role of {}", member.name) on:change=send_on_change>
                {Role::ALL.map(option).into_iter().collect_view()}
            </select>
            <Show when=move || !ready.get()>
                <button type="submit" class="button">"Save"</button>
            </Show>
        </CallForm>
    }
}

#[component]
fn MemberMenu(team: String, me: Me, member: Member, administers: bool, acts: Acts) -> impl IntoView {
    let removing = RwSignal::new(false);
    let oneself = is_me(&me, &member);
    let Member { account, name, suspended, .. } = member;
    let about = format!("More about {name}");
    let reset = (administers && !oneself).then(|| team.clone());
    let act = if oneself { acts.leave } else { acts.remove };
    let words = if oneself { "Leave the team" } else { "Remove from the team" };
    view! {
        <Menu id=format!("member-{account}") label=about>
            {reset
                .map(|team| {
                    view! {
                        <CallForm to=acts.reset>
                            <input type="hidden" name="team" value=team/>
                            <input type="hidden" name="account" value=account.to_string()/>
                            <button type="submit"><Icon name="key-round"/> "Make a password reset link"</button>
                        </CallForm>
                    }
                })}
            {(me.operator && !oneself)
                .then(|| {
                    view! {
                        <CallForm to=acts.suspend>
                            <input type="hidden" name="account" value=account.to_string()/>
                            <input type="hidden" name="suspended" value=(!suspended).to_string()/>
                            <button type="submit"><Icon name="lock"/> {if suspended { "Let in again" } else { "Suspend the account" }}</button>
                        </CallForm>
                    }
                })}
            <button type="button" class="danger" on:click=move |_| removing.set(true)><Icon name="log-out"/> {words}</button>
        </Menu>
        <Dialog open=removing title=if oneself { "Leave the team?".to_owned() } else { format!("Remove {name}?") }>
            <div class="stack">
                <p>{consequence(oneself)}</p>
                <CallForm to=act>
                    <input type="hidden" name="team" value=team/>
                    <input type="hidden" name="account" value=account.to_string()/>
                    <div class="actions">
                        <button type="button" class="button" on:click=move |_| removing.set(false)>"Cancel"</button>
                        <Submit class="danger primary" pending=act.pending()>{if oneself { "Leave" } else { "Remove" }}</Submit>
                    </div>
                </CallForm>
            </div>
        </Dialog>
    }
}

fn consequence(oneself: bool) -> &'static str {
    if oneself {
        "You will no longer see its designs, and your standing verdicts lapse. What you wrote stays. An admin can invite you again."
    } else {
        "They will no longer see the team's designs, and their standing verdicts lapse. What they wrote stays."
    }
}
