//! A Yjs client: its own document, and a socket that speaks the y-protocols and Quorum's messages beside them.

use std::collections::HashMap;
use std::time::Duration;

use bytes::Bytes;
use futures::{SinkExt, StreamExt};
use server::rooms::varint::{Reader, put, put_bytes};
use server::rooms::wire;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use yrs::updates::decoder::Decode;
use yrs::updates::encoder::Encode;
use yrs::{ClientID, Doc, GetString, OffsetKind, Options, ReadTxn, StateVector, Text, TextRef, Transact, Update};

/// Long enough for a machine under load; reached only by a test that fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// A client with its own Yjs document.
pub struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Its document.
    pub doc: Doc,
    /// The shared text.
    pub text: TextRef,
    /// Update frames sent.
    pub sent: u64,
    /// Acknowledged up to here.
    pub acked: u64,
    /// Message 101, as it came.
    pub modes: Vec<u64>,
    /// Message 102, as it came.
    pub refused: Vec<String>,
    /// Sync step 1s received.
    pub asked: u32,
    /// Sync step 2s received.
    pub synced: u32,
    /// Update frames received.
    pub updates: u32,
    /// Presence: client → (clock, state).
    pub people: HashMap<u64, (u32, serde_json::Value)>,
    /// The close code.
    pub closed: Option<u16>,
    /// Whether it answers sync step 1.
    pub answers: bool,
}

/// A fresh document of Yjs' kind.
pub fn document() -> Doc {
    Doc::with_options(Options {
        offset_kind: OffsetKind::Utf16,
        ..Options::with_client_id(ClientID::new(u64::from(rand::random::<u32>())))
    })
}

impl Client {
    /// Connects with a document and asks for what it lacks.
    pub async fn connect(request: impl IntoClientRequest + Unpin, doc: Doc) -> Self {
        let (socket, _) = connect_async(request).await.unwrap();
        let text = doc.get_or_insert_text("content");
        let mut client = Self {
            socket,
            doc,
            text,
            sent: 0,
            acked: 0,
            modes: vec![],
            refused: vec![],
            asked: 0,
            synced: 0,
            updates: 0,
            people: HashMap::new(),
            closed: None,
            answers: true,
        };
        let have = client.doc.transact().state_vector().encode_v1();
        client.raw(wire::step1(&have)).await;
        client
    }

    /// Sends bytes as they are.
    pub async fn raw(&mut self, frame: impl Into<Bytes>) {
        // A socket that the server has closed is found out by reading.
        let _ = self.socket.send(Message::Binary(frame.into())).await;
    }

    /// Sends a text frame.
    pub async fn say(&mut self, text: &str) {
        let _ = self.socket.send(Message::Text(text.into())).await;
    }

    /// Sends an update frame that is none of the document's.
    pub async fn raw_update(&mut self, update: &[u8]) {
        self.sent += 1;
        self.raw(wire::update(update)).await;
    }

    /// Types.
    pub async fn insert(&mut self, at: u32, text: &str) {
        let update = {
            let mut edit = self.doc.transact_mut();
            self.text.insert(&mut edit, at, text);
            edit.encode_update_v1()
        };
        self.raw_update(&update).await;
    }

    /// Deletes.
    pub async fn delete(&mut self, at: u32, length: u32) {
        let update = {
            let mut edit = self.doc.transact_mut();
            self.text.remove_range(&mut edit, at, length);
            edit.encode_update_v1()
        };
        self.raw_update(&update).await;
    }

    /// Says where it is.
    pub async fn present(&mut self, client: u64, clock: u32, state: &str) {
        let mut out = Vec::new();
        for number in [1, client, u64::from(clock)] {
            put(&mut out, number);
        }
        put_bytes(&mut out, state.as_bytes());
        self.raw(wire::awareness(&out)).await;
    }

    /// Its document's text.
    pub fn text(&self) -> String {
        self.text.get_string(&self.doc.transact())
    }

    /// Reads messages until something holds.
    pub async fn until(&mut self, holds: impl Fn(&Self) -> bool) {
        let reading = async {
            while !holds(self) {
                assert_eq!(self.closed, None, "closed while waiting");
                self.next().await;
            }
        };
        if tokio::time::timeout(PATIENCE, reading).await.is_err() {
            let Self { sent, acked, asked, synced, refused, modes, .. } = &*self;
            let (waits, text) = (self.doc.transact().has_missing_updates(), self.text());
            panic!(
                "waited too long: sent {sent}, acknowledged {acked}, asked {asked}, synced {synced}, refused {refused:?}, modes {modes:?}, waits for \
                 missing structs: {waits}, text {text:?}"
            );
        }
    }

    /// Reads messages until the server closes.
    pub async fn until_closed(&mut self) -> u16 {
        let reading = async {
            while self.closed.is_none() {
                self.next().await;
            }
        };
        tokio::time::timeout(PATIENCE, reading).await.expect("waited too long");
        self.closed.unwrap()
    }

    /// Waits until all it sent is acknowledged.
    pub async fn saved(&mut self) {
        self.until(|client| client.acked == client.sent).await;
    }

    /// Waits until the server has handled all it sent, committed or not: presence comes back in order.
    pub async fn handled(&mut self) {
        let me = self.doc.client_id().get();
        let clock = self.people.get(&me).map_or(1, |(clock, _)| clock + 1);
        self.present(me, clock, "{}").await;
        self.until(|client| client.people.get(&me).is_some_and(|(seen, _)| *seen >= clock)).await;
    }

    /// Reads one message.
    pub async fn next(&mut self) {
        match self.socket.next().await {
            Some(Ok(Message::Binary(frame))) => self.hear(&frame).await,
            Some(Ok(Message::Close(frame))) => self.closed = Some(frame.map_or(1005, |frame| frame.code.into())),
            Some(Ok(_)) => {}
            Some(Err(_)) | None => self.closed = Some(self.closed.unwrap_or(1006)),
        }
    }

    /// What a frame says.
    async fn hear(&mut self, frame: &[u8]) {
        match wire::parse(frame).unwrap() {
            wire::Message::Step1(state_vector) => {
                self.asked += 1;
                let lacks = self.doc.transact().encode_state_as_update_v1(&StateVector::decode_v1(state_vector).unwrap());
                if self.answers {
                    self.sent += 1;
                    self.raw(wire::step2(&lacks)).await;
                }
            }
            wire::Message::Step2(update) => {
                self.apply(update);
                self.synced += 1;
            }
            wire::Message::Update(update) => {
                self.apply(update);
                self.updates += 1;
            }
            wire::Message::Awareness(states) => self.learn(states),
            wire::Message::QueryAwareness => {}
            wire::Message::Unknown => {
                let mut reader = Reader::new(frame);
                match reader.number().unwrap() {
                    100 => self.acked = reader.number().unwrap(),
                    101 => self.modes.push(reader.number().unwrap()),
                    102 => self.refused.push(reader.text().unwrap().into()),
                    other => panic!("an unknown message {other}"),
                }
            }
        }
    }

    fn apply(&mut self, update: &[u8]) {
        self.doc.transact_mut().apply_update(Update::decode_v1(update).unwrap()).unwrap();
    }

    fn learn(&mut self, states: &[u8]) {
        let mut reader = Reader::new(states);
        for _ in 0..reader.number().unwrap() {
            let (client, clock, state) = (reader.number().unwrap(), reader.small().unwrap(), reader.text().unwrap());
            self.people.insert(client, (clock, serde_json::from_str(state).unwrap()));
        }
    }
}
