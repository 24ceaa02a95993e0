-- A log's newest seq is read off the log. Kept in the document's row it was a second row to write at every keystroke, and with its pruning a quarter of
-- the write-ahead log.
alter table documents drop column head;
alter table documents reset (fillfactor);

-- Who appended last, of those who write many rows: while this is its name nobody else has appended, so it knows the newest seq without asking.
alter table documents add column committer uuid;

-- Documents as their logs have them.
create view logs as
select
    documents.id,
    documents.team,
    documents.state,
    documents.indexed,
    coalesce(
        (select seq from updates where document = documents.id order by seq desc limit 1),
        -- compaction has removed them all
        (select seq from snapshots where document = documents.id order by seq desc limit 1),
        0
    ) as head
from documents;

-- The head as of now and not as of when the statement began: for statements that wait for the document's row.
create function head(document uuid) returns bigint language plpgsql volatile as $$
begin
    return (select logs.head from logs where logs.id = document);
end
$$;
