//! "Your turn": what waits for the signed-in person, by its reason.

mod item;

use leptos::prelude::*;
use leptos_meta::Title;

use self::item::Item;
use super::frame::Session;
use crate::api::inboxes::{PutAway, get_inbox};
use crate::components::{Call, Empty, Loaded, Problem, Rows, ShowMore, problem_in, read};
use crate::live::{Hint, on_hint};
use crate::model::inbox::{InboxItem, Reason};

/// The page.
#[component]
pub fn Inbox() -> impl IntoView {
    let session = expect_context::<Session>();
    let put_away = Call::<PutAway>::new();
    let first = read(move || put_away.version().get(), |_| get_inbox(None));
    let rows = Rows::default();
    on_hint(move |hint| {
        if matches!(hint, Hint::Inbox | Hint::All) {
            first.refetch();
        }
    });
    // The number in the title and in the navigation follows.
    Effect::new(move |before: Option<usize>| {
        let now = put_away.version().get();
        if before.is_some_and(|before| before != now) {
            session.me.refetch();
        }
        now
    });
    let problem = problem_in(move || put_away.value().get(), &[]);
    let fetch = |after| Box::pin(get_inbox(Some(after))) as _;
    let then = move |page| {
        // Every answer starts the list over: what was put away must not linger further down.
        rows.show(&put_away.version().get_untracked().to_string(), page, |a: &InboxItem, b| a.id == b.id);
        view! {
            <Groups rows put_away/>
            <ShowMore pages=rows.pages fetch/>
        }
        .into_any()
    };
    view! {
        <Title text="Inbox"/>
        <main class="page narrow">
            <header class="head">
                <h1>"Your turn"</h1>
            </header>
            <Problem problem=problem("")/>
            <Loaded from=first then/>
        </main>
    }
}

#[component]
fn Groups(rows: Rows<InboxItem>, put_away: Call<PutAway>) -> impl IntoView {
    move || {
        let items = rows.get();
        if items.is_empty() {
            return view! {
                <Empty
                    icon="inbox"
                    title="Nothing waits for you"
                    text="Reviews asked of you, replies to you, verdicts on your proposals and texts that mention you appear here, as soon as they happen."
                />
            }
            .into_any();
        }
        [Reason::ReviewRequested, Reason::Verdict, Reason::Mentioned, Reason::Reply]
            .into_iter()
            .map(|reason| {
                let items: Vec<_> = items.iter().filter(|item| item.reason == reason).cloned().collect();
                (!items.is_empty()).then(|| view! { <Group reason items put_away/> })
            })
            .collect_view()
            .into_any()
    }
}

#[component]
fn Group(reason: Reason, items: Vec<InboxItem>, put_away: Call<PutAway>) -> impl IntoView {
    let (id, heading) = match reason {
        Reason::ReviewRequested => ("reviews", "Reviews asked of you"),
        Reason::Verdict => ("verdicts", "Verdicts on your proposals"),
        Reason::Mentioned => ("mentions", "Texts that mention you"),
        Reason::Reply => ("replies", "Replies to you"),
    };
    view! {
        <section class="inbox" aria-labelledby=id>
            <h2 id=id>{heading} " " <span class="muted">{items.len()}</span></h2>
            <ul class="rows linked card">
                {items.into_iter().map(|item| view! { <Item item put_away/> }).collect_view()}
            </ul>
        </section>
    }
}
