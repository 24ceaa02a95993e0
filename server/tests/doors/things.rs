//! What is asked about, by the names it has in links and forms.

use server::clock::fresh_id;

/// Things of one team, and of the one who asks. Everything in the team holds the word "kestrel".
#[derive(Clone, Debug)]
pub struct Things {
    /// The team.
    pub slug: String,
    /// D-1's first proposal: in review at revision 1, its gate not met.
    pub proposal: String,
    /// D-2's first proposal: merged as version 1.
    pub merged: String,
    /// Ada's, on D-1's proposal.
    pub thread: String,
    /// Ada's, in that thread.
    pub comment: String,
    /// Bo's, on revision 1.
    pub review: String,
    /// A link into the team.
    pub invitation: String,
    /// A member who can be done without.
    pub leaver: String,
    /// A member who is a viewer.
    pub viewer: String,
    /// A browser that Ada is signed in with.
    pub session: String,
    /// A token of Ada's.
    pub token: String,
    /// An entry of Ada's inbox.
    pub item: String,
    /// The name of a picture that Ada brought.
    pub picture: String,
    /// The account that asks.
    pub own_account: String,
    /// A thread on D-1's proposal that it began.
    pub own_thread: String,
    /// A comment of its own in Ada's thread.
    pub own_comment: String,
    /// A review of its own on revision 1.
    pub own_review: String,
    /// Of nothing.
    pub unknown: String,
}

impl Things {
    /// The same names, of things that do not exist.
    pub fn nowhere(&self) -> Self {
        let id = || fresh_id().to_string();
        Self {
            slug: "nowhere".into(),
            proposal: id(),
            merged: id(),
            thread: id(),
            comment: id(),
            review: id(),
            picture: format!("{}-2x1.png", "0".repeat(64)),
            own_thread: id(),
            own_comment: id(),
            own_review: id(),
            ..self.clone()
        }
    }
}
