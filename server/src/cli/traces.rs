//! Traces for a collector: spans of requests, commits and openings of texts, sent as OTLP over HTTP in batches by a thread of the exporter's own. Nobody waits
//! for a collector: while it is away, or slower than we are, spans are dropped.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider;
use opentelemetry_http::{HttpClient, HttpError};
use opentelemetry_otlp::{SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tokio::runtime::Handle;
use tokio::time::timeout;
use tracing::level_filters::LevelFilter;
use tracing::{Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::DynFilterFn;
use tracing_subscriber::registry::LookupSpan;
use url::Url;

use crate::clock::fresh_id;
use crate::config::Wrong;

/// How long a batch may take to be sent, and the last ones at the end.
const PATIENCE: Duration = Duration::from_secs(3);
/// Of a collector's answer no more is read: it says whether it took the batch.
const ANSWER: usize = 64 << 10;

/// Traces on their way to a collector.
pub struct Traces(SdkTracerProvider);

impl Traces {
    /// Starts to send to an address. Needs a runtime.
    pub fn start(endpoint: &Url) -> Result<Self, Wrong> {
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Carrier::new())
            .with_endpoint(endpoint.as_str())
            .with_timeout(PATIENCE)
            .build()
            .map_err(|error| Wrong(format!("QUORUM_OTLP_ENDPOINT cannot be used ({error}). It looks like http://127.0.0.1:4318.")))?;
        let instance = fresh_id().to_string();
        let who = [KeyValue::new("service.version", env!("CARGO_PKG_VERSION")), KeyValue::new("service.instance.id", instance)];
        let resource = Resource::builder().with_service_name("quorum").with_attributes(who).build();
        Ok(Self(SdkTracerProvider::builder().with_resource(resource).with_batch_exporter(exporter).build()))
    }

    /// What takes our own spans, and what is logged in them.
    pub fn layer<S: Subscriber + for<'a> LookupSpan<'a> + Send + Sync>(&self) -> impl Layer<S> + use<S> {
        // Asked every time: where all layers' answers are remembered as yes, what sqlx asks about its own log is taken for the answer about the next
        // span or line, which is lost (tokio-rs/tracing#2519).
        let ours = DynFilterFn::new(|about, _| about.target().starts_with("server") && (about.is_span() || *about.level() <= Level::INFO));
        // Spans of every commit are for traces only; the log, at its usual level, never makes them.
        let ours = ours.with_max_level_hint(LevelFilter::DEBUG);
        tracing_opentelemetry::layer().with_tracer(self.0.tracer("quorum")).with_location(false).with_threads(false).with_filter(ours)
    }

    /// Sends what waits, and ends.
    pub async fn finish(self) {
        // The exporter's thread is waited for, which blocks; what it cannot send in time is lost, and the exporter knows no more than that.
        let _ = tokio::task::spawn_blocking(move || self.0.shutdown_with_timeout(PATIENCE)).await;
    }
}

/// Carries batches. The exporter's thread has no reactor, so requests are made on the runtime.
#[derive(Debug)]
struct Carrier {
    client: Client<HttpConnector, Full<Bytes>>,
    runtime: Handle,
}

impl Carrier {
    fn new() -> Self {
        Self { client: Client::builder(TokioExecutor::new()).build_http(), runtime: Handle::current() }
    }
}

#[async_trait]
impl HttpClient for Carrier {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let sending = self.client.request(request.map(Full::new));
        let work = async {
            let (head, body) = sending.await?.into_parts();
            Ok::<_, HttpError>(Response::from_parts(head, Limited::new(body, ANSWER).collect().await?.to_bytes()))
        };
        // Also the clock of a timeout is the runtime's: it is started there.
        self.runtime.spawn(async { timeout(PATIENCE, work).await }).await??
    }
}
