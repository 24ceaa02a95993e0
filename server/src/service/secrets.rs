//! Secrets that Quorum hands out: drawn from the system's generator, kept only as hashes.

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use rand::TryRngCore;
use rand::rngs::OsRng;
use sha2::{Digest, Sha256};

/// How a bearer token begins, so that people and scanners of leaked secrets can tell what it is.
pub const TOKEN_PREFIX: &str = "quorum_";

/// How many characters of a token its owner sees again: the prefix and 20 of 160 bits.
const HINT: usize = TOKEN_PREFIX.len() + 4;

/// A link's secret: 256 random bits.
pub fn link() -> String {
    BASE64URL_NOPAD.encode(&random::<32>())
}

/// A bearer token: the prefix and 160 random bits in lower-case base32.
pub fn token() -> String {
    format!("{TOKEN_PREFIX}{}", BASE32_NOPAD.encode(&random::<20>()).to_lowercase())
}

/// A token's first characters.
pub fn hint(token: &str) -> String {
    token.chars().take(HINT).collect()
}

/// The one-time code of the first run: 80 random bits in four groups, short enough to type.
pub fn set_up_code() -> String {
    let letters = BASE32_NOPAD.encode(&random::<10>());
    letters.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
}

/// SHA-256, what is kept of a secret. A fast hash is enough: nobody guesses 160 bits.
pub fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    OsRng.try_fill_bytes(&mut bytes).expect("the operating system has randomness");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_its_prefix_and_160_bits() {
        let token = token();
        let bits = token.strip_prefix(TOKEN_PREFIX).expect("prefix");
        assert_eq!(bits.len() * 5, 160);
        assert!(token.starts_with(&hint(&token)));
        assert_ne!(token, super::token());
    }

    #[test]
    fn a_set_up_code_is_four_groups_of_four() {
        let code = set_up_code();
        assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [4; 4]);
    }

    #[test]
    fn a_link_holds_256_bits() {
        assert_eq!(BASE64URL_NOPAD.decode(link().as_bytes()).expect("base64url").len(), 32);
    }
}
