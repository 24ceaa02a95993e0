//! What a comment said before it was edited.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::api::threads::list_wordings;
use crate::components::{Dialog, Loaded, Moment, read};
use crate::model::ids::CommentId;
use crate::model::thread::Wording;

/// The newest first, each compared with the one before.
#[component]
pub fn WordingsDialog(id: CommentId, open: RwSignal<bool>) -> impl IntoView {
    let wordings = read(|| (), move |()| list_wordings(id));
    // The drawer that it may stand in closes with the next Escape.
    let stay = |event: KeyboardEvent| event.stop_propagation();
    view! {
        <div on:keydown=stay>
            <Dialog open title="Edits of this comment" wide=true>
                <Loaded from=wordings then=|wordings| view! { <List wordings/> }.into_any()/>
            </Dialog>
        </div>
    }
    .into_any()
}

#[component]
fn List(wordings: Vec<Wording>) -> impl IntoView {
    let last = wordings.len().saturating_sub(1);
    let one = move |(index, Wording { at, html }): (usize, Wording)| {
        let what = match index {
            index if index == last => "Written ",
            0 => "As it is now, edited ",
            _ => "Edited ",
        };
        view! {
            <li class="wording">
                <h3 class="small muted">{what} <Moment at/></h3>
                <div class="prose comment diff" inner_html=html></div>
            </li>
        }
    };
    view! { <ol class="plain wordings" reversed>{wordings.into_iter().enumerate().map(one).collect_view()}</ol> }
}
