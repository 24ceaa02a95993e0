//! What every door has at hand.

use std::sync::Arc;

use app::shell::Assets;
use axum::extract::FromRef;
use ipnet::IpNet;
use leptos::config::LeptosOptions;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::assets::Site;
use crate::config::PublicUrl;
use crate::service::Service;

/// What every door has at hand. Cheap to clone.
#[derive(Clone, FromRef)]
pub struct Doors {
    /// The use cases.
    pub service: Service,
    /// What Leptos must know to write a page's script tags.
    pub leptos: LeptosOptions,
    /// Scripts, styles and fonts.
    pub site: Site,
    /// What was set at start.
    pub setting: Arc<Setting>,
    /// Cancelled when the process is told to stop: it says that it is not ready, and still serves.
    #[from_ref(skip)]
    pub leaving: CancellationToken,
    /// Cancelled at shutdown: long-lived connections close then.
    pub stop: CancellationToken,
    /// Long-lived connections, waited for at shutdown.
    pub connections: TaskTracker,
}

/// What was set at start.
#[derive(Clone, Debug)]
pub struct Setting {
    /// What people type into their browser.
    pub public_url: PublicUrl,
    /// The origins of our own pages.
    pub origins: Vec<String>,
    /// Proxies whose X-Forwarded-For is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Names of the assets that every page loads.
    pub assets: Assets,
}

impl Doors {
    /// Doors to the use cases.
    pub fn new(service: Service, site: Site, public_url: PublicUrl, trusted_proxies: Vec<IpNet>) -> Self {
        let assets = site.assets();
        let origins = public_url.origins();
        Self {
            service,
            leptos: LeptosOptions::builder().output_name(assets.wasm.clone()).site_pkg_dir("pkg").build(),
            site,
            setting: Arc::new(Setting { public_url, origins, trusted_proxies, assets }),
            leaving: CancellationToken::new(),
            stop: CancellationToken::new(),
            connections: TaskTracker::new(),
        }
    }
}
