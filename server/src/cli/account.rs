//! `quorum account`: make accounts and set passwords, on the database, with the server running or not.

use std::fs::read_to_string;
use std::path::{Path, PathBuf};

use app::error::AppError;
use clap::{Args, Subcommand};

use super::{Failed, database};
use crate::config::{Database, Reach};
use crate::service::Links;

/// Make accounts and set passwords.
#[derive(Debug, Subcommand)]
pub enum Account {
    /// Make an account; the first one of an empty database is the operator
    ///
    /// Running it again with the same address and password changes nothing.
    Create(Create),
    /// Set an account's password, or print a link that sets it, and end its sessions
    Reset(Reset),
}

/// A person.
#[derive(Args, Debug)]
pub struct Create {
    /// E-mail address, with which they sign in
    #[arg(long)]
    email: String,
    /// Name that others see
    #[arg(long)]
    name: String,
    /// File that holds the password; a line break at its end is not part of it. `-`: standard input
    #[arg(long, value_name = "FILE")]
    password_file: PathBuf,
}

/// A password that was forgotten.
#[derive(Args, Debug)]
pub struct Reset {
    /// E-mail address of the account
    #[arg(long)]
    email: String,
    /// File that holds the new password; without it a link is printed that sets one, valid for two hours
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    #[command(flatten)]
    reach: Reach,
}

/// Runs the command.
pub async fn run(settings: &Database, command: Account) -> Result<(), Failed> {
    match command {
        Account::Create(person) => create(settings, person).await,
        Account::Reset(reset) => set_anew(settings, reset).await,
    }
}

async fn create(settings: &Database, person: Create) -> Result<(), Failed> {
    let password = password(&person.password_file)?;
    let service = database::service(settings, Links::default()).await?;
    let made = service.ensure_account(&person.name, &person.email, &password).await?;
    println!("{} {}", person.email, if made { "has an account now." } else { "had this account already; nothing was changed." });
    Ok(())
}

async fn set_anew(settings: &Database, reset: Reset) -> Result<(), Failed> {
    let links = Links::new(reset.reach.public_url()?);
    let service = database::service(settings, links).await?;
    let account = service.account_of(&reset.email).await?;
    match reset.password_file {
        Some(file) => {
            service.set_password(account, &password(&file)?, None).await?;
            println!("{} has the new password now; all its sessions ended.", reset.email);
        }
        None => println!("{}", service.make_reset_link(account).await?),
    }
    Ok(())
}

/// The password in a file: all of it but one line break at its end.
fn password(file: &Path) -> Result<String, Failed> {
    let text = if file == Path::new("-") { std::io::read_to_string(std::io::stdin()) } else { read_to_string(file) };
    let text = text.map_err(|error| Failed::Machine(format!("The password file {} cannot be read: {error}.", file.display())))?;
    let line = text.strip_suffix('\n').map_or(text.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
    if line.contains('\n') {
        return Err(AppError::invalid("password", "The password file has more than one line.").into());
    }
    Ok(line.to_owned())
}
