//! Bringing the changes from one text to another into a third that has moved on from the same beginning: a three-way merge by words.
//!
//! Where both sides changed the same words, or words that touch, whole lines of both are kept, one after the other: a person can take one away
//! again, but nobody can see what was dropped.

use std::ops::Range;

use super::diff::{self, Hunk};

/// The third text with the changes in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The text.
    pub text: String,
    /// Places that both sides changed, each in its way.
    pub clashes: u32,
}

/// Brings what leads from `base` to `mine` into `theirs`.
pub fn carry(base: &str, mine: &str, theirs: &str) -> Carried {
    let merge = Merge { base, mine: Version::of(base, mine), theirs: Version::of(base, theirs) };
    let mut carried = Carried { text: String::with_capacity(theirs.len()), clashes: 0 };
    let mut at = 0;
    for region in merge.regions() {
        carried.text.push_str(&base[at..region.start]);
        merge.settle(&region, &mut carried);
        at = region.end;
    }
    carried.text.push_str(&base[at..]);
    carried
}

/// A text as what was changed in the base.
struct Version<'a> {
    text: &'a str,
    hunks: Vec<Hunk>,
}

impl<'a> Version<'a> {
    fn of(base: &str, text: &'a str) -> Self {
        Self { text, hunks: diff::words(base, text) }
    }

    /// What became of a part of the base; no hunk is partly in it.
    fn read(&self, base: &Range<usize>) -> &'a str {
        let first = self.hunks.partition_point(|hunk| hunk.old.end < base.start);
        let inside = &self.hunks[first..];
        let inside = &inside[..inside.partition_point(|hunk| hunk.old.start <= base.end)];
        if let (Some(head), Some(tail)) = (inside.first(), inside.last()) {
            return &self.text[head.new.start - (head.old.start - base.start)..tail.new.end + (base.end - tail.old.end)];
        }
        // Unchanged, and so as far from the end of the hunk before it as in the base.
        let (old, new) = self.hunks[..first].last().map_or((0, 0), |hunk| (hunk.old.end, hunk.new.end));
        &self.text[base.start - old + new..base.end - old + new]
    }
}

/// What both sides have left of a part of the base.
enum Outcome {
    /// One side changed it, or both in the same way, or both put something in at one point.
    Agreed(String),
    /// Both changed it, each in its way.
    Clash,
}

struct Merge<'a> {
    base: &'a str,
    mine: Version<'a>,
    theirs: Version<'a>,
}

impl Merge<'_> {
    /// The parts of the base that changed, in order, with an unchanged piece between any two. One that clashes is made of whole lines.
    fn regions(&self) -> Vec<Range<usize>> {
        let mut regions: Vec<_> = self.mine.hunks.iter().chain(&self.theirs.hunks).map(|hunk| hunk.old.clone()).collect();
        loop {
            let before = regions.len();
            regions = joined(regions);
            let mut grown = false;
            for region in &mut regions {
                if matches!(self.outcome(region), Outcome::Clash) {
                    let lines = self.lines(region);
                    grown |= lines != *region;
                    *region = lines;
                }
            }
            if !grown && regions.len() == before {
                return regions;
            }
        }
    }

    /// The whole lines around a part of the base.
    fn lines(&self, part: &Range<usize>) -> Range<usize> {
        let start = self.base[..part.start].rfind('\n').map_or(0, |at| at + 1);
        let ends_a_line = part.end > start && self.base[..part.end].ends_with('\n');
        let end = if ends_a_line { part.end } else { self.base[part.end..].find('\n').map_or(self.base.len(), |at| part.end + at + 1) };
        start..end
    }

    fn outcome(&self, region: &Range<usize>) -> Outcome {
        let (base, mine, theirs) = (&self.base[region.clone()], self.mine.read(region), self.theirs.read(region));
        if mine == theirs || mine == base {
            Outcome::Agreed(theirs.to_owned())
        } else if theirs == base {
            Outcome::Agreed(mine.to_owned())
        } else if base.is_empty() {
            Outcome::Agreed(format!("{theirs}{mine}"))
        } else {
            Outcome::Clash
        }
    }

    /// Writes what is left of a region.
    fn settle(&self, region: &Range<usize>, carried: &mut Carried) {
        match self.outcome(region) {
            Outcome::Agreed(text) => carried.text.push_str(&text),
            Outcome::Clash => {
                carried.clashes += 1;
                both(self.theirs.read(region), self.mine.read(region), &mut carried.text);
            }
        }
    }
}

