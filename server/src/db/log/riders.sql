-- What comes with some rows of a turn, in the transaction that has just appended them: causes that have landed, and bases that they raise.
with riders as materialized (
    select rows.document, rows.cause, rows.base, heads.head - heads.rows + rows.nth as seq
    from unnest($1::uuid[], $2::int[], $3::text[], $4::int[]) as rows (document, nth, cause, base)
    join unnest($5::uuid[], $6::bigint[], $7::bigint[]) as heads (document, head, rows) on heads.document = rows.document
),
raised as (
    update proposals set base = riders.base
    from riders
    where proposals.id = riders.document and riders.base > proposals.base
)
insert into landed (document, cause, seq)
select document, cause, seq from riders where cause is not null
