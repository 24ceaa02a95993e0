-- What open sockets stand on: what an account may do, and whether a text may be written in. Whoever changes it, and wherever, leaves a row, and every
-- process reads what is new once a second (server/src/rooms/lookout.rs): nothing else needs to arrive for a revocation to hold everywhere.
create table changes (
    -- the transaction that wrote the row. A reader takes what has become visible since the snapshot it had before, in whatever order that was committed
    tx xid8 not null default pg_current_xact_id(),
    -- rows go after an hour
    at timestamptz not null default clock_timestamp(),
    -- whose sockets look again …
    account uuid,
    -- … or the sockets of which text, of which team
    document uuid,
    team uuid
);

create index changes_tx on changes (tx);

create function account_changed() returns trigger language plpgsql as $$
begin
    insert into changes (account) values (coalesce(new.account, old.account));
    return null;
end
$$;

create trigger members_changed after insert or delete or update of role on members for each row execute function account_changed();
create trigger tokens_changed after delete or update of revoked_at on tokens for each row execute function account_changed();
create trigger sessions_changed after delete on sessions for each row execute function account_changed();

create function suspension_changed() returns trigger language plpgsql as $$
begin
    insert into changes (account) values (new.id);
    return null;
end
$$;

create trigger accounts_changed after update of suspended_at on accounts for each row execute function suspension_changed();

create function document_changed() returns trigger language plpgsql as $$
begin
    insert into changes (document, team) values (old.id, old.team);
    return null;
end
$$;

-- Not of `head`: an append changes nothing here.
create trigger documents_changed after delete or update of state on documents for each row execute function document_changed();
