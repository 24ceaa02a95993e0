//! One's own account: name, password, look, signed-in browsers, tokens of programs.

mod device;
mod identity;
mod password;
mod sessions;
mod theme;
mod tokens;

use leptos::prelude::*;
use leptos_meta::Title;

use self::device::Device;
use self::identity::Identity;
use self::password::ChangePasswordForm;
use self::sessions::Sessions;
use self::theme::ThemeChooser;
use self::tokens::Tokens;
use crate::api::accounts::get_me;
use crate::components::{Loaded, read};
use crate::error::AppError;
use crate::model::account::Me;

/// The page.
#[component]
pub fn Settings() -> impl IntoView {
    // Asked once: the frame's copy is fetched anew with every hint, and would take a token shown only once away with it.
    let me = read(|| (), |()| async { get_me().await?.ok_or(AppError::SignedOut) });
    let then = |me| view! { <Sections me/> }.into_any();
    view! {
        <Title text="Settings"/>
        <main class="page narrow stack loose settings">
            <header class="head"><h1>"Settings"</h1></header>
            <Loaded from=me then/>
        </main>
    }
}

#[component]
fn Sections(me: Me) -> impl IntoView {
    view! {
        <Identity me=me.clone()/>
        <ThemeChooser/>
        <Device account=me.account/>
        <ChangePasswordForm/>
        <Sessions/>
        <Tokens teams=me.teams/>
    }
}
