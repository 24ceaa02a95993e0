//! The texts one can start from, as people choose among them.

use app::error::{AppError, Result};
use app::model::design;

use crate::templates::{self, Template};

/// What the chooser shows.
pub(crate) fn all() -> Vec<design::Template> {
    let shown =
        |template: &Template| design::Template { key: template.key.into(), name: template.name.into(), about: template.about.into() };
    templates::all().iter().map(shown).collect()
}

/// The template of a key.
pub(crate) fn find(key: &str) -> Result<&'static Template> {
    templates::find(key).ok_or_else(|| AppError::invalid("template", format!("There is no template “{key}”. Choose one from the list.")))
}
