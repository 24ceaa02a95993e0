//! Text as it is imported, kept and given back: LF inside, the file's own line endings and byte order mark outside.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Largest file that is imported, in bytes. Ten times the longest design document that we know of.
pub const MAX_BYTES: usize = 5 * 1024 * 1024;

/// A file as Quorum keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Without byte order mark, lines ended by LF.
    pub text: String,
    /// What was taken away.
    pub form: Form,
}

/// What of a file is not in its text: kept with the design, given back on export.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// It began with a byte order mark.
    pub bom: bool,
    /// How its lines ended.
    pub endings: Endings,
}

/// The ends of all lines of a file, run-length encoded.
///
/// Written as `12l3c1r`: twelve LF, three CRLF, one CR. A file that changes its ending on every line still takes no more room than itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Endings(Vec<(u32, Ending)>);

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// U+000A, as inside Quorum.
    Lf,
    /// U+000D U+000A.
    CrLf,
    /// A lone U+000D.
    Cr,
}

/// Why a file cannot be imported; safe to show.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Over [`MAX_BYTES`].
    #[error("The file is {} MB; the limit is {} MB. Split it into several designs.", megabytes(*.0), megabytes(MAX_BYTES))]
    TooLarge(usize),
    /// Begins with the byte order mark of UTF-16.
    #[error("The file is written in UTF-16. Save it as UTF-8 and import it again.")]
    Utf16,
    /// Not UTF-8, from this byte on.
    #[error("The file is not UTF-8 text: byte {0} does not belong to any character. Save it as UTF-8 and import it again.")]
    NotUtf8(usize),
    /// Holds U+0000.
    #[error("Line {line}, column {column} holds the character U+0000, which text cannot hold. Remove it and import the file again.")]
    Nul {
        /// From 1.
        line: usize,
        /// In characters, from 1.
        column: usize,
    },
}

/// One decimal, rounded up, so that a file just over the limit does not read as if it were at it.
fn megabytes(bytes: usize) -> String {
    let tenths = (bytes * 10).div_ceil(1024 * 1024);
    if tenths.is_multiple_of(10) { format!("{}", tenths / 10) } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// A file's bytes as Quorum keeps them, or why it will not.
pub fn parse(bytes: &[u8]) -> Result<Imported, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge(bytes.len()));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Refusal::Utf16);
    }
    let all = std::str::from_utf8(bytes).map_err(|error| Refusal::NotUtf8(error.valid_up_to()))?;
    let body = all.strip_prefix('\u{feff}').unwrap_or(all);
    let (text, endings) = to_lf(body);
    if let Some(place) = text.find('\0') {
        return Err(nul_at(&text[..place]));
    }
    Ok(Imported { text, form: Form { bom: body.len() < all.len(), endings } })
}

/// The refusal of a U+0000 that follows `before`.
fn nul_at(before: &str) -> Refusal {
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Refusal::Nul { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
}

/// The text with every line ended by LF, and how the lines ended.
fn to_lf(body: &str) -> (String, Endings) {
    let mut text = String::with_capacity(body.len());
    let mut endings = Endings::default();
    let mut rest = body;
    while let Some(end) = rest.find(['\r', '\n']) {
        let (line, tail) = rest.split_at(end);
        text.push_str(line);
        text.push('\n');
        let (ending, length) = match tail.as_bytes() {
            [b'\n', ..] => (Ending::Lf, 1),
            [b'\r', b'\n', ..] => (Ending::CrLf, 2),
            _ => (Ending::Cr, 1),
        };
        endings.push(ending);
        rest = &tail[length..];
    }
    text.push_str(rest);
    (text, endings)
}

impl Form {
    /// Whether exporting "as imported" gives the same bytes as exporting with LF.
    pub fn is_plain(&self) -> bool {
        !self.bom && self.endings.0.iter().all(|&(_, ending)| ending == Ending::Lf)
    }

    /// `text` in the form of the imported file; byte for byte that file when the text is the one it was imported with.
    ///
    /// Once lines were added or removed it is not known which line had which ending: all get the file's most frequent one.
    pub fn restore(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + text.len() / 16);
        if self.bom {
            out.push('\u{feff}');
        }
        let lines = text.matches('\n').count();
        let common = self.endings.most_frequent();
        let mut exact = self.endings.iter().filter(|_| self.endings.len() == lines);
        for piece in text.split_inclusive('\n') {
            match piece.strip_suffix('\n') {
                Some(line) => {
                    out.push_str(line);
                    let ending = exact.next().unwrap_or(common);
                    // LF right behind CR would be read as one end of a line where there are two.
                    let joined = line.is_empty() && ending == Ending::Lf && out.ends_with('\r');
                    out.push_str(if joined { Ending::Cr } else { ending }.as_str());
                }
                None => out.push_str(piece),
            }
        }
        out
    }
}

impl Endings {
    fn push(&mut self, ending: Ending) {
        match self.0.last_mut() {
            Some((count, last)) if *last == ending => *count += 1,
            _ => self.0.push((1, ending)),
        }
    }

    /// How many lines end.
    fn len(&self) -> usize {
        self.0.iter().map(|&(count, _)| count as usize).sum()
    }

    fn iter(&self) -> impl Iterator<Item = Ending> {
        self.0.iter().flat_map(|&(count, ending)| std::iter::repeat_n(ending, count as usize))
    }

    fn most_frequent(&self) -> Ending {
        let count = |wanted| self.0.iter().filter(|&&(_, ending)| ending == wanted).map(|&(count, _)| u64::from(count)).sum::<u64>();
        // Of equals the last wins: LF.
        [Ending::Cr, Ending::CrLf, Ending::Lf].into_iter().max_by_key(|&ending| count(ending)).unwrap_or(Ending::Lf)
    }
}

impl Ending {
    /// The characters themselves.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lf => "\n",
            Self::CrLf => "\r\n",
            Self::Cr => "\r",
        }
    }
}

impl From<Endings> for String {
    fn from(endings: Endings) -> Self {
        use std::fmt::Write as _;
        let mut word = Self::new();
        for (count, ending) in endings.0 {
            let letter = match ending {
                Ending::Lf => 'l',
                Ending::CrLf => 'c',
                Ending::Cr => 'r',
            };
            // Writing to a String cannot fail.
            let _ = write!(word, "{count}{letter}");
        }
        word
    }
}

impl TryFrom<String> for Endings {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        let damaged = || format!("“{word}” does not say how lines end");
        let mut runs = Vec::new();
        let mut rest = word.as_str();
        while let Some(place) = rest.find(|c: char| !c.is_ascii_digit()) {
            let ending = match rest.as_bytes()[place] {
                b'l' => Ending::Lf,
                b'c' => Ending::CrLf,
                b'r' => Ending::Cr,
                _ => return Err(damaged()),
            };
            runs.push((rest[..place].parse().map_err(|_| damaged())?, ending));
            rest = &rest[place + 1..];
        }
        if rest.is_empty() { Ok(Self(runs)) } else { Err(damaged()) }
    }
}

#[cfg(test)]
mod tests;
