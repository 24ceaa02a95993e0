//! Texts to start a design from.

/// One template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name in links and forms.
    pub key: &'static str,
    /// What the chooser shows.
    pub name: &'static str,
    /// One sentence of what it is for.
    pub about: &'static str,
    /// The Markdown that a design made from it begins with.
    pub text: &'static str,
}

/// All templates, in the order of the chooser.
const ALL: [Template; 4] = [
    Template {
        key: "design",
        name: "Design document",
        about: "A system or a part of one: what it does, how it fails, what it depends on, how you will know.",
        text: include_str!("../templates/design.md"),
    },
    Template {
        key: "rfc",
        name: "Request for comments",
        about: "A change that many will feel: explained to those who will use it, with its drawbacks.",
        text: include_str!("../templates/rfc.md"),
    },
    Template {
        key: "decision",
        name: "Decision record",
        about: "A choice between options, short enough to be read in five minutes in two years.",
        text: include_str!("../templates/decision.md"),
    },
    Template { key: "blank", name: "Blank", about: "Nothing but the page.", text: include_str!("../templates/blank.md") },
];

/// All templates, in the order of the chooser.
pub fn all() -> &'static [Template] {
    &ALL
}

/// The template of a name.
pub fn find(key: &str) -> Option<&'static Template> {
    ALL.iter().find(|template| template.key == key)
}
