-- Who is acting. The settings live as long as the transaction; after one that set them they read '' and not NULL, hence nullif.

create or replace function app.municipality() returns uuid language sql stable parallel safe
return nullif(current_setting('app.municipality_id', true), '')::uuid;

create or replace function app.member() returns uuid language sql stable parallel safe
return nullif(current_setting('app.member_id', true), '')::uuid;

create or replace function app.seat() returns uuid language sql stable parallel safe
return nullif(current_setting('app.seat_id', true), '')::uuid;

create or replace function app.round() returns uuid language sql stable parallel safe
return nullif(current_setting('app.round_id', true), '')::uuid;

create or replace function app.post() returns uuid language sql stable parallel safe
return nullif(current_setting('app.post_id', true), '')::uuid;

create or replace function app.operator() returns uuid language sql stable parallel safe
return nullif(current_setting('app.operator_id', true), '')::uuid;

grant execute on function app.municipality(), app.member(), app.seat(), app.round(), app.post(), app.operator()
  to ng_anonymous, ng_registrar, ng_sign_in, ng_member, ng_participant, ng_operator, ng_worker, ng_librarian, ng_publisher,
     ng_gate, ng_addresses, ng_ballots, ng_steward, ng_sorter, ng_counter, ng_reminder, ng_reader, ng_registry, ng_scribe;

-- Entering an authority whose credentials the server has checked by itself (or that needs none).
create or replace function app.enter(role text, municipality uuid) returns text language plpgsql volatile as $$
begin
  perform set_config('app.municipality_id', coalesce(municipality::text, ''), true);
  return role;
end $$;

-- Entering as a member: the session stands, the membership stands, and the person holds one of the roles that have the
-- operation's capability. All three are read at every request, so that taking a role away acts on the next one.
-- 28000: no such session; the constraint, which stays in the server, says whether there ever was one. NG403: the roles are lacking.
-- NG404: they are, and the person has none of those either that may know that what is asked for exists (readers; null if anybody may).
-- A session in use ends at expires, moved by an hour or more at a time, and in any case at_most seconds after it began.
create or replace function app.enter_member(
  municipality uuid, token bytea, at timestamptz, expires timestamptz, allowed text[], readers text[] default null, at_most integer default null)
returns text language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare found_member uuid; roles text[]; ends timestamptz; new_end timestamptz;
begin
  perform set_config('app.municipality_id', municipality::text, true);
  select s.member_id, s.expires_at, least(expires, s.created_at + make_interval(secs => at_most)) into found_member, ends, new_end
    from app.sessions s join app.members m on m.municipality_id = s.municipality_id and m.id = s.member_id
   where s.municipality_id = municipality and s.token_hash = token
     and s.revoked_at is null and s.expires_at > at and m.left_at is null;
  if not found then
    raise exception 'no such session' using errcode = '28000', constraint = case
      when exists (select from app.sessions s where s.municipality_id = municipality and s.token_hash = token) then 'session_has_ended'
      else 'session_is_unknown' end;
  end if;
  roles := array(select r.role from app.member_roles r where r.municipality_id = municipality and r.member_id = found_member);
  if not roles && allowed then
    raise exception 'the roles are lacking' using errcode = case when readers is null or roles && readers then 'NG403' else 'NG404' end;
  end if;
  if new_end >= ends + interval '1 hour' then
    update app.sessions s set touched_at = at, expires_at = new_end where s.municipality_id = municipality and s.token_hash = token;
  end if;
  perform set_config('app.member_id', found_member::text, true);
  return 'ng_member';
end $$;

-- Entering by a personal link, whose signature the server has checked: it opens its seat until the round is concluded.
create or replace function app.enter_participant(municipality uuid, seat uuid, link integer)
returns text language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare found_round uuid; found_post uuid;
begin
  perform set_config('app.municipality_id', municipality::text, true);
  select s.round_id, s.post_id into found_round, found_post
    from app.seats s join app.rounds r on r.municipality_id = s.municipality_id and r.id = s.round_id
   where s.municipality_id = municipality and s.id = seat and s.generation = link and s.invited_at is not null
     and r.state in ('planned', 'seminar', 'open', 'closed', 'fixed', 'workshop');
  if not found then
    raise exception 'no such link' using errcode = '28000';
  end if;
  perform set_config('app.seat_id', seat::text, true);
  perform set_config('app.round_id', found_round::text, true);
  perform set_config('app.post_id', found_post::text, true);
  return 'ng_participant';
end $$;

create or replace function app.enter_operator(token bytea, at timestamptz, expires timestamptz, at_most integer default null)
returns text language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare found_operator uuid; ends timestamptz; new_end timestamptz;
begin
  select s.operator_id, s.expires_at, least(expires, s.created_at + make_interval(secs => at_most)) into found_operator, ends, new_end
    from app.operator_sessions s
   where s.token_hash = token and s.revoked_at is null and s.expires_at > at;
  if not found then
    raise exception 'no such session' using errcode = '28000', constraint = case
      when exists (select from app.operator_sessions s where s.token_hash = token) then 'session_has_ended' else 'session_is_unknown' end;
  end if;
  if new_end >= ends + interval '1 hour' then
    update app.operator_sessions s set touched_at = at, expires_at = new_end where s.token_hash = token;
  end if;
  perform set_config('app.operator_id', found_operator::text, true);
  return 'ng_operator';
end $$;

grant execute on function app.enter(text, uuid), app.enter_member(uuid, bytea, timestamptz, timestamptz, text[], text[], integer),
  app.enter_participant(uuid, uuid, integer), app.enter_operator(bytea, timestamptz, timestamptz, integer) to nyttograd_app;

-- The gate's own sight: just what the three checks above read. It also ends the sessions of a member who is shown out.
grant select (municipality_id, token_hash, member_id, created_at, expires_at, revoked_at) on app.sessions to ng_gate;
grant update (touched_at, expires_at, revoked_at) on app.sessions to ng_gate;
create policy gate_reads on app.sessions for select to ng_gate using (municipality_id = app.municipality());
create policy gate_touches on app.sessions for update to ng_gate
  using (municipality_id = app.municipality() and revoked_at is null) with check (municipality_id = app.municipality());
grant select (municipality_id, id, left_at) on app.members to ng_gate;
create policy gate_reads on app.members for select to ng_gate using (municipality_id = app.municipality());
grant select (municipality_id, member_id, role) on app.member_roles to ng_gate;
create policy gate_reads on app.member_roles for select to ng_gate using (municipality_id = app.municipality());
grant select (municipality_id, id, round_id, post_id, generation, invited_at) on app.seats to ng_gate;
create policy gate_reads on app.seats for select to ng_gate using (municipality_id = app.municipality());
grant select (municipality_id, id, state) on app.rounds to ng_gate;
create policy gate_reads on app.rounds for select to ng_gate using (municipality_id = app.municipality());
grant select (token_hash, operator_id, created_at, expires_at, revoked_at) on app.operator_sessions to ng_gate;
grant update (touched_at, expires_at) on app.operator_sessions to ng_gate;
create policy gate_reads on app.operator_sessions for select to ng_gate using (revoked_at is null);
create policy gate_touches on app.operator_sessions for update to ng_gate using (revoked_at is null) with check (revoked_at is null);
