-- Appends plain rows, which is what nearly every keystroke is: somebody's own, of a Yjs client that is known to be theirs, to an open document. It runs
-- hundreds of times a second, so it decides only what can be decided quickly, and is told the rows' seqs: while the committer is still the document's,
-- nobody else has appended. A document that is not answered is left to append.sql.
with locked as materialized (
    select id
    from documents
    where id = any($1::uuid[])
        and committer = $10
        and state = 'open'
        and id <> all(array(
            select writers.document
            from unnest($2::uuid[], $3::uuid[]) as writers (document, account)
            where not exists (
                select
                from documents
                join members on members.team = documents.team and members.account = writers.account and members.role in ('editor', 'admin')
                join accounts on accounts.id = members.account and accounts.suspended_at is null
                where documents.id = writers.document
            )
        ))
    -- in id order, so that two writers never wait for each other in a circle; locked elsewhere: the next turn
    order by id
    for update skip locked
),
written as (
    insert into updates (document, seq, bytes, crc, account, at)
    select rows.document, rows.seq, rows.bytes, rows.crc, rows.account, $9
    from unnest($4::uuid[], $5::bigint[], $6::bytea[], $7::int[], $8::uuid[]) as rows (document, seq, bytes, crc, account)
    join locked on locked.id = rows.document
)
select id from locked
