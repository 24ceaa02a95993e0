//! `/sync/{proposal}`: who may open it. What is said there is in `messages.rs`, a role that changes meanwhile in
//! `changing.rs`.

use app::model::role::Role;
use app::model::token::Scope;
use sqlx::PgPool;

use crate::common::Browser;
use crate::table::Who;
use crate::town::Town;
use crate::yjs::{Client, document};

/// Signed out; and no such document, or none of theirs.
const SIGNED_OUT: u16 = 4401;
const NOT_FOUND: u16 = 4404;

/// Opens a document as a page does, with acknowledgements.
pub async fn open(browser: &Browser, document_id: &str) -> Client {
    Client::connect(browser.socket(&format!("/sync/{document_id}?acks=1")), document()).await
}

/// Opens a document as the stock provider of a program does.
pub async fn open_by_token(town: &Town, document_id: &str, token: &str) -> Client {
    let address = format!("{}/sync/{document_id}?acks=1&token={token}", town.server.url.replacen("http", "ws", 1));
    Client::connect(address, document()).await
}

/// Opens D-1's proposal and waits for its text.
pub async fn synced(town: &Town, browser: &Browser) -> Client {
    ready(open(browser, &town.proposal.to_string()).await).await
}

/// Waits for the text, and until the server has what it asked for.
pub async fn ready(mut client: Client) -> Client {
    client.until(|client| client.synced > 0 && client.acked > 0).await;
    client
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_document_is_opened_by_members_and_does_not_exist_for_anybody_else(db: PgPool) {
    let town = Town::new(db).await;
    let document = town.proposal.to_string();
    for who in Who::ALL {
        let mut client = open(&town.browser(who).await, &document).await;
        match who {
            Who::Nobody => assert_eq!(client.until_closed().await, SIGNED_OUT),
            Who::Outsider | Who::Operator => {
                assert_eq!(client.until_closed().await, NOT_FOUND, "{who:?}");
                let nowhere = town.things(who).nowhere().proposal;
                assert_eq!(open(&town.browser(who).await, &nowhere).await.until_closed().await, NOT_FOUND, "{who:?}");
            }
            Who::Viewer | Who::Commenter | Who::Editor | Who::Admin => {
                client.until(|client| client.synced > 0).await;
                assert_eq!(client.text(), town.text().await, "{who:?}");
            }
        }
        assert!(client.synced == 0 || who.role().is_some(), "{who:?} was shown a text");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_program_opens_the_documents_of_its_own_team_only(db: PgPool) {
    let town = Town::new(db).await;
    let document = town.proposal.to_string();
    for scope in [Scope::Read, Scope::Write] {
        for who in Who::MEMBERS {
            let token = town.token(who, scope).await;
            ready(open_by_token(&town, &document, &token).await).await;
        }
        let stranger = town.token(Who::Outsider, scope).await;
        assert_eq!(open_by_token(&town, &document, &stranger).await.until_closed().await, NOT_FOUND);
    }
    assert_eq!(open_by_token(&town, &document, "quorum_unknown").await.until_closed().await, SIGNED_OUT);
    let both = town.person(Who::Outsider);
    town.server.join(town.team, both, Role::Admin).await;
    let bound = town.token(Who::Outsider, Scope::Write).await;
    assert_eq!(open_by_token(&town, &document, &bound).await.until_closed().await, NOT_FOUND, "bound to the other team");
    synced(&town, &both.browser).await;
}
