//! Settings: every one a flag and an environment variable, checked at start, with an error that says what to change.

use std::net::SocketAddr;
use std::str::FromStr;
use std::time::Duration;

use clap::{Args, ValueEnum};
use ipnet::IpNet;
use lettre::message::Mailbox;
use url::Url;

mod pictures;
mod public_url;
mod sockets;

pub use pictures::PictureKeeping;
pub use public_url::PublicUrl;
pub use sockets::SocketLimits;

use crate::mail::Mail;

/// Where the truth is.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Database")]
pub struct Database {
    /// PostgreSQL 15 or newer: `postgres://user:password@host:port/database`
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_name = "URL", global = true)]
    pub database_url: Option<String>,
    /// Connections kept to it; a few per core is enough
    #[arg(long, env = "QUORUM_DATABASE_CONNECTIONS", default_value_t = 16, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=1000), global = true)]
    pub database_connections: u32,
    /// Seconds to wait for it at start before giving up
    #[arg(long, env = "QUORUM_DATABASE_WAIT", default_value_t = 30, value_name = "SECONDS", global = true)]
    pub database_wait: u64,
}

/// Where people and programs reach this Quorum.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Address")]
pub struct Reach {
    /// What people type into their browser: `https://quorum.example.org`. Fixes origin, links and cookies. Plain http is refused unless it is
    /// this machine. Default: http:// and the address listened on
    #[arg(long, env = "QUORUM_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<PublicUrl>,
    /// Address and port to listen on
    #[arg(long, env = "QUORUM_LISTEN", default_value = "127.0.0.1:3000", value_name = "ADDRESS:PORT")]
    pub listen: SocketAddr,
}

/// Everything `quorum serve` can be told.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Process")]
pub struct Serve {
    /// Where people and programs reach it.
    #[command(flatten)]
    pub reach: Reach,
    /// How mail is sent.
    #[command(flatten)]
    pub post: Post,
    /// What one client may cost.
    #[command(flatten)]
    pub sockets: SocketLimits,
    /// Where pictures are kept.
    #[command(flatten)]
    pub pictures: PictureKeeping,
    /// Networks of the proxies in front, whose X-Forwarded-For is believed: `10.0.0.0/8,fd00::/8`
    #[arg(long, env = "QUORUM_TRUSTED_PROXIES", value_delimiter = ',', value_name = "NETWORKS")]
    pub trusted_proxies: Vec<IpNet>,
    /// NATS, which joins several processes over one database: `nats://host:4222`. Without it one process serves alone. The database stays the
    /// only truth: a bus that is away or loses messages makes pages slower to hear of each other, and nothing else
    #[arg(long, env = "QUORUM_BUS", hide_env_values = true, value_name = "URL")]
    pub bus: Option<String>,
    /// The one-time code of the first account, at least 16 characters: for several processes that start over one empty database. Default: each draws
    /// its own
    #[arg(long, env = "QUORUM_SET_UP_CODE", hide_env_values = true, value_name = "CODE", value_parser = code)]
    pub set_up_code: Option<String>,
    /// Address and port for Prometheus, which reads `/metrics` there; without it nothing is served. Keep it off the public network
    #[arg(long, env = "QUORUM_METRICS_LISTEN", value_name = "ADDRESS:PORT")]
    pub metrics_listen: Option<SocketAddr>,
    /// Seconds after SIGTERM in which everything is still served and `/readyz` already says no, so that a load balancer turns to the others first; a
    /// second signal ends them. Default: 5 with --bus, else 0
    #[arg(long, env = "QUORUM_SHUTDOWN_NOTICE", value_name = "SECONDS")]
    pub shutdown_notice: Option<u64>,
    /// Seconds that requests under way may take after that
    #[arg(long, env = "QUORUM_SHUTDOWN_GRACE", default_value_t = 10, value_name = "SECONDS")]
    pub shutdown_grace: u64,
}

