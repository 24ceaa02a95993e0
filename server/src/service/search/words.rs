//! What somebody typed, as words to find. Pure.

/// More words than this say nothing more, and each costs the database a look-up.
const MOST_WORDS: usize = 10;

/// Longer words are cut: nobody types them, and prefixes match all the same.
const LONGEST_WORD: usize = 60;

/// Words in lower case, letters and digits only, never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words(Vec<String>);

impl Words {
    /// The words of a search; none when there is nothing to look for.
    pub fn of(typed: &str) -> Option<Self> {
        let words: Vec<String> = typed
            .split(|char: char| !char.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(MOST_WORDS)
            .map(|word| word.chars().take(LONGEST_WORD).collect::<String>().to_lowercase())
            .collect();
        (!words.is_empty()).then_some(Self(words))
    }

    /// Whether a word of a text is what one of these may become when it is finished.
    pub fn begin(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.0.iter().any(|begun| word.starts_with(begun))
    }

    /// The number of a design, when that may be what was typed: `D-12`, `d12`, `12`.
    pub fn number(&self) -> Option<i32> {
        let digits = match self.0.as_slice() {
            [word] => word.strip_prefix('d').unwrap_or(word),
            [letter, digits] if letter == "d" => digits,
            _ => return None,
        };
        digits.parse().ok()
    }

    /// For `to_tsquery`: every word may be unfinished, all must be there. Letters and digits in quotes cannot be taken for operators.
    pub fn for_titles(&self) -> String {
        self.query(|_| true)
    }

    /// The same, but a single letter is a whole word: nearly every section has a word that begins with it.
    pub fn for_texts(&self) -> String {
        self.query(|word| word.chars().nth(1).is_some())
    }

    fn query(&self, unfinished: impl Fn(&str) -> bool) -> String {
        let terms: Vec<String> = self.0.iter().map(|word| format!("'{word}'{}", if unfinished(word) { ":*" } else { "" })).collect();
        terms.join(" & ")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_word_may_be_unfinished() {
        let words = Words::of("Ledger-DB re").unwrap();
        assert_eq!(words.for_titles(), "'ledger':* & 'db':* & 're':*");
    }

    #[test]
    fn a_single_letter_is_a_whole_word_in_texts() {
        let words = Words::of("plan b").unwrap();
        assert_eq!(words.for_titles(), "'plan':* & 'b':*");
        assert_eq!(words.for_texts(), "'plan':* & 'b'");
    }

    #[test]
    fn a_number_is_that_of_a_design_with_or_without_its_letter() {
        let number = |typed| Words::of(typed).and_then(|words| words.number());
        assert_eq!([number("D-12"), number("d12"), number("#12"), number(" 12 ")], [Some(12); 4]);
        assert_eq!([number("E-12"), number("12 13"), number("D"), number("99999999999")], [None; 4]);
    }

    #[test]
    fn signs_alone_are_nothing_to_look_for() {
        assert_eq!(Words::of(" & | ! ( ' \\ :* "), None);
    }

    proptest! {
        #[test]
        fn nothing_typed_becomes_an_operator(typed in ".{0,200}") {
            if let Some(words) = Words::of(&typed) {
                for term in words.for_titles().split(" & ") {
                    let inner = term.strip_prefix('\'').and_then(|rest| rest.strip_suffix("':*")).unwrap();
                    prop_assert!(!inner.is_empty() && !inner.contains(['\'', '\\', '&', '|', '!', ':', '*', '(', ')', ' ', '\0']));
                }
            }
        }
    }
}
