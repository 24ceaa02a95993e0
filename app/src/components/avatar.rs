//! People as small round pictures: initials on a colour that is always theirs.

use leptos::prelude::*;

use super::Icon;
use crate::model::account::Person;
use crate::model::review::Verdict;

/// How many colours `style/components/avatar.css` knows.
const HUES: u128 = 8;

/// Beyond this many, a row of people says "+3".
const SHOWN: usize = 5;

/// One person.
#[component]
pub fn Avatar(
    /// Who.
    person: Person,
    /// `small`, `large` or nothing.
    #[prop(optional)]
    size: &'static str,
    /// What they said of a revision, on the corner.
    #[prop(optional_no_strip)]
    verdict: Option<Verdict>,
) -> impl IntoView {
    let hue = person.id.map_or_else(|| "former".into(), |id| format!("hue-{}", id.0.as_u128() % HUES));
    let mark = verdict.map(|verdict| {
        let icon = match verdict {
            Verdict::Approve => "check",
            Verdict::RequestChanges => "x",
            Verdict::Comment => "message-square",
        };
        view! { <span class=format!("verdict {}", verdict.as_str())><Icon name=icon/></span> }
    });
    view! {
        <span class=format!("avatar {size} {hue}") title=person.name.clone() aria-hidden="true">
            {initials(&person.name)}
            {mark}
        </span>
    }
}

/// Several people, overlapping, read aloud as a list of names.
#[component]
pub fn Avatars(
    /// Who.
    people: Vec<Person>,
) -> impl IntoView {
    reviewers(people.into_iter().map(|person| (person, None)).collect(), false)
}

/// Those asked to review, each with their standing verdict; read aloud with it.
#[component]
pub fn Reviewers(
    /// Who, and what they say.
    people: Vec<(Person, Option<Verdict>)>,
) -> impl IntoView {
    reviewers(people, true)
}

fn reviewers(people: Vec<(Person, Option<Verdict>)>, asked: bool) -> AnyView {
    if people.is_empty() {
        return ().into_any();
    }
    let aloud = people.iter().map(|(person, verdict)| aloud(person, *verdict, asked)).collect::<Vec<_>>().join(", ");
    let title = aloud.clone();
    let beyond = people.len().saturating_sub(SHOWN);
    let shown = people.into_iter().take(SHOWN).map(|(person, verdict)| view! { <Avatar person size="small" verdict/> }).collect_view();
    view! {
        <span class="avatars" title=title>
            {shown} {(beyond > 0).then(|| view! { <span class="more" aria-hidden="true">{format!("+{beyond}")}</span> })}
            <span class="aside">{aloud}</span>
        </span>
    }
    .into_any()
}

fn aloud(person: &Person, verdict: Option<Verdict>, asked: bool) -> String {
    let said = match verdict {
        Some(Verdict::Approve) => " approved",
        Some(Verdict::RequestChanges) => " requests changes",
        Some(Verdict::Comment) => " commented",
        None if asked => " has not reviewed yet",
        None => "",
    };
    format!("{}{said}", person.name)
}

/// The first letters of the first and the last word of a name, at most two.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_the_first_and_the_last_words_letters() {
        assert_eq!(initials("Ada Byron King"), "AK");
        assert_eq!(initials("émile"), "É");
        assert_eq!(initials("  "), "");
    }
}
