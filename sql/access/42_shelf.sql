-- A council's instruments. A draft may change; what is published never does, and is deleted only while no round has it (the key says so).

grant select on app.council_instruments to ng_member, ng_worker;
create policy member_reads on app.council_instruments for select to ng_member using (municipality_id = app.municipality());
create policy worker_reads on app.council_instruments for select to ng_worker using (municipality_id = app.municipality());
grant select (municipality_id, id, document, published_at) on app.council_instruments to ng_participant;
create policy participant_reads on app.council_instruments for select to ng_participant
  using (municipality_id = app.municipality() and published_at is not null);

grant insert (municipality_id, id, key, version, name_sv, name_en, items, levels, document, sha256, imported_at, published_at)
  on app.council_instruments to ng_member;
create policy member_imports on app.council_instruments for insert to ng_member with check (municipality_id = app.municipality());
grant update (key, version, name_sv, name_en, items, levels, document, sha256, imported_at, published_at) on app.council_instruments to ng_member;
create policy member_changes_a_draft on app.council_instruments for update to ng_member
  using (municipality_id = app.municipality() and published_at is null) with check (municipality_id = app.municipality());

-- Deletes one, and writes down who did. False if there is none.
grant select (municipality_id, id, key, version), delete on app.council_instruments to ng_scribe;
create policy scribe_reads on app.council_instruments for select to ng_scribe using (municipality_id = app.municipality());
create policy scribe_deletes on app.council_instruments for delete to ng_scribe using (municipality_id = app.municipality());
grant insert (instrument) on app.log_entries to ng_scribe;
create or replace function app.delete_instrument(of_instrument uuid, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare about text;
begin
  delete from app.council_instruments i where i.municipality_id = app.municipality() and i.id = of_instrument
    returning i.key || ', version ' || i.version into about;
  if not found then
    return false;
  end if;
  insert into app.log_entries (municipality_id, id, kind, logged_at, member_id, member_name, instrument)
  select m.municipality_id, gen_random_uuid(), 'instrument-deleted', at, m.id, m.name, about
    from app.members m where m.municipality_id = app.municipality() and m.id = app.member();
  return true;
end $$;
grant execute on function app.delete_instrument(uuid, timestamptz) to ng_member;
