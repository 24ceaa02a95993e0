//! How often somebody may try, or may ask for what costs much: token buckets per account and per address.
//!
//! Nobody is locked out for good. One address gets little of an account's own bucket, so it cannot lock its owner out, and an address
//! that the account is signed in from does not draw on it at all. Right attempts are given back, so only wrong ones count.

use std::net::{IpAddr, Ipv6Addr};

use app::error::{AppError, Result};
use app::model::ids::AccountId;

use super::Service;
use super::fault::Shown;
use crate::db;
use crate::db::limits::Bucket;

/// Wrong passwords of one account from one address: ten at once, then one a minute.
const PAIR: Bucket = per_hour(10.0, 60.0);
/// Wrong passwords from one address, whatever the account: an office shares one, a guesser too.
const ADDRESS: Bucket = per_hour(60.0, 240.0);
/// Wrong passwords of one account from all unknown addresses together: what many addresses in concert get.
const ACCOUNT: Bucket = per_hour(100.0, 100.0);
/// Forms that make something for people who are not signed in (joining, first run, new password), from one address.
const FORM: Bucket = per_hour(20.0, 60.0);
/// Mails with a link, to one address: enough for somebody who lost the first two, no nuisance.
const MAIL: Bucket = per_hour(3.0, 6.0);
/// Pictures that one account brings: twenty dropped at once, then one every 15 seconds. Each may cost a second of work.
const PICTURES: Bucket = per_hour(20.0, 240.0);

const fn per_hour(capacity: f64, refill: f64) -> Bucket {
    Bucket { capacity, refill: refill / 3600.0 }
}

/// The tokens taken for one attempt.
#[derive(Debug, Default)]
pub(crate) struct Taken(Vec<String>);

impl Service {
    /// Takes what one sign-in costs, before the password is looked at.
    pub(crate) async fn limit_sign_in(&self, email: &str, account: Option<AccountId>, address: &str) -> Result<Taken> {
        let (source, email) = (source(address), email.trim().to_lowercase());
        let mut taken = Taken::default();
        self.take(&mut taken, format!("sign-in address {source}"), ADDRESS).await?;
        self.take(&mut taken, format!("sign-in pair {email} {source}"), PAIR).await?;
        let known = match account {
            Some(account) => db::sessions::known_address(&self.db, account, address, self.clock.now()).await.shown()?,
            None => false,
        };
        if !known {
            self.take(&mut taken, format!("sign-in account {email}"), ACCOUNT).await?;
        }
        Ok(taken)
    }

    /// Takes what sending one of the forms for people who are not signed in costs.
    pub(crate) async fn limit_form(&self, form: &str, address: &str) -> Result<Taken> {
        let mut taken = Taken::default();
        self.take(&mut taken, format!("{form} address {}", source(address)), FORM).await?;
        Ok(taken)
    }

    /// Takes what one mail to an address costs.
    pub(crate) async fn limit_mail(&self, email: &str) -> Result<()> {
        self.take(&mut Taken::default(), format!("mail {}", email.trim().to_lowercase()), MAIL).await
    }

    /// Takes what one picture costs.
    pub(crate) async fn limit_pictures(&self, account: AccountId) -> Result<()> {
        self.take(&mut Taken::default(), format!("picture {account}"), PICTURES).await
    }

    /// The attempt was right: it does not count.
    pub(crate) async fn give_back(&self, taken: Taken) -> Result<()> {
        db::limits::put_back(&self.db, &taken.0).await.shown()
    }

    async fn take(&self, taken: &mut Taken, key: String, bucket: Bucket) -> Result<()> {
        if !db::limits::take(&self.db, &key, bucket, self.clock.now()).await.shown()? {
            return Err(AppError::TooMany { seconds: seconds_a_token(bucket) });
        }
        taken.0.push(key);
        Ok(())
    }
}

/// The longest one may have to wait for the next token.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 600")]
fn seconds_a_token(bucket: Bucket) -> u32 {
    (1.0 / bucket.refill).ceil() as u32
}

/// What counts as one address: IPv6 hosts have a whole /64 to draw from.
fn source(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(v6)) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        Ok(v4) => v4.to_string(),
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_network_counts_as_one_address() {
        assert_eq!(source("2001:db8:1:2:3:4:5:6"), source("2001:db8:1:2::9"));
        assert_ne!(source("2001:db8:1:2::9"), source("2001:db8:1:3::9"));
        assert_eq!(source("::ffff:192.0.2.7"), source("192.0.2.7"));
    }
}
