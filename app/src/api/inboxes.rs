//! Doors to [`crate::backend::Inboxes`].

use leptos::prelude::*;

use crate::error::AppError;
use crate::model::ids::InboxId;
use crate::model::inbox::InboxItem;
use crate::model::page::Page;

/// What waits for the signed-in person.
#[server(prefix = "/rpc", endpoint = "inboxes/get")]
pub async fn get_inbox(after: Option<String>) -> Result<Page<InboxItem>, AppError> {
    let (visit, backend) = super::asked()?;
    backend.inbox(&visit.signed_in()?, after).await
}

/// Puts one away.
#[server(prefix = "/rpc", endpoint = "inboxes/put_away")]
pub async fn put_away(item: InboxId) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.put_away(&visit.signed_in()?, item).await
}
