//! "Your turn": what waits for somebody, and why.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::account::Person;
use super::ids::InboxId;
use super::review::Verdict;
use super::sentence::shortened;

/// How much of a passage an entry repeats.
const QUOTE: usize = 60;

/// Why something is in somebody's inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// They were asked to review.
    ReviewRequested,
    /// Somebody replied in a thread of theirs, or started one, or suggested changes, in a proposal of theirs.
    Reply,
    /// Somebody gave a verdict on a proposal of theirs.
    Verdict,
    /// Somebody sent a revision whose text names them.
    Mentioned,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::ReviewRequested, Self::Reply, Self::Verdict, Self::Mentioned];

    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ReviewRequested => "review_requested",
            Self::Reply => "reply",
            Self::Verdict => "verdict",
            Self::Mentioned => "mentioned",
        }
    }

    /// The part of a proposal's page where it is dealt with.
    pub fn tab(self) -> &'static str {
        match self {
            Self::ReviewRequested | Self::Verdict => "review",
            Self::Reply | Self::Mentioned => "read",
        }
    }
}

impl std::str::FromStr for Reason {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == word).ok_or_else(|| format!("“{word}” is no reason to be in an inbox"))
    }
}

/// What the sentence of an entry needs beyond its reason; stored with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// The revision it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<i32>,
    /// The verdict that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// The passage the thread is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// The thread was started, not replied in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub started: bool,
    /// The thread is a suggestion.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub suggested: bool,
}

impl Detail {
    /// The sentence after the actor's name.
    pub fn sentence(&self, reason: Reason) -> String {
        let revision = self.revision.map_or_else(|| "it".into(), |number| format!("revision {number}"));
        match (reason, self.verdict) {
            (Reason::ReviewRequested, _) => format!("asked you to review {revision}"),
            (Reason::Verdict, Some(Verdict::Approve)) => format!("approved {revision}"),
            (Reason::Verdict, Some(Verdict::RequestChanges)) => format!("requested changes on {revision}"),
            (Reason::Verdict, _) => format!("reviewed {revision}"),
            (Reason::Mentioned, _) => format!("mentioned you in {revision}"),
            (Reason::Reply, _) if self.suggested => "suggested changes".into(),
            (Reason::Reply, _) => {
                let act = if self.started { "started a discussion" } else { "replied" };
                match self.quote.as_deref().filter(|quote| !quote.trim().is_empty()) {
                    Some(quote) => format!("{act} on “{}”", shortened(quote, QUOTE)),
                    None => format!("{act} on the whole proposal"),
                }
            }
        }
    }
}

/// One thing that waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InboxItem {
    /// For putting it away.
    pub id: InboxId,
    /// Why it is here.
    pub reason: Reason,
    /// A finished sentence after the name: "asked you to review revision 2".
    pub what: String,
    /// Who did it.
    pub who: Person,
    /// `D-12` and its title.
    pub design: String,
    /// The design's title.
    pub title: String,
    /// The team's name.
    pub team: String,
    /// Where to go, as a link inside the application.
    pub link: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_makes_a_sentence_after_a_name() {
        let on = |verdict| Detail { revision: Some(2), verdict, ..Detail::default() };
        let quoting = |started| Detail { quote: Some("the  ledger\nis".into()), started, ..Detail::default() };
        for (reason, detail, sentence) in [
            (Reason::ReviewRequested, on(None), "asked you to review revision 2"),
            (Reason::Verdict, on(Some(Verdict::Approve)), "approved revision 2"),
            (Reason::Verdict, on(Some(Verdict::RequestChanges)), "requested changes on revision 2"),
            (Reason::Verdict, on(Some(Verdict::Comment)), "reviewed revision 2"),
            (Reason::Mentioned, on(None), "mentioned you in revision 2"),
            (Reason::Reply, quoting(false), "replied on “the ledger is”"),
            (Reason::Reply, quoting(true), "started a discussion on “the ledger is”"),
            (Reason::Reply, Detail::default(), "replied on the whole proposal"),
            (Reason::Reply, Detail { suggested: true, ..Detail::default() }, "suggested changes"),
        ] {
            assert_eq!(detail.sentence(reason), sentence);
        }
    }

    #[test]
    fn a_stored_detail_holds_only_what_is_said() {
        let detail = Detail { revision: Some(2), ..Detail::default() };
        assert_eq!(serde_json::to_string(&detail).unwrap(), r#"{"revision":2}"#);
        assert_eq!(serde_json::from_str::<Detail>("{}").unwrap(), Detail::default());
    }

    #[test]
    fn reasons_are_read_back_from_their_words() {
        for reason in Reason::ALL {
            assert_eq!(reason.as_str().parse(), Ok(reason));
        }
    }
}
