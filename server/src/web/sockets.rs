//! The two sockets: `/sync/{proposal}` carries a live text, `/events` tells a tab what changed.

use app::error::AppError;
use app::model::ids::ProposalId;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use uuid::Uuid;

use super::credential::Asking;
use super::error::Problem;
use super::state::Doors;
use super::upgrade::Upgrade;
use super::{events, sync};
use crate::service::{Credential, Service};

/// Both addresses.
pub fn routes() -> Router<Doors> {
    Router::new().route("/sync/{proposal}", get(open_sync)).route("/events", get(open_events))
}

async fn open_sync(
    State(service): State<Service>,
    Path(proposal): Path<Uuid>,
    Query(wishes): Query<sync::Wishes>,
    asking: Result<Asking, Problem>,
    upgrade: Upgrade,
) -> Response {
    let Asking { caller, credential } = match asking {
        Ok(asking) => asking,
        Err(problem) => return refuse(upgrade, problem),
    };
    let rooms = service.rooms().clone();
    sync::upgrade(upgrade, ProposalId(proposal), caller, wishes, rooms, again(service, credential))
}

async fn open_events(State(doors): State<Doors>, asking: Result<Asking, Problem>, upgrade: Upgrade) -> Response {
    let credential = match asking {
        Ok(asking) => asking.credential,
        Err(problem) => return refuse(upgrade, problem),
    };
    let (service, stop) = (doors.service.clone(), doors.stop.clone());
    let again = again(service.clone(), credential);
    upgrade.then(move |connection| doors.connections.track_future(events::tell(connection, service, again, stop)))
}

/// Tells a browser that it is signed out by a close code: scripts never see the status of a refused upgrade, and would try for ever.
fn refuse(upgrade: Upgrade, problem: Problem) -> Response {
    if !problem.is(&AppError::SignedOut) {
        return problem.into_response();
    }
    upgrade.then(events::signed_out)
}

/// Establishes the caller anew, by what the socket was opened with.
fn again(service: Service, credential: Credential) -> sync::Again {
    Box::new(move || {
        let (service, credential) = (service.clone(), credential.clone());
        Box::pin(async move { service.caller(&credential).await })
    })
}
