-- The append has locked the document's row when it writes updates. Their foreign key would look at that row again, once for every update; what it is
-- wanted for, that they go with their document, a trigger does.
alter table updates drop constraint updates_document_fkey;

create function remove_updates() returns trigger language plpgsql as $$
begin
    delete from updates where document = old.id;
    return old;
end
$$;

create trigger documents_remove_updates before delete on documents for each row execute function remove_updates();
