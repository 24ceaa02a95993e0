-- What comes with some rows of a turn, in the transaction that has just appended them: causes that have landed, bases that they raise, and
-- suggestions that are accepted by them, whose rows this transaction has locked before.
with riders as materialized (
    select rows.document, rows.cause, rows.base, rows.account, heads.head - heads.rows + rows.nth as seq
    from unnest($1::uuid[], $2::int[], $3::text[], $4::int[], $8::uuid[]) as rows (document, nth, cause, base, account)
    join unnest($5::uuid[], $6::bigint[], $7::bigint[]) as heads (document, head, rows) on heads.document = rows.document
),
raised as (
    update proposals set base = riders.base
    from riders
    where proposals.id = riders.document and riders.base > proposals.base
),
accepted as (
    update suggestions set state = 'accepted'
    from riders
    -- "suggestion <thread> <edition>"; that the edition is this one was seen when the row was locked
    where suggestions.thread = case when riders.cause like 'suggestion %' then split_part(riders.cause, ' ', 2)::uuid end
    returning suggestions.thread, riders.account
),
resolved as (
    update threads set resolved_by = accepted.account, resolved_at = $9
    from accepted
    where threads.id = accepted.thread
)
insert into landed (document, cause, seq, account, at)
select document, cause, seq, account, $9 from riders where cause is not null
