-- Suggestions: what a thread of that kind would change, when it was made by suggesting in the text and not only in words.

create table suggestions (
    -- its discussion; the thread is anchored at the first edit and says whose it is
    thread uuid primary key references threads on delete cascade,
    -- accepted: its edits are in the log, under the cause "suggestion <thread> <edition>"
    state text not null default 'open' check (state in ('open', 'accepted', 'rejected', 'withdrawn')),
    -- raised whenever its edits change, so that whoever accepts says which they have seen
    edition integer not null default 1
);

-- The places that it would change, all or none.
create table suggested_edits (
    thread uuid not null references suggestions on delete cascade,
    -- in the order of the text, from 1
    nth integer not null,
    -- Yjs relative positions (encoded), start with assoc 0 and end with assoc -1
    anchor_start bytea not null,
    anchor_end bytea not null,
    -- the text it would replace, with 32 characters to each side; empty only in an empty text
    original text not null,
    original_before text not null,
    original_after text not null,
    replacement text not null,
    primary key (thread, nth),
    check (replacement <> original)
);
