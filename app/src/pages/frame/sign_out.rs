//! Signing out: says first what would be lost, then leaves nothing of the account on this device.

use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Session;
use crate::api::accounts::SignOut;
use crate::components::{Call, CallForm, Dialog, Icon, Toasts};
use crate::editor;
use crate::model::ids::AccountId;
use crate::pages::door::load;

/// The button; a plain form until the script is there.
#[component]
pub fn SignOutButton(account: AccountId) -> impl IntoView {
    let session = expect_context::<Session>();
    let toasts = expect_context::<Toasts>();
    let leave = Call::<SignOut>::new();
    let form = NodeRef::<html::Form>::new();
    let (asking, unsent) = (RwSignal::new(false), RwSignal::new(0_u32));
    let account = StoredValue::new(account.to_string());
    let send = move || {
        if let Some(form) = form.get_untracked() {
            session.leaving.set(true);
            // There is nothing in it that could be invalid.
            let _ = form.request_submit();
        }
    };
    Effect::new(move || match leave.value().get() {
        // The copies go only once the server has let go of the session: a refused sign-out loses nothing.
        Some(Ok(())) => spawn_local(async move {
            editor::wipe(&account.get_value()).await;
            load("/sign-in");
        }),
        Some(Err(error)) => {
            session.leaving.set(false);
            asking.set(false);
            toasts.say(error.to_string());
        }
        None => {}
    });
    let ask = move |event: MouseEvent| {
        event.prevent_default();
        spawn_local(async move {
            unsent.set(editor::unsent(&account.get_value()).await);
            if unsent.get_untracked() > 0 {
                asking.set(true);
            } else {
                send();
            }
        });
    };
    view! {
        <CallForm to=leave node_ref=form>
            <button type="submit" class="place" on:click=ask>
                <Icon name="log-out"/>
                "Sign out"
            </button>
        </CallForm>
        <Warning asking unsent account leave=Callback::new(move |()| send())/>
    }
}

/// What would be lost, and the ways to keep it.
#[component]
fn Warning(asking: RwSignal<bool>, unsent: RwSignal<u32>, account: StoredValue<String>, leave: Callback<()>) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let download = move |_| {
        spawn_local(async move {
            if !editor::download_unsent(&account.get_value()).await {
                toasts.say("The texts could not be downloaded. They stay on this device.");
            }
        });
    };
    view! {
        <Dialog open=asking title="Sign out and lose changes?">
            <div class="stack">
                <p>
                    {move || match unsent.get() {
                        1 => "One change is only on this device. If you sign out now, it is lost.".to_owned(),
                        count => format!("{count} changes are only on this device. If you sign out now, they are lost."),
                    }}
                    " To keep them, open their proposal while you are online: wait there for “Saved”, or choose what becomes of what can no longer be saved."
                </p>
                <div class="actions">
                    <button type="button" class="button" on:click=move |_| asking.set(false)>"Stay signed in"</button>
                    <button type="button" class="button" on:click=download>"Download the texts"</button>
                    <button type="button" class="button danger primary" on:click=move |_| leave.run(())>"Sign out anyway"</button>
                </div>
            </div>
        </Dialog>
    }
}
