//! Where the links lead that Quorum hands out: pages of `app::routes`, under the public address.

use crate::config::PublicUrl;

/// Makes links.
#[derive(Clone, Debug, Default)]
pub struct Links(Option<PublicUrl>);

impl Links {
    /// Links under an address. Commands that make none do without.
    pub fn new(url: PublicUrl) -> Self {
        Self(Some(url))
    }

    /// Where an invitation is accepted.
    pub fn invitation(&self, secret: &str) -> String {
        self.under("invitations", secret)
    }

    /// Where a new password is set.
    pub fn reset(&self, secret: &str) -> String {
        self.under("reset", secret)
    }

    fn under(&self, page: &str, secret: &str) -> String {
        let base = self.0.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{base}/{page}/{secret}")
    }
}
