//! `quorum team`: make teams and put accounts into them.

use app::model::role::Role;
use clap::{Args, Subcommand};

use super::{Failed, database};
use crate::config::Database;
use crate::service::Links;

/// Make teams and put accounts into them.
#[derive(Debug, Subcommand)]
pub enum Team {
    /// Make a team; running it again with the same name and admin changes nothing
    Create(Create),
    /// Put an account into a team, or give a member another role
    Add(Add),
}

/// A team.
#[derive(Args, Debug)]
pub struct Create {
    /// Its name in links: lower-case letters, digits, hyphens
    #[arg(long)]
    slug: String,
    /// Its name
    #[arg(long)]
    name: String,
    /// E-mail address of the account that is its first admin
    #[arg(long, value_name = "EMAIL")]
    admin: String,
}

/// A member.
#[derive(Args, Debug)]
pub struct Add {
    /// The team's name in links
    #[arg(long, value_name = "SLUG")]
    team: String,
    /// E-mail address of the account
    #[arg(long, value_name = "EMAIL")]
    account: String,
    /// viewer, commenter, editor or admin
    #[arg(long)]
    role: Role,
}

/// Runs the command.
pub async fn run(settings: &Database, command: Team) -> Result<(), Failed> {
    let service = database::service(settings, Links::default()).await?;
    match command {
        Team::Create(team) => {
            let made = service.ensure_team(&team.slug, &team.name, &team.admin).await?;
            println!("Team {} {}", team.slug, if made { "is made." } else { "was there already; nothing was changed." });
        }
        Team::Add(member) => {
            service.ensure_member(&member.team, &member.account, member.role).await?;
            println!("{} is {} in {}.", member.account, member.role, member.team);
        }
    }
    Ok(())
}
