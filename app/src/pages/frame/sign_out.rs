//! Signing out: says first what would be lost, then leaves nothing of the account on this device.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;

use crate::api::accounts::SignOut;
use crate::components::{Dialog, Icon, Toasts};
use crate::editor;
use crate::model::ids::AccountId;
use crate::pages::door::{arrive, load};

/// The button; a plain form until the script is there.
#[component]
pub fn SignOutButton(account: AccountId) -> impl IntoView {
    let leave = ServerAction::<SignOut>::new();
    let asking = RwSignal::new(false);
    let unsent = RwSignal::new(0_u32);
    let account = StoredValue::new(account.to_string());
    // The copies go only once the server has let go of the session: a refused sign-out loses nothing.
    arrive(leave.value().into(), move |()| {
        spawn_local(async move {
            editor::wipe(&account.get_value()).await;
            load("/sign-in");
        });
    });
    let toasts = expect_context::<Toasts>();
    Effect::new(move || {
        if let Some(Err(error)) = leave.value().get() {
            toasts.say(error.to_string());
        }
    });
    let ask = move |event: SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            unsent.set(editor::unsent(&account.get_value()).await);
            if unsent.get_untracked() > 0 {
                asking.set(true);
            } else {
                leave.dispatch(SignOut {});
            }
        });
    };
    view! {
        <form method="post" action=SignOut::url() on:submit=ask>
            <button type="submit" class="place">
                <Icon name="log-out"/>
                "Sign out"
            </button>
        </form>
        <Dialog open=asking title="Sign out and lose changes?">
            <div class="stack">
                <p>
                    {move || match unsent.get() {
                        1 => "One change is only on this device. If you sign out now, it is lost.".to_owned(),
                        count => format!("{count} changes are only on this device. If you sign out now, they are lost."),
                    }}
                    " Open the proposal while you are online and wait for “Saved” to keep them."
                </p>
                <div class="actions">
                    <button type="button" class="button" on:click=move |_| asking.set(false)>"Stay signed in"</button>
                    <button type="button" class="button danger primary" on:click=move |_| { leave.dispatch(SignOut {}); }>
                        "Sign out anyway"
                    </button>
                </div>
            </div>
        </Dialog>
    }
}
