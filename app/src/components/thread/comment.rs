//! One comment: who, when, what; and for its writer a way to change it.

use leptos::html::Textarea;
use leptos::prelude::*;

use crate::api::threads::EditComment;
use crate::components::Avatar;
use crate::components::Moment;
use crate::components::Refusal;
use crate::components::keys::send_on_enter;
use crate::components::thread_margin::Margin;
use crate::components::{Call, CallForm, Later, parts};
use crate::model::ids::CommentId;
use crate::model::thread::Comment;

#[component]
pub(super) fn CommentView(comment: Comment) -> impl IntoView {
    let margin = expect_context::<Margin>();
    let editing = RwSignal::new(false);
    let Comment { id, by, html, body, at, edited, mine } = comment;
    let text = StoredValue::new((html, body));
    view! {
        <li class="comment">
            <div class="comment-head">
                <Avatar person=by.clone() size="small"/>
                <strong>{by.name}</strong>
                <span class="muted small"><Moment at/> {edited.map(|_| " · edited")}</span>
                <Show when=move || mine && margin.may_discuss.get() && !editing.get()>
                    <button type="button" class="button quiet compact" on:click=move |_| editing.set(true)>
                        "Edit"
                    </button>
                </Show>
            </div>
            {move || {
                if editing.get() {
                    view! { <Later view=move || parts::edit(id, text.with_value(|(_, body)| body.clone()), editing)/> }.into_any()
                } else {
                    view! { <div class="prose comment" inner_html=text.with_value(|(html, _)| html.clone())></div> }.into_any()
                }
            }}
        </li>
    }
    .into_any()
}

/// The form that replaces a comment while its writer changes it.
#[component]
pub fn EditForm(id: CommentId, body: String, editing: RwSignal<bool>) -> impl IntoView {
    let margin = expect_context::<Margin>();
    let edit = Call::<EditComment>::new();
    let words = NodeRef::<Textarea>::new();
    // Loaded just now it is not in the page before the next frame.
    words.on_load(|words| {
        request_animation_frame(move || {
            let _ = words.focus();
        });
    });
    Effect::new(move |_| {
        if matches!(edit.value().get(), Some(Ok(()))) {
            margin.threads.again();
            editing.set(false);
        }
    });
    view! {
        <CallForm to=edit class="thread-form">
            <input type="hidden" name="comment" value=id.to_string()/>
            <textarea class="input" name="body" aria-label="Your comment" required node_ref=words on:keydown=send_on_enter>
                {body}
            </textarea>
            <Refusal of=edit.value()/>
            <div class="line">
                <button class="button primary compact" disabled=move || edit.pending().get()>"Save"</button>
                <button type="button" class="button quiet compact" on:click=move |_| editing.set(false)>"Cancel"</button>
            </div>
        </CallForm>
    }
    .into_any()
}
