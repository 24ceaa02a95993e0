//! The command line: `quorum serve`, and what operators do without a browser.

use clap::{Parser, Subcommand};

use crate::config::{Database, Log, Serve};
use crate::web::assets::Site;

mod account;
mod database;
mod log;
mod serve;
mod team;
mod token;
mod traces;

/// Write design documents together, review them, approve them, merge them.
///
/// One server and PostgreSQL. Every setting is a flag and an environment variable.
#[derive(Debug, Parser)]
#[command(name = "quorum", version, max_term_width = 110)]
pub struct Cli {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    log: Log,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the pages, REST and sockets; brings the database's schema up to date first
    Serve(Box<Serve>),
    /// Bring the database's schema up to date, and stop
    Migrate,
    /// Make accounts and set passwords
    #[command(subcommand)]
    Account(account::Account),
    /// Make teams and put accounts into them
    #[command(subcommand)]
    Team(team::Team),
    /// Make bearer tokens for programs
    #[command(subcommand)]
    Token(token::Token),
}

/// Why a command failed, for people.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// A setting cannot be used.
    #[error(transparent)]
    Setting(#[from] crate::config::Wrong),
    /// The database does not let us.
    #[error("{0}")]
    Database(String),
    /// A rule of the product forbids it.
    #[error(transparent)]
    Refused(#[from] app::error::AppError),
    /// The machine does not let us.
    #[error("{0}")]
    Machine(String),
}

/// Runs a command; `site` is what `serve` serves under `/pkg`.
pub async fn run(cli: Cli, site: fn() -> Site) -> Result<(), Failed> {
    let traces = log::start(&cli.log)?;
    let done = match cli.command {
        Command::Serve(settings) => serve::run(&cli.database, *settings, site()).await,
        Command::Migrate => database::connect(&cli.database).await.map(drop),
        Command::Account(command) => account::run(&cli.database, command).await,
        Command::Team(command) => team::run(&cli.database, command).await,
        Command::Token(command) => token::run(&cli.database, command).await,
    };
    if let Some(traces) = traces {
        traces.finish().await;
    }
    done
}
