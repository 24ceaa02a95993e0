-- The log: the only truth about live text. Rooms hold copies of it.

-- One row per proposal (same id), narrow because every append locks it.
create table documents (
    id uuid primary key references proposals on delete cascade,
    team uuid not null references teams on delete cascade,
    -- seq of the newest update; dense from 1
    head bigint not null default 0,
    -- open: editors write; held: only the server's own edits; closed: nobody writes, for good or until reopened
    state text not null default 'open' check (state in ('open', 'held', 'closed')),
    -- the seq the search index and the design's changed_at have caught up with
    indexed bigint not null default 0
) with (fillfactor = 50); -- every append rewrites its row: room on the page makes that a heap-only update

-- Appended in seq order under the document's row lock, removed only when a verified snapshot covers them.
create table updates (
    document uuid not null references documents on delete cascade,
    seq bigint not null,
    -- one Yjs update (v1), as it arrived
    bytes bytea not null,
    -- whose edit; null: the server's own. No foreign key: the append reads members and accounts in the same statement, and the key would lock
    -- and log the account's row at every keystroke. Authorship that counts is in contributions
    account uuid,
    -- what a server's edit came from ("version 3", a suggestion's id), so that it lands exactly once
    cause text,
    at timestamptz not null,
    primary key (document, seq)
);

alter table updates alter column bytes set storage external;
create unique index updates_cause_key on updates (document, cause) where cause is not null;

-- Everything up to seq, as one Yjs update. A new row each time; the one before stays until the next is verified.
create table snapshots (
    document uuid not null references documents on delete cascade,
    seq bigint not null,
    state bytea not null,
    -- SHA-256 of the text, compared when it is read again
    text_hash bytea not null,
    created_at timestamptz not null,
    primary key (document, seq)
);

-- Who wrote: never compacted. A Yjs client id belongs to the account that first sent it.
create table contributions (
    document uuid not null references documents on delete cascade,
    client bigint not null,
    account uuid not null references accounts on delete cascade,
    first_seq bigint not null,
    last_seq bigint not null,
    primary key (document, client)
) with (fillfactor = 50);

-- Causes that have landed outlive compaction of the rows that carried them.
create table landed (
    document uuid not null references documents on delete cascade,
    cause text not null,
    seq bigint not null,
    primary key (document, cause)
);

-- Work that follows a transaction, retried until done: {"kind": "arrive", design, version}
create table jobs (
    id bigint generated always as identity primary key,
    kind text not null,
    payload jsonb not null,
    attempts integer not null default 0,
    run_at timestamptz not null,
    last_error text,
    done_at timestamptz
);

create index jobs_due on jobs (run_at) where done_at is null;
