//! Mail over SMTP: plain text, and only what somebody asked for.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

/// How long one mail may take: a person may wait for it.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A mail server to hand mail to. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// What a mail says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    subject: String,
    text: String,
}

impl Letter {
    /// A link that sets a new password.
    pub fn reset(name: &str, link: &str) -> Self {
        let text = format!(
            "Hello {name},\n\nsomebody, probably you, asked for a new password for Quorum. To set it, open this link within two hours:\n\n\
             {link}\n\nIf it was not you, ignore this mail: your password stays as it is.\n"
        );
        Self { subject: "A new password for Quorum".into(), text }
    }

    /// A link that leads into a team.
    pub fn invitation(by: &str, team: &str, link: &str) -> Self {
        let text = format!(
            "Hello,\n\n{by} invites you to the team “{team}” on Quorum, where design documents are written and reviewed together. To join, open \
             this link within seven days; it works once:\n\n{link}\n"
        );
        Self { subject: format!("{by} invites you to “{team}” on Quorum"), text }
    }
}

impl Mail {
    /// A mail server by its address: `smtp://` (plain, for a relay on the same host), `smtp://…?tls=required`, `smtps://`, with `user:password@`.
    pub fn new(url: &str, from: Mailbox) -> Result<Self, lettre::transport::smtp::Error> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.timeout(Some(TIMEOUT)).build();
        Ok(Self { transport, from })
    }

    /// Hands a mail over; false: it could not be, and the log says why.
    pub async fn send(&self, to: &str, letter: Letter) -> bool {
        match self.try_send(to, letter).await {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(%error, "mail could not be sent");
                false
            }
        }
    }

    async fn try_send(&self, to: &str, letter: Letter) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.parse()?))
            .subject(letter.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text)?;
        self.transport.send(message).await?;
        Ok(())
    }
}
