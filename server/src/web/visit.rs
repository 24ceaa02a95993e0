//! Who is asking: establishes once per request the visitor's address and the session's account.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use app::backend::{Visit, Visitor};
use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::AccountId;
use app::model::theme::{self, Theme};
use async_trait::async_trait;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{COOKIE, LINK, USER_AGENT};
use http::{HeaderMap, HeaderValue, StatusCode};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use tower_sessions::{Expiry, Session};

use super::state::{Doors, Setting};
use super::{address, error, session};
use crate::service::{ABSOLUTE, Service, session_key};

/// How much of a browser's name for itself is kept.
const USER_AGENT_CHARS: usize = 300;

/// One request of a browser, put into its extensions as `Arc<dyn Visit>`.
struct Browser {
    caller: Option<Caller>,
    visitor: Visitor,
    theme: Option<Theme>,
    session: Session,
    service: Service,
    setting: Arc<Setting>,
}

/// The address that a request came from, for doors that need no session.
#[derive(Clone, Copy, Debug)]
pub struct From(pub IpAddr);

/// Middleware: puts [`From`] and `Arc<dyn Visit>` into the request's extensions. Runs inside the session layer.
pub async fn establish(State(doors): State<Doors>, mut request: Request, next: Next) -> Response {
    let from = from(&doors, &request);
    request.extensions_mut().insert(From(from));
    let Some(session) = request.extensions().get::<Session>().cloned() else { return next.run(request).await };
    let (visitor, theme) = (visitor(from, &request, &session), theme(request.headers()));
    match caller(&doors.service, &visitor).await {
        Ok(caller) => {
            let visit = Browser { caller, visitor, theme, session, service: doors.service, setting: doors.setting };
            request.extensions_mut().insert::<Arc<dyn Visit>>(Arc::new(visit));
            next.run(request).await
        }
        // Nobody is let in as a stranger because the database could not be asked.
        Err(fault) => error::answer(request.uri().path(), fault),
    }
}

fn from(doors: &Doors, request: &Request) -> IpAddr {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::from([0, 0, 0, 0]), |info| info.0.ip());
    address::of_visitor(peer, request.headers(), &doors.setting.trusted_proxies)
}

fn visitor(from: IpAddr, request: &Request, session: &Session) -> Visitor {
    let user_agent = request.headers().get(USER_AGENT).map(|value| String::from_utf8_lossy(value.as_bytes())).unwrap_or_default();
    Visitor {
        address: from.to_string(),
        user_agent: user_agent.chars().filter(|letter| !letter.is_control()).take(USER_AGENT_CHARS).collect(),
        session: session.id().map(|id| session_key(id.0)).unwrap_or_default(),
    }
}

/// The theme that this browser chose.
fn theme(headers: &HeaderMap) -> Option<Theme> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut cookies = lines.flat_map(|line| line.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    cookies.find(|(name, _)| *name == theme::COOKIE).and_then(|(_, word)| word.parse().ok())
}

async fn caller(service: &Service, visitor: &Visitor) -> Result<Option<Caller>> {
    if visitor.session.is_empty() {
        return Ok(None);
    }
    service.visiting(&visitor.session, &visitor.address).await
}

#[async_trait]
impl Visit for Browser {
    fn caller(&self) -> Option<Caller> {
        self.caller.clone()
    }

    fn visitor(&self) -> Visitor {
        self.visitor.clone()
    }

    fn theme(&self) -> Option<Theme> {
        self.theme
    }

    fn fail(&self, status: u16) {
        if let (Some(response), Ok(status)) = (use_context::<ResponseOptions>(), StatusCode::from_u16(status)) {
            response.set_status(status);
        }
    }

    fn needs(&self, part: &str) {
        let Some(response) = use_context::<ResponseOptions>() else { return };
        // Names with hashes of a build are always values of a header.
        for link in self.setting.assets.links(part).iter().filter_map(|link| HeaderValue::from_str(link).ok()) {
            response.append_header(LINK, link);
        }
    }

    async fn begin(&self, account: AccountId) -> Result<()> {
        let sealed = async {
            // Whatever this browser was before is over: another account's session must not live on, nor a planted id (session fixation).
            self.session.clear().await;
            self.session.cycle_id().await?;
            self.session.set_expiry(Some(Expiry::AtDateTime(self.service.clock().now() + ABSOLUTE)));
            self.session.insert(session::ACCOUNT, account).await?;
            self.session.insert(session::USER_AGENT, &self.visitor.user_agent).await?;
            self.session.insert(session::ADDRESS, &self.visitor.address).await?;
            // Now, not after the answer: a failure must be the answer.
            self.session.save().await
        };
        sealed.await.map_err(|error| away(&error))
    }

    async fn end(&self) -> Result<()> {
        self.service.sign_out(&self.visitor.session).await?;
        self.session.flush().await.map_err(|error| away(&error))
    }
}

fn away(error: &tower_sessions::session::Error) -> AppError {
    tracing::error!(%error, "session could not be kept");
    AppError::Unavailable("The database cannot be reached. You are not signed in; try again in a moment.".into())
}
