-- People, teams and how they come in. Ids are UUIDv7, made by the server, so they sort by age.

-- A person who can sign in.
create table accounts (
    id uuid primary key,
    -- as typed; compared without case (the index below), sent to as typed
    email text not null check (length(email) between 3 and 254),
    name text not null check (length(name) between 1 and 100),
    -- argon2id in PHC form, so that the parameters travel with the hash; null: must be reset first
    password_hash text,
    -- the operator of the instance creates teams and suspends accounts, and reads no team they are not a member of
    operator boolean not null default false,
    suspended_at timestamptz,
    created_at timestamptz not null
);

create unique index accounts_email_key on accounts (lower(email));

-- One signed-in browser each; visitors who have not signed in leave no row. The cookie holds 128 random bits, the table only their hash.
create table sessions (
    id bytea primary key,
    account uuid not null references accounts on delete cascade,
    -- what its owner sees in the list of sessions
    user_agent text not null,
    address text not null,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    -- the nearer of: idle for too long, signed in for too long
    expires_at timestamptz not null
);

create index sessions_account on sessions (account, seen_at desc);
create index sessions_expires_at on sessions (expires_at);

-- Links that set a new password: single use, short-lived, stored as hashes.
create table password_resets (
    token_hash bytea primary key,
    account uuid not null references accounts on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);

-- Token buckets, in the database so that a restart or a second process does not forget them.
create table rate_limits (
    -- what is limited and for whom: `sign-in account ada@example.org`
    key text primary key,
    tokens double precision not null,
    updated_at timestamptz not null
);

create index rate_limits_updated_at on rate_limits (updated_at);

-- The tenant.
create table teams (
    id uuid primary key,
    -- the team's name in links
    slug text not null constraint teams_slug_key unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,38}$'),
    name text not null check (length(name) between 1 and 100),
    -- the number the next design gets; taken by `update … returning` in the creating transaction, never reused
    next_design integer not null default 1,
    -- IANA name; dates without a time (due, review by) are dates here
    time_zone text not null default 'UTC',
    created_at timestamptz not null
);

create table members (
    team uuid not null references teams on delete cascade,
    account uuid not null references accounts on delete cascade,
    role text not null check (role in ('viewer', 'commenter', 'editor', 'admin')),
    joined_at timestamptz not null,
    primary key (team, account)
);

create index members_account on members (account);

-- Links by which people join a team: single use, expiring, stored as hashes.
create table invitations (
    id uuid primary key,
    team uuid not null references teams on delete cascade,
    token_hash bytea not null constraint invitations_token_key unique,
    -- whom it was made for, as a note and as the mail's address; whoever has the link may use it
    email text,
    role text not null check (role in ('viewer', 'commenter', 'editor', 'admin')),
    invited_by uuid not null references accounts on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    used_by uuid references accounts on delete set null,
    revoked_at timestamptz
);

create index invitations_team on invitations (team, created_at desc);

-- Bearer tokens of programs: one account, one team, one scope.
create table tokens (
    id uuid primary key,
    account uuid not null references accounts on delete cascade,
    team uuid not null references teams on delete cascade,
    name text not null check (length(name) between 1 and 100),
    -- SHA-256 of the token's 160 random bits in their text form
    token_hash bytea not null constraint tokens_hash_key unique,
    -- its first characters, so that its owner can tell tokens apart
    hint text not null,
    scope text not null check (scope in ('read', 'write')),
    created_at timestamptz not null,
    expires_at timestamptz,
    used_at timestamptz,
    revoked_at timestamptz
);

create index tokens_account on tokens (account, created_at desc);
