//! Pages, read as a browser reads them before any script runs.

use reqwest::Method;
use sqlx::PgPool;

use crate::ask::{Asked, Body, By, Column, Row, check};
use crate::table::Need::{self, Account, Nothing, Read};
use crate::table::Who;
use crate::things::Things;
use crate::town::Town;

/// Every page.
pub fn rows() -> Vec<Row> {
    vec![
        page("/sign-in", Nothing, "sent to /", |_| "/sign-in".into()).but(Who::Nobody, "shows Password"),
        // There are accounts; the operator is offered the sample team.
        page("/set-up", Nothing, "sent to /", |_| "/set-up".into()).but(Who::Operator, "shows sample team"),
        page("/invitations/{token}", Nothing, "shows Join Team payments", |things| format!("/invitations/{}", things.invitation)),
        page("/forgotten", Nothing, "shows Send me a link", |_| "/forgotten".into()),
        page("/reset/{token}", Nothing, "shows Set the password", |_| "/reset/unknown".into()),
        page("/", Account, "shows Your turn", |_| "/".into()),
        page("/settings", Account, "shows Settings", |_| "/settings".into()),
        page("/teams/{team}", Read, "shows Kestrel ledger", |things| format!("/teams/{}", things.slug)),
        page("/teams/{team}/people", Read, "shows ada@example.org", |things| format!("/teams/{}/people", things.slug)),
        // A form that shows nothing of the team; what it sends is refused to whoever may not write there.
        page("/teams/{team}/designs/new", Account, "shows New design", |things| format!("/teams/{}/designs/new", things.slug)),
        page("/teams/{team}/designs/{number}", Read, "shows It forgets.", |things| format!("/teams/{}/designs/2", things.slug)),
        page("/teams/{team}/designs/{number}/history", Read, "shows ada", |things| format!("/teams/{}/designs/1/history", things.slug)),
        page("/teams/{team}/designs/{number}/decisions/{version}", Read, "shows It forgets.", |things| {
            format!("/teams/{}/designs/2/decisions/1", things.slug)
        }),
        page("/teams/{team}/designs/{number}/proposals/{proposal}", Read, "shows written twice", |things| {
            format!("/teams/{}/designs/1/proposals/1", things.slug)
        }),
        page("/teams/{team}/designs/{number}/proposals/{proposal}/{tab}", Read, "shows Kestrel ledger", |things| {
            format!("/teams/{}/designs/1/proposals/1/review", things.slug)
        }),
    ]
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn every_page_is_shown_to_those_whom_the_table_names(db: PgPool) {
    let town = Town::new(db).await;
    let columns = Who::ALL.map(|who| Column { who, by: By::Session });
    check(&town, rows(), &columns).await;
}

fn page(door: &'static str, need: Need, granted: &'static str, path: fn(&Things) -> String) -> Row {
    Row::new(door, need, granted, move |things| Asked { method: Method::GET, path: path(things), body: Body::None })
}
