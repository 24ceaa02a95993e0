-- The timeline of a text: points on it that stay, and who did what when.

-- the end of a writing session: one that follows soon takes its place, unless it is kept for good for one of these reasons, or for both.
-- It is what the text began with
alter table checkpoints add column first boolean not null default false;
-- it is what the text was when somebody put an older one in its place
alter table checkpoints add column replaced boolean not null default false;
create index checkpoints_ended on checkpoints (document, ended_at desc, seq desc);

-- when the client first wrote; null: from before this was kept, and its row of the log is gone
alter table contributions add column first_at timestamptz;
update contributions set first_at = updates.at
from updates
where updates.document = contributions.document and updates.seq = contributions.first_seq;

-- who asked for the edit, and when it landed; no account: Quorum itself; no time: from before this was kept, and its row of the log is gone
alter table landed add column account uuid;
alter table landed add column at timestamptz;
update landed set account = updates.account, at = updates.at
from updates
where updates.document = landed.document and updates.seq = landed.seq;
create index landed_at on landed (document, at desc, seq desc) where at is not null;

create index history_proposal on history (proposal, at desc, id desc) where proposal is not null;
