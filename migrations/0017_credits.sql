-- A decision says whose text it accepted, and whose suggestions are in it, by the names of the day. The defaults are for a process of the version
-- before that merges while this one is rolled out.

alter table decisions
    -- who wrote in the revision merged: [{id, name}]
    add column authors jsonb not null default '[]',
    -- whose suggestions were accepted in the proposal: [{id, name}]
    add column suggesters jsonb not null default '[]';

-- Those of the past get today's names: yesterday's are not known.
update decisions set
    authors = coalesce((
        select jsonb_agg(jsonb_build_object('id', accounts.id, 'name', accounts.name) order by lower(accounts.name), accounts.id)
        from accounts
        join revisions on revisions.proposal = decisions.proposal and revisions.number = decisions.revision
        where exists (
            select from contributions
            where contributions.document = decisions.proposal and contributions.account = accounts.id and contributions.first_seq <= revisions.seq
        )
    ), '[]'),
    suggesters = coalesce((
        select jsonb_agg(jsonb_build_object('id', accounts.id, 'name', accounts.name) order by lower(accounts.name), accounts.id)
        from accounts
        where exists (
            select from threads
            join suggestions on suggestions.thread = threads.id
            where (threads.proposal = decisions.proposal or threads.origin = decisions.proposal)
                and threads.created_by = accounts.id and suggestions.state = 'accepted'
        )
    ), '[]');
