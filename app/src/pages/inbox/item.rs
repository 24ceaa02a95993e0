//! One thing that waits.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use crate::api::inboxes::PutAway;
use crate::components::{Avatar, Call, CallForm, Icon, Moment, single_key};
use crate::model::inbox::InboxItem;

/// One line: who did what, where, when; E or its button puts it away.
#[component]
pub fn Item(item: InboxItem, put_away: Call<PutAway>) -> impl IntoView {
    let InboxItem { id, what, who, design, title, team, link, at, .. } = item;
    let form = NodeRef::<html::Form>::new();
    let on_key = move |event: KeyboardEvent| {
        let form = form.get_untracked().filter(|_| single_key(&event).as_deref() == Some("e"));
        // There is nothing in it that could be invalid.
        let _ = form.map(|form| form.request_submit());
    };
    let name = who.name.clone();
    let about = if design.contains(&title) { design } else { format!("{design} {title}") };
    view! {
        <li on:keydown=on_key>
            <Avatar person=who size="large"/>
            <div class="grow">
                <a class="open" href=link>
                    <strong>{about}</strong>
                    <span class="small muted">{name} " " {what} " · " {team}</span>
                </a>
            </div>
            <span class="small muted">
                <Moment at/>
            </span>
            <div class="above">
                <CallForm to=put_away node_ref=form>
                    <input type="hidden" name="item" value=id.to_string()/>
                    <button type="submit" class="button quiet square" aria-label="Put away" title="Put away (E)">
                        <Icon name="check"/>
                    </button>
                </CallForm>
            </div>
        </li>
    }
}
