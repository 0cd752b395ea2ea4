-- Asking to join a council that is here. The one who asks writes, and reads nothing back.

grant insert (municipality_id, id, name, address, language, created_at, expires_at) on app.join_requests to ng_anonymous;
create policy anonymous_asks on app.join_requests for insert to ng_anonymous with check (municipality_id = app.municipality() and state = 'sent');
-- How many ask, from one address or in all, so that nobody is flooded with mail.
create or replace function app.recent_join_requests(of_address text, since timestamptz) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select count(*) from app.join_requests j
   where j.municipality_id = app.municipality() and j.created_at > since and j.address = coalesce(of_address, j.address);
end;
grant execute on function app.recent_join_requests(text, timestamptz) to ng_anonymous;
grant select (municipality_id, address, created_at) on app.join_requests to ng_addresses;
create policy addresses_counts on app.join_requests for select to ng_addresses using (municipality_id = app.municipality());

-- Whoever follows the link proves the address; whether anything comes of it the worker finds out, so that no answer tells.
grant select, update (state, verified_at, expires_at) on app.join_requests to ng_registrar;
create policy registrar_reads on app.join_requests for select to ng_registrar using (municipality_id = app.municipality());
create policy registrar_proves on app.join_requests for update to ng_registrar
  using (municipality_id = app.municipality() and state = 'sent')
  with check (municipality_id = app.municipality() and state = 'waiting' and verified_at is not null);

-- An administrator decides, once, about an address that has been proved.
grant select, update (state, decided_at, decided_by) on app.join_requests to ng_member;
create policy member_reads on app.join_requests for select to ng_member using (municipality_id = app.municipality() and state <> 'sent');
create policy member_decides on app.join_requests for update to ng_member
  using (municipality_id = app.municipality() and state = 'waiting')
  with check (municipality_id = app.municipality() and state in ('approved', 'refused') and decided_by = app.member() and decided_at is not null);

grant select, delete on app.join_requests to ng_worker;
create policy worker_reads on app.join_requests for select to ng_worker using (municipality_id = app.municipality());
create policy worker_forgets on app.join_requests for delete to ng_worker using (municipality_id = app.municipality());
grant select on app.mail_domains to ng_worker;
create policy worker_reads on app.mail_domains for select to ng_worker using (municipality_id = app.municipality());
