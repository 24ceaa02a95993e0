//! One's own account: name, password, look, signed-in browsers, tokens of programs.

mod identity;
mod password;
mod sessions;
mod theme;
mod tokens;

use leptos::prelude::*;
use leptos_meta::Title;

use self::identity::Identity;
use self::password::ChangePasswordForm;
use self::sessions::Sessions;
use self::theme::ThemeChooser;
use self::tokens::Tokens;
use super::frame::Session;
use crate::components::Failure;
use crate::error::AppError;
use crate::model::account::Me;

/// The page.
#[component]
pub fn Settings() -> impl IntoView {
    let session = expect_context::<Session>();
    let show = move || {
        Suspend::new(async move {
            match session.me().await {
                Ok(me) => view! { <Sections me/> }.into_any(),
                // The frame is leading them to the sign-in page already.
                Err(AppError::SignedOut) => ().into_any(),
                Err(error) => view! { <Failure error/> }.into_any(),
            }
        })
    };
    view! {
        <Title text="Settings"/>
        <main class="page narrow stack loose settings">
            <h1>"Settings"</h1>
            <Transition>{show}</Transition>
        </main>
    }
}

#[component]
fn Sections(me: Me) -> impl IntoView {
    view! {
        <Identity me=me.clone()/>
        <ThemeChooser/>
        <ChangePasswordForm/>
        <Sessions/>
        <Tokens teams=me.teams/>
    }
}
