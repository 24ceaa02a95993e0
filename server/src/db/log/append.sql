-- Appends the rows of one turn that are not plain, or that plain.sql has not let in; see append.rs. A document is written whole or refused whole.
-- What only few of them need is in riders.sql.
with batch as materialized (
    select document, nth, bytes, crc, account, own, cause
    from unnest($1::uuid[], $2::int[], $3::bytea[], $4::int[], $5::uuid[], $6::boolean[], $7::text[])
        as rows (document, nth, bytes, crc, account, own, cause)
),
claims as materialized (
    select document, client, account, nth
    from unnest($8::uuid[], $9::bigint[], $10::uuid[], $11::int[]) as rows (document, client, account, nth)
),
-- in id order, so that two writers never wait for each other in a circle; locked elsewhere: the next turn
locked as materialized (
    select id, team, state, committer
    from documents
    where id = any($12::uuid[])
    order by id
    for update skip locked
),
verdicts as materialized (
    -- the head is asked for behind the lock, so that it is the newest
    select locked.id, head(locked.id) as head, coalesce(
        min(case
            when locked.state = 'closed' then 'closed'
            when locked.state = 'held' and not batch.own then 'held'
            when batch.cause is not null and exists (
                select from landed where landed.document = locked.id and landed.cause = batch.cause
            ) then 'landed'
            when batch.account is not null and not exists (
                select from members
                join accounts on accounts.id = members.account and accounts.suspended_at is null
                where members.team = locked.team and members.account = batch.account and members.role in ('editor', 'admin')
            ) then 'role'
        end),
        (
            select 'client' from claims
            join contributions using (document, client)
            where claims.document = locked.id and contributions.account <> claims.account
            limit 1
        )
    ) as refused
    from locked
    join batch on batch.document = locked.id
    group by locked.id
),
written as (
    insert into updates (document, seq, bytes, crc, account, cause, at)
    select batch.document, verdicts.head + batch.nth, batch.bytes, batch.crc, batch.account, batch.cause, $13
    from batch join verdicts on verdicts.id = batch.document and verdicts.refused is null
),
contributed as (
    insert into contributions as known (document, client, account, first_seq, first_at)
    select claims.document, claims.client, claims.account, verdicts.head + claims.nth, $13
    from claims join verdicts on verdicts.id = claims.document and verdicts.refused is null
    on conflict (document, client) do update
    -- a client of another account, written since this statement began: null violates the column, the turn fails and is tried singly
    set account = case when known.account = excluded.account then known.account end
),
taken as (
    update documents set committer = $14
    from verdicts join locked using (id)
    -- as it was found behind the lock: the row may have changed hands since this statement began
    where documents.id = verdicts.id and verdicts.refused is null and locked.committer is distinct from $14
)
select
    id as "document!",
    case when refused is null then head + (select count(*) from batch where document = id) end as "head?",
    refused as "refused?"
from verdicts
