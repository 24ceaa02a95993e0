-- What is said to a comment without words, and what a comment said before it was edited.

create table reactions (
    comment uuid not null references comments on delete cascade,
    account uuid not null references accounts on delete cascade,
    -- one of each kind a person, however often and from wherever it is pressed
    kind text not null check (kind in ('thumbs_up', 'thumbs_down', 'party', 'heart', 'eyes')),
    at timestamptz not null,
    primary key (comment, account, kind)
);

-- For what refers to an account that goes.
create index reactions_account on reactions (account);

-- The wordings that a comment had; the present one is in the comment.
create table earlier_wordings (
    comment uuid not null references comments on delete cascade,
    -- in the order in which they were written, from 1
    nth integer not null,
    -- Markdown
    body text not null,
    -- when it was written: with the comment, or by the edit before
    written_at timestamptz not null,
    primary key (comment, nth)
);
