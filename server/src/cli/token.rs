//! `quorum token`: bearer tokens for programs.

use app::model::token::Scope;
use clap::{Args, Subcommand};

use super::{Failed, database};
use crate::config::Database;
use crate::service::Links;

/// Make bearer tokens for programs.
#[derive(Debug, Subcommand)]
pub enum Token {
    /// Make a token and print it alone; it is shown this once
    Create(Create),
}

/// A token.
#[derive(Args, Debug)]
pub struct Create {
    /// E-mail address of the account that it speaks for, a member of the team
    #[arg(long, value_name = "EMAIL")]
    account: String,
    /// The team that it works in, by its name in links
    #[arg(long, value_name = "SLUG")]
    team: String,
    /// read, or write: all that the account may
    #[arg(long)]
    scope: Scope,
    /// What its owner sees in the list of tokens
    #[arg(long, default_value = "command line")]
    name: String,
    /// Days until it stops working; without it until it is revoked
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    days: Option<u16>,
}

/// Runs the command.
pub async fn run(settings: &Database, command: Token) -> Result<(), Failed> {
    let Token::Create(token) = command;
    let service = database::service(settings, Links::default()).await?;
    let secret = service.token_for(&token.account, &token.team, &token.name, token.scope, token.days).await?;
    println!("{secret}");
    Ok(())
}
