//! The books of a history: which marks were written and deleted by whom, how far that was acknowledged, and so what a stored text must and may hold.
//!
//! A mark is `<number…>`. Its author's edits of it come one after the other, so a text shows it as it was after some of them: at least those that
//! were acknowledged, at most those that were done while the account might write.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::plan::{Break, Kind};
use super::tally::Tally;

/// One document of somebody's, from opening it until it is lost.
#[derive(Debug)]
pub struct Life {
    /// The number of its account.
    pub account: usize,
    /// The Yjs client it writes as.
    pub client: u64,
    /// Edits done …
    pub done: usize,
    /// … acknowledged …
    pub promised: usize,
    /// … and how many may be stored; none: all.
    pub limit: Option<usize>,
}

/// A surrogate pair in a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pair {
    Whole,
    /// Which halves there are, and whether there is something between them.
    Broken {
        first: bool,
        between: bool,
        second: bool,
    },
}

/// A mark as its author has it.
#[derive(Clone, Debug)]
struct Look {
    there: bool,
    pair: Option<Pair>,
}

#[derive(Debug)]
struct Mark {
    life: usize,
    kind: Kind,
    filler: u16,
    now: Look,
    /// The author's edits: which of their life's, and the text afterwards.
    edits: Vec<(usize, Option<String>)>,
    /// Deletions by others, or by the author of what is everybody's: the life, and which of its edits.
    erased: Vec<(usize, usize)>,
}

/// What can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Insert(u32),
    Remove(u32),
    Cut(u32, Break),
}

/// The books.
#[derive(Debug, Default)]
pub struct Books {
    pub lives: Vec<Life>,
    marks: BTreeMap<u32, Mark>,
    /// What happened.
    pub tally: Tally,
    /// Accounts that may not write.
    barred: BTreeSet<usize>,
}

impl Books {
    /// Somebody opens a document.
    pub fn open(&mut self, account: usize, client: u64) -> usize {
        let limit = self.barred.contains(&account).then_some(0);
        self.lives.push(Life { account, client, done: 0, promised: 0, limit });
        self.lives.len() - 1
    }

    /// The name of the account that has a Yjs client.
    pub fn name(&self, client: u64) -> Option<&'static str> {
        let life = self.lives.iter().find(|life| life.client == client)?;
        Some(["Ada", "Ben", "Cem", "Dot"][life.account])
    }

    /// From now on an account may write, or may not.
    pub fn allow(&mut self, account: usize, writes: bool) {
        let changed = if writes { self.barred.remove(&account) } else { self.barred.insert(account) };
        for life in self.lives.iter_mut().filter(|life| changed && life.account == account) {
            life.limit = (!writes).then_some(life.done);
        }
    }

    /// A mark is written; answers its text.
    pub fn insert(&mut self, life: usize, number: u32, kind: Kind, filler: u16) -> String {
        let pair = (kind == Kind::Pair).then_some(Pair::Whole);
        let look = Look { there: false, pair };
        self.marks.insert(number, Mark { life, kind, filler, now: look, edits: Vec::new(), erased: Vec::new() });
        self.change(Deed::Insert(number), true);
        self.text(number)
    }

    /// A deed of the author's is done, or taken back.
    pub fn change(&mut self, deed: Deed, forth: bool) {
        let (Deed::Insert(number) | Deed::Remove(number) | Deed::Cut(number, _)) = deed;
        let mark = self.marks.get_mut(&number).expect("it was written");
        match (deed, &mut mark.now.pair) {
            (Deed::Insert(_), _) => mark.now.there = forth,
            (Deed::Remove(_), _) => mark.now.there = !forth,
            (Deed::Cut(_, part), Some(pair)) => {
                let broken = |missing| part == missing && forth;
                *pair = Pair::Broken { first: !broken(Break::First), between: broken(Break::Between), second: !broken(Break::Second) };
            }
            (Deed::Cut(..), None) => unreachable!("only pairs are cut"),
        }
        let text = mark.text(number);
        self.lives[mark.life].done += 1;
        mark.edits.push((self.lives[mark.life].done, text));
    }

    /// Somebody has deleted what is everybody's.
    pub fn erase(&mut self, life: usize, number: u32) {
        self.lives[life].done += 1;
        let done = self.lives[life].done;
        self.marks.get_mut(&number).expect("it was written").erased.push((life, done));
    }

    /// A mark as its author has it.
    pub fn text(&self, number: u32) -> String {
        self.marks[&number].text(number).unwrap_or_default()
    }

    /// Marks that the author of a life can delete: not the broken ones, whose halves others could come between when that is taken back.
    pub fn removable(&self, life: usize) -> Vec<u32> {
        self.select(|mark| {
            mark.life == life && mark.kind != Kind::Common && mark.now.there && mark.now.pair.is_none_or(|pair| pair == Pair::Whole)
        })
    }

    /// Marks with a pair that can be cut.
    pub fn whole_pairs(&self, life: usize) -> Vec<u32> {
        self.select(|mark| mark.life == life && mark.now.there && mark.now.pair == Some(Pair::Whole))
    }

    /// Marks that are everybody's.
    pub fn common(&self) -> Vec<u32> {
        self.select(|mark| mark.kind == Kind::Common)
    }

    fn select(&self, which: impl Fn(&Mark) -> bool) -> Vec<u32> {
        self.marks.iter().filter(|(_, mark)| which(mark)).map(|(number, _)| *number).collect()
    }

    /// Whether a life has written anything that was acknowledged.
    pub fn contributed(&self, life: usize) -> bool {
        self.marks.values().any(|mark| mark.life == life && mark.edits[0].0 <= self.lives[life].promised)
    }

    /// Whether a stored text is one that these books allow; says what it is not.
    pub fn verify(&self, stored: &str) -> Result<(), String> {
        let mut seen: HashMap<u32, &str> = HashMap::new();
        for mark in stored.split_inclusive('>') {
            let number = number(mark).filter(|number| self.marks.contains_key(number));
            let number = number.ok_or_else(|| format!("nobody wrote {mark:?}"))?;
            if seen.insert(number, mark).is_some() {
                return Err(format!("mark {number} is there twice"));
            }
        }
        for (number, mark) in &self.marks {
            let found = seen.get(number).copied();
            let allowed = self.allowed(mark);
            if !allowed.iter().any(|state| state.as_deref() == found) {
                return Err(format!(
                    "mark {number} is {found:?}, and could be one of {allowed:?}: {mark:?} of {:?}",
                    self.lives[mark.life]
                ));
            }
        }
        Ok(())
    }

    /// What a text may show of a mark; none: not there.
    fn allowed(&self, mark: &Mark) -> Vec<Option<String>> {
        let Life { promised, limit, .. } = self.lives[mark.life];
        let last = mark.edits.iter().rposition(|(edit, _)| *edit <= promised);
        let possible = mark.edits.iter().skip(last.map_or(0, |last| last + 1)).filter(|(edit, _)| limit.is_none_or(|limit| *edit <= limit));
        let mut allowed: Vec<_> = possible.map(|(_, text)| text.clone()).collect();
        allowed.push(last.and_then(|last| mark.edits[last].1.clone()));
        let lives = || mark.erased.iter().map(|(life, edit)| (&self.lives[*life], edit));
        if lives().any(|(life, edit)| *edit <= life.promised) {
            return vec![None];
        }
        if lives().any(|(life, edit)| life.limit.is_none_or(|limit| *edit <= limit)) {
            allowed.push(None);
        }
        allowed
    }

    /// A text without what one life has written and deleted: what it must have in common with others when it never may write.
    pub fn without(&self, life: usize, text: &str) -> String {
        let touched = |number: u32| {
            self.marks.get(&number).is_some_and(|mark| mark.life == life || mark.erased.iter().any(|(eraser, _)| *eraser == life))
        };
        text.split_inclusive('>').filter(|mark| !number(mark).is_some_and(touched)).collect()
    }
}

