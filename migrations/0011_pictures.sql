-- Pictures that designs and comments show. Who may read a team's designs sees its pictures, and nobody else: the same picture of two teams has two
-- rows. They stay while their team does: accepted texts, revisions, checkpoints and comments may show them, and decisions are kept for ever.
create table pictures (
    team uuid not null references teams on delete cascade,
    -- SHA-256 of the bytes as they are served: every picture is read and written anew before it is kept, so they are ours and nobody else's
    hash bytea not null check (length(hash) = 32),
    media_type text not null check (media_type in ('image/png', 'image/jpeg', 'image/gif')),
    -- in pixels
    width integer not null check (width between 1 and 65535),
    height integer not null check (height between 1 and 65535),
    -- in bytes; a team keeps only so many (--pictures-per-team)
    size integer not null check (size > 0),
    -- null: in the store of objects that --pictures names, under the team's id and the picture's name
    bytes bytea,
    brought_by uuid references accounts on delete set null,
    brought_at timestamptz not null,
    primary key (team, hash)
);

-- An address names the picture alone.
create index pictures_hash on pictures (hash);
-- They are compressed already: PostgreSQL need not try.
alter table pictures alter column bytes set storage external;
