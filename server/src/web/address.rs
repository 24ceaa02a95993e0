//! Where a request comes from. Pure.

use std::net::IpAddr;

use http::HeaderMap;
use ipnet::IpNet;

/// The visitor's address: the peer's, or, when that is a trusted proxy, the last one in X-Forwarded-For that is none.
///
/// Read from the right: whatever stands further left was sent by somebody we have no reason to believe.
pub fn of_visitor(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(&address));
    let mut address = peer.to_canonical();
    let lines: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok()).collect();
    for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        if !is_trusted(address) {
            break;
        }
        match parse(hop) {
            Some(hop) => address = hop,
            // What a trusted proxy could not name is nobody else's to name either.
            None => break,
        }
    }
    address
}

/// `192.0.2.7`, `192.0.2.7:4711`, `2001:db8::7` or `[2001:db8::7]:4711`.
fn parse(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let address = hop.parse::<IpAddr>().or_else(|_| hop.parse::<std::net::SocketAddr>().map(|socket| socket.ip()));
    address.ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn visitor(peer: &str, lines: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x-forwarded-for", line.parse().expect("header"));
        }
        let trusted = ["10.0.0.0/8".parse().expect("network"), "fd00::/8".parse().expect("network")];
        of_visitor(peer.parse().expect("address"), &headers, &trusted).to_string()
    }

    #[test]
    fn a_strangers_header_is_not_believed() {
        assert_eq!(visitor("192.0.2.1", &["198.51.100.9"]), "192.0.2.1");
    }

    #[test]
    fn a_trusted_proxys_last_hop_is() {
        assert_eq!(visitor("10.0.0.1", &["198.51.100.9"]), "198.51.100.9");
        assert_eq!(visitor("10.0.0.1", &["forged, 203.0.113.5, 198.51.100.9"]), "198.51.100.9");
        assert_eq!(visitor("10.0.0.1", &["203.0.113.5", "198.51.100.9, 10.2.3.4"]), "198.51.100.9");
        assert_eq!(visitor("fd00::1", &["[2001:db8::7]:4711"]), "2001:db8::7");
        assert_eq!(visitor("::ffff:10.0.0.1", &["198.51.100.9:80"]), "198.51.100.9");
    }

    #[test]
    fn an_unreadable_hop_ends_the_search() {
        assert_eq!(visitor("10.0.0.1", &["198.51.100.9, unknown"]), "10.0.0.1");
        assert_eq!(visitor("10.0.0.1", &[]), "10.0.0.1");
    }

    proptest! {
        #[test]
        fn nobody_untrusted_can_change_their_address(line in "[ -~]{0,60}") {
            prop_assert_eq!(visitor("192.0.2.1", &[&line]), "192.0.2.1");
            prop_assert_eq!(visitor("10.0.0.1", &[&format!("{line},198.51.100.9")]), "198.51.100.9");
        }
    }
}
