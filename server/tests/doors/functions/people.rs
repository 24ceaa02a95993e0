//! Accounts, teams, tokens, inboxes.

use super::{form, function, nothing, team};
use crate::ask::Row;
use crate::table::Need::{Account, Administer, Nothing, Operate, Read};

pub fn rows() -> Vec<Row> {
    [coming_in(), own_account(), tokens_and_inbox(), teams(), members()].into_iter().flatten().collect()
}

fn coming_in() -> Vec<Row> {
    vec![
        function("accounts/me", Nothing, "done", nothing),
        function("accounts/empty", Nothing, "done", nothing),
        function("accounts/set_up", Nothing, "invalid code", |_| {
            form(&[("code", "wrong"), ("name", "Eve"), ("email", "eve@example.org"), ("password", "x"), ("team", "Eve's")])
        }),
        function("accounts/sign_in", Nothing, "invalid", |_| form(&[("email", "eve@example.org"), ("password", "wrong")])),
        function("accounts/sign_out", Nothing, "done", nothing),
        function("accounts/welcome", Nothing, "shows Team payments", |things| form(&[("invitation", &things.invitation)])),
        function("accounts/sign_up", Nothing, "invalid password", |things| {
            form(&[("invitation", &things.invitation), ("name", "Eve"), ("email", "eve@example.org"), ("password", "short")])
        }),
        // There is no mail here.
        function("accounts/forget_password", Nothing, "status 503", |_| form(&[("email", "ada@example.org")])),
        function("accounts/reset_password", Nothing, "missing", |_| form(&[("link", "unknown"), ("password", "herons by the weir")])),
    ]
}

fn own_account() -> Vec<Row> {
    vec![
        function("accounts/accept_invitation", Account, "missing", |_| form(&[("invitation", "unknown")])),
        function("accounts/change_password", Account, "invalid new", |_| form(&[("current", "x"), ("new", "short")])),
        function("accounts/rename", Account, "invalid name", |_| form(&[("name", "")])),
        function("accounts/sessions", Account, "shows current", nothing),
        // Of somebody else's, whoever one is.
        function("accounts/end_session", Account, "missing", |things| form(&[("key", &things.session)])),
    ]
}

fn tokens_and_inbox() -> Vec<Row> {
    vec![
        function("tokens/list", Account, "done", nothing),
        function("tokens/create", Read, "invalid days", |things| {
            form(&[("team", &things.slug), ("name", "ci"), ("scope", "write"), ("days", "0")])
        }),
        // Of somebody else's, whoever one is.
        function("tokens/revoke", Account, "missing", |things| form(&[("token", &things.token)])),
        function("inboxes/get", Account, "done", |_| form(&[])),
        function("inboxes/put_away", Account, "missing", |things| form(&[("item", &things.item)])),
    ]
}

fn teams() -> Vec<Row> {
    vec![
        function("accounts/load_sample", Operate, "conflict sample-loaded", nothing),
        function("teams/create", Operate, "invalid slug", |_| form(&[("slug", "No Slug"), ("name", "Another")])),
        function("teams/suspend", Operate, "done", |things| form(&[("account", &things.leaver), ("suspended", "false")])),
        function("teams/get", Read, "shows Team payments", team),
        function("teams/members", Read, "shows ada@example.org", team),
        function("teams/device_copies", Administer, "done", |things| form(&[("team", &things.slug), ("allowed", "true")])),
    ]
}

fn members() -> Vec<Row> {
    vec![
        function("teams/invitations", Administer, "shows viewer", team),
        function("teams/invite", Administer, "invalid email", |things| {
            form(&[("team", &things.slug), ("email", "no address"), ("role", "admin")])
        }),
        function("teams/revoke_invitation", Administer, "missing", |things| {
            form(&[("team", &things.slug), ("invitation", &things.unknown)])
        }),
        function("teams/change_role", Administer, "done", |things| {
            form(&[("team", &things.slug), ("account", &things.viewer), ("role", "viewer")])
        }),
        function("teams/reset_link", Administer, "done", |things| form(&[("team", &things.slug), ("account", &things.leaver)])),
        function("teams/remove_member", Administer, "done", |things| form(&[("team", &things.slug), ("account", &things.leaver)])),
        // Whoever is in the team may leave it.
        function("teams/remove_member", Read, "done", |things| form(&[("team", &things.slug), ("account", &things.own_account)])),
    ]
}
