//! Where pictures are kept, and how many.

use clap::Args;
use url::Url;

use super::Wrong;
use crate::pictures::PictureStore;
use crate::service::{Keeping, PER_TEAM};

/// Where pictures are kept, and how many.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Pictures")]
pub struct PictureKeeping {
    /// Where the bytes of pictures are kept: `s3://bucket/folder` in S3 or what speaks like it, or `file:///folder`, which all processes share. S3 takes
    /// the usual variables: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT`. Default: in the database. Pictures that are kept
    /// already stay where they are
    #[arg(long, env = "QUORUM_PICTURES", value_name = "URL")]
    pub pictures: Option<Url>,
    /// Megabytes of pictures that one team may keep
    #[arg(long, env = "QUORUM_PICTURES_PER_TEAM", default_value_t = PER_TEAM, value_name = "MB")]
    pub pictures_per_team: u32,
}

impl PictureKeeping {
    /// As the use cases take it.
    pub fn keeping(&self) -> Result<Keeping, Wrong> {
        let store = self.pictures.as_ref().map(PictureStore::at).transpose().map_err(|reason| {
            Wrong(format!(
                "QUORUM_PICTURES cannot be used ({reason}). It looks like s3://bucket/folder or file:///var/lib/quorum/pictures."
            ))
        })?;
        Ok(Keeping::new(store, self.pictures_per_team))
    }
}
