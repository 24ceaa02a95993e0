//! Where a page of members ends and the next begins. The cursor is opaque to callers: base64 of name and account.

use app::error::{AppError, Result};
use app::model::ids::AccountId;
use app::model::page::Page;
use app::model::team::Member;
use data_encoding::BASE64URL_NOPAD;

use super::PAGE;
use crate::db::teams::AfterMember;

/// The page of rows that are one more than fit when there are more.
pub fn page(mut rows: Vec<Member>) -> Page<Member> {
    let fits = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > fits;
    rows.truncate(fits);
    let next = rows.last().filter(|_| more).map(write);
    Page { items: rows, next }
}

/// Reads a cursor that [`page`] made.
pub fn read(cursor: &str) -> Result<AfterMember> {
    let decode = || {
        let bytes = BASE64URL_NOPAD.decode(cursor.as_bytes()).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (account, name) = text.split_once(' ')?;
        Some(AfterMember { name: name.to_owned(), account: account.parse().ok()? })
    };
    decode().ok_or_else(|| AppError::invalid("after", "This is not where a page ended. Leave it out to begin at the first."))
}

fn write(last: &Member) -> String {
    let AccountId(account) = last.account;
    BASE64URL_NOPAD.encode(format!("{account} {}", last.name.to_lowercase()).as_bytes())
}
