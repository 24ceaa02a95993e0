//! Where the text that somebody types is: on the server's disk, on the way, or only on this device.

use leptos::prelude::*;
use serde::Deserialize;

/// As the editor tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Not connected yet.
    Connecting,
    /// On the way.
    Saving,
    /// On the server's disk.
    Saved,
    /// The server has it in memory but not on disk.
    NotOnServer,
    /// No connection.
    Offline,
    /// Nothing can be typed.
    ReadOnly,
    /// The server refuses it for its size.
    TooLarge,
    /// The server refuses it because the person may not write here any more.
    Refused,
}

/// Why the server refuses, as far as the line to it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The person may not write.
    Role,
    /// Nobody may write at present.
    Held,
    /// Nobody may write any more.
    Closed,
    /// The session has ended.
    SignedOut,
    /// The person may not read.
    Access,
    /// It is not there any more.
    Gone,
}

/// A status and how many changes wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saving {
    /// Where the text is.
    pub status: Status,
    /// How many changes of this device the server has not acknowledged.
    pub pending: u32,
    /// How many of them are on this device's disk. None: the browser has no storage, they are only in the page.
    pub kept: Option<u32>,
    /// Why they are refused.
    pub reason: Option<Reason>,
}

impl Saving {
    /// The words of the status line.
    pub fn words(self) -> String {
        match self.status {
            Status::Connecting if self.pending > 0 => self.with_changes("Connecting"),
            Status::Connecting => "Connecting…".into(),
            Status::Saving => "Saving…".into(),
            Status::Saved => "Saved".into(),
            Status::NotOnServer => "Not on the server yet".into(),
            Status::Offline => self.with_changes("Offline"),
            Status::ReadOnly => "Read only".into(),
            Status::TooLarge => "Too large, not saved".into(),
            Status::Refused if self.pending == 0 => "Disconnected".into(),
            Status::Refused => self.with_changes("Not saved"),
        }
    }

    /// The state and where the changes are. One that is still being written to this device's disk is not said to be there.
    fn with_changes(self, state: &str) -> String {
        let changes = |n| if n == 1 { "1 change".to_owned() } else { format!("{n} changes") };
        match self.kept {
            None if self.pending > 0 => format!("{state}, {} only in this page", changes(self.pending)),
            Some(kept) if kept > 0 => format!("{state}, {} kept on this device", changes(kept)),
            _ => state.into(),
        }
    }

    fn tone(self) -> &'static str {
        match self.status {
            Status::Saved | Status::ReadOnly => "calm",
            Status::Connecting | Status::Saving => "busy",
            Status::NotOnServer | Status::Offline => "warning",
            Status::TooLarge | Status::Refused => "danger",
        }
    }
}

/// The line. Read aloud when the status changes, not at every change that is counted or saved.
#[component]
pub fn StatusLine(saving: Signal<Option<Saving>>) -> impl IntoView {
    let aloud = Memo::new(move |before: Option<&(Option<Status>, String)>| {
        let now = saving.get();
        let status = now.map(|now| now.status);
        match before {
            Some(before) if before.0 == status => before.clone(),
            // Saving and saved follow each other with every word: only coming back to saved from trouble is news.
            Some(before) if matches!(status, Some(Status::Saving)) => (before.0, before.1.clone()),
            _ => (status, now.map(Saving::words).unwrap_or_default()),
        }
    });
    view! {
        <span class="status-line" data-tone=move || saving.get().map_or("busy", Saving::tone)>
            <span aria-hidden="true">{move || saving.get().map(Saving::words)}</span>
            <span class="aside" role="status">{move || aloud.get().1}</span>
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(status: Status, pending: u32, kept: Option<u32>) -> String {
        Saving { status, pending, kept, reason: None }.words()
    }

    #[test]
    fn it_says_how_many_changes_are_only_on_this_device() {
        assert_eq!(words(Status::Offline, 1, Some(1)), "Offline, 1 change kept on this device");
        assert_eq!(words(Status::Offline, 3, Some(3)), "Offline, 3 changes kept on this device");
        assert_eq!(words(Status::Refused, 3, Some(3)), "Not saved, 3 changes kept on this device");
        assert_eq!(words(Status::Refused, 0, Some(0)), "Disconnected");
    }

    #[test]
    fn only_what_is_on_the_disk_is_said_to_be_kept() {
        assert_eq!(words(Status::Offline, 0, Some(0)), "Offline");
        assert_eq!(words(Status::Offline, 1, Some(0)), "Offline");
        assert_eq!(words(Status::Offline, 3, Some(2)), "Offline, 2 changes kept on this device");
        assert_eq!(words(Status::Offline, 0, None), "Offline");
        assert_eq!(words(Status::Connecting, 1, None), "Connecting, 1 change only in this page");
    }

    #[test]
    fn the_words_of_the_statuses_are_what_the_editor_sends() {
        for (word, status) in
            [("\"not-on-server\"", Status::NotOnServer), ("\"read-only\"", Status::ReadOnly), ("\"saved\"", Status::Saved)]
        {
            assert_eq!(serde_json::from_str::<Status>(word).ok(), Some(status));
        }
    }
}
