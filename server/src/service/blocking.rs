//! Where rendering, comparing and reading pictures run: what takes long would hold up everybody else's requests on the async threads.

use app::error::Result;

use super::fault::internal;

/// Shorter texts take under a millisecond, less than a thread costs.
const LONG: usize = 50_000;

/// Runs CPU work over a text of `length` bytes, on the blocking pool when it is long.
pub(crate) async fn heavy<T: Send + 'static>(length: usize, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    if length <= LONG { Ok(work()) } else { aside(work).await }
}

/// Runs CPU work on the blocking pool.
pub(crate) async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|panicked| internal(&panicked))
}
