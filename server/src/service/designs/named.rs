//! Designs where texts name them: what is offered while somebody types a name, what is shown of a name, and who names whom.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::design::{Backlink, DesignCard};
use app::model::page::Page;
use app::model::role::Act;

use crate::db;
use crate::service::Service;
use crate::service::fault::Shown;
use crate::service::keyset;

/// How many cards are asked for at once: more names are on no screen.
const CARDS: usize = 100;

/// How many designs are offered to whoever types a name: a menu, not a list.
const OFFERED: i64 = 10;

/// Characters of what is typed that count; titles have no more.
const TYPED: usize = 200;

/// How many designs a page of backlinks has.
const PAGE: i64 = 50;

impl Service {
    /// The cards of those numbers that there are.
    pub(super) async fn cards(&self, caller: &Caller, team: &str, numbers: &[i32]) -> Result<Vec<DesignCard>> {
        let in_team = self.in_team(caller, team, Act::Read).await?;
        if numbers.len() > CARDS {
            return Err(AppError::invalid("numbers", "Ask for at most 100 designs at once."));
        }
        db::designs::numbered(&self.db, in_team.team, numbers).await.shown()
    }

    /// What may be meant by the beginning of a number or by words.
    pub(super) async fn like(&self, caller: &Caller, team: &str, like: &str) -> Result<Vec<DesignCard>> {
        let in_team = self.in_team(caller, team, Act::Read).await?;
        let typed: String = like.chars().take(TYPED).flat_map(char::to_lowercase).collect();
        let words: Vec<String> = typed.split_whitespace().map(str::to_owned).collect();
        let number = typed.trim();
        let number = (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(number);
        db::designs::like(&self.db, in_team.team, number, &words, OFFERED).await.shown()
    }

    /// A page of the designs that name this one.
    pub(super) async fn named_by(&self, caller: &Caller, team: &str, number: i32, after: Option<String>) -> Result<Page<Backlink>> {
        let (in_team, _) = self.in_design(caller, team, number, Act::Read).await?;
        let before = after.as_deref().map(keyset::number).transpose()?;
        let rows = db::backlinks::of(&self.db, in_team.team, number, before, PAGE + 1).await.shown()?;
        let (items, next) = keyset::cut(rows, PAGE, |last| last.number.to_string());
        Ok(Page { items, next })
    }
}
