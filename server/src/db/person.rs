//! How a row's account becomes the person that others see.

use app::model::account::Person;
use app::model::ids::AccountId;
use uuid::Uuid;

/// The account of a left join; none: its row is gone, and with it the name.
pub fn person(id: Option<Uuid>, name: Option<String>) -> Person {
    match (id, name) {
        (Some(id), Some(name)) => Person { id: Some(AccountId(id)), name },
        _ => former_member(),
    }
}

/// Somebody whose account is removed.
pub fn former_member() -> Person {
    Person { id: None, name: "former member".into() }
}

/// A word of a column whose check constraint allows no other than the type's own.
pub fn word<T: std::str::FromStr<Err = String>>(word: &str) -> sqlx::Result<T> {
    word.parse().map_err(|reason: String| sqlx::Error::Decode(reason.into()))
}
