//! A list that is fetched anew while somebody looks at it: the first page changes in place, what "Show more" brought stays.

use leptos::prelude::*;

use super::Pages;
use crate::model::page::Page;

/// The rows of a live list.
#[derive(Debug)]
pub struct Rows<T: Send + Sync + 'static> {
    first: RwSignal<Vec<T>>,
    /// For [`super::ShowMore`].
    pub pages: Pages<T>,
    /// What the rows answer: another question starts the list over.
    question: StoredValue<String>,
}

impl<T: Send + Sync + 'static> Clone for Rows<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Rows<T> {}

impl<T: Send + Sync + 'static> Default for Rows<T> {
    fn default() -> Self {
        Self { first: RwSignal::default(), pages: Pages::after(None), question: StoredValue::default() }
    }
}

impl<T: Clone + Send + Sync + 'static> Rows<T> {
    /// Shows the first page that answers a question. When more of the same answer is shown, the rows that a new page pushed down stay.
    pub fn show(self, question: &str, page: Page<T>, same: impl Fn(&T, &T) -> bool) {
        let fresh = |row: &T| !page.items.iter().any(|other| same(row, other));
        let goes_on = self.question.with_value(|asked| asked == question) && self.pages.more.with_untracked(|rows| !rows.is_empty());
        if goes_on {
            let pushed: Vec<T> = self.first.with_untracked(|rows| rows.iter().filter(|row| fresh(row)).cloned().collect());
            self.pages.more.update(|rows| {
                rows.retain(fresh);
                rows.splice(..0, pushed);
            });
        } else {
            self.question.set_value(question.into());
            self.pages.more.set(Vec::new());
            self.pages.next.set(page.next);
        }
        self.first.set(page.items);
    }

    /// All rows shown.
    pub fn get(self) -> Vec<T> {
        let mut rows = self.first.get();
        self.pages.more.with(|more| rows.extend_from_slice(more));
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(items: &[i32], next: Option<&str>) -> Page<i32> {
        Page { items: items.to_vec(), next: next.map(Into::into) }
    }

    #[test]
    fn a_row_pushed_off_the_first_page_stays_when_more_is_shown() {
        Owner::new().with(|| {
            let rows = Rows::default();
            rows.show("", page(&[1, 2], Some("2")), i32::eq);
            rows.pages.more.set(vec![3]);
            rows.show("", page(&[9, 1], Some("1")), i32::eq);
            assert_eq!(rows.get(), [9, 1, 2, 3]);
        });
    }

    #[test]
    fn another_question_starts_the_list_over() {
        Owner::new().with(|| {
            let rows = Rows::default();
            rows.show("", page(&[1, 2], Some("2")), i32::eq);
            rows.pages.more.set(vec![3]);
            rows.show("q=x", page(&[2], None), i32::eq);
            assert_eq!(rows.get(), [2]);
        });
    }
}