/// Regions in order, those that overlap or touch as one.
fn joined(mut regions: Vec<Range<usize>>) -> Vec<Range<usize>> {
    regions.sort_by_key(|region| (region.start, region.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(regions.len());
    for region in regions {
        match joined.last_mut() {
            Some(last) if region.start <= last.end => last.end = last.end.max(region.end),
            _ => joined.push(region),
        }
    }
    joined
}

/// Two versions of some lines, with an empty line between them so that Markdown does not make one paragraph of both.
fn both(first: &str, second: &str, out: &mut String) {
    out.push_str(first);
    if first.trim().is_empty() || second.trim().is_empty() {
        return out.push_str(second);
    }
    if !first.ends_with('\n') {
        out.push('\n');
    }
    out.push('\n');
    out.push_str(second);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(base: &str, mine: &str, theirs: &str, text: &str, clashes: u32) {
        assert_eq!(carry(base, mine, theirs), Carried { text: text.into(), clashes });
    }

    #[test]
    fn changes_of_other_words_are_brought_in_one_by_one() {
        check("One two three.\n", "One 2 three.\n", "One two 3.\n", "One 2 3.\n", 0);
        check("# A\n\nb\n", "# A\n\nb\n\nmine\n", "# A, anew\n\nb\n", "# A, anew\n\nb\n\nmine\n", 0);
        check("a\nb\nc\n", "a\nc\n", "a\nb\nc\nd\n", "a\nc\nd\n", 0);
    }

    #[test]
    fn what_both_changed_in_the_same_way_is_there_once() {
        check("Retry 5 times.\n", "Retry 6 times.\n", "Retry 6 times.\n", "Retry 6 times.\n", 0);
    }

    #[test]
    fn what_both_put_in_at_one_place_is_there_twice() {
        check("a\n", "a\nmine\n", "a\ntheirs\n", "a\ntheirs\nmine\n", 0);
    }

    #[test]
    fn where_both_changed_a_passage_the_lines_of_both_are_kept() {
        check("x\nRetry 5 times.\ny\n", "x\nRetry 6 times.\ny\n", "x\nRetry 7 times.\ny\n", "x\nRetry 7 times.\n\nRetry 6 times.\ny\n", 1);
        check("last", "mine", "theirs", "theirs\n\nmine", 1);
    }

    #[test]
    fn what_one_side_took_away_and_the_other_changed_stays() {
        check("a\nRetry 5 times.\nb\n", "a\nb\n", "a\nRetry 7 times.\nb\n", "a\nRetry 7 times.\nb\n", 1);
        check("a\nRetry 5 times.\nb\n", "a\nRetry 7 times.\nb\n", "a\nb\n", "a\nRetry 7 times.\nb\n", 1);
    }

    /// Words that neither side has from anywhere else.
    fn added<'a>(base: &str, text: &'a str) -> Vec<&'a str> {
        text.split_whitespace().filter(|word| !base.split_whitespace().any(|known| known == *word)).collect()
    }

    /// Lines of few different words, so that the sides meet often.
    fn texts() -> impl Strategy<Value = (String, String, String)> {
        let text =
            |words: &'static [&'static str]| prop::collection::vec(prop::sample::select(words), 0..24).prop_map(|words| words.concat());
        (text(&["a ", "b ", "c\n", "\n"]), text(&["a ", "b ", "c\n", "\n", "m1 ", "m2\n"]), text(&["a ", "b ", "c\n", "\n", "t1 ", "t2\n"]))
    }

    proptest! {
        #[test]
        fn one_side_alone_is_taken_as_it_is((base, mine, theirs) in texts()) {
            prop_assert_eq!(carry(&base, &mine, &base), Carried { text: mine.clone(), clashes: 0 });
            prop_assert_eq!(carry(&base, &base, &theirs), Carried { text: theirs.clone(), clashes: 0 });
            prop_assert_eq!(carry(&base, &mine, &mine), Carried { text: mine.clone(), clashes: 0 });
        }

        #[test]
        fn no_word_that_a_side_added_is_lost((base, mine, theirs) in texts()) {
            let carried = carry(&base, &mine, &theirs).text;
            let count = |text: &str, word: &str| text.matches(word).count();
            for (side, words) in [(&mine, ["m1", "m2"]), (&theirs, ["t1", "t2"])] {
                for word in words {
                    prop_assert_eq!(count(&carried, word), count(side, word), "{} in {:?}", word, carried);
                }
                prop_assert!(added(&base, side).iter().all(|word| carried.contains(word)));
            }
        }
    }
}
