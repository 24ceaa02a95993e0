-- Designs, their accepted versions, and the proposals that would change them.

create table designs (
    id uuid primary key,
    team uuid not null references teams on delete cascade,
    -- D-12; unique in the team, never reused
    number integer not null,
    title text not null check (length(title) between 1 and 200),
    -- the account that created it
    owner uuid references accounts on delete set null,
    state text not null default 'proposed'
        check (state in ('proposed', 'accepted', 'implemented', 'superseded', 'withdrawn')),
    -- newest accepted version; 0: nothing accepted yet
    version integer not null default 0,
    -- the number the next proposal gets
    next_proposal integer not null default 1,
    -- line endings and byte order mark of the imported file, to give them back on export "as imported"
    imported jsonb,
    created_at timestamptz not null,
    -- last change of anything a list shows: text, title, state, threads, reviews
    changed_at timestamptz not null,
    archived_at timestamptz,
    constraint designs_number_key unique (team, number)
);

create index designs_changed on designs (team, changed_at desc, id desc);
-- A team has few archived designs; without this their list would walk over all the others.
create index designs_archived on designs (team, changed_at desc, id desc) where archived_at is not null;

-- The accepted lineage, which only the server writes. Version 0 is the empty document and has no row.
create table versions (
    design uuid not null references designs on delete cascade,
    number integer not null check (number > 0),
    title text not null,
    text text not null,
    content_hash bytea not null,
    -- [{path, occurrence, order, hash}] as in revisions
    sections jsonb not null,
    -- U(n): the Yjs update (v1) from version n-1 to n, under a client id drawn fresh for it
    update bytea not null,
    -- the whole Yjs state at version n (v1): what a proposal forks from
    state bytea not null,
    created_at timestamptz not null,
    primary key (design, number)
);

create table proposals (
    id uuid primary key,
    design uuid not null references designs on delete cascade,
    -- P-2 of the design
    number integer not null,
    -- what it would change, and why; the first proposal of a design carries the design's title
    title text not null check (length(title) between 1 and 200),
    why text not null default '',
    -- the accepted version it stands on
    base integer not null,
    state text not null default 'draft' check (state in ('draft', 'in_review', 'merged', 'closed')),
    created_by uuid references accounts on delete set null,
    created_at timestamptz not null,
    -- while held nobody writes; only an open proposal in review can be held
    held_by uuid references accounts on delete set null,
    held_at timestamptz,
    closed_by uuid references accounts on delete set null,
    closed_at timestamptz,
    close_reason text,
    -- the version it became
    merged_version integer,
    constraint proposals_number_key unique (design, number)
);

create index proposals_design on proposals (design, number desc);

-- What happened to a design, in order, for its history: created, renamed, sent for review, held, merged, closed, archived …
create table history (
    id uuid primary key,
    team uuid not null references teams on delete cascade,
    design uuid not null references designs on delete cascade,
    proposal uuid references proposals on delete cascade,
    account uuid references accounts on delete set null,
    verb text not null,
    -- what the sentence on the page needs: {"from": …, "to": …}
    detail jsonb not null default '{}',
    at timestamptz not null
);

create index history_design on history (design, at desc, id desc);

-- Full text, one row per section (row 0 is the title), of what a reader would find: the newest open proposal's text, else the accepted one.
create table search_sections (
    design uuid not null references designs on delete cascade,
    ordinal integer not null,
    team uuid not null,
    heading text not null,
    -- cut at 100 KB
    body text not null,
    -- 'simple': names of systems are not English words. What the parser would keep in one piece (paths, hosts, compounds, tags) is taken
    -- apart first, so that `rooms` finds `src/rooms.rs`; queries are split at the same characters (server/src/service/search/words.rs)
    words tsvector not null generated always as (
        setweight(to_tsvector('simple', translate(heading, './:@_-<>&~+', '           ')), case when ordinal = 0 then 'A'::"char" else 'B'::"char" end)
        || setweight(to_tsvector('simple', translate(body, './:@_-<>&~+', '           ')), 'D')
    ) stored,
    primary key (design, ordinal)
);

create index search_sections_words on search_sections using gin (words);
-- Titles on their own: the first letters of a search look only here.
create index search_sections_titles on search_sections using gin (words) where ordinal = 0;
