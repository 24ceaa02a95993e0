//! What a list is filtered by, as it stands in the address.

use leptos_router::location::Url;
use leptos_router::params::ParamsMap;

use crate::model::design::DesignFilter;

/// Reads a filter; what it does not understand, it leaves out.
pub fn from_query(query: &ParamsMap) -> DesignFilter {
    let word = |name| query.get_str(name).filter(|word| !word.is_empty());
    DesignFilter {
        search: word("q").unwrap_or_default().to_owned(),
        state: word("state").and_then(|word| word.parse().ok()),
        proposal: word("proposal").and_then(|word| word.parse().ok()),
        mine: word("mine").is_some(),
        archived: word("archived").is_some(),
        after: None,
    }
}

/// Spells it: `?` and what is set, never empty, so that a link always replaces what was there.
pub fn to_query(filter: &DesignFilter) -> String {
    let mut parts = Vec::new();
    if !filter.search.is_empty() {
        parts.push(format!("q={}", Url::escape(&filter.search)));
    }
    parts.extend(filter.state.map(|state| format!("state={}", state.as_str())));
    parts.extend(filter.proposal.map(|state| format!("proposal={}", state.as_str())));
    parts.extend(filter.mine.then(|| "mine=1".to_owned()));
    parts.extend(filter.archived.then(|| "archived=1".to_owned()));
    format!("?{}", parts.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::design::DesignState;
    use crate::model::proposal::ProposalState;

    #[test]
    fn a_filter_survives_the_address() {
        let filter = DesignFilter {
            search: "ledger".into(),
            state: Some(DesignState::Accepted),
            proposal: Some(ProposalState::InReview),
            mine: true,
            archived: true,
            after: None,
        };
        let query: ParamsMap = to_query(&filter)
            .trim_start_matches('?')
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        assert_eq!(from_query(&query), filter);
    }

    #[test]
    fn a_word_that_is_no_state_filters_nothing() {
        let query: ParamsMap = [("state", "perhaps"), ("q", "")].into_iter().collect();
        assert_eq!(from_query(&query), DesignFilter::default());
    }
}
