//! One comment: who, when, what; what is said to it without words; and for its writer a way to change it.

use leptos::html::Textarea;
use leptos::prelude::*;

use crate::api::threads::EditComment;
use crate::components::Avatar;
use crate::components::Moment;
use crate::components::Refusal;
use crate::components::focus::focus_next;
use crate::components::keys::send_on_enter;
use crate::components::thread_margin::Margin;
use crate::components::{Call, CallForm, Icon, Later, hydrated, parts};
use crate::model::ids::CommentId;
use crate::model::thread::{Comment, Thread};

#[component]
pub(super) fn CommentView(comment: Comment, thread: Memo<Thread>) -> impl IntoView {
    let margin = expect_context::<Margin>();
    let editing = RwSignal::new(false);
    let Comment { id, by, at, mine, .. } = comment.clone();
    let now = Memo::new(move |before: Option<&Comment>| {
        let now = thread.with(|thread| thread.comments.iter().find(|comment| comment.id == id).cloned());
        now.or_else(|| before.cloned()).unwrap_or_else(|| comment.clone())
    });
    let edited = Memo::new(move |_| now.with(|now| now.edited.is_some()));
    let html = Memo::new(move |_| now.with(|now| now.html.clone()));
    let body = move || now.with_untracked(|now| now.body.clone());
    view! {
        <li class="comment" id=format!("comment-{id}") tabindex="-1">
            <div class="comment-head">
                <Avatar person=by.clone() size="small"/>
                <strong>{by.name}</strong>
                <span class="muted small">
                    <a class="comment-link" href=format!("#comment-{id}")>
                        <span class="aside">"Link to this comment, "</span>
                        <Moment at/>
                    </a>
                    <Show when=move || edited.get()>" · " <Edited id/></Show>
                </span>
                <Show when=move || mine && margin.may_discuss.get() && !editing.get()>
                    <button type="button" class="button quiet compact comment-edit" on:click=move |_| editing.set(true)>
                        "Edit"
                    </button>
                </Show>
            </div>
            {move || {
                if editing.get() {
                    view! { <Later view=move || parts::edit(id, body(), editing)/> }.into_any()
                } else {
                    view! { <div class="prose comment" inner_html=html></div> }.into_any()
                }
            }}
            <Signs id now/>
        </li>
    }
    .into_any()
}

/// Opens what the comment said before; the window stays once it was opened, so that the focus finds back from it.
#[component]
fn Edited(id: CommentId) -> impl IntoView {
    let open = RwSignal::new(false);
    let asked = Memo::new(move |before| before == Some(&true) || open.get());
    view! {
        <button type="button" class="comment-link" aria-haspopup="dialog" on:click=move |_| open.set(true)>"edited"</button>
        <Show when=move || asked.get()><Later view=move || parts::wordings(id, open)/></Show>
    }
    .into_any()
}

/// What others say to it without words, and the button to do so.
#[component]
fn Signs(id: CommentId, now: Memo<Comment>) -> impl IntoView {
    let margin = expect_context::<Margin>();
    let (ready, choosing) = (hydrated(), RwSignal::new(false));
    let signs = Memo::new(move |_| now.with(|now| now.reactions.clone()));
    // They stay once there were some: whoever takes the last one back has the focus there.
    let shown = Memo::new(move |before| before == Some(&true) || choosing.get() || signs.with(|signs| !signs.is_empty()));
    view! {
        <div class="signs">
            <Show when=move || ready.get() && shown.get()><Later view=move || parts::signs(id, signs, choosing)/></Show>
            <Show when=move || ready.get() && margin.may_discuss.get()>
                <button
                    type="button"
                    class="button quiet compact sign-choice"
                    aria-label="React"
                    title="React"
                    aria-expanded=move || choosing.get().to_string()
                    on:click=move |_| choosing.update(|choosing| *choosing = !*choosing)
                >
                    <Icon name="smile-plus"/>
                </button>
            </Show>
        </div>
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
    // The focus goes back to what opened it.
    let close = move || {
        editing.set(false);
        focus_next(move || document().query_selector(&format!("[id='comment-{id}'] .comment-edit")).ok().flatten());
    };
    Effect::new(move |_| {
        if matches!(edit.value().get(), Some(Ok(()))) {
            margin.threads.again();
            close();
        }
    });
    view! {
        <CallForm to=edit class="thread-form">
            <input type="hidden" name="comment" value=id.to_string()/>
            <textarea class="input" name="body" aria-label="Your comment" required node_ref=words on:keydown=send_on_enter>
                {body}
            </textarea>
            <Refusal of=edit.value()/>
            <p class="muted small">"What it said before stays to be read under “edited”."</p>
            <div class="line">
                <button class="button primary compact" disabled=move || edit.pending().get()>"Save"</button>
                <button type="button" class="button quiet compact" on:click=move |_| close()>"Cancel"</button>
            </div>
        </CallForm>
    }
    .into_any()
}
