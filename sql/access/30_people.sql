-- Registration and sign-in. Only ng_sign_in reads people; a council sees its own members and nobody else's.

-- Registering: the applicant writes, and reads nothing back.
grant insert (id, municipality_id, org_nr, name, address, function, area, language, terms, created_at, expires_at) on app.registrations to ng_anonymous;
create policy anonymous_applies on app.registrations for insert to ng_anonymous with check (state = 'sent' and municipality_id = app.municipality());
create or replace function app.recent_registrations(of_address text, since timestamptz) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select count(*) from app.registrations r where r.address = of_address and r.created_at > since;
end;
grant select (address, created_at) on app.registrations to ng_addresses;
create policy addresses_counts on app.registrations for select to ng_addresses using (address is not null);
grant execute on function app.recent_registrations(text, timestamptz) to ng_anonymous;

grant select on app.registrations to ng_registrar, ng_operator, ng_worker;
create policy registrar_reads on app.registrations for select to ng_registrar using (municipality_id = app.municipality());
create policy operator_reads on app.registrations for select to ng_operator using (app.operator() is not null and state <> 'sent');
create policy worker_reads on app.registrations for select to ng_worker using (municipality_id = app.municipality());
-- What is decided stays decided, and nobody is let in whose link was not followed.
grant update (state, verified_at) on app.registrations to ng_registrar;
create policy registrar_moves on app.registrations for update to ng_registrar
  using (municipality_id = app.municipality() and state in ('sent', 'waiting'))
  with check (municipality_id = app.municipality() and state in ('waiting', 'admitted', 'late') and verified_at is not null);
grant update (state, decided_at, decided_by) on app.registrations to ng_operator;
create policy operator_decides on app.registrations for update to ng_operator
  using (app.operator() is not null and state = 'waiting' and (decided_by is null or decided_by = app.operator()))
  with check (decided_by = app.operator() and decided_at is not null and state in ('waiting', 'refused'));

-- Letting a council in: its settings, first member, roles, post and session, all by the registrar of that council.
grant insert (municipality_id) on app.council_settings to ng_registrar;
grant insert (municipality_id, id, name, address, language, invited_at, joined_at) on app.members to ng_registrar;
grant insert (municipality_id, member_id, role) on app.member_roles to ng_registrar;
grant insert (municipality_id, id, function, family, title, area, holder_name, holder_address, holder_language) on app.posts to ng_registrar;
create policy registrar_adds on app.council_settings for insert to ng_registrar with check (municipality_id = app.municipality());
create policy registrar_adds on app.members for insert to ng_registrar with check (municipality_id = app.municipality());
create policy registrar_adds on app.member_roles for insert to ng_registrar with check (municipality_id = app.municipality());
create policy registrar_adds on app.posts for insert to ng_registrar with check (municipality_id = app.municipality());

