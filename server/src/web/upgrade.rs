//! From a request to a websocket: the handshake, and the connection behind it as it is, so that whoever serves it decides how it is written to.

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::response::Response;
use http::request::Parts;
use http::{Request, StatusCode};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use hyper_util::server::conn::auto::upgrade::downcast;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::server::create_response;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

/// A request to become a websocket.
pub struct Upgrade {
    answer: http::Response<()>,
    coming: OnUpgrade,
}

/// A connection that has become a websocket.
pub struct Upgraded {
    /// The connection.
    pub socket: TcpStream,
    /// What the client sent so early that it was read with the request.
    pub early: Vec<u8>,
}

impl<S: Sync> FromRequestParts<S> for Upgrade {
    type Rejection = (StatusCode, &'static str);

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let mut request = Request::new(());
        (*request.method_mut(), *request.version_mut()) = (parts.method.clone(), parts.version);
        *request.headers_mut() = parts.headers.clone();
        let answer = create_response(&request).map_err(|_| (StatusCode::BAD_REQUEST, "This address is for websockets (version 13)."))?;
        let coming = parts.extensions.remove().ok_or((StatusCode::UPGRADE_REQUIRED, "This connection cannot become a websocket."))?;
        Ok(Self { answer, coming })
    }
}

impl Upgrade {
    /// Answers the request; then `serve` has the connection.
    pub fn then<F>(self, serve: impl FnOnce(Upgraded) -> F + Send + 'static) -> Response
    where
        F: Future<Output = ()> + Send,
    {
        let Self { answer, coming } = self;
        tokio::spawn(async move {
            let connection = match coming.await.map(downcast::<TokioIo<TcpStream>>) {
                // Copied: it is little or nothing, in a buffer that would be kept for as long as the connection.
                Ok(Ok(parts)) => Upgraded { socket: parts.io.into_inner(), early: parts.read_buf.to_vec() },
                Ok(Err(_)) => return tracing::error!("websockets are served on TCP only"),
                Err(error) => return tracing::debug!(%error, "a connection ended before it was a websocket"),
            };
            serve(connection).await;
        });
        answer.map(|()| Body::empty())
    }
}

impl Upgraded {
    /// As a stream of messages.
    pub async fn messages(self, config: WebSocketConfig) -> WebSocketStream<TcpStream> {
        WebSocketStream::from_partially_read(self.socket, self.early, Role::Server, Some(config)).await
    }
}
