//! Who may do what: the table of the roles, written down once more, so that a slip in the product's own is a difference and not a change of both.

use app::model::token::Scope;

/// Whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Not signed in.
    Nobody,
    /// An admin, of another team.
    Outsider,
    /// Runs the instance, and is in no team.
    Operator,
    Viewer,
    Commenter,
    Editor,
    Admin,
}

/// What one must be to pass a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing: the door stands open.
    Nothing,
    /// Signed in: it is about one's own account.
    Account,
    /// Read, search, export, see history and votes.
    Read,
    /// Threads, suggestions, reviews.
    Discuss,
    /// Create, write, send for review, rename, hold, close, reopen, merge.
    Write,
    /// Members, invitations, dismissing a verdict, archive, delete.
    Administer,
    /// Be whoever made it, in the team; none of those who ask is.
    BeItsMaker,
    /// Run the instance.
    Operate,
}

/// What somebody meets at a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// Let in.
    Granted,
    /// 401, or the way to the sign-in page.
    SignedOut,
    /// 403: a member, whose role is not enough.
    Forbidden,
    /// 404, whether it exists or not: none of their business.
    Hidden,
}

impl Who {
    /// Everybody.
    pub const ALL: [Self; 7] = [Self::Nobody, Self::Outsider, Self::Operator, Self::Viewer, Self::Commenter, Self::Editor, Self::Admin];

    /// Everybody with an account.
    pub const KNOWN: [Self; 6] = [Self::Outsider, Self::Operator, Self::Viewer, Self::Commenter, Self::Editor, Self::Admin];

    /// Everybody in the team.
    pub const MEMBERS: [Self; 4] = [Self::Viewer, Self::Commenter, Self::Editor, Self::Admin];
}

impl Need {
    /// The table.
    pub fn of(self, who: Who) -> Right {
        use Who::{Admin, Commenter, Editor, Nobody, Operator, Outsider, Viewer};
        let granted: &[Who] = match self {
            Self::Nothing => &[Nobody, Outsider, Operator, Viewer, Commenter, Editor, Admin],
            Self::Account => &[Outsider, Operator, Viewer, Commenter, Editor, Admin],
            Self::Read => &[Viewer, Commenter, Editor, Admin],
            Self::Discuss => &[Commenter, Editor, Admin],
            Self::Write => &[Editor, Admin],
            Self::Administer => &[Admin],
            Self::BeItsMaker => &[],
            Self::Operate => &[Operator],
        };
        match who {
            _ if granted.contains(&who) => Right::Granted,
            Nobody => Right::SignedOut,
            Outsider | Operator if self != Self::Operate => Right::Hidden,
            _ => Right::Forbidden,
        }
    }

    /// The table for a program of somebody's: one that may only read is never more than a reader.
    pub fn of_program(self, who: Who, scope: Scope) -> Right {
        let reads = matches!(self, Self::Nothing | Self::Account | Self::Read);
        match self.of(who) {
            Right::Granted if scope == Scope::Read && !reads => Right::Forbidden,
            right => right,
        }
    }
}
