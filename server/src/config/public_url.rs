//! What people type into their browser: fixes origin, links and cookies.

use std::fmt;
use std::str::FromStr;

use url::{Host, Url};

/// An address without path: https, or http on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(Url);

impl PublicUrl {
    /// Whether browsers reach it encrypted, so that cookies can be Secure and HSTS makes sense.
    pub fn secure(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// The origins that requests from our own pages carry. This machine has three names, and each is the same Quorum.
    pub fn origins(&self) -> Vec<String> {
        if self.secure() {
            return vec![self.to_string()];
        }
        let port = self.0.port().map(|port| format!(":{port}")).unwrap_or_default();
        let names = ["127.0.0.1", "localhost", "[::1]"].map(|host| format!("http://{host}{port}"));
        let mut origins = vec![self.to_string()];
        origins.extend(names.into_iter().filter(|name| *name != self.to_string()));
        origins
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.origin().ascii_serialization())
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let url =
            Url::parse(text).map_err(|error| format!("“{text}” is not an address ({error}); it looks like https://quorum.example.org."))?;
        let bare =
            url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
        if !bare {
            return Err(format!("“{text}” has more than a host and port; it looks like https://quorum.example.org."));
        }
        match (url.scheme(), url.host()) {
            ("https", Some(_)) => Ok(Self(url)),
            ("http", Some(host)) if loopback(&host) => Ok(Self(url)),
            ("http", Some(_)) => Err(format!(
                "“{text}” would send passwords unencrypted: use https://, with a proxy in front that ends TLS. Plain http is for this machine only."
            )),
            _ => Err(format!("“{text}” begins with neither https:// nor http://.")),
        }
    }
}

fn loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_is_taken_anywhere_and_http_on_this_machine_only() {
        for good in [
            "https://quorum.example.org",
            "https://quorum.example.org:8443/",
            "http://127.0.0.1:3000",
            "http://localhost",
            "http://[::1]:3000",
        ] {
            assert!(PublicUrl::from_str(good).is_ok(), "{good}");
        }
        for wrong in [
            "http://quorum.example.org",
            "http://10.0.0.1",
            "ftp://example.org",
            "quorum.example.org",
            "https://example.org/quorum",
            "https://ada@example.org",
            "https://example.org?x",
            "http://localhost.example.org",
        ] {
            assert!(PublicUrl::from_str(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_origin_has_no_slash_at_its_end() {
        let url: PublicUrl = "https://quorum.example.org/".parse().expect("valid");
        assert_eq!(url.origins(), ["https://quorum.example.org"]);
        assert_eq!(url.to_string(), "https://quorum.example.org");
    }

    #[test]
    fn this_machine_has_three_names() {
        let url: PublicUrl = "http://localhost:3000".parse().expect("valid");
        assert_eq!(url.origins(), ["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000"]);
    }
}