impl Mark {
    fn text(&self, number: u32) -> Option<String> {
        let half = |there| if there { "\u{fffd}" } else { "" };
        let pair = match self.now.pair {
            None => String::new(),
            Some(Pair::Whole) => "💡".into(),
            Some(Pair::Broken { first, between, second }) => [half(first), if between { "|" } else { "" }, half(second)].concat(),
        };
        self.now.there.then(|| format!("<{number}:{pair}{}>", "x".repeat(self.filler.into())))
    }
}

/// The number of a mark.
fn number(mark: &str) -> Option<u32> {
    mark.strip_prefix('<')?.strip_suffix('>')?.split_once(':')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_acknowledged_must_be_there_and_what_was_not_may_be() {
        let mut books = Books::default();
        let ada = books.open(0, 1);
        books.insert(ada, 1, Kind::Own, 0);
        assert!(books.verify("").is_ok() && books.verify("<1:>").is_ok());
        books.lives[ada].promised = 1;
        assert!(books.verify("").is_err() && books.verify("<1:>").is_ok());
        books.change(Deed::Remove(1), true);
        assert!(books.verify("").is_ok() && books.verify("<1:>").is_ok());
        books.lives[ada].promised = 2;
        assert!(books.verify("").is_ok() && books.verify("<1:>").is_err());
    }

    #[test]
    fn what_nobody_wrote_twice_written_or_written_without_a_role_is_found() {
        let mut books = Books::default();
        let ada = books.open(0, 1);
        books.insert(ada, 1, Kind::Common, 0);
        books.allow(0, false);
        books.insert(ada, 2, Kind::Own, 0);
        books.erase(ada, 1);
        books.lives[ada].promised = 1;
        assert!(books.verify("<1:>").is_ok());
        for wrong in ["<1:><1:>", "<1:><2:>", "<1:><3:>", "<1:>x", "", "<1:y>"] {
            assert!(books.verify(wrong).is_err(), "{wrong}");
        }
        books.allow(0, true);
        assert!(books.verify("<1:><2:>").is_ok() && books.verify("").is_ok());
        books.lives[ada].promised = 3;
        assert!(books.verify("<2:>").is_ok() && books.verify("<1:><2:>").is_err());
    }
}
