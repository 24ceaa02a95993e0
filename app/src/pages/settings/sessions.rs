//! The browsers in which one is signed in.

use leptos::prelude::*;

use crate::api::accounts::{EndSession, get_sessions};
use crate::components::{Badge, Call, CallForm, Icon, Loaded, Moment, Problem, Tone, problem_in, read};
use crate::model::account::SignedIn;

/// The list, each with a button that ends it; the one that asks ends by signing out.
#[component]
pub fn Sessions() -> impl IntoView {
    let end = Call::<EndSession>::new();
    let sessions = read(move || end.version().get(), |_| get_sessions());
    let problem = problem_in(move || end.value().get(), &[]);
    let then = move |sessions: Vec<SignedIn>| {
        let lines = sessions.into_iter().map(|session| view! { <Line session end/> }).collect_view();
        view! { <ul class="rows card">{lines}</ul> }.into_any()
    };
    view! {
        <section class="stack" aria-labelledby="sessions">
            <h2 id="sessions">"Where you are signed in"</h2>
            <Problem problem=problem("")/>
            <Loaded from=sessions then/>
        </section>
    }
}

#[component]
fn Line(session: SignedIn, end: Call<EndSession>) -> impl IntoView {
    let SignedIn { key, user_agent, address, since, seen, current } = session;
    let browser = browser(&user_agent);
    view! {
        <li>
            <Icon name="monitor"/>
            <div class="grow">
                <p class="line">
                    <span title=user_agent>{browser}</span>
                    {current.then(|| view! { <Badge tone=Tone::Success text="This one"/> })}
                </p>
                <p class="small muted">{address} " · signed in " <Moment at=since/> " · last seen " <Moment at=seen/></p>
            </div>
            {(!current)
                .then(|| {
                    view! {
                        <CallForm to=end>
                            <input type="hidden" name="key" value=key/>
                            <button type="submit" class="button quiet danger">"End"</button>
                        </CallForm>
                    }
                })}
        </li>
    }
}

/// "Firefox on Linux", as far as it can be told. Browsers pretend to be others, so the order matters.
fn browser(user_agent: &str) -> String {
    let first = |words: &[(&str, &'static str)]| words.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, name)| *name);
    let name = first(&[("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (name, system) {
        (Some(name), Some(system)) => format!("{name} on {system}"),
        (Some(name), None) => name.into(),
        _ if user_agent.is_empty() => "Unknown browser".into(),
        _ => user_agent.chars().take(60).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::browser;

    #[test]
    fn browsers_are_told_apart_although_they_pretend_to_be_others() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36 Edg/141.0";
        assert_eq!(browser(edge), "Edge on Windows");
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 Version/26.0 Mobile Safari/604.1";
        assert_eq!(browser(safari), "Safari on iPhone");
        assert_eq!(browser("curl/8"), "curl/8");
    }
}
