//! Where things are: the one place that spells the addresses of designs and what belongs to them.

/// A design's page.
pub fn design(team: &str, number: i32) -> String {
    format!("/teams/{team}/designs/{number}")
}

/// A design's history.
pub fn history(team: &str, number: i32) -> String {
    format!("/teams/{team}/designs/{number}/history")
}

/// A decision, by the version it made.
pub fn decision(team: &str, number: i32, version: i32) -> String {
    format!("/teams/{team}/designs/{number}/decisions/{version}")
}

/// A tab of a proposal: `write`, `read`, `review` or `history`.
pub fn proposal(team: &str, design: i32, number: i32, tab: &str) -> String {
    format!("/teams/{team}/designs/{design}/proposals/{number}/{tab}")
}

/// A proposal's comparison of two sides.
pub fn comparison(team: &str, design: i32, number: i32, from: &str, to: &str) -> String {
    format!("{}?from={from}&to={to}", proposal(team, design, number, "review"))
}

/// A design's accepted text as a file.
pub fn export_accepted(team: &str, number: i32, as_imported: bool) -> String {
    format!("/teams/{team}/designs/{number}/export{}", if as_imported { "?as=imported" } else { "" })
}

/// A proposal's live text as a file.
pub fn export_live(team: &str, design: i32, number: i32, as_imported: bool) -> String {
    format!("/teams/{team}/designs/{design}/proposals/{number}/export{}", if as_imported { "?as=imported" } else { "" })
}

/// A team's designs.
pub fn designs(team: &str) -> String {
    format!("/teams/{team}")
}

/// Where a design begins.
pub fn new_design(team: &str) -> String {
    format!("/teams/{team}/designs/new")
}
