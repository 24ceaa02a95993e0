//! What pages are made of: small, on native dialog and popover, working before any script arrives where they can.

mod avatar;
mod badge;
mod button;
mod copy;
mod dialog;
mod empty;
mod failure;
mod field;
mod icon;
mod menu;
mod moment;
mod more;
mod notice;
mod secret;
mod spinner;
mod tabs;
mod toast;

pub use avatar::{Avatar, Avatars, Reviewers};
pub use badge::{Badge, DesignBadge, ProposalBadge, Tone};
pub use button::{Submit, hydrated};
pub use copy::Copy;
pub use dialog::Dialog;
pub use empty::Empty;
pub use failure::{Failure, problem_in};
pub use field::{Field, Password, Problem};
pub use icon::Icon;
pub use menu::Menu;
pub use moment::Moment;
pub use more::{Pages, ShowMore};
pub use notice::Notice;
pub use secret::Secret;
pub use spinner::{Skeleton, Spinner};
pub use tabs::{Tab, Tabs};
pub use toast::{Toaster, Toasts};