/// How mail is sent. Without it, links are handed over by people.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Mail")]
pub struct Post {
    /// Mail server: `smtps://user:password@host`, `smtp://host:587?tls=required`, or `smtp://localhost` for a relay on this machine
    #[arg(long, env = "QUORUM_SMTP_URL", hide_env_values = true, requires = "mail_from", value_name = "URL")]
    pub smtp_url: Option<String>,
    /// The sender of mails: `Quorum <quorum@example.org>`
    #[arg(long, env = "QUORUM_MAIL_FROM", requires = "smtp_url", value_name = "ADDRESS")]
    pub mail_from: Option<Mailbox>,
}

/// How the log is written.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Log")]
pub struct Log {
    /// `text` for people, `json` for machines
    #[arg(long, env = "QUORUM_LOG_FORMAT", value_enum, default_value = "text", global = true)]
    pub log_format: LogFormat,
    /// What is logged: `error`, `warn`, `info`, `debug`, or per module as in `info,server=debug`
    #[arg(long, env = "QUORUM_LOG", default_value = "info,sqlx=warn", value_name = "FILTER", global = true)]
    pub log: String,
    /// Where traces are sent, as OTLP over HTTP: `http://127.0.0.1:4318`, a collector near by, which forwards them over TLS if need be. Without it
    /// nothing is traced
    #[arg(long, env = "QUORUM_OTLP_ENDPOINT", value_name = "URL", value_parser = collector, global = true)]
    pub otlp_endpoint: Option<Url>,
}

/// The shape of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// One line for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// A setting that cannot be used; says what to change.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Wrong(pub String);

/// A code that cannot be guessed.
fn code(text: &str) -> Result<String, String> {
    if text.trim().len() < 16 { Err("use at least 16 characters, or it could be guessed".into()) } else { Ok(text.trim().into()) }
}

/// The address of a collector's traces: every collector adds the same path to its own.
fn collector(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).ok().filter(|url| url.scheme() == "http" && url.query().is_none());
    let mut url = url.ok_or("it looks like http://127.0.0.1:4318")?;
    url.path_segments_mut().map_err(|()| "it looks like http://127.0.0.1:4318")?.pop_if_empty().extend(["v1", "traces"]);
    Ok(url)
}

impl Serve {
    /// How long it still serves after it was told to stop.
    pub fn notice(&self) -> Duration {
        // A process that is alone has nobody to hand over to.
        Duration::from_secs(self.shutdown_notice.unwrap_or(if self.bus.is_some() { 5 } else { 0 }))
    }

    /// How long requests under way may take then.
    pub fn grace(&self) -> Duration {
        Duration::from_secs(self.shutdown_grace)
    }
}

impl Database {
    /// The address, which has no default: a wrong guess would write into somebody else's database.
    pub fn url(&self) -> Result<&str, Wrong> {
        self.database_url.as_deref().ok_or_else(|| {
            Wrong("Which database? Set DATABASE_URL or --database-url to postgres://user:password@host:port/database.".into())
        })
    }

    /// How long to wait for it at start.
    pub fn wait(&self) -> Duration {
        Duration::from_secs(self.database_wait)
    }
}

impl Reach {
    /// The public address, by default the one listened on.
    pub fn public_url(&self) -> Result<PublicUrl, Wrong> {
        if let Some(url) = &self.public_url {
            return Ok(url.clone());
        }
        let host =
            if self.listen.ip().is_unspecified() { "127.0.0.1".into() } else { SocketAddr::new(self.listen.ip(), 0).ip().to_string() };
        let host = if host.contains(':') { format!("[{host}]") } else { host };
        PublicUrl::from_str(&format!("http://{host}:{}", self.listen.port()))
            .map_err(|reason| Wrong(format!("{reason} Set QUORUM_PUBLIC_URL or --public-url to what people type into their browser.")))
    }
}

impl Post {
    /// The mail server, when one is set.
    pub fn mail(&self) -> Result<Option<Mail>, Wrong> {
        let (Some(url), Some(from)) = (&self.smtp_url, &self.mail_from) else { return Ok(None) };
        let mail = Mail::new(url, from.clone()).map_err(|error| {
            Wrong(format!("QUORUM_SMTP_URL cannot be used ({error}). It looks like smtps://user:password@host or smtp://localhost."))
        })?;
        Ok(Some(mail))
    }
}
