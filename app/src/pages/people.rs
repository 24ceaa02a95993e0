//! The people of a team: members, what they may do, and how others get in.

mod devices;
mod invitations;
mod invite;
mod member;

use leptos::prelude::*;
use leptos_meta::Title;

use self::devices::Devices;
use self::invitations::Invitations;
use self::invite::Invite;
use self::member::MemberRow;
use super::door::{arrive, load};
use super::params::text_param;
use crate::api::accounts::get_me;
use crate::api::teams::{
    ChangeRole, Invite as InviteAction, MakeResetLink, RemoveMember, RevokeInvitation, SetDeviceCopies, Suspend as SuspendAction,
};
use crate::api::teams::{get_team, list_members};
use crate::components::{Call, Icon, Loaded, Problem, Rows, Secret, ShowMore, problem_in, read};
use crate::error::AppError;
use crate::model::account::Me;
use crate::model::page::Page;
use crate::model::role::{Act, Role};
use crate::model::team::{Member, Team};

/// What can be done here; shared by the page's parts.
#[derive(Clone, Copy)]
struct Acts {
    change_role: Call<ChangeRole>,
    remove: Call<RemoveMember>,
    /// Removing oneself.
    leave: Call<RemoveMember>,
    suspend: Call<SuspendAction>,
    reset: Call<MakeResetLink>,
    invite: Call<InviteAction>,
    revoke: Call<RevokeInvitation>,
    devices: Call<SetDeviceCopies>,
}

impl Acts {
    fn new() -> Self {
        Self {
            change_role: Call::new(),
            remove: Call::new(),
            leave: Call::new(),
            suspend: Call::new(),
            reset: Call::new(),
            invite: Call::new(),
            revoke: Call::new(),
            devices: Call::new(),
        }
    }

    /// Grows with everything that changes the team or the list of its members.
    fn changes(self) -> usize {
        let members = self.change_role.version().get() + self.remove.version().get() + self.suspend.version().get();
        members + self.devices.version().get()
    }

    /// What the last act on a member met with.
    fn problem(self) -> Signal<Option<String>> {
        let answers = [
            problem_in(move || self.change_role.value().get(), &[])(""),
            problem_in(move || self.remove.value().get(), &[])(""),
            problem_in(move || self.leave.value().get(), &[])(""),
            problem_in(move || self.suspend.value().get(), &[])(""),
            problem_in(move || self.reset.value().get(), &[])(""),
        ];
        Signal::derive(move || answers.iter().find_map(Signal::get))
    }
}

/// The page.
#[component]
pub fn People() -> impl IntoView {
    let slug = text_param("team");
    let acts = Acts::new();
    let first = read(
        move || (slug.get(), acts.changes()),
        |(slug, _)| async move {
            let me = get_me().await?.ok_or(AppError::SignedOut)?;
            Ok((me, get_team(slug.clone()).await?, list_members(slug, None).await?))
        },
    );
    // One who left has nothing more to see here.
    arrive(acts.leave.value().into(), |()| load("/"));
    let rows = Rows::default();
    let fetch = move |after| Box::pin(list_members(slug.get_untracked(), Some(after))) as _;
    let then = move |(me, team, page): (Me, Team, Page<Member>)| {
        rows.show(&format!("{}{}", team.slug, acts.changes()), page, |a: &Member, b| a.account == b.account);
        view! {
            <Everybody me team rows acts/>
            <ShowMore pages=rows.pages fetch/>
        }
        .into_any()
    };
    view! {
        <Title text="People"/>
        <main class="page narrow stack">
            <Loaded page=true from=first then/>
        </main>
    }
}

#[component]
fn Everybody(me: Me, team: Team, rows: Rows<Member>, acts: Acts) -> impl IntoView {
    // Not stored: while the list is fetched anew this runs once more for rows whose owner is gone already.
    let slug = team.slug.clone();
    let administers = team.role.may(Act::Administer);
    let members = move || {
        let one = |member| view! { <MemberRow team=slug.clone() role=team.role me=me.clone() member acts/> };
        rows.get().into_iter().map(one).collect_view()
    };
    view! {
        <header class="head">
            <h1>{format!("People in {}", team.name)}</h1>
            {administers.then(|| view! { <a class="button primary" href="#invite"><Icon name="plus"/>"Invite somebody"</a> })}
        </header>
        <RolesExplained/>
        <Problem problem=acts.problem()/>
        <ResetLink acts/>
        <ul class="rows card people">{members}</ul>
        {administers.then(|| view! { <Invite team=team.slug.clone() acts/> <Invitations team=team.slug.clone() acts/> })}
        <Devices team=team.slug allowed=team.device_copies administers act=acts.devices/>
    }
}

#[component]
fn ResetLink(acts: Acts) -> impl IntoView {
    move || {
        let link = acts.reset.value().get()?.ok()?;
        Some(view! {
            <Secret text=link.link label="Link that sets a new password">
                "Give this link to the person. It sets a new password, works once, and is not shown again."
            </Secret>
        })
    }
}

#[component]
fn RolesExplained() -> impl IntoView {
    let line = |role: Role| view! { <li><strong>{role.title()}</strong> " " {role.about()} "."</li> };
    view! {
        <details class="roles">
            <summary>"What each role may do"</summary>
            <ul>{Role::ALL.map(line).into_iter().collect_view()}</ul>
        </details>
    }
}

/// Whether this is the asking person's own line.
fn is_me(me: &Me, member: &Member) -> bool {
    me.account == member.account
}
