-- Revisions, reviews, threads, decisions, and whose turn it is.

-- An immutable snapshot of a proposal, made by "Send for review".
create table revisions (
    proposal uuid not null references proposals on delete cascade,
    number integer not null,
    title text not null,
    text text not null,
    -- SHA-256 over title and text
    content_hash bytea not null,
    -- [{path, occurrence, order, hash}], hashes in hex
    sections jsonb not null,
    -- the Yjs state at the freeze, so that a comment on it can be anchored after the live text has moved on
    state bytea not null,
    -- the document's head it was frozen at, and the version it stood on
    seq bigint not null,
    base integer not null,
    created_by uuid references accounts on delete set null,
    created_at timestamptz not null,
    primary key (proposal, number)
);

-- Who was asked; one row a person and proposal, asked again with each revision.
create table review_requests (
    proposal uuid not null references proposals on delete cascade,
    account uuid not null references accounts on delete cascade,
    requested_by uuid references accounts on delete set null,
    requested_at timestamptz not null,
    primary key (proposal, account)
);

-- One person's verdict on one revision. Rows are never changed but for what happened to the verdict afterwards.
create table reviews (
    id uuid primary key,
    proposal uuid not null,
    revision integer not null,
    account uuid references accounts on delete set null,
    verdict text not null check (verdict in ('approve', 'request_changes', 'comment')),
    summary text not null default '',
    at timestamptz not null,
    -- taken back by its giver
    withdrawn_at timestamptz,
    -- dismissed by an admin, with a reason
    dismissed_at timestamptz,
    dismissed_by uuid references accounts on delete set null,
    dismiss_reason text,
    -- its giver left the team
    lapsed_at timestamptz,
    foreign key (proposal, revision) references revisions (proposal, number) on delete cascade
);

create index reviews_proposal on reviews (proposal, at);
create index reviews_account on reviews (account);

-- A discussion anchored to a piece of text, or to the whole proposal.
create table threads (
    id uuid primary key,
    team uuid not null references teams on delete cascade,
    design uuid not null references designs on delete cascade,
    -- where it is anchored: a proposal's live document; null: the accepted text (its proposal was merged)
    proposal uuid references proposals on delete cascade,
    -- where it began
    origin uuid references proposals on delete set null,
    kind text not null check (kind in ('blocking', 'question', 'suggestion', 'nit', 'praise')),
    -- Yjs relative positions (encoded), start with assoc 0 and end with assoc -1; null: about the whole
    anchor_start bytea,
    anchor_end bytea,
    -- the text it was put on and 32 characters to each side
    quote text not null default '',
    quote_before text not null default '',
    quote_after text not null default '',
    -- the revision it was made on, when made on one
    revision integer,
    -- resolves to nothing and the quote is in no single place; still open, listed with its quote
    detached boolean not null default false,
    created_by uuid references accounts on delete set null,
    created_at timestamptz not null,
    resolved_by uuid references accounts on delete set null,
    resolved_at timestamptz
);

create index threads_proposal on threads (proposal, created_at);
create index threads_design on threads (design, created_at);
-- Threads that went on to the accepted text are still shown where they began.
create index threads_origin on threads (origin) where proposal is null;

create table comments (
    id uuid primary key,
    thread uuid not null references threads on delete cascade,
    author uuid references accounts on delete set null,
    -- Markdown
    body text not null check (length(body) between 1 and 20000),
    created_at timestamptz not null,
    edited_at timestamptz
);

create index comments_thread on comments (thread, created_at, id);

-- The permanent record of a merge. Names are those of the day; ids say who they were.
create table decisions (
    design uuid not null references designs on delete restrict,
    version integer not null,
    proposal uuid not null references proposals on delete restrict,
    revision integer not null,
    why text not null,
    -- [{by: {id, name}, revision, verdict, summary, at, counted}]
    votes jsonb not null,
    -- the gate as it stood: [{name, met, why, who}]
    gate jsonb not null,
    -- threads that were open: [{thread, kind, quote, by}]
    risks jsonb not null,
    merged_by uuid references accounts on delete set null,
    merged_at timestamptz not null,
    primary key (design, version),
    foreign key (design, version) references versions (design, number) on delete restrict
);

-- Whose turn it is. One open row per account, reason and subject; done when they acted or put it away.
create table inbox (
    id uuid primary key,
    account uuid not null references accounts on delete cascade,
    team uuid not null references teams on delete cascade,
    proposal uuid not null references proposals on delete cascade,
    -- the thread replied in, for replies
    thread uuid references threads on delete cascade,
    reason text not null check (reason in ('review_requested', 'reply', 'verdict')),
    -- who made it their turn
    actor uuid references accounts on delete set null,
    -- what the sentence needs: {"verdict": "approve", "revision": 2}
    detail jsonb not null default '{}',
    at timestamptz not null,
    done_at timestamptz
);

create unique index inbox_open_key on inbox (account, reason, proposal, thread) nulls not distinct where done_at is null;
create index inbox_proposal on inbox (proposal) where done_at is null;
create index inbox_account on inbox (account, at desc, id desc) where done_at is null;
