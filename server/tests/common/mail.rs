//! A mail server as far as a sender can tell: takes everything, keeps it for the test.

use std::sync::Arc;
use std::time::Duration;

use server::mail::Mail;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, mpsc};
use tokio::time::timeout;

/// A mail that arrived.
#[derive(Clone, Debug)]
pub struct Mailed {
    pub to: String,
    /// Headers and text, decoded.
    pub text: String,
}

/// A mail server.
#[derive(Clone)]
pub struct Sink {
    port: u16,
    arrived: Arc<Mutex<mpsc::UnboundedReceiver<Mailed>>>,
}

impl Sink {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let (tell, arrived) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(stream, tell.clone()));
            }
        });
        Self { port, arrived: Arc::new(Mutex::new(arrived)) }
    }

    /// What sends to it.
    pub fn sender(&self) -> Mail {
        let from = "Quorum <quorum@example.org>".parse().expect("a mailbox");
        Mail::new(&format!("smtp://127.0.0.1:{}", self.port), from).expect("a mail server")
    }

    /// The next mail.
    pub async fn next(&self) -> Mailed {
        let mut arrived = self.arrived.lock().await;
        timeout(Duration::from_secs(10), arrived.recv()).await.expect("a mail in time").expect("a mail")
    }

    /// Whether no mail has arrived that was not looked at.
    pub async fn is_empty(&self) -> bool {
        self.arrived.lock().await.is_empty()
    }
}

impl Mailed {
    /// The last part of the link in it.
    pub fn secret(&self) -> String {
        let line = self.text.lines().find(|line| line.starts_with("http")).expect("a link");
        line.rsplit('/').next().expect("a secret").trim().to_owned()
    }
}

/// One SMTP conversation (RFC 5321), without any extension.
async fn converse(stream: TcpStream, tell: mpsc::UnboundedSender<Mailed>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink\r\n").await?;
    let (mut to, mut line) = (String::new(), String::new());
    while {
        line.clear();
        stream.read_line(&mut line).await?
    } > 0
    {
        let word = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        if word == "RCPT" {
            to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        }
        if word == "DATA" {
            stream.write_all(b"354 go on\r\n").await?;
            let text = readable(&content(&mut stream).await?);
            let _ = tell.send(Mailed { to: to.clone(), text });
        }
        stream.write_all(if word == "QUIT" { b"221 bye\r\n" } else { b"250 ok\r\n" }).await?;
    }
    Ok(())
}

async fn content(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut content = String::new();
    loop {
        let start = content.len();
        if stream.read_line(&mut content).await? == 0 || &content[start..] == ".\r\n" {
            content.truncate(start);
            return Ok(content);
        }
    }
}

/// Undoes quoted-printable (RFC 2045, 6.7) where it was used.
fn readable(content: &str) -> String {
    if !content.contains("quoted-printable") {
        return content.to_owned();
    }
    let joined = content.replace("=\r\n", "");
    let mut parts = joined.split('=');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        if let Some(byte) = part.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(byte);
            bytes.extend_from_slice(&part.as_bytes()[2..]);
        } else {
            bytes.push(b'=');
            bytes.extend_from_slice(part.as_bytes());
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
