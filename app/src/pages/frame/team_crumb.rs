//! The first step of the way to a design: the list of its team, which the link names.

use leptos::prelude::*;

use super::Session;
use crate::pages::links;

/// The link; `slug` is the team's name in links.
#[component]
pub fn TeamCrumb(slug: String) -> impl IntoView {
    let session = expect_context::<Session>();
    let link = links::designs(&slug);
    let name = Suspend::new(async move {
        let me = session.me().await.ok();
        me.and_then(|me| me.teams.into_iter().find(|team| team.slug == slug)).map_or_else(|| "Designs".to_owned(), |team| team.name)
    });
    view! { <a href=link><Transition>{name}</Transition></a> }
}
