//! Browsers' pages: real Yjs, in one process that holds many documents and answers line by line.

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use super::replica::{Copied, Edit, Replica};

/// Where Yjs is: the editor's own.
const EDITOR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../app/editor");

/// The process. Asked and waited for without giving up the thread: it answers in less time than a task takes to be woken.
pub struct Browser {
    child: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Browser {
    /// Starts it.
    pub fn start() -> Rc<RefCell<Self>> {
        // Evaluated there, so that it finds the packages there.
        let mut command = Command::new("node");
        command.args(["--input-type=module", "--eval", include_str!("page.mjs")]).current_dir(EDITOR);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("node is installed");
        let (ask, answers) = (child.stdin.take().expect("a pipe"), BufReader::new(child.stdout.take().expect("a pipe")));
        Rc::new(RefCell::new(Self { child, ask, answers }))
    }

    /// Closes all pages.
    pub fn forget(&mut self) {
        self.ask(&json!({ "do": "forget" }));
    }

    fn ask(&mut self, question: &Value) -> Value {
        self.ask.write_all(format!("{question}\n").as_bytes()).expect("the browser listens");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("the browser answers");
        serde_json::from_str(&answer).expect("the browser answers in JSON; its complaint is above")
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One page.
pub struct Page {
    browser: Rc<RefCell<Browser>>,
    name: u64,
}

#[derive(Deserialize)]
struct Said {
    done: bool,
    frames: Vec<String>,
}

#[derive(Deserialize)]
struct Looked {
    text: String,
    clocks: Vec<(u64, u32)>,
    pending: bool,
}

impl Page {
    /// A page that writes as a Yjs client.
    pub fn open(browser: &Rc<RefCell<Browser>>, client: u64) -> Self {
        browser.borrow_mut().ask(&json!({ "do": "open", "page": client, "client": client }));
        Self { browser: Rc::clone(browser), name: client }
    }

    fn ask(&self, mut question: Value) -> Value {
        question["page"] = self.name.into();
        self.browser.borrow_mut().ask(&question)
    }

    fn frames(&self, question: Value) -> Option<Vec<Bytes>> {
        let said: Said = serde_json::from_value(self.ask(question)).expect("frames");
        let frames = said.frames.iter().map(|frame| STANDARD.decode(frame).expect("base64").into()).collect();
        said.done.then_some(frames)
    }
}

impl Replica for Page {
    fn begin(&mut self) -> Vec<Bytes> {
        self.frames(json!({ "do": "begin" })).unwrap_or_default()
    }

    fn hear(&mut self, frames: &[Bytes]) -> Vec<Bytes> {
        let frames: Vec<String> = frames.iter().map(|frame| STANDARD.encode(frame)).collect();
        self.frames(json!({ "do": "hear", "frames": frames })).unwrap_or_default()
    }

    fn edit(&mut self, edit: &Edit<'_>) -> Option<Vec<Bytes>> {
        self.frames(serde_json::to_value(edit).expect("an edit"))
    }

    fn look(&mut self) -> Copied {
        let Looked { text, clocks, pending } = serde_json::from_value(self.ask(json!({ "do": "look" }))).expect("a copy");
        Copied { text, clocks, pending }
    }

    fn mends(&self) -> bool {
        true
    }
}
