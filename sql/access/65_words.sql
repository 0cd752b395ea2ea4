-- The analysis in words: written and published by members, added to and never changed. A participant reads what is published of
-- the own round, and has no right to what is not.

grant select on app.analyses, app.analysis_publications to ng_member;
create policy member_reads on app.analyses for select to ng_member using (municipality_id = app.municipality());
create policy member_reads on app.analysis_publications for select to ng_member using (municipality_id = app.municipality());

grant insert (municipality_id, round_id, version, document, as_drafted, author_id, author_name, written_at) on app.analyses to ng_member;
create policy member_writes on app.analyses for insert to ng_member with check (municipality_id = app.municipality() and author_id = app.member());
grant insert (municipality_id, round_id, version, document, as_drafted, author_name, published_by, published_at) on app.analysis_publications to ng_member;
create policy member_publishes on app.analysis_publications for insert to ng_member
  with check (municipality_id = app.municipality() and published_by = app.member());

grant select (municipality_id, round_id, version, document, as_drafted, author_name, published_at) on app.analysis_publications to ng_participant;
create policy participant_reads on app.analysis_publications for select to ng_participant
  using (municipality_id = app.municipality() and round_id = app.round());

-- The number that the council's registry gives the round, until it is over: also once it is fixed, when a member has no right
-- to change anything of the row itself. An empty number is none.
grant select (municipality_id, id, state), update (diary_number) on app.rounds to ng_registry;
create policy registry_reads on app.rounds for select to ng_registry using (municipality_id = app.municipality());
create policy registry_numbers on app.rounds for update to ng_registry
  using (municipality_id = app.municipality() and state not in ('concluded', 'cancelled')) with check (municipality_id = app.municipality());
create or replace function app.set_diary_number(of_round uuid, number text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  update app.rounds r set diary_number = nullif(number, '') where r.municipality_id = app.municipality() and r.id = of_round;
end;
grant execute on function app.set_diary_number(uuid, text) to ng_member;
