//! People who write in several texts at once, and what a stored text owes them.

use std::time::Duration;

use app::model::account::Caller;
use app::model::ids::ProposalId;
use rand::Rng;
use rand::rngs::StdRng;
use server::rooms::log::Start;
use tokio::time::{sleep, timeout};

use crate::process::token;
use crate::support::{World, proposal};
use crate::writer::Writer;

/// Long enough for a machine under load; reached only by a test that fails.
const PATIENCE: Duration = Duration::from_mins(2);

/// Everybody, text by text.
pub struct Crew {
    pub writers: Vec<Writer>,
    /// So many in each text.
    each: usize,
    /// Between two edits of one writer.
    pub pace: Duration,
    /// Whoever is sent away comes back, as browsers do.
    pub returns: bool,
}

/// Another text of the team.
pub async fn text(world: &World) -> ProposalId {
    let document = proposal(&world.db, world.team).await;
    world.start(document, Start::Empty).await;
    document
}

impl Crew {
    /// Texts, and so many connections of some people in each.
    pub async fn new(world: &World, people: &[&Caller], texts: usize, each: usize, chance: &mut StdRng) -> Self {
        let mut tokens = Vec::new();
        for who in people {
            tokens.push(token(world, who).await);
        }
        let mut writers = Vec::new();
        for _ in 0..texts {
            let proposal = text(world).await;
            writers.extend(tokens.iter().cycle().take(each).map(|token| Writer::new(proposal, token.clone(), chance.random())));
        }
        Self { writers, each, pace: Duration::from_millis(5), returns: false }
    }

    /// Everybody connects: the first to the first address, the next to the next.
    pub async fn connect(&mut self, addresses: &[String]) {
        for (writer, address) in self.writers.iter_mut().zip(addresses.iter().cycle()) {
            writer.connect(address).await;
        }
    }

    /// Everybody writes until something holds.
    pub async fn write(&mut self, mut holds: impl FnMut(&[Writer]) -> bool) {
        while !holds(&self.writers) {
            self.come_back().await;
            for writer in &mut self.writers {
                writer.step().await;
            }
            sleep(self.pace).await;
        }
    }

    async fn come_back(&mut self) {
        for writer in self.writers.iter_mut().filter(|writer| self.returns && writer.closed()) {
            writer.reconnect().await;
        }
    }

    /// As [`Self::write`], but it must come soon.
    pub async fn soon(&mut self, what: &str, holds: impl FnMut(&[Writer]) -> bool) {
        let written = timeout(PATIENCE, self.write(holds)).await;
        assert!(written.is_ok(), "{what}: waited too long");
    }

    /// Everybody reads until something holds, and writes nothing.
    pub async fn listen(&mut self, what: &str, mut holds: impl FnMut(&[Writer]) -> bool) {
        let listening = async {
            while !holds(&self.writers) {
                sleep(Duration::from_millis(5)).await;
                self.come_back().await;
                self.writers.iter_mut().for_each(Writer::listen);
            }
        };
        assert!(timeout(PATIENCE, listening).await.is_ok(), "{what}: waited too long");
    }

    /// Everybody in one text, for each text.
    pub fn texts(&self) -> impl Iterator<Item = &[Writer]> {
        self.writers.chunks(self.each)
    }

    /// Everything was acknowledged; then a text is exactly what was written, nothing of it twice, and everybody in it sees it.
    pub async fn settled(&mut self, stored: impl AsyncFn(&Writer) -> String) {
        self.listen("all is acknowledged", |writers| writers.iter().all(Writer::saved)).await;
        let mut texts = Vec::new();
        for people in self.texts() {
            let stored = stored(&people[0]).await;
            let mut written: Vec<String> = people.iter().flat_map(Writer::marks).collect();
            let mut there: Vec<&str> = stored.split_inclusive('>').collect();
            written.sort_unstable();
            there.sort_unstable();
            assert_eq!(there, written, "what is stored is not what was written");
            texts.extend(std::iter::repeat_n(stored, people.len()));
        }
        self.listen("all see what is stored", |writers| writers.iter().zip(&texts).all(|(writer, text)| writer.text() == *text)).await;
    }
}

/// How many edits were promised to the people of one text: acknowledged to their author, or shown to somebody else without being told that they
/// may be lost. All of them are in what is stored.
pub fn promised(people: &[Writer], stored: &str) -> usize {
    let mut all = 0;
    for writer in people {
        let shown = people.iter().filter(|other| other.name() != writer.name()).map(|other| other.vouched(&writer.name()));
        let promised = writer.acknowledged.max(shown.max().unwrap_or(0));
        assert!(writer.kept(stored, promised).is_some(), "{} was promised {promised} edits; stored is\n{stored}", writer.name());
        all += promised;
    }
    all
}
