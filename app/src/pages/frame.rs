//! The frame of every signed-in page: where one is, what waits, where to go.

mod navigation;
mod sign_out;
mod team_crumb;

use leptos::prelude::*;
use leptos_router::components::{Outlet, Redirect};
use leptos_router::hooks::use_location;
use leptos_router::location::Url;

use self::navigation::Navigation;
pub use self::team_crumb::TeamCrumb;
use crate::api::accounts::{get_me, is_empty};
use crate::components::{Failure, Read, read};
use crate::error::AppError;
use crate::live::{Hint, on_hint};
use crate::model::account::Me;

/// The signed-in person, for the pages inside the frame.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    /// None: nobody; they are on their way to the sign-in page.
    pub me: Read<Option<Me>>,
    /// They are signing out: what becomes unreadable meanwhile is no news, and the page is left only once nothing of theirs is on the device.
    pub leaving: RwSignal<bool>,
}

impl Session {
    /// The person, or [`AppError::SignedOut`].
    pub async fn me(self) -> Result<Me, AppError> {
        self.me.await?.ok_or(AppError::SignedOut)
    }
}

/// How many things wait for the signed-in person: the number in the title of every page.
///
/// Not in the arena: the server writes the title when the page is whole, and what the page was made with is gone by then.
#[derive(Clone, Debug, Default)]
pub struct Waiting(ArcRwSignal<u32>);

impl Waiting {
    /// A page's title as the browser shows it.
    pub fn title(&self, page: &str) -> String {
        match self.0.get() {
            0 => format!("{page} · Quorum"),
            waiting => format!("({waiting}) {page} · Quorum"),
        }
    }
}

/// The frame.
#[component]
pub fn Frame() -> impl IntoView {
    let me = read(|| (), |()| get_me());
    let leaving = RwSignal::new(false);
    provide_context(Session { me, leaving });
    let waiting = expect_context::<Waiting>();
    on_hint(move |hint| {
        if matches!(hint, Hint::Inbox | Hint::Access | Hint::All) && !leaving.get_untracked() {
            me.refetch();
        }
    });
    let around = move || {
        let waiting = waiting.clone();
        Suspend::new(async move {
            match me.await {
                Ok(Some(me)) => {
                    waiting.0.set(me.waiting);
                    view! { <Navigation me/> }.into_any()
                }
                Ok(None) => view! { <Away empty=is_empty().await.unwrap_or_default()/> }.into_any(),
                Err(error) => view! { <Failure error/> }.into_any(),
            }
        })
    };
    view! {
        <a class="skip" href="#content">"Skip to the content"</a>
        <div class="frame">
            <Transition>{around}</Transition>
            <div class="content" id="content" tabindex="-1">
                <Outlet/>
            </div>
        </div>
    }
}

/// Sends those who are not signed in to where they can be, and back here afterwards.
#[component]
fn Away(empty: bool) -> impl IntoView {
    let here = use_location();
    let path = if empty {
        "/set-up".to_owned()
    } else {
        let search = here.search.get_untracked();
        let question = if search.is_empty() { "" } else { "?" };
        format!("/sign-in?next={}", Url::escape(&format!("{}{question}{search}", here.pathname.get_untracked())))
    };
    view! { <Redirect path/> }
}
