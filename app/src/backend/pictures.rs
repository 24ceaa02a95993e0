//! Pictures that designs and comments show.

use async_trait::async_trait;

use crate::error::Result;
use crate::model::account::Caller;
use crate::model::picture::PictureName;

/// What people do about pictures.
#[async_trait]
pub trait Pictures: Send + Sync {
    /// Keeps a picture for a team: a PNG, JPEG, GIF or WebP of at most 5 MB. What is kept is written anew and holds nothing but what is to be seen.
    /// Conflict: `no-room`. Commenter.
    async fn add_picture(&self, caller: &Caller, team: &str, bytes: Vec<u8>) -> Result<PictureName>;

    /// The bytes of a picture of a team that one is in.
    async fn picture(&self, caller: &Caller, name: &str) -> Result<(PictureName, Vec<u8>)>;
}
