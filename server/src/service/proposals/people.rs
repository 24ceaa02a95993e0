//! Whom one can ask to review.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::{AccountId, ProposalId};
use app::model::review::Candidate;
use app::model::role::{Act, Role};

use crate::db;
use crate::service::Service;
use crate::service::fault::Shown;

/// How many people the chooser shows; who is not among them is found by typing on.
const SHOWN: i64 = 20;

/// How many people one can ask at once by their addresses.
const ASKED: usize = 100;

impl Service {
    /// Members who may review and whose name or address contains `like`; those whose approval would not count last.
    pub(super) async fn possible_reviewers(&self, caller: &Caller, proposal: ProposalId, like: &str) -> Result<Vec<Candidate>> {
        let team = self.in_proposal(caller, proposal, Act::Write).await?.team;
        db::proposals::matching(&self.db, team, proposal, &literally(like), SHOWN).await.shown()
    }

    /// Reviewers by e-mail address.
    pub(super) async fn reviewers_named(&self, caller: &Caller, proposal: ProposalId, named: Vec<String>) -> Result<Vec<AccountId>> {
        let team = self.in_proposal(caller, proposal, Act::Write).await?.team;
        if named.len() > ASKED {
            return Err(refused("More than 100 reviewers cannot be asked at once."));
        }
        let named: Vec<String> = named.iter().map(|name| name.trim().to_owned()).collect();
        if let Some(group) = named.iter().find(|name| name.starts_with('@')) {
            return Err(refused(format!("This team has no group “{group}”. Name reviewers by their e-mail addresses.")));
        }
        if named.iter().any(|name| name.contains('\0')) {
            return Err(refused("An e-mail address cannot hold the character U+0000."));
        }
        let mut reviewers = Vec::with_capacity(named.len());
        for asked in db::proposals::by_email(&self.db, team, &named).await.shown()? {
            match asked.member {
                Some((_, Role::Viewer)) => {
                    return Err(refused(format!(
                        "{} is a viewer in this team and cannot review. An admin can change the role.",
                        asked.email
                    )));
                }
                Some((account, _)) if reviewers.contains(&account) => {}
                Some((account, _)) => reviewers.push(account),
                None => return Err(refused(format!("Nobody in this team has the e-mail address “{}”.", asked.email))),
            }
        }
        Ok(reviewers)
    }
}

fn refused(message: impl Into<String>) -> AppError {
    AppError::invalid("reviewers", message)
}

/// What was typed as a pattern that matches just that.
fn literally(like: &str) -> String {
    let mut pattern = String::with_capacity(like.len());
    for char in like.trim().chars().filter(|&char| char != '\0').take(100) {
        if matches!(char, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(char);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::literally;

    #[test]
    fn signs_of_patterns_stand_for_themselves() {
        assert_eq!(literally(r" 100%_\ "), r"100\%\_\\");
    }
}
