//! The texts one can start from.

use app::error::{AppError, Result};

/// A text to start from.
pub(crate) struct Template {
    /// Its name in links and forms.
    pub key: &'static str,
    /// What the chooser shows.
    pub name: &'static str,
    /// One sentence of what it is for.
    pub about: &'static str,
    /// Markdown; `{title}` stands for the design's title.
    markdown: &'static str,
}

impl Template {
    /// The text of a new design of that title.
    pub fn text(&self, title: &str) -> String {
        self.markdown.replace("{title}", title)
    }
}

/// All of them, in the order of the chooser.
static TEMPLATES: [Template; 3] = [
    Template {
        key: "system",
        name: "System design",
        about: "A new service or a change that several components take part in, with an architecture block and a section per practice.",
        markdown: include_str!("templates/system.md"),
    },
    Template {
        key: "decision",
        name: "Decision record",
        about: "One decision, its context, the alternatives and what follows from it.",
        markdown: include_str!("templates/decision.md"),
    },
    Template { key: "blank", name: "Blank", about: "A heading and nothing else.", markdown: "# {title}\n\n" },
];

/// What the chooser shows.
pub(crate) fn all() -> Vec<app::model::design::Template> {
    let shown = |template: &Template| app::model::design::Template {
        key: template.key.into(),
        name: template.name.into(),
        about: template.about.into(),
    };
    TEMPLATES.iter().map(shown).collect()
}

/// The template of a key.
pub(crate) fn find(key: &str) -> Result<&'static Template> {
    let found = TEMPLATES.iter().find(|template| template.key == key);
    found.ok_or_else(|| AppError::invalid("template", format!("There is no template “{key}”. Choose one from the list.")))
}