-- Naming an address as one that may sign in to the council that one acts for. Returns nothing, so that it does not tell
-- whether the address was known. With the name go the links that would have let it in; an address that no council names any
-- more is forgotten.
create or replace function app.name_person(new_id uuid, of_address text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  insert into app.people as p (id, address, councils) values (new_id, of_address, array[app.municipality()])
  on conflict (address) do update set councils = array(select distinct c from unnest(p.councils || excluded.councils) c order by c);
end;
create or replace function app.forget_person(of_address text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  delete from app.sign_in_links l using app.people p
   where l.municipality_id = app.municipality() and l.person_id = p.id and p.address = of_address;
  update app.people p set councils = array_remove(p.councils, app.municipality()) where p.address = of_address;
  delete from app.people p where p.address = of_address and p.councils = '{}';
end;
grant execute on function app.name_person(uuid, text) to ng_registrar, ng_member;
grant execute on function app.forget_person(text) to ng_member;
grant select, delete on app.people to ng_addresses;
grant insert (id, address, councils), update (councils) on app.people to ng_addresses;
create policy addresses_reads on app.people for select to ng_addresses using (address is not null);
create policy addresses_adds on app.people for insert to ng_addresses with check (app.municipality() = any (councils));
create policy addresses_notes on app.people for update to ng_addresses using (app.municipality() is not null) with check (app.municipality() is not null);
create policy addresses_forgets on app.people for delete to ng_addresses using (councils = '{}');

-- Signing in. The role makes and uses links and opens sessions; it changes nothing that stands.
grant select on app.people, app.operators, app.sign_in_links to ng_sign_in;
create policy sign_in_reads on app.people for select to ng_sign_in using (address is not null);
create policy sign_in_reads on app.operators for select to ng_sign_in using (address is not null);
create policy sign_in_reads on app.sign_in_links for select to ng_sign_in using (id is not null);
grant insert (id, municipality_id, person_id, operator_id, created_at, expires_at), update (used_at) on app.sign_in_links to ng_sign_in;
create policy sign_in_makes on app.sign_in_links for insert to ng_sign_in with check (used_at is null);
create policy sign_in_uses on app.sign_in_links for update to ng_sign_in
  using (municipality_id is not distinct from app.municipality() and used_at is null) with check (used_at is not null);
grant select (municipality_id, id, name, address, language, joined_at, left_at), update (joined_at) on app.members to ng_sign_in;
create policy sign_in_reads on app.members for select to ng_sign_in using (municipality_id = app.municipality());
create policy sign_in_joins on app.members for update to ng_sign_in
  using (municipality_id = app.municipality() and left_at is null) with check (municipality_id = app.municipality() and joined_at is not null);
grant insert (municipality_id, token_hash, member_id, created_at, touched_at, expires_at) on app.sessions to ng_sign_in, ng_registrar;
create policy sign_in_opens on app.sessions for insert to ng_sign_in with check (municipality_id = app.municipality());
create policy registrar_opens on app.sessions for insert to ng_registrar with check (municipality_id = app.municipality());
grant insert (token_hash, operator_id, created_at, touched_at, expires_at) on app.operator_sessions to ng_sign_in;
create policy sign_in_opens on app.operator_sessions for insert to ng_sign_in with check (revoked_at is null);

-- An invited member's link is made by whoever invites, for an address just named. It takes the place of those before it.
create or replace function app.make_invitation_link(link_id uuid, of_address text, at timestamptz, until timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  delete from app.sign_in_links l using app.people p
   where l.municipality_id = app.municipality() and l.person_id = p.id and p.address = of_address and l.used_at is null;
  insert into app.sign_in_links (id, municipality_id, person_id, created_at, expires_at)
  select link_id, app.municipality(), p.id, at, until from app.people p where p.address = of_address and app.municipality() = any (p.councils);
end;
grant execute on function app.make_invitation_link(uuid, text, timestamptz, timestamptz) to ng_member, ng_registrar;
-- Where the mail with a link goes: to be asked as the council that the link is for, or as none for an operator's.
create or replace function app.link_address(link_id uuid) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select coalesce(p.address, o.address) from app.sign_in_links l
    left join app.people p on p.id = l.person_id left join app.operators o on o.id = l.operator_id
   where l.id = link_id and l.used_at is null;
end;
-- Until when it holds; null once it has been used.
create or replace function app.link_end(link_id uuid) returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select l.expires_at from app.sign_in_links l where l.id = link_id and l.used_at is null;
end;
grant execute on function app.link_address(uuid), app.link_end(uuid) to ng_worker;
grant select (id, municipality_id, person_id, operator_id, expires_at, used_at) on app.sign_in_links to ng_addresses;
grant insert (id, municipality_id, person_id, created_at, expires_at), delete on app.sign_in_links to ng_addresses;
grant select (id, address) on app.operators to ng_addresses;
create policy addresses_reads on app.sign_in_links for select to ng_addresses using (municipality_id is not distinct from app.municipality());
create policy addresses_makes on app.sign_in_links for insert to ng_addresses with check (municipality_id = app.municipality() and used_at is null);
create policy addresses_voids on app.sign_in_links for delete to ng_addresses using (municipality_id = app.municipality());
create policy addresses_reads on app.operators for select to ng_addresses using (address is not null);

-- A council's own people.
grant select on app.members, app.member_roles, app.council_settings, app.agreements, app.posts to ng_member;
create policy member_reads on app.members for select to ng_member using (municipality_id = app.municipality());
create policy member_reads on app.member_roles for select to ng_member using (municipality_id = app.municipality());
create policy member_reads on app.council_settings for select to ng_member using (municipality_id = app.municipality());
create policy member_reads on app.agreements for select to ng_member using (municipality_id = app.municipality());
create policy member_reads on app.posts for select to ng_member using (municipality_id = app.municipality());
grant insert (municipality_id, id, name, address, language, invited_by, invited_at) on app.members to ng_member;
grant update (name, language, left_at, invited_by, invited_at) on app.members to ng_member;
create policy member_invites on app.members for insert to ng_member with check (municipality_id = app.municipality() and invited_by = app.member());
create policy member_changes on app.members for update to ng_member using (municipality_id = app.municipality()) with check (municipality_id = app.municipality());
grant insert (municipality_id, member_id, role), delete on app.member_roles to ng_member;
create policy member_grants on app.member_roles for insert to ng_member with check (municipality_id = app.municipality());
create policy member_takes on app.member_roles for delete to ng_member using (municipality_id = app.municipality());
grant update (area_word) on app.council_settings to ng_member;
create policy member_sets on app.council_settings for update to ng_member using (municipality_id = app.municipality()) with check (municipality_id = app.municipality());
-- Recorded once, never changed.
grant insert (municipality_id, id, controller, version, signed_on, signatory_name, signatory_title, diary_number, recorded_by, recorded_at)
  on app.agreements to ng_member;
create policy member_records on app.agreements for insert to ng_member with check (municipality_id = app.municipality() and recorded_by = app.member());
grant insert (municipality_id, id, function, family, title, area, holder_name, holder_address, holder_language) on app.posts to ng_member;
grant update (title, area, holder_name, holder_address, holder_language, retired_at) on app.posts to ng_member;
create policy member_adds on app.posts for insert to ng_member with check (municipality_id = app.municipality());
create policy member_changes on app.posts for update to ng_member using (municipality_id = app.municipality()) with check (municipality_id = app.municipality());

-- Sessions: each sees and ends his own, for good. When a member is shown out, or comes back, all of his end by the function:
-- otherwise a session from before would live on as soon as the membership does.
grant select, update (revoked_at) on app.sessions to ng_member;
create policy member_reads on app.sessions for select to ng_member using (municipality_id = app.municipality() and member_id = app.member());
create policy member_revokes on app.sessions for update to ng_member
  using (municipality_id = app.municipality() and member_id = app.member() and revoked_at is null)
  with check (municipality_id = app.municipality() and member_id = app.member() and revoked_at is not null);
create or replace function app.revoke_sessions(of_member uuid, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  update app.sessions s set revoked_at = at where s.municipality_id = app.municipality() and s.member_id = of_member and s.revoked_at is null;
end;
grant execute on function app.revoke_sessions(uuid, timestamptz) to ng_member;

-- The worker writes mail to them.
grant select on app.members, app.member_roles, app.posts, app.council_settings to ng_worker;
create policy worker_reads on app.members for select to ng_worker using (municipality_id = app.municipality());
create policy worker_reads on app.member_roles for select to ng_worker using (municipality_id = app.municipality());
create policy worker_reads on app.posts for select to ng_worker using (municipality_id = app.municipality());
create policy worker_reads on app.council_settings for select to ng_worker using (municipality_id = app.municipality());

-- Operators: their own sessions, and the list of them by the librarian (nyttograd operator …).
grant select on app.operators, app.operator_sessions to ng_operator;
create policy operator_reads on app.operators for select to ng_operator using (app.operator() is not null);
create policy operator_reads on app.operator_sessions for select to ng_operator using (operator_id = app.operator());
grant update (revoked_at) on app.operator_sessions to ng_operator;
create policy operator_revokes on app.operator_sessions for update to ng_operator
  using (operator_id = app.operator() and revoked_at is null) with check (operator_id = app.operator() and revoked_at is not null);
grant select, insert (id, address, invited_at) on app.operators to ng_librarian;
create policy librarian_reads on app.operators for select to ng_librarian using (address is not null);
create policy librarian_invites on app.operators for insert to ng_librarian with check (address is not null);
grant select on app.operators to ng_worker;
create policy worker_reads on app.operators for select to ng_worker using (address is not null);
