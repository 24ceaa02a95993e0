//! A browser as the server sees one: cookies, an Origin, forms. And what it is answered.

use std::sync::Arc;

use app::error::AppError;
use reqwest::cookie::{CookieStore, Jar};
use reqwest::header::{COOKIE, HeaderMap, ORIGIN, SET_COOKIE};
use reqwest::{Client, Method, RequestBuilder, redirect};
use serde::de::DeserializeOwned;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request;

/// A browser.
#[derive(Clone)]
pub struct Browser {
    base: String,
    origin: String,
    jar: Arc<Jar>,
    client: Client,
    address: Option<String>,
}

/// What it was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Browser {
    pub fn new(base: &str, origin: &str) -> Self {
        let jar = Arc::new(Jar::default());
        let client = Client::builder().cookie_provider(jar.clone()).redirect(redirect::Policy::none()).build().expect("a client");
        Self { base: base.into(), origin: origin.into(), jar, client, address: None }
    }

    /// With a cookie that it was given somehow.
    pub fn with_cookie(self, cookie: &str) -> Self {
        self.jar.add_cookie_str(cookie, &self.base.parse().expect("an address"));
        self
    }

    /// Behind a proxy that reports this address.
    pub fn at_address(&self, address: &str) -> Self {
        Self { address: Some(address.into()), ..self.clone() }
    }

    /// The cookies that it would send.
    pub fn cookies(&self) -> Option<String> {
        let header = self.jar.cookies(&self.base.parse().expect("an address"))?;
        Some(header.to_str().expect("ASCII").to_owned())
    }

    /// A request as one of our pages would make it.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.bare(method, path).header(ORIGIN, &self.origin);
        match &self.address {
            Some(address) => request.header("x-forwarded-for", address),
            None => request,
        }
    }

    /// A request that says nothing of where it comes from.
    pub fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    /// What opens a socket, as one of our pages would.
    pub fn socket(&self, path: &str) -> Request {
        let mut request = format!("{}{path}", self.base.replacen("http", "ws", 1)).into_client_request().expect("an address");
        let headers = request.headers_mut();
        headers.insert(ORIGIN, self.origin.parse().expect("an origin"));
        headers.extend(self.cookies().map(|cookies| (COOKIE, cookies.parse().expect("cookies"))));
        request
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.bare(Method::GET, path)).await
    }

    /// Calls a server function.
    pub async fn rpc(&self, function: &str, form: &[(&str, &str)]) -> Answer {
        Answer::of(self.request(Method::POST, &format!("/rpc/{function}")).form(form)).await
    }

    /// Calls a server function, from a closure.
    pub async fn rpc_owned(&self, function: &str, form: Vec<(&str, &str)>) -> Answer {
        self.rpc(function, &form).await
    }

    pub async fn sign_in(&self, email: &str, password: &str) -> Answer {
        self.rpc("accounts/sign_in", &[("email", email), ("password", password)]).await
    }

    /// The name of whoever is signed in.
    pub async fn who(&self) -> Option<String> {
        let me: Option<app::model::account::Me> = self.rpc("accounts/me", &[]).await.json();
        me.map(|me| me.name)
    }
}

impl Answer {
    pub async fn of(request: RequestBuilder) -> Self {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Self { status, headers, text: response.text().await.expect("a text") }
    }

    /// What a server function or REST answered.
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.text);
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// It went well.
    #[track_caller]
    pub fn ok(&self) {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.text);
    }

    /// The error of a server function.
    #[track_caller]
    pub fn error(&self) -> AppError {
        let error: AppError = serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("{} {}", self.status, self.text));
        assert_eq!(error.status(), self.status, "{}", self.text);
        error
    }

    /// The code of a problem of REST's.
    #[track_caller]
    pub fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem: serde_json::Value = serde_json::from_str(&self.text).expect("a problem");
        assert_eq!(problem["status"], self.status);
        problem["code"].as_str().expect("a code").to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().expect("ASCII")).unwrap_or_default()
    }

    /// The cookie that was set, whole.
    pub fn set_cookie(&self) -> Option<String> {
        self.headers.get(SET_COOKIE).map(|value| value.to_str().expect("ASCII").to_owned())
    }
}
