//! HTTP to a store of objects, by the client that the server has anyway: the library's own would bring a second TLS library.

use std::error::Error;
use std::time::Duration;

use async_trait::async_trait;
use http_body_util::BodyExt;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector as Tcp;
use hyper_util::rt::TokioExecutor;
use object_store::ClientOptions;
use object_store::client::{HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody, HttpResponse, HttpService};
use tokio::time::timeout;

/// How long a request may take: 10 MB at most go one way or the other, and somebody waits for them.
const PATIENCE: Duration = Duration::from_secs(15);

/// Makes clients.
#[derive(Clone, Copy, Debug, Default)]
pub struct Carrier;

/// One of them.
#[derive(Debug)]
struct Line(Client<HttpsConnector<Tcp>, HttpRequestBody>);

impl HttpConnector for Carrier {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        let wrong = |error| object_store::Error::Generic { store: "S3", source: Box::new(error) };
        // Those of the system: stores of one's own often have certificates of one's own.
        let tls = HttpsConnectorBuilder::new().with_native_roots().map_err(wrong)?;
        Ok(HttpClient::new(Line(Client::builder(TokioExecutor::new()).build(tls.https_or_http().enable_http1().build()))))
    }
}

#[async_trait]
impl HttpService for Line {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let work = async {
            let (head, body) = self.0.request(request).await.map_err(|error| failed(kind(&error), error))?.into_parts();
            let bytes = body.collect().await.map_err(|error| failed(HttpErrorKind::Interrupted, error))?.to_bytes();
            Ok(HttpResponse::from_parts(head, bytes.into()))
        };
        timeout(PATIENCE, work).await.unwrap_or_else(|late| Err(failed(HttpErrorKind::Timeout, late)))
    }
}

/// What may be tried again.
fn kind(error: &hyper_util::client::legacy::Error) -> HttpErrorKind {
    if error.is_connect() { HttpErrorKind::Connect } else { HttpErrorKind::Request }
}

fn failed(kind: HttpErrorKind, error: impl Error + Send + Sync + 'static) -> HttpError {
    HttpError::new(kind, error)
}
