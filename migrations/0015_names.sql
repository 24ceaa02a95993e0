-- What texts name: other designs ("D-12"), and people, who are told when a revision names them.

-- Which design's text names which number: what a reader would find, that is the accepted text and the newest open proposal's.
create table backlinks (
    -- whose text names it
    design uuid not null references designs on delete cascade,
    -- the D-12 that is named; not a reference, because a text may name what is deleted, or not there yet. Numbers are never given twice
    number integer not null,
    -- of both
    team uuid not null references teams on delete cascade,
    -- the accepted text names it; else only the open proposal's does
    accepted boolean not null,
    primary key (design, number)
);

create index backlinks_number on backlinks (team, number);

-- Texts that were there before are read once: by the job that keeps the search index.
insert into jobs (kind, payload, run_at)
select 'index', jsonb_build_object('design', id), now()
from designs
order by changed_at desc;

alter table inbox
    drop constraint inbox_reason_check,
    add constraint inbox_reason_check check (reason in ('review_requested', 'reply', 'verdict', 'mentioned'));
