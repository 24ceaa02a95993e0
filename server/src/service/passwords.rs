//! Passwords: argon2id off the event loop, and what makes one acceptable.
//!
//! Parameters: OWASP Password Storage Cheat Sheet (19 MiB, 2 passes, 1 lane). Rules: ASVS 5.0, 6.2.

use std::sync::Arc;
use std::thread::available_parallelism;

use app::error::{AppError, Result};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use super::fault::internal;

mod common;

/// Memory of one hash in KiB.
const MEMORY: u32 = 19_456;
/// Passes over it.
const PASSES: u32 = 2;
/// Lanes: more would only help an attacker with more cores than we have.
const LANES: u32 = 1;

/// Hashes and checks passwords. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Passwords {
    /// As many hashes at once as there are cores: more would only hold more memory and starve everything else.
    permits: Arc<Semaphore>,
    /// A hash of nothing anybody knows, checked when there is no account, so that the answer takes as long.
    dummy: Arc<str>,
}

impl Default for Passwords {
    fn default() -> Self {
        let cores = available_parallelism().map_or(2, std::num::NonZero::get);
        let dummy = hash(&super::secrets::link()).expect("the parameters are valid");
        Self { permits: Arc::new(Semaphore::new(cores)), dummy: dummy.into() }
    }
}

impl Passwords {
    /// The hash to keep of a password that is acceptable.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let password = password.to_owned();
        self.run(move || hash(&password)).await?.map_err(|error| internal(&error))
    }

    /// Whether a password is the one of `kept`; without `kept` it takes as long and is not.
    pub async fn verify(&self, password: &str, kept: Option<&str>) -> Result<bool> {
        let (password, known) = (password.to_owned(), kept.is_some());
        let kept = kept.unwrap_or(&self.dummy).to_owned();
        Ok(self.run(move || verify(&password, &kept)).await? && known)
    }

    /// Runs one hash on the blocking pool when a core is free.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let permit = self.permits.clone().acquire_owned().await.map_err(|error| internal(&error))?;
        let done = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        });
        done.await.map_err(|error| internal(&error))
    }
}

/// Whether a hash was made with weaker parameters than today's.
pub fn outdated(kept: &str) -> bool {
    let params = PasswordHash::new(kept).ok().and_then(|hash| Params::try_from(&hash).ok());
    params.is_none_or(|params| params.m_cost() < MEMORY || params.t_cost() < PASSES || params.p_cost() < LANES)
}

/// Refuses a password that is too short, too long or among the first that anybody tries. Nothing is trimmed and no mix of characters asked for.
pub fn check(password: &str, email: &str, name: &str) -> Result<()> {
    let refuse = |message: &str| Err(AppError::invalid("password", message));
    match password.chars().count() {
        0..8 => return refuse("Use at least 8 characters; a few unrelated words are easy to remember."),
        8..=128 => {}
        _ => return refuse("Use at most 128 characters."),
    }
    if common::is_common(password, email, name) {
        return refuse("This is among the first passwords that others would try. A few unrelated words are better.");
    }
    Ok(())
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY, PASSES, LANES, None).expect("the parameters are valid");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash(password: &str) -> std::result::Result<String, argon2::password_hash::Error> {
    let hash: PasswordHash = argon2().hash_password(password.as_bytes())?;
    Ok(hash.to_string())
}

fn verify(password: &str, kept: &str) -> bool {
    PasswordHash::new(kept).is_ok_and(|kept| argon2().verify_password(password.as_bytes(), &kept).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_exact_password_is_right() {
        let passwords = Passwords::default();
        let kept = passwords.hash("correct horse ").await.expect("hash");
        assert!(passwords.verify("correct horse ", Some(&kept)).await.expect("verify"));
        for wrong in ["correct horse", "Correct horse ", " correct horse ", ""] {
            assert!(!passwords.verify(wrong, Some(&kept)).await.expect("verify"), "{wrong}");
        }
    }

    #[tokio::test]
    async fn all_of_a_long_password_counts() {
        let passwords = Passwords::default();
        let long = "é".repeat(127);
        let kept = passwords.hash(&format!("{long}a")).await.expect("hash");
        assert!(!passwords.verify(&format!("{long}b"), Some(&kept)).await.expect("verify"));
    }

    #[tokio::test]
    async fn without_an_account_no_password_is_right() {
        assert!(!Passwords::default().verify("anything at all", None).await.expect("verify"));
    }

    #[test]
    fn the_parameters_are_at_least_those_of_owasp() {
        let kept = hash("correct horse").expect("hash");
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(!outdated(&kept));
        assert!(outdated(&kept.replace("m=19456", "m=9216")));
        assert!(outdated("not a hash"));
    }

    #[test]
    fn length_is_counted_in_characters_and_nothing_else_is_asked() {
        let check = |password: &str| check(password, "ada@example.org", "Ada Lovelace");
        assert!(check("kwzjfhb").is_err());
        assert!(check("kwzjfhbq").is_ok());
        assert!(check("ｋｗｚｊｆｈｂ").is_err());
        assert!(check(&"kwzjfhbq".repeat(8)).is_ok());
        assert!(check(&"kwzjfhbq".repeat(16)).is_ok());
        assert!(check(&format!("{}x", "kwzjfhbq".repeat(16))).is_err());
        assert!(check("     fjword").is_ok());
    }
}
