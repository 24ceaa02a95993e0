//! One row of the matrix, asked by everybody in turn, and what they are answered in a word.

use app::error::AppError;
use app::model::token::Scope;
use reqwest::Method;
use serde_json::Value;

use crate::common::{Answer, Browser};
use crate::table::{Need, Right, Who};
use crate::things::Things;
use crate::town::Town;

/// What everything in the team holds, and nobody else may see.
const SECRETS: [&str; 2] = ["kestrel", "team payments"];

/// A request about things.
pub struct Asked {
    pub method: Method,
    pub path: String,
    pub body: Body,
}

/// What is sent with it.
pub enum Body {
    None,
    Form(Vec<(&'static str, String)>),
    Json(Value),
}

/// A door, what it needs, and a request that is harmless, or refused by the state of things once access is granted.
pub struct Row {
    /// The address as it is registered, for REST behind its method.
    pub door: String,
    pub need: Need,
    /// What whoever is let in is answered, as [`said`] says it; `shows …`: it went well, and the answer holds this.
    granted: &'static str,
    /// Those who are let in and answered otherwise.
    but: Vec<(Who, &'static str)>,
    ask: Box<dyn Fn(&Things) -> Asked>,
}

/// Somebody who asks, and how.
pub struct Column {
    pub who: Who,
    pub by: By,
}

/// How somebody says who they are.
pub enum By {
    /// A browser.
    Session,
    /// A program.
    Token(String, Scope),
    /// A browser at a door that is none for browsers.
    CookieAtRest,
}

impl Row {
    pub fn new(door: impl Into<String>, need: Need, granted: &'static str, ask: impl Fn(&Things) -> Asked + 'static) -> Self {
        Self { door: door.into(), need, granted, but: Vec::new(), ask: Box::new(ask) }
    }

    /// Somebody is answered otherwise.
    pub fn but(mut self, who: Who, granted: &'static str) -> Self {
        self.but.push((who, granted));
        self
    }

    /// Where it asks about things.
    pub fn path(&self, things: &Things) -> String {
        (self.ask)(things).path
    }

    fn granted(&self, who: Who) -> &'static str {
        self.but.iter().find(|(one, _)| *one == who).map_or(self.granted, |(_, granted)| granted)
    }
}

impl Column {
    fn right(&self, need: Need) -> Right {
        match &self.by {
            By::Session => need.of(self.who),
            By::Token(_, scope) => need.of_program(self.who, *scope),
            By::CookieAtRest => need.of(Who::Nobody),
        }
    }

    fn name(&self) -> String {
        match &self.by {
            By::Session => format!("{:?}", self.who),
            By::Token(_, scope) => format!("{:?}'s program that may {}", self.who, scope.as_str()),
            By::CookieAtRest => format!("{:?}'s browser", self.who),
        }
    }

    /// Asks for a row about things.
    async fn ask(&self, town: &Town, row: &Row, things: &Things) -> Answer {
        let Asked { method, path, body } = (row.ask)(things);
        // Signed in anew for each, so that signing out is one request among others.
        let browser: Browser = town.browser(self.who).await;
        let request = match &self.by {
            // As browsers say for addresses that are typed: without it nobody is sent anywhere.
            By::Session | By::CookieAtRest if method == Method::GET => {
                browser.request(method, &path).header("accept", "text/html,*/*;q=0.8")
            }
            By::Session | By::CookieAtRest => browser.request(method, &path),
            By::Token(secret, _) => town.server.browser().bare(method, &path).bearer_auth(secret),
        };
        Answer::of(match body {
            Body::None => request,
            Body::Form(fields) => request.form(&fields),
            Body::Json(value) => request.json(&value),
        })
        .await
    }
}

/// Asks everybody for every row; fails with all cells that are not as the table says.
pub async fn check(town: &Town, rows: Vec<Row>, columns: &[Column]) {
    let mut wrong = Vec::new();
    for row in &rows {
        // Those who are refused come first: a hole shows as something done, and not as something done already.
        let (granted, refused): (Vec<_>, Vec<_>) = columns.iter().partition(|column| column.right(row.need) == Right::Granted);
        let before = town.copy().await;
        for column in refused {
            wrong.extend(refuses(town, row, column).await);
        }
        let after = town.copy().await;
        wrong.extend(before.iter().zip(&after).filter(|(a, b)| a != b).map(|(a, _)| format!("{}: a refusal changed {}", row.door, a.0)));
        for column in granted {
            wrong.extend(grants(town, row, column).await);
            town.restore().await;
        }
    }
    assert!(wrong.is_empty(), "{} cells are not as the table says:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is wrong with a refusal.
async fn refuses(town: &Town, row: &Row, column: &Column) -> Vec<String> {
    let right = column.right(row.need);
    let wanted = match right {
        Right::SignedOut => "signed out",
        Right::Forbidden => "forbidden",
        Right::Hidden | Right::Granted => "hidden",
    };
    let things = town.things(column.who);
    let answer = column.ask(town, row, things).await;
    let mut wrong = differs(row, column, &answer, wanted);
    if right != Right::Forbidden {
        let text = answer.text.to_lowercase();
        wrong.extend(SECRETS.iter().filter(|secret| text.contains(**secret)).map(|secret| format!("{}: tells “{secret}”", row.door)));
    }
    if right == Right::Hidden && answer.header("content-type") != "text/html; charset=utf-8" {
        let of_nothing = column.ask(town, row, &things.nowhere()).await;
        if (of_nothing.status, &of_nothing.text) != (answer.status, &answer.text) {
            wrong.push(format!("{} as {}: {} but of nothing {}", row.door, column.name(), answer.text, of_nothing.text));
        }
    }
    wrong
}

/// What is wrong with letting somebody in.
async fn grants(town: &Town, row: &Row, column: &Column) -> Vec<String> {
    let answer = column.ask(town, row, town.things(column.who)).await;
    match row.granted(column.who).strip_prefix("shows ") {
        None => differs(row, column, &answer, row.granted(column.who)),
        Some(shown) => {
            let mut wrong = differs(row, column, &answer, "done");
            if !answer.text.contains(shown) {
                wrong.push(format!("{} as {}: does not show “{shown}”", row.door, column.name()));
            }
            wrong
        }
    }
}

fn differs(row: &Row, column: &Column, answer: &Answer, wanted: &str) -> Vec<String> {
    let got = said(answer);
    if got == wanted {
        return Vec::new();
    }
    let text: String = answer.text.chars().take(200).collect();
    vec![format!("{} as {}: {got}, not {wanted}: {text}", row.door, column.name())]
}

/// An answer in a word: `done`, `signed out`, `forbidden`, `hidden` (no such thing, or none of theirs), `missing` (there is nothing of that name
/// in what they may see), `invalid` or `conflict` with field or code, `sent to` with the address.
pub fn said(answer: &Answer) -> String {
    let kind = answer.header("content-type");
    let location = answer.header("location");
    match answer.status {
        200..300 => "done".into(),
        302 if location.starts_with("/sign-in?next=") => "signed out".into(),
        302 => format!("sent to {location}"),
        404 if kind.starts_with("text/html") => "hidden".into(),
        _ if kind == "application/problem+json" => problem(answer),
        _ if answer.headers.contains_key("serverfnerror") => error(answer.error()),
        status => format!("status {status}"),
    }
}

fn error(error: AppError) -> String {
    match error {
        AppError::SignedOut => "signed out".into(),
        AppError::Forbidden(_) => "forbidden".into(),
        AppError::NotFound(message) => not_found(&message).into(),
        AppError::Invalid { field, .. } => format!("invalid {field}").trim_end().into(),
        AppError::Conflict { code, .. } => format!("conflict {code}"),
        other => format!("status {}", other.status()),
    }
}

fn problem(answer: &Answer) -> String {
    let problem: Value = serde_json::from_str(&answer.text).expect("a problem");
    let text = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
    match (answer.status, answer.problem().as_str()) {
        (401, "signed-out") => "signed out".into(),
        (403, "forbidden") => "forbidden".into(),
        (404, "not-found") => not_found(&text("detail")).into(),
        (404, code) => format!("missing {code}"),
        (409, code) => format!("conflict {code}"),
        (422, "invalid") => format!("invalid {}", text("field")).trim_end().into(),
        (status, code) => format!("status {status} {code}"),
    }
}

/// Strangers are told one sentence and no other.
fn not_found(message: &str) -> &'static str {
    if message.starts_with("There is no such ") && message.ends_with(", or you are not a member of its team.") {
        "hidden"
    } else {
        "missing"
    }
}
