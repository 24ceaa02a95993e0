//! Pictures: brought by whoever may discuss, because comments show them too; seen by whoever may read.

use std::sync::Arc;

use app::backend::Pictures;
use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::TeamId;
use app::model::picture::PictureName;
use app::model::role::Act;
use async_trait::async_trait;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::Service;
use super::blocking::aside;
use super::fault::{Shown, internal};
use crate::db;
use crate::db::pictures::NewPicture;
use crate::pictures::{Encoded, PictureStore, Refusal, anew};

/// Megabytes of a team's pictures, unless set otherwise: ten thousand screenshots, and a database that can still be copied in an hour.
pub const PER_TEAM: u32 = 1_000;

/// Where pictures are kept, how many, and whose turn it is to be read.
#[derive(Clone, Debug)]
pub struct Keeping {
    /// None: in the database.
    store: Option<PictureStore>,
    /// Bytes of a team's.
    per_team: u64,
    /// One at a time: decoded, a picture may take 300 MB for a second.
    turn: Arc<Semaphore>,
}

impl Keeping {
    /// In a store of objects, or in the database; so many megabytes a team.
    pub fn new(store: Option<PictureStore>, megabytes_per_team: u32) -> Self {
        Self { store, per_team: u64::from(megabytes_per_team) * 1_000_000, turn: Arc::new(Semaphore::new(1)) }
    }
}

impl Default for Keeping {
    fn default() -> Self {
        Self::new(None, PER_TEAM)
    }
}

#[async_trait]
impl Pictures for Service {
    async fn add_picture(&self, caller: &Caller, team: &str, bytes: Vec<u8>) -> Result<PictureName> {
        let team = self.in_team(caller, team, Act::Discuss).await?.team;
        self.limit_pictures(caller.account).await?;
        let Encoded { format, width, height, bytes } = self.written_anew(bytes).await?;
        let name = PictureName { hash: Sha256::digest(&bytes).into(), width, height, format };
        if !db::pictures::has(&self.db, team, &name).await.shown()? {
            self.keep_picture(caller, team, &name, bytes).await?;
        }
        Ok(name)
    }

    async fn picture(&self, caller: &Caller, name: &str) -> Result<(PictureName, Vec<u8>)> {
        let missing = || AppError::not_found("picture");
        let name: PictureName = name.parse().map_err(|_| missing())?;
        let bound = caller.token.map(|(bound, _)| bound);
        let found = db::pictures::find(&self.db, &name, caller.account, bound).await.shown()?.ok_or_else(missing)?;
        let bytes = match (found.bytes, &self.pictures.store) {
            (Some(bytes), _) => bytes,
            (None, Some(store)) => store.get(found.team, &name).await.shown()?.into(),
            (None, None) => {
                tracing::error!("a picture is in a store of objects, and --pictures names none");
                return Err(AppError::Unavailable("The store of pictures cannot be reached. Try again in a moment.".into()));
            }
        };
        Ok((name, bytes))
    }
}

impl Service {
    async fn written_anew(&self, bytes: Vec<u8>) -> Result<Encoded> {
        let _turn = self.pictures.turn.acquire().await.map_err(|closed| internal(&closed))?;
        aside(move || anew(&bytes)).await?.map_err(refused)
    }

    async fn keep_picture(&self, caller: &Caller, team: TeamId, name: &PictureName, bytes: Vec<u8>) -> Result<()> {
        let (size, at) = (bytes.len(), self.clock.now());
        // Two that come at once may both fit where only one would: it is a bound against growth without end, not an account.
        let weight = db::pictures::weight(&self.db, team).await.shown()?;
        if u64::try_from(weight).unwrap_or(u64::MAX).saturating_add(size as u64) > self.pictures.per_team {
            return Err(AppError::conflict(
                "no-room",
                format!(
                    "This team's pictures have the {} MB that they may have. Whoever runs this Quorum can allow more (--pictures-per-team).",
                    self.pictures.per_team / 1_000_000
                ),
            ));
        }
        // Bytes first: a row stands for a picture that is there.
        let in_row = match &self.pictures.store {
            Some(store) => {
                store.put(team, name, bytes.into()).await.shown()?;
                None
            }
            None => Some(bytes),
        };
        let new = NewPicture { team, name, size, bytes: in_row.as_deref(), by: caller.account, at };
        db::pictures::insert(&self.db, new).await.shown()
    }
}

fn refused(refusal: Refusal) -> AppError {
    match refusal {
        Refusal::TooLarge | Refusal::TooManyPixels | Refusal::TooLargeAnew => AppError::TooLarge(refusal.to_string()),
        Refusal::Svg | Refusal::Heic | Refusal::Moving | Refusal::Unknown | Refusal::Damaged => {
            AppError::invalid("picture", refusal.to_string())
        }
    }
}
