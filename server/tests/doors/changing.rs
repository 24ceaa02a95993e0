//! `/sync/{proposal}`: a role that changes while somebody is there, from every role to every other and out of the team. It counts from their next
//! message on. Sessions and tokens that end are in `tests/sockets/`; a change that only the database knows of is in `rooms/online.rs`.

use app::model::role::Role;
use sqlx::PgPool;

use crate::common::Person;
use crate::sockets::synced;
use crate::table::{Need, Right, Who};
use crate::town::{SLUG, Town};

/// May not read any more.
const FORBIDDEN: u16 = 4403;

/// The admin gives somebody another role, or takes them out of the team.
async fn change(town: &Town, person: &Person, role: Option<Role>) {
    let (admin, account) = (town.person(Who::Admin), person.account.to_string());
    let mut form = vec![("team", SLUG), ("account", account.as_str())];
    let verb = match role {
        Some(role) => {
            form.push(("role", role.as_str()));
            "teams/change_role"
        }
        None => "teams/remove_member",
    };
    admin.rpc(verb, &form).await.ok();
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_role_that_changes_counts_from_the_next_message_on(db: PgPool) {
    let town = Town::new(db).await;
    for from in Who::MEMBERS {
        let newcomer = town.server.member(town.team, &format!("newcomer-{from:?}"), Role::Viewer).await;
        for to in Who::MEMBERS.map(Some).into_iter().chain([None]) {
            change(&town, &newcomer, from.role()).await;
            let mut client = synced(&town, &newcomer.browser).await;
            let before = town.text().await;
            change(&town, &newcomer, to.and_then(Who::role)).await;
            client.insert(0, "mine ").await;
            let Some(to) = to else {
                assert_eq!(client.until_closed().await, FORBIDDEN, "{from:?}");
                assert_eq!(town.text().await, before, "{from:?}");
                continue;
            };
            client.until(|client| client.acked == client.sent || !client.refused.is_empty()).await;
            client.handled().await;
            let taken = Need::Write.of(to) == Right::Granted;
            let refused: &[&str] = if taken { &[] } else { &["role"] };
            assert_eq!(client.refused, refused, "{from:?} to {to:?}");
            assert_eq!(town.text().await != before, taken, "{from:?} to {to:?}");
        }
    }
}
