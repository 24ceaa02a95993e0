-- What a live text was at the end of each writing session: the pages of its timeline. Rooms write them; nothing needs them to open a document.
create table checkpoints (
    document uuid not null references documents on delete cascade,
    -- the seq of the log that the text shows
    seq bigint not null,
    -- the session's first edit, and when it ended
    began_at timestamptz not null,
    ended_at timestamptz not null,
    -- who wrote in it. No foreign key: names of former members are found as elsewhere
    authors uuid[] not null,
    -- PostgreSQL compresses it
    text text not null,
    primary key (document, seq)
);
