//! One thing that waits.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::api::inboxes::PutAway;
use crate::components::{Avatar, Icon, Moment, single_key};
use crate::model::inbox::InboxItem;

/// One line: who did what, where, when; E or its button puts it away.
#[component]
pub fn Item(item: InboxItem, put_away: ServerAction<PutAway>) -> impl IntoView {
    let InboxItem { id, what, who, design, title, team, link, at, .. } = item;
    let on_key = move |event: KeyboardEvent| {
        if single_key(&event).as_deref() == Some("e") {
            put_away.dispatch(PutAway { item: id });
        }
    };
    let name = who.name.clone();
    let place = format!("{} · {team}", if design.contains(&title) { design } else { format!("{design} {title}") });
    view! {
        <li on:keydown=on_key>
            <Avatar person=who size="large"/>
            <div class="grow">
                <a class="open" href=link>
                    <strong>{name}</strong>
                    " "
                    {what}
                </a>
                <p class="small muted">{place}</p>
            </div>
            <span class="small muted">
                <Moment at/>
            </span>
            <div class="above">
                <ActionForm action=put_away>
                    <input type="hidden" name="item" value=id.to_string()/>
                    <button type="submit" class="button quiet square" aria-label="Put away" title="Put away (E)">
                        <Icon name="check"/>
                    </button>
                </ActionForm>
            </div>
        </li>
    }
}
