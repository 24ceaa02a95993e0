//! What people say to a comment without words. It is no verdict, and nothing counts it as one.

use serde::{Deserialize, Serialize};

/// A sign that somebody leaves on a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    /// Agrees.
    ThumbsUp,
    /// Does not agree.
    ThumbsDown,
    /// Is glad.
    Party,
    /// Thanks.
    Heart,
    /// Is looking into it.
    Eyes,
}

impl Reaction {
    /// Every sign, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::ThumbsUp, Self::ThumbsDown, Self::Party, Self::Heart, Self::Eyes];

    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ThumbsUp => "thumbs_up",
            Self::ThumbsDown => "thumbs_down",
            Self::Party => "party",
            Self::Heart => "heart",
            Self::Eyes => "eyes",
        }
    }

    /// As it is seen.
    pub fn sign(self) -> &'static str {
        match self {
            Self::ThumbsUp => "👍",
            Self::ThumbsDown => "👎",
            Self::Party => "🎉",
            Self::Heart => "❤️",
            Self::Eyes => "👀",
        }
    }

    /// As it is read aloud.
    pub fn name(self) -> &'static str {
        match self {
            Self::ThumbsUp => "Thumbs up",
            Self::ThumbsDown => "Thumbs down",
            Self::Party => "Party",
            Self::Heart => "Heart",
            Self::Eyes => "Eyes",
        }
    }
}

impl std::str::FromStr for Reaction {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|reaction| reaction.as_str() == word).ok_or_else(|| format!("“{word}” is not a reaction"))
    }
}

/// Everybody who left one sign on a comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reacted {
    /// The sign.
    pub reaction: Reaction,
    /// How many people.
    pub count: u32,
    /// Who, in the words of a sentence: the first of them by name.
    pub who: String,
    /// The asking account among them.
    pub mine: bool,
}
