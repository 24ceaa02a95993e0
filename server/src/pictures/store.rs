//! A store of objects for the bytes of pictures: S3 or what speaks like it, or a folder. By setting; without one they are in the database.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use app::model::ids::TeamId;
use app::model::picture::PictureName;
use bytes::Bytes;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, RetryConfig};
use url::Url;

use super::carrier::Carrier;

/// How long a store that does not answer is asked again; somebody waits for it.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where the bytes of pictures are. Cheap to clone.
#[derive(Clone)]
pub struct PictureStore {
    store: Arc<dyn ObjectStore>,
    folder: Path,
}

impl PictureStore {
    /// `s3://bucket/folder`, with what `AWS_*` says about the store, or `file:///folder`, which is there.
    pub fn at(url: &Url) -> Result<Self, String> {
        match (url.scheme(), url.host_str()) {
            ("s3", Some(bucket)) => {
                let folder = Path::from_url_path(url.path()).map_err(|error| error.to_string())?;
                Ok(Self { store: s3(AmazonS3Builder::from_env(), bucket).map_err(|error| error.to_string())?, folder })
            }
            ("file", _) => {
                let folder = url.to_file_path().map_err(|()| "it names no folder".to_owned())?;
                let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| error.to_string())?;
                Ok(Self { store: Arc::new(store.with_fsync(true)), folder: Path::default() })
            }
            _ => Err("it is neither".into()),
        }
    }

    /// Keeps a team's picture.
    pub async fn put(&self, team: TeamId, name: &PictureName, bytes: Bytes) -> object_store::Result<()> {
        self.store.put(&self.place(team, name), bytes.into()).await?;
        Ok(())
    }

    /// A team's picture.
    pub async fn get(&self, team: TeamId, name: &PictureName) -> object_store::Result<Bytes> {
        self.store.get(&self.place(team, name)).await?.bytes().await
    }

    /// By team, so that all of a team's can be found and removed.
    fn place(&self, team: TeamId, name: &PictureName) -> Path {
        self.folder.clone().join(team.to_string()).join(name.to_string())
    }
}

/// A bucket of a store whose address and credentials are set already.
fn s3(store: AmazonS3Builder, bucket: &str) -> object_store::Result<Arc<dyn ObjectStore>> {
    let retry = RetryConfig { max_retries: 3, retry_timeout: PATIENCE, ..RetryConfig::default() };
    Ok(Arc::new(store.with_bucket_name(bucket).with_http_connector(Carrier).with_retry(retry).build()?))
}

impl fmt::Debug for PictureStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.store, self.folder)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::Mutex;

    use app::model::picture::Format;
    use axum::extract::{Request, State};
    use axum::response::{IntoResponse, Response};
    use http::{Method, StatusCode};
    use http_body_util::BodyExt;
    use uuid::Uuid;

    use super::*;

    type Objects = Arc<Mutex<HashMap<String, Bytes>>>;

    /// As much of S3 as is used: what is put under a path, signed, is there.
    async fn object(State(objects): State<Objects>, request: Request) -> Response {
        let (head, body) = request.into_parts();
        let signed = head
            .headers
            .get("authorization")
            .is_some_and(|by| by.to_str().is_ok_and(|by| by.starts_with("AWS4-HMAC-SHA256 Credential=key/")));
        let (path, bytes) = (head.uri.path().to_owned(), body.collect().await.expect("a body").to_bytes());
        let mut objects = objects.lock().expect("objects");
        let about = [("etag", "\"1\""), ("last-modified", "Tue, 01 Dec 2026 00:00:00 GMT")];
        match head.method {
            _ if !signed => StatusCode::FORBIDDEN.into_response(),
            Method::PUT => {
                objects.insert(path, bytes);
                about.into_response()
            }
            _ => objects.get(&path).map_or(StatusCode::NOT_FOUND.into_response(), |bytes| (about, bytes.clone()).into_response()),
        }
    }

    #[tokio::test]
    async fn pictures_are_put_into_a_bucket_and_found_there() {
        let objects = Objects::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(axum::serve(listener, axum::Router::new().fallback(object).with_state(objects.clone())).into_future());
        let store = AmazonS3Builder::new().with_endpoint(endpoint).with_access_key_id("key").with_secret_access_key("secret");
        let store = PictureStore { store: s3(store, "designs").expect("a store"), folder: Path::from("pictures") };
        let (team, name) = (TeamId(Uuid::nil()), PictureName { hash: [7; 32], width: 1, height: 1, format: Format::Png });
        store.put(team, &name, Bytes::from_static(b"bytes")).await.expect("kept");
        assert_eq!(store.get(team, &name).await.expect("found"), "bytes");
        let paths: Vec<String> = objects.lock().expect("objects").keys().cloned().collect();
        assert_eq!(paths, [format!("/designs/pictures/{team}/{name}")]);
        let other = PictureName { hash: [8; 32], ..name };
        assert!(matches!(store.get(team, &other).await, Err(object_store::Error::NotFound { .. })));
    }

    #[test]
    fn an_address_that_names_no_store_is_refused() {
        for wrong in ["https://bucket/folder", "s3:folder", "file:///nowhere/at/all", "file://host/folder"] {
            assert!(PictureStore::at(&wrong.parse().expect("a URL")).is_err(), "{wrong}");
        }
    }
}
