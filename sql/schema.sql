CREATE SCHEMA app;

ALTER SCHEMA app OWNER TO nyttograd_owner;

CREATE FUNCTION app.change_address(change uuid, new_person uuid, at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare it app.address_changes;
begin
  update app.address_changes c set ended_at = at
   where c.municipality_id = app.municipality() and c.id = change and c.ended_at is null and c.expires_at > at
   returning * into it;
  if not found then
    return false;
  end if;
  update app.members m set address = it.address
   where m.municipality_id = app.municipality() and m.id = it.member_id and m.address = it.former_address and m.left_at is null;
  if not found then
    return false;
  end if;
  perform app.forget_person(it.former_address);
  perform app.name_person(new_person, it.address);
  perform app.revoke_sessions(it.member_id, at);
  return true;
end $$;

ALTER FUNCTION app.change_address(change uuid, new_person uuid, at timestamp with time zone) OWNER TO ng_addresses;

CREATE FUNCTION app.municipality() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('app.municipality_id'::text, true), ''::text))::uuid;

ALTER FUNCTION app.municipality() OWNER TO nyttograd_owner;

CREATE FUNCTION app.well_formed(current smallint[], desired smallint[], items smallint, levels smallint) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
begin
  return (array_ndims(current) = 1 and array_lower(current, 1) = 1 and cardinality(current) = items
     and array_ndims(desired) = 1 and array_lower(desired, 1) = 1 and cardinality(desired) = items
     and not exists (
       select from unnest(current, desired) as pair (c, d)
       where c is null or d is null
          or not (c between 0 and levels or c in (8, 9)) or not (d between 0 and levels or d in (8, 9))
          or (c = 8) <> (d = 8) or (c = 9) <> (d = 9))) is true;
end $$;

ALTER FUNCTION app.well_formed(current smallint[], desired smallint[], items smallint, levels smallint) OWNER TO nyttograd_owner;

CREATE TABLE app.responses (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    round_id uuid NOT NULL,
    seat_id uuid NOT NULL,
    items smallint NOT NULL,
    current smallint[] NOT NULL,
    desired smallint[] NOT NULL,
    submitted boolean DEFAULT false NOT NULL,
    open boolean NOT NULL,
    levels smallint NOT NULL,
    CONSTRAINT responses_are_well_formed CHECK (app.well_formed(current, desired, items, levels))
)
WITH (fillfactor='80');

ALTER TABLE ONLY app.responses FORCE ROW LEVEL SECURITY;

ALTER TABLE app.responses OWNER TO nyttograd_owner;

CREATE FUNCTION app.count_submitted(of_round uuid) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT (count(*))::integer AS count
    FROM app.responses r
   WHERE ((r.municipality_id = app.municipality()) AND (r.round_id = count_submitted.of_round) AND r.submitted);
END;

ALTER FUNCTION app.count_submitted(of_round uuid) OWNER TO ng_counter;

CREATE FUNCTION app.delete_answers_of_round(of_round uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 DELETE FROM app.responses r
   WHERE ((r.municipality_id = app.municipality()) AND (r.round_id = delete_answers_of_round.of_round));
END;

ALTER FUNCTION app.delete_answers_of_round(of_round uuid) OWNER TO ng_ballots;

CREATE FUNCTION app.delete_comment(of_round uuid, comment uuid, at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare about text;
begin
  delete from app.published_comments c where c.municipality_id = app.municipality() and c.round_id = of_round and c.id = comment
    returning c.dimension into about;
  if not found then
    return false;
  end if;
  insert into app.log_entries (municipality_id, id, kind, logged_at, member_id, member_name, round_id, dimension)
  select m.municipality_id, gen_random_uuid(), 'comment-deleted', at, m.id, m.name, of_round, about
    from app.members m where m.municipality_id = app.municipality() and m.id = app.member();
  return true;
end $$;

ALTER FUNCTION app.delete_comment(of_round uuid, comment uuid, at timestamp with time zone) OWNER TO ng_scribe;

CREATE FUNCTION app.delete_instrument(of_instrument uuid, at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

ALTER FUNCTION app.delete_instrument(of_instrument uuid, at timestamp with time zone) OWNER TO ng_scribe;

CREATE FUNCTION app.enter(role text, municipality uuid) RETURNS text
    LANGUAGE plpgsql
    AS $$
begin
  perform set_config('app.municipality_id', coalesce(municipality::text, ''), true);
  return role;
end $$;

ALTER FUNCTION app.enter(role text, municipality uuid) OWNER TO nyttograd_owner;

CREATE FUNCTION app.enter_member(municipality uuid, token bytea, at timestamp with time zone, expires timestamp with time zone, allowed text[], readers text[] DEFAULT NULL::text[], at_most integer DEFAULT NULL::integer) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

ALTER FUNCTION app.enter_member(municipality uuid, token bytea, at timestamp with time zone, expires timestamp with time zone, allowed text[], readers text[], at_most integer) OWNER TO ng_gate;

CREATE FUNCTION app.enter_operator(token bytea, at timestamp with time zone, expires timestamp with time zone, at_most integer DEFAULT NULL::integer) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

ALTER FUNCTION app.enter_operator(token bytea, at timestamp with time zone, expires timestamp with time zone, at_most integer) OWNER TO ng_gate;

CREATE FUNCTION app.enter_participant(municipality uuid, seat uuid, link integer) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

ALTER FUNCTION app.enter_participant(municipality uuid, seat uuid, link integer) OWNER TO ng_gate;

CREATE TABLE app.people (
    id uuid NOT NULL,
    address text NOT NULL,
    councils uuid[] NOT NULL
);

ALTER TABLE ONLY app.people FORCE ROW LEVEL SECURITY;

ALTER TABLE app.people OWNER TO nyttograd_owner;

CREATE TABLE app.sign_in_links (
    id uuid NOT NULL,
    municipality_id uuid,
    person_id uuid,
    operator_id uuid,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT sign_in_links_are_for_one CHECK ((((operator_id IS NULL) AND (person_id IS NOT NULL) AND (municipality_id IS NOT NULL)) OR ((operator_id IS NOT NULL) AND (person_id IS NULL) AND (municipality_id IS NULL))))
);

ALTER TABLE ONLY app.sign_in_links FORCE ROW LEVEL SECURITY;

ALTER TABLE app.sign_in_links OWNER TO nyttograd_owner;

CREATE FUNCTION app.forget_person(of_address text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 DELETE FROM app.sign_in_links l
    USING app.people p
   WHERE ((l.municipality_id = app.municipality()) AND (l.person_id = p.id) AND (p.address = forget_person.of_address));
 UPDATE app.people p SET councils = array_remove(p.councils, app.municipality())
   WHERE (p.address = forget_person.of_address);
 DELETE FROM app.people p
   WHERE ((p.address = forget_person.of_address) AND (p.councils = '{}'::uuid[]));
END;

ALTER FUNCTION app.forget_person(of_address text) OWNER TO ng_addresses;

CREATE TABLE app.council_instruments (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    key text NOT NULL,
    version integer NOT NULL,
    name_sv text NOT NULL,
    name_en text NOT NULL,
    items smallint NOT NULL,
    levels smallint NOT NULL,
    document text NOT NULL,
    sha256 bytea NOT NULL,
    imported_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    CONSTRAINT council_instruments_items_within_bounds CHECK (((items >= 2) AND (items <= 240))),
    CONSTRAINT council_instruments_levels_within_bounds CHECK (((levels >= 3) AND (levels <= 7))),
    CONSTRAINT council_instruments_version_is_positive CHECK ((version > 0))
);

ALTER TABLE ONLY app.council_instruments FORCE ROW LEVEL SECURITY;

ALTER TABLE app.council_instruments OWNER TO nyttograd_owner;

CREATE TABLE app.rounds (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    title text NOT NULL,
    instrument_id uuid NOT NULL,
    state text DEFAULT 'planned'::text NOT NULL,
    target_year smallint NOT NULL,
    orderer_name text NOT NULL,
    orderer_title text NOT NULL,
    runner_name text NOT NULL,
    runner_title text NOT NULL,
    closes_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    opened_at timestamp with time zone,
    closed_at timestamp with time zone,
    fixed_at timestamp with time zone,
    ended_at timestamp with time zone,
    diary_number text,
    opens_at timestamp with time zone,
    emptied_at timestamp with time zone,
    missed_at timestamp with time zone,
    CONSTRAINT rounds_diary_number_is_short CHECK (((char_length(diary_number) >= 1) AND (char_length(diary_number) <= 60))),
    CONSTRAINT rounds_emptied_stays_empty CHECK (((emptied_at IS NULL) OR ((fixed_at IS NULL) AND (state = ANY (ARRAY['workshop'::text, 'concluded'::text]))))),
    CONSTRAINT rounds_end_when_they_are_over CHECK (((ended_at IS NULL) OR (state = ANY (ARRAY['concluded'::text, 'cancelled'::text])))),
    CONSTRAINT rounds_fixed_has_its_time CHECK (((state <> 'fixed'::text) OR (fixed_at IS NOT NULL))),
    CONSTRAINT rounds_fixed_stays_fixed CHECK (((fixed_at IS NULL) OR (state = ANY (ARRAY['fixed'::text, 'workshop'::text, 'concluded'::text])))),
    CONSTRAINT rounds_state_is_known CHECK ((state = ANY (ARRAY['planned'::text, 'seminar'::text, 'open'::text, 'closed'::text, 'fixed'::text, 'workshop'::text, 'concluded'::text, 'cancelled'::text]))),
    CONSTRAINT rounds_target_year_is_sane CHECK (((target_year >= 2000) AND (target_year <= 2100))),
    CONSTRAINT rounds_title_is_short CHECK (((char_length(title) >= 1) AND (char_length(title) <= 120))),
    CONSTRAINT rounds_workshop_comes_after_the_answers CHECK (((state <> 'workshop'::text) OR (fixed_at IS NOT NULL) OR (emptied_at IS NOT NULL)))
);

ALTER TABLE ONLY app.rounds FORCE ROW LEVEL SECURITY;

ALTER TABLE app.rounds OWNER TO nyttograd_owner;

CREATE TABLE app.seats (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    round_id uuid NOT NULL,
    post_id uuid NOT NULL,
    deputy boolean NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    language text NOT NULL,
    generation integer DEFAULT 1 NOT NULL,
    invited_at timestamp with time zone,
    bounced boolean DEFAULT false NOT NULL,
    function text,
    family text,
    area text,
    called boolean DEFAULT false NOT NULL,
    CONSTRAINT seats_are_placed_when_invited CHECK (((invited_at IS NULL) OR (function IS NOT NULL))),
    CONSTRAINT seats_are_placed_whole CHECK ((((function IS NULL) = (family IS NULL)) AND ((function IS NULL) = (area IS NULL)))),
    CONSTRAINT seats_family_is_known CHECK ((family = ANY (ARRAY['directors'::text, 'strategists'::text, 'programme-areas'::text, 'others'::text]))),
    CONSTRAINT seats_language_is_known CHECK ((language = ANY (ARRAY['sv'::text, 'en'::text]))),
    CONSTRAINT seats_name_is_short CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120)))
);

ALTER TABLE ONLY app.seats FORCE ROW LEVEL SECURITY;

ALTER TABLE app.seats OWNER TO nyttograd_owner;

CREATE FUNCTION app.hand_out(of_round uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 INSERT INTO app.responses (municipality_id, id, round_id, seat_id, items, levels, current, desired, open)  SELECT s.municipality_id,
             gen_random_uuid() AS gen_random_uuid,
             s.round_id,
             s.id,
             i.items,
             i.levels,
             array_fill((0)::smallint, (ARRAY[i.items])::integer[]) AS array_fill,
             array_fill((0)::smallint, (ARRAY[i.items])::integer[]) AS array_fill,
             true
            FROM ((app.seats s
              JOIN app.rounds r ON (((r.municipality_id = s.municipality_id) AND (r.id = s.round_id))))
              JOIN app.council_instruments i ON (((i.municipality_id = r.municipality_id) AND (i.id = r.instrument_id))))
           WHERE ((s.municipality_id = app.municipality()) AND (s.round_id = hand_out.of_round) AND (r.state = 'open'::text))
          FOR SHARE OF r ON CONFLICT(municipality_id, seat_id) DO NOTHING;
END;

ALTER FUNCTION app.hand_out(of_round uuid) OWNER TO ng_ballots;

CREATE TABLE app.posts (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    function text NOT NULL,
    family text NOT NULL,
    title text NOT NULL,
    area text DEFAULT ''::text NOT NULL,
    holder_name text NOT NULL,
    holder_address text NOT NULL,
    holder_language text NOT NULL,
    retired_at timestamp with time zone,
    CONSTRAINT posts_area_is_short CHECK ((char_length(area) <= 120)),
    CONSTRAINT posts_family_is_known CHECK ((family = ANY (ARRAY['directors'::text, 'strategists'::text, 'programme-areas'::text, 'others'::text]))),
    CONSTRAINT posts_holder_name_is_short CHECK (((char_length(holder_name) >= 1) AND (char_length(holder_name) <= 120))),
    CONSTRAINT posts_language_is_known CHECK ((holder_language = ANY (ARRAY['sv'::text, 'en'::text]))),
    CONSTRAINT posts_title_is_short CHECK (((char_length(title) >= 1) AND (char_length(title) <= 120)))
);

ALTER TABLE ONLY app.posts FORCE ROW LEVEL SECURITY;

ALTER TABLE app.posts OWNER TO nyttograd_owner;

CREATE FUNCTION app.invite_seats(of_round uuid, named uuid[], everybody boolean, at timestamp with time zone) RETURNS TABLE(id uuid, generation integer)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 UPDATE app.seats s SET invited_at = invite_seats.at, bounced = false, called = (s.called OR (r.state = 'seminar'::text)), function = COALESCE(s.function, p.function), family = COALESCE(s.family, p.family), area = COALESCE(s.area, p.area)
    FROM app.rounds r,
     app.posts p
   WHERE ((s.municipality_id = app.municipality()) AND (s.round_id = invite_seats.of_round) AND (r.municipality_id = s.municipality_id) AND (r.id = s.round_id) AND (r.state = ANY (ARRAY['planned'::text, 'seminar'::text, 'open'::text])) AND (p.municipality_id = s.municipality_id) AND (p.id = s.post_id) AND
         CASE
             WHEN (invite_seats.named IS NOT NULL) THEN (s.id = ANY (invite_seats.named))
             ELSE (invite_seats.everybody OR (s.invited_at IS NULL))
         END)
   RETURNING s.id,
     s.generation;
END;

ALTER FUNCTION app.invite_seats(of_round uuid, named uuid[], everybody boolean, at timestamp with time zone) OWNER TO ng_steward;

CREATE TABLE app.operators (
    id uuid NOT NULL,
    address text NOT NULL,
    invited_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY app.operators FORCE ROW LEVEL SECURITY;

ALTER TABLE app.operators OWNER TO nyttograd_owner;

CREATE FUNCTION app.link_address(link_id uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT COALESCE(p.address, o.address) AS "coalesce"
    FROM ((app.sign_in_links l
      LEFT JOIN app.people p ON ((p.id = l.person_id)))
      LEFT JOIN app.operators o ON ((o.id = l.operator_id)))
   WHERE ((l.id = link_address.link_id) AND (l.used_at IS NULL));
END;

ALTER FUNCTION app.link_address(link_id uuid) OWNER TO ng_addresses;

CREATE FUNCTION app.link_end(link_id uuid) RETURNS timestamp with time zone
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT l.expires_at
    FROM app.sign_in_links l
   WHERE ((l.id = link_end.link_id) AND (l.used_at IS NULL));
END;

ALTER FUNCTION app.link_end(link_id uuid) OWNER TO ng_addresses;

CREATE FUNCTION app.make_invitation_link(link_id uuid, of_address text, at timestamp with time zone, until timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 DELETE FROM app.sign_in_links l
    USING app.people p
   WHERE ((l.municipality_id = app.municipality()) AND (l.person_id = p.id) AND (p.address = make_invitation_link.of_address) AND (l.used_at IS NULL));
 INSERT INTO app.sign_in_links (id, municipality_id, person_id, created_at, expires_at)  SELECT make_invitation_link.link_id AS link_id,
             app.municipality() AS municipality,
             p.id,
             make_invitation_link.at AS at,
             make_invitation_link.until AS until
            FROM app.people p
           WHERE ((p.address = make_invitation_link.of_address) AND (app.municipality() = ANY (p.councils)));
END;

ALTER FUNCTION app.make_invitation_link(link_id uuid, of_address text, at timestamp with time zone, until timestamp with time zone) OWNER TO ng_addresses;

CREATE FUNCTION app.member() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('app.member_id'::text, true), ''::text))::uuid;

ALTER FUNCTION app.member() OWNER TO nyttograd_owner;

CREATE FUNCTION app.miss_opening(of_round uuid, at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  update app.rounds r set missed_at = at
   where r.municipality_id = app.municipality() and r.id = of_round and r.state in ('planned', 'seminar') and r.opens_at <= at
     and (r.missed_at is null or r.missed_at < r.opens_at);
  return found;
end $$;

ALTER FUNCTION app.miss_opening(of_round uuid, at timestamp with time zone) OWNER TO ng_steward;

CREATE FUNCTION app.move_round(of_round uuid, next_state text, closes timestamp with time zone, at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  update app.rounds r
     set state = next_state, closes_at = closes,
         opened_at = case next_state when 'open' then at else r.opened_at end,
         closed_at = case next_state when 'closed' then at when 'open' then null else r.closed_at end,
         ended_at = case when next_state in ('concluded', 'cancelled') then at else r.ended_at end
   where r.municipality_id = app.municipality() and r.id = of_round
     and (r.state, next_state) in (
       ('planned', 'seminar'), ('planned', 'open'), ('planned', 'cancelled'), ('seminar', 'open'), ('seminar', 'cancelled'), ('open', 'closed'),
       ('open', 'cancelled'), ('closed', 'open'), ('closed', 'cancelled'), ('fixed', 'workshop'), ('fixed', 'concluded'), ('workshop', 'concluded'))
     and (next_state not in ('seminar', 'open')
          or exists (select from app.contracts c where c.municipality_id = r.municipality_id and c.round_id = r.id and c.frozen_at is not null));
  if not found then
    return false;
  end if;
  case next_state
    when 'open' then
      perform app.hand_out(of_round);
      perform app.set_open(of_round, true);
    when 'closed' then perform app.set_open(of_round, false);
    when 'cancelled' then perform app.delete_answers_of_round(of_round);
    else null;
  end case;
  return true;
end $$;

ALTER FUNCTION app.move_round(of_round uuid, next_state text, closes timestamp with time zone, at timestamp with time zone) OWNER TO ng_steward;

CREATE FUNCTION app.name_person(new_id uuid, of_address text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 INSERT INTO app.people AS p (id, address, councils)
   VALUES (name_person.new_id, name_person.of_address, ARRAY[app.municipality()]) ON CONFLICT(address) DO UPDATE SET councils = ARRAY( SELECT DISTINCT c.c
            FROM unnest((p.councils || excluded.councils)) c(c)
           ORDER BY c.c);
END;

ALTER FUNCTION app.name_person(new_id uuid, of_address text) OWNER TO ng_addresses;

CREATE FUNCTION app.open_at_its_time(of_round uuid, at timestamp with time zone) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare was text;
begin
  select r.state into was from app.rounds r where r.municipality_id = app.municipality() and r.id = of_round for update;
  update app.rounds r set state = 'open', opened_at = at
   where r.municipality_id = app.municipality() and r.id = of_round and r.state in ('planned', 'seminar') and r.opens_at <= at and r.closes_at > at;
  return case when found then was end;
end $$;

ALTER FUNCTION app.open_at_its_time(of_round uuid, at timestamp with time zone) OWNER TO ng_ballots;

CREATE FUNCTION app.operator() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('app.operator_id'::text, true), ''::text))::uuid;

ALTER FUNCTION app.operator() OWNER TO nyttograd_owner;

CREATE FUNCTION app.post() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('app.post_id'::text, true), ''::text))::uuid;

ALTER FUNCTION app.post() OWNER TO nyttograd_owner;

CREATE TABLE app.comments (
    municipality_id uuid NOT NULL,
    seat_id uuid NOT NULL,
    dimension text NOT NULL,
    open boolean NOT NULL,
    text text NOT NULL,
    consent boolean NOT NULL,
    CONSTRAINT comments_dimension_is_short CHECK (((char_length(dimension) >= 1) AND (char_length(dimension) <= 40))),
    CONSTRAINT comments_text_is_short CHECK (((char_length(text) >= 1) AND (char_length(text) <= 2000)))
);

ALTER TABLE ONLY app.comments FORCE ROW LEVEL SECURITY;

ALTER TABLE app.comments OWNER TO nyttograd_owner;

CREATE TABLE app.contracts (
    municipality_id uuid NOT NULL,
    round_id uuid NOT NULL,
    k smallint NOT NULL,
    controller text NOT NULL,
    audiences text[] NOT NULL,
    comments boolean NOT NULL,
    purpose text NOT NULL,
    retention text NOT NULL,
    disposal_reference text NOT NULL,
    contact text NOT NULL,
    document text,
    sha256 bytea,
    frozen_at timestamp with time zone,
    split boolean DEFAULT true NOT NULL,
    CONSTRAINT contracts_freeze_whole CHECK ((((frozen_at IS NULL) = (sha256 IS NULL)) AND ((frozen_at IS NULL) = (document IS NULL)))),
    CONSTRAINT contracts_k_is_never_below_five CHECK ((k >= 5))
);

ALTER TABLE ONLY app.contracts FORCE ROW LEVEL SECURITY;

ALTER TABLE app.contracts OWNER TO nyttograd_owner;

CREATE TABLE app.published_comments (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    round_id uuid NOT NULL,
    dimension text NOT NULL,
    text text NOT NULL
);

ALTER TABLE ONLY app.published_comments FORCE ROW LEVEL SECURITY;

ALTER TABLE app.published_comments OWNER TO nyttograd_owner;

CREATE FUNCTION app.publish_comments(of_round uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 INSERT INTO app.published_comments (municipality_id, id, round_id, dimension, text)  SELECT r.municipality_id,
             gen_random_uuid() AS gen_random_uuid,
             r.round_id,
             c.dimension,
             c.text
            FROM (((app.responses r
              JOIN app.rounds o ON (((o.municipality_id = r.municipality_id) AND (o.id = r.round_id) AND (o.state = 'closed'::text))))
              JOIN app.contracts t ON (((t.municipality_id = r.municipality_id) AND (t.round_id = r.round_id) AND t.comments)))
              JOIN app.comments c ON (((c.municipality_id = r.municipality_id) AND (c.seat_id = r.seat_id) AND c.consent)))
           WHERE ((r.municipality_id = app.municipality()) AND (r.round_id = publish_comments.of_round) AND r.submitted AND (NOT r.open) AND (t.k <= ( SELECT count(*) AS count
                    FROM app.responses n
                   WHERE ((n.municipality_id = app.municipality()) AND (n.round_id = publish_comments.of_round) AND n.submitted AND (NOT n.open)))))
           ORDER BY (random());
END;

ALTER FUNCTION app.publish_comments(of_round uuid) OWNER TO ng_scribe;

CREATE TABLE app.edition_cells (
    edition_id uuid NOT NULL,
    "group" text NOT NULL,
    dimension text NOT NULL,
    figure text NOT NULL,
    councils integer NOT NULL,
    quantiles jsonb NOT NULL,
    renewed_in uuid NOT NULL,
    CONSTRAINT edition_cells_figure_is_known CHECK ((figure = ANY (ARRAY['current'::text, 'desired'::text, 'gap'::text])))
);

ALTER TABLE ONLY app.edition_cells FORCE ROW LEVEL SECURITY;

ALTER TABLE app.edition_cells OWNER TO nyttograd_owner;

CREATE TABLE app.edition_entries (
    municipality_id uuid NOT NULL,
    edition_id uuid NOT NULL,
    round_id uuid NOT NULL,
    dimension text NOT NULL,
    figure text NOT NULL,
    value text NOT NULL,
    included boolean DEFAULT true NOT NULL,
    CONSTRAINT edition_entries_are_included CHECK (included)
);

ALTER TABLE ONLY app.edition_entries FORCE ROW LEVEL SECURITY;

ALTER TABLE app.edition_entries OWNER TO nyttograd_owner;

CREATE TABLE app.editions (
    id uuid NOT NULL,
    fictional boolean NOT NULL,
    number integer NOT NULL,
    instrument_key text NOT NULL,
    instrument_version integer NOT NULL,
    published_at timestamp with time zone NOT NULL,
    document bytea NOT NULL,
    sha256 bytea NOT NULL
);

ALTER TABLE ONLY app.editions FORCE ROW LEVEL SECURITY;

ALTER TABLE app.editions OWNER TO nyttograd_owner;

CREATE TABLE app.municipalities (
    municipality_id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    county_code text NOT NULL,
    county_name text NOT NULL,
    org_nr text NOT NULL,
    population integer NOT NULL,
    skr_group text,
    fictional boolean NOT NULL,
    joined_at timestamp with time zone,
    CONSTRAINT municipalities_code_has_four_digits CHECK ((code ~ '^[0-9]{4}$'::text)),
    CONSTRAINT municipalities_fictional_by_code CHECK ((fictional = ((code >= '9901'::text) AND (code <= '9920'::text))))
);

ALTER TABLE ONLY app.municipalities FORCE ROW LEVEL SECURITY;

ALTER TABLE app.municipalities OWNER TO nyttograd_owner;

CREATE FUNCTION app.published_cells(of_key text, of_version integer) RETURNS TABLE(edition integer, published_at timestamp with time zone, "group" text, dimension text, figure text, others integer, councils integer, quantiles jsonb, as_of timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT e.number,
     e.published_at,
     c."group",
     c.dimension,
     c.figure,
     (c.councils - ((n.municipality_id IS NOT NULL))::integer),
         CASE
             WHEN ((c.councils - ((n.municipality_id IS NOT NULL))::integer) >= 5) THEN c.councils
             ELSE NULL::integer
         END AS "case",
         CASE
             WHEN ((c.councils - ((n.municipality_id IS NOT NULL))::integer) >= 5) THEN c.quantiles
             ELSE NULL::jsonb
         END AS "case",
     w.published_at
    FROM ((((app.municipalities m
      JOIN LATERAL ( SELECT x.id,
             x.number,
             x.published_at
            FROM app.editions x
           WHERE ((x.fictional = m.fictional) AND (x.instrument_key = published_cells.of_key) AND (x.instrument_version = published_cells.of_version))
           ORDER BY x.number DESC
          LIMIT 1) e ON (true))
      JOIN app.edition_cells c ON ((c.edition_id = e.id)))
      JOIN app.editions w ON ((w.id = c.renewed_in)))
      LEFT JOIN app.edition_entries n ON (((n.municipality_id = m.municipality_id) AND (n.edition_id = c.renewed_in) AND (n.dimension = c.dimension) AND (n.figure = c.figure))))
   WHERE (m.municipality_id = app.municipality());
END;

ALTER FUNCTION app.published_cells(of_key text, of_version integer) OWNER TO ng_reader;

CREATE FUNCTION app.put(answers smallint[], items smallint[], levels smallint[]) RETURNS smallint[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
begin
  for i in 1 .. cardinality(items) loop
    answers[items[i]] := levels[i];
  end loop;
  return answers;
end $$;

ALTER FUNCTION app.put(answers smallint[], items smallint[], levels smallint[]) OWNER TO nyttograd_owner;

CREATE TABLE app.join_requests (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    language text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    verified_at timestamp with time zone,
    decided_at timestamp with time zone,
    decided_by uuid,
    state text DEFAULT 'sent'::text NOT NULL,
    CONSTRAINT join_requests_language_is_known CHECK ((language = ANY (ARRAY['sv'::text, 'en'::text]))),
    CONSTRAINT join_requests_name_is_short CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120))),
    CONSTRAINT join_requests_state_is_known CHECK ((state = ANY (ARRAY['sent'::text, 'waiting'::text, 'approved'::text, 'refused'::text])))
);

ALTER TABLE ONLY app.join_requests FORCE ROW LEVEL SECURITY;

ALTER TABLE app.join_requests OWNER TO nyttograd_owner;

CREATE FUNCTION app.recent_join_requests(of_address text, since timestamp with time zone) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT count(*) AS count
    FROM app.join_requests j
   WHERE ((j.municipality_id = app.municipality()) AND (j.created_at > recent_join_requests.since) AND (j.address = COALESCE(recent_join_requests.of_address, j.address)));
END;

ALTER FUNCTION app.recent_join_requests(of_address text, since timestamp with time zone) OWNER TO ng_addresses;

CREATE TABLE app.registrations (
    id uuid NOT NULL,
    municipality_id uuid NOT NULL,
    org_nr text NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    function text NOT NULL,
    language text NOT NULL,
    terms text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    verified_at timestamp with time zone,
    decided_at timestamp with time zone,
    decided_by uuid,
    state text DEFAULT 'sent'::text NOT NULL,
    area text DEFAULT ''::text NOT NULL,
    CONSTRAINT registrations_language_is_known CHECK ((language = ANY (ARRAY['sv'::text, 'en'::text]))),
    CONSTRAINT registrations_state_is_known CHECK ((state = ANY (ARRAY['sent'::text, 'waiting'::text, 'admitted'::text, 'refused'::text, 'late'::text])))
);

ALTER TABLE ONLY app.registrations FORCE ROW LEVEL SECURITY;

ALTER TABLE app.registrations OWNER TO nyttograd_owner;

CREATE FUNCTION app.recent_registrations(of_address text, since timestamp with time zone) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT count(*) AS count
    FROM app.registrations r
   WHERE ((r.address = recent_registrations.of_address) AND (r.created_at > recent_registrations.since));
END;

ALTER FUNCTION app.recent_registrations(of_address text, since timestamp with time zone) OWNER TO ng_addresses;

CREATE FUNCTION app.remove_seat(of_seat uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform from app.rounds r join app.seats s on s.municipality_id = r.municipality_id and s.round_id = r.id
    where s.municipality_id = app.municipality() and s.id = of_seat and r.state in ('planned', 'seminar', 'open') for share of r;
  if found then
    delete from app.seats s where s.municipality_id = app.municipality() and s.id = of_seat;
  end if;
end $$;

ALTER FUNCTION app.remove_seat(of_seat uuid) OWNER TO ng_steward;

CREATE FUNCTION app.reseat(of_seat uuid, new_name text, new_address text, new_language text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform from app.rounds r join app.seats s on s.municipality_id = r.municipality_id and s.round_id = r.id
    where s.municipality_id = app.municipality() and s.id = of_seat and r.state in ('planned', 'seminar', 'open') for share of r;
  if not found then
    return;
  end if;
  delete from app.responses r where r.municipality_id = app.municipality() and r.seat_id = of_seat;
  delete from app.attendances a where a.municipality_id = app.municipality() and a.seat_id = of_seat;
  update app.seats s set name = new_name, address = new_address, language = new_language,
                         generation = s.generation + 1, invited_at = null, bounced = false, called = false
   where s.municipality_id = app.municipality() and s.id = of_seat;
  perform app.hand_out(s.round_id) from app.seats s where s.municipality_id = app.municipality() and s.id = of_seat;
end $$;

ALTER FUNCTION app.reseat(of_seat uuid, new_name text, new_address text, new_language text) OWNER TO ng_ballots;

CREATE TABLE app.sessions (
    municipality_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    member_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    touched_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    CONSTRAINT sessions_hash_is_sha256 CHECK ((octet_length(token_hash) = 32))
);

ALTER TABLE ONLY app.sessions FORCE ROW LEVEL SECURITY;

ALTER TABLE app.sessions OWNER TO nyttograd_owner;

CREATE FUNCTION app.revoke_sessions(of_member uuid, at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 UPDATE app.sessions s SET revoked_at = revoke_sessions.at
   WHERE ((s.municipality_id = app.municipality()) AND (s.member_id = revoke_sessions.of_member) AND (s.revoked_at IS NULL));
END;

ALTER FUNCTION app.revoke_sessions(of_member uuid, at timestamp with time zone) OWNER TO ng_gate;

CREATE FUNCTION app.round() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('app.round_id'::text, true), ''::text))::uuid;

ALTER FUNCTION app.round() OWNER TO nyttograd_owner;

CREATE FUNCTION app.seat() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('app.seat_id'::text, true), ''::text))::uuid;

ALTER FUNCTION app.seat() OWNER TO nyttograd_owner;

CREATE FUNCTION app.set_diary_number(of_round uuid, number text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 UPDATE app.rounds r SET diary_number = NULLIF(set_diary_number.number, ''::text)
   WHERE ((r.municipality_id = app.municipality()) AND (r.id = set_diary_number.of_round));
END;

ALTER FUNCTION app.set_diary_number(of_round uuid, number text) OWNER TO ng_registry;

CREATE FUNCTION app.set_open(of_round uuid, is_open boolean) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH held AS (
          SELECT q.id
            FROM app.rounds q
           WHERE ((q.municipality_id = app.municipality()) AND (q.id = set_open.of_round) AND ((q.state = 'open'::text) OR (NOT set_open.is_open)))
          FOR SHARE OF q
         )
  UPDATE app.responses r SET open = set_open.is_open
    FROM held
   WHERE ((r.municipality_id = app.municipality()) AND (r.round_id = held.id) AND (r.open <> set_open.is_open));
END;

ALTER FUNCTION app.set_open(of_round uuid, is_open boolean) OWNER TO ng_ballots;

CREATE FUNCTION app.sheets_by_branch(of_round uuid) RETURNS TABLE(family text, leaf text, current smallint[], desired smallint[])
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT s.family,
         CASE s.family
             WHEN 'programme-areas'::text THEN s.area
             ELSE s.function
         END AS function,
     r.current,
     r.desired
    FROM ((app.responses r
      JOIN app.rounds o ON (((o.municipality_id = r.municipality_id) AND (o.id = r.round_id) AND (o.state = 'closed'::text))))
      JOIN app.seats s ON (((s.municipality_id = r.municipality_id) AND (s.id = r.seat_id))))
   WHERE ((r.municipality_id = app.municipality()) AND (r.round_id = sheets_by_branch.of_round) AND r.submitted AND (NOT r.open))
   ORDER BY s.family,
         CASE s.family
             WHEN 'programme-areas'::text THEN s.area
             ELSE s.function
         END, r.current, r.desired;
END;

ALTER FUNCTION app.sheets_by_branch(of_round uuid) OWNER TO ng_sorter;

CREATE FUNCTION app.waiting_seats(of_round uuid, at timestamp with time zone) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT s.id
    FROM ((app.rounds r
      JOIN app.seats s ON (((s.municipality_id = r.municipality_id) AND (s.round_id = r.id) AND (s.invited_at IS NOT NULL))))
      JOIN app.responses a ON (((a.municipality_id = s.municipality_id) AND (a.seat_id = s.id))))
   WHERE ((r.municipality_id = app.municipality()) AND (r.id = waiting_seats.of_round) AND (r.state = 'open'::text) AND (r.closes_at > waiting_seats.at) AND a.open AND (NOT a.submitted));
END;

ALTER FUNCTION app.waiting_seats(of_round uuid, at timestamp with time zone) OWNER TO ng_reminder;

CREATE TABLE app.address_changes (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    former_address text NOT NULL,
    address text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone
);

ALTER TABLE ONLY app.address_changes FORCE ROW LEVEL SECURITY;

ALTER TABLE app.address_changes OWNER TO nyttograd_owner;

CREATE TABLE app.agreements (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    controller text NOT NULL,
    version text NOT NULL,
    signed_on date NOT NULL,
    signatory_name text NOT NULL,
    signatory_title text NOT NULL,
    diary_number text NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY app.agreements FORCE ROW LEVEL SECURITY;

ALTER TABLE app.agreements OWNER TO nyttograd_owner;

CREATE TABLE app.analyses (
    municipality_id uuid NOT NULL,
    round_id uuid NOT NULL,
    version integer NOT NULL,
    document text NOT NULL,
    as_drafted text[] NOT NULL,
    author_id uuid NOT NULL,
    author_name text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    CONSTRAINT analyses_document_is_short CHECK ((char_length(document) <= 200000)),
    CONSTRAINT analyses_languages_are_known CHECK ((as_drafted <@ '{sv,en}'::text[])),
    CONSTRAINT analyses_versions_count_from_one CHECK ((version > 0))
);

ALTER TABLE ONLY app.analyses FORCE ROW LEVEL SECURITY;

ALTER TABLE app.analyses OWNER TO nyttograd_owner;

CREATE TABLE app.analysis_publications (
    municipality_id uuid NOT NULL,
    round_id uuid NOT NULL,
    version integer NOT NULL,
    document text NOT NULL,
    as_drafted text[] NOT NULL,
    author_name text NOT NULL,
    published_by uuid NOT NULL,
    published_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY app.analysis_publications FORCE ROW LEVEL SECURITY;

ALTER TABLE app.analysis_publications OWNER TO nyttograd_owner;

CREATE TABLE app.attendances (
    municipality_id uuid NOT NULL,
    round_id uuid NOT NULL,
    seat_id uuid NOT NULL,
    attends boolean NOT NULL,
    note text NOT NULL,
    sequence integer DEFAULT 0 NOT NULL,
    CONSTRAINT attendances_note_is_short CHECK ((char_length(note) <= 500))
);

ALTER TABLE ONLY app.attendances FORCE ROW LEVEL SECURITY;

ALTER TABLE app.attendances OWNER TO nyttograd_owner;

CREATE TABLE app.council_settings (
    municipality_id uuid NOT NULL,
    area_word text DEFAULT 'förvaltning'::text NOT NULL,
    CONSTRAINT council_settings_area_word_is_short CHECK (((char_length(area_word) >= 1) AND (char_length(area_word) <= 40)))
);

ALTER TABLE ONLY app.council_settings FORCE ROW LEVEL SECURITY;

ALTER TABLE app.council_settings OWNER TO nyttograd_owner;

CREATE TABLE app.fixings (
    municipality_id uuid NOT NULL,
    round_id uuid NOT NULL,
    submitted_seen integer NOT NULL,
    requested_by uuid NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    goal text DEFAULT 'result'::text NOT NULL,
    CONSTRAINT fixings_goal_is_known CHECK ((goal = ANY (ARRAY['result'::text, 'workshopWithoutFigures'::text, 'endWithoutFigures'::text])))
);

ALTER TABLE ONLY app.fixings FORCE ROW LEVEL SECURITY;

ALTER TABLE app.fixings OWNER TO nyttograd_owner;

CREATE TABLE app.instruments (
    id uuid NOT NULL,
    key text NOT NULL,
    version integer NOT NULL,
    items smallint NOT NULL,
    document text NOT NULL,
    sha256 bytea NOT NULL,
    levels smallint NOT NULL,
    name_sv text NOT NULL,
    name_en text NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT instruments_items_within_bounds CHECK (((items >= 2) AND (items <= 240))),
    CONSTRAINT instruments_levels_within_bounds CHECK (((levels >= 3) AND (levels <= 7))),
    CONSTRAINT instruments_version_is_positive CHECK ((version > 0))
);

ALTER TABLE ONLY app.instruments FORCE ROW LEVEL SECURITY;

ALTER TABLE app.instruments OWNER TO nyttograd_owner;

CREATE TABLE app.jobs (
    id uuid NOT NULL,
    kind text NOT NULL,
    municipality_id uuid,
    subject uuid NOT NULL,
    generation integer DEFAULT 0 NOT NULL,
    run_at timestamp with time zone NOT NULL,
    attempts integer DEFAULT 0 NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0.01');

ALTER TABLE ONLY app.jobs FORCE ROW LEVEL SECURITY;

ALTER TABLE app.jobs OWNER TO nyttograd_owner;

CREATE TABLE app.log_entries (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    logged_at timestamp with time zone NOT NULL,
    member_id uuid NOT NULL,
    member_name text NOT NULL,
    round_id uuid,
    dimension text,
    instrument text,
    CONSTRAINT log_entries_kind_is_known CHECK ((kind = ANY (ARRAY['comment-deleted'::text, 'instrument-deleted'::text]))),
    CONSTRAINT log_entries_tell_what_it_was_about CHECK (
CASE kind
    WHEN 'comment-deleted'::text THEN ((round_id IS NOT NULL) AND (dimension IS NOT NULL) AND (instrument IS NULL))
    ELSE ((round_id IS NULL) AND (dimension IS NULL) AND (instrument IS NOT NULL))
END)
);

ALTER TABLE ONLY app.log_entries FORCE ROW LEVEL SECURITY;

ALTER TABLE app.log_entries OWNER TO nyttograd_owner;

CREATE TABLE app.mail_domains (
    domain text NOT NULL,
    municipality_id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT mail_domains_are_lower_case CHECK ((domain = lower(domain)))
);

ALTER TABLE ONLY app.mail_domains FORCE ROW LEVEL SECURITY;

ALTER TABLE app.mail_domains OWNER TO nyttograd_owner;

CREATE TABLE app.member_roles (
    municipality_id uuid NOT NULL,
    member_id uuid NOT NULL,
    role text NOT NULL,
    CONSTRAINT member_roles_role_is_known CHECK ((role = ANY (ARRAY['administrator'::text, 'strategist'::text, 'director'::text, 'programme-area'::text])))
);

ALTER TABLE ONLY app.member_roles FORCE ROW LEVEL SECURITY;

ALTER TABLE app.member_roles OWNER TO nyttograd_owner;

CREATE TABLE app.members (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    language text NOT NULL,
    invited_by uuid,
    invited_at timestamp with time zone NOT NULL,
    joined_at timestamp with time zone,
    left_at timestamp with time zone,
    CONSTRAINT members_language_is_known CHECK ((language = ANY (ARRAY['sv'::text, 'en'::text]))),
    CONSTRAINT members_name_is_short CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120)))
);

ALTER TABLE ONLY app.members FORCE ROW LEVEL SECURITY;

ALTER TABLE app.members OWNER TO nyttograd_owner;

CREATE TABLE app.operator_sessions (
    token_hash bytea NOT NULL,
    operator_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    touched_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    id uuid DEFAULT gen_random_uuid() NOT NULL
);

ALTER TABLE ONLY app.operator_sessions FORCE ROW LEVEL SECURITY;

ALTER TABLE app.operator_sessions OWNER TO nyttograd_owner;

CREATE TABLE app.post_deputies (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    post_id uuid NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    language text NOT NULL,
    from_day date NOT NULL,
    to_day date NOT NULL,
    CONSTRAINT post_deputies_end_after_they_begin CHECK ((to_day >= from_day)),
    CONSTRAINT post_deputies_language_is_known CHECK ((language = ANY (ARRAY['sv'::text, 'en'::text]))),
    CONSTRAINT post_deputies_name_is_short CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120)))
);

ALTER TABLE ONLY app.post_deputies FORCE ROW LEVEL SECURITY;

ALTER TABLE app.post_deputies OWNER TO nyttograd_owner;

CREATE TABLE app.reminders (
    municipality_id uuid NOT NULL,
    round_id uuid NOT NULL,
    day date NOT NULL,
    sent_at timestamp with time zone
);

ALTER TABLE ONLY app.reminders FORCE ROW LEVEL SECURITY;

ALTER TABLE app.reminders OWNER TO nyttograd_owner;

CREATE TABLE app.result_figures (
    municipality_id uuid NOT NULL,
    round_id uuid NOT NULL,
    instrument_key text NOT NULL,
    instrument_version integer NOT NULL,
    dimension text NOT NULL,
    figure text NOT NULL,
    value text NOT NULL,
    fictional boolean NOT NULL,
    fixed_at timestamp with time zone NOT NULL,
    shared boolean DEFAULT false NOT NULL,
    CONSTRAINT result_figures_figure_is_known CHECK ((figure = ANY (ARRAY['current'::text, 'desired'::text, 'gap'::text]))),
    CONSTRAINT result_figures_value_has_four_decimals CHECK ((value ~ '^-?[0-9]+\.[0-9]{4}$'::text))
);

ALTER TABLE ONLY app.result_figures FORCE ROW LEVEL SECURITY;

ALTER TABLE app.result_figures OWNER TO nyttograd_owner;

CREATE TABLE app.results (
    municipality_id uuid NOT NULL,
    round_id uuid NOT NULL,
    document bytea NOT NULL,
    sha256 bytea NOT NULL,
    fixed_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY app.results FORCE ROW LEVEL SECURITY;

ALTER TABLE app.results OWNER TO nyttograd_owner;

CREATE TABLE app.round_texts (
    municipality_id uuid NOT NULL,
    round_id uuid NOT NULL,
    kind text NOT NULL,
    sv text NOT NULL,
    en text NOT NULL,
    frozen_at timestamp with time zone,
    CONSTRAINT round_texts_en_is_short CHECK ((char_length(en) <= 2000)),
    CONSTRAINT round_texts_kind_is_known CHECK ((kind = ANY (ARRAY['invitation'::text, 'introduction'::text, 'reminder'::text]))),
    CONSTRAINT round_texts_sv_is_short CHECK ((char_length(sv) <= 2000))
);

ALTER TABLE ONLY app.round_texts FORCE ROW LEVEL SECURITY;

ALTER TABLE app.round_texts OWNER TO nyttograd_owner;

CREATE TABLE app.seminar_departures (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    round_id uuid NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    language text NOT NULL,
    sequence integer NOT NULL,
    left_at timestamp with time zone NOT NULL,
    CONSTRAINT seminar_departures_language_is_known CHECK ((language = ANY (ARRAY['sv'::text, 'en'::text])))
);

ALTER TABLE ONLY app.seminar_departures FORCE ROW LEVEL SECURITY;

ALTER TABLE app.seminar_departures OWNER TO nyttograd_owner;

CREATE TABLE app.seminars (
    municipality_id uuid NOT NULL,
    round_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    place text NOT NULL,
    link text NOT NULL,
    agenda text NOT NULL,
    material_titles text[] NOT NULL,
    material_links text[] NOT NULL,
    sequence integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    cancelled_at timestamp with time zone,
    time_sequence integer DEFAULT 0 NOT NULL,
    told_sequence integer DEFAULT 0 NOT NULL,
    CONSTRAINT seminars_agenda_is_short CHECK ((char_length(agenda) <= 4000)),
    CONSTRAINT seminars_are_somewhere CHECK (((place <> ''::text) OR (link <> ''::text))),
    CONSTRAINT seminars_end_after_they_start CHECK ((ends_at > starts_at)),
    CONSTRAINT seminars_link_is_https CHECK (((link = ''::text) OR ((link ~~ 'https://%'::text) AND (char_length(link) <= 500)))),
    CONSTRAINT seminars_materials_have_titles CHECK ((cardinality(material_titles) = cardinality(material_links))),
    CONSTRAINT seminars_place_is_short CHECK ((char_length(place) <= 200))
);

ALTER TABLE ONLY app.seminars FORCE ROW LEVEL SECURITY;

ALTER TABLE app.seminars OWNER TO nyttograd_owner;

ALTER TABLE ONLY app.address_changes
    ADD CONSTRAINT address_changes_pkey PRIMARY KEY (municipality_id, id);

ALTER TABLE ONLY app.agreements
    ADD CONSTRAINT agreements_pkey PRIMARY KEY (municipality_id, id);

ALTER TABLE ONLY app.analyses
    ADD CONSTRAINT analyses_pkey PRIMARY KEY (municipality_id, round_id, version);

ALTER TABLE ONLY app.analysis_publications
    ADD CONSTRAINT analysis_publications_pkey PRIMARY KEY (municipality_id, round_id, version);

ALTER TABLE ONLY app.attendances
    ADD CONSTRAINT attendances_pkey PRIMARY KEY (municipality_id, seat_id);

ALTER TABLE ONLY app.comments
    ADD CONSTRAINT comments_pkey PRIMARY KEY (municipality_id, seat_id, dimension);

ALTER TABLE ONLY app.contracts
    ADD CONSTRAINT contracts_pkey PRIMARY KEY (municipality_id, round_id);

ALTER TABLE ONLY app.council_instruments
    ADD CONSTRAINT council_instruments_pkey PRIMARY KEY (municipality_id, id);

ALTER TABLE ONLY app.council_instruments
    ADD CONSTRAINT council_instruments_version_is_unique UNIQUE (municipality_id, key, version);

ALTER TABLE ONLY app.council_settings
    ADD CONSTRAINT council_settings_pkey PRIMARY KEY (municipality_id);

ALTER TABLE ONLY app.edition_cells
    ADD CONSTRAINT edition_cells_pkey PRIMARY KEY (edition_id, "group", dimension, figure);

ALTER TABLE ONLY app.edition_entries
    ADD CONSTRAINT edition_entries_pkey PRIMARY KEY (municipality_id, edition_id, dimension, figure);

ALTER TABLE ONLY app.editions
    ADD CONSTRAINT editions_number_is_unique UNIQUE (fictional, instrument_key, instrument_version, number);

ALTER TABLE ONLY app.editions
    ADD CONSTRAINT editions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY app.fixings
    ADD CONSTRAINT fixings_pkey PRIMARY KEY (municipality_id, round_id);

ALTER TABLE ONLY app.instruments
    ADD CONSTRAINT instruments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY app.instruments
    ADD CONSTRAINT instruments_version_is_unique UNIQUE (key, version);

ALTER TABLE ONLY app.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY app.join_requests
    ADD CONSTRAINT join_requests_pkey PRIMARY KEY (municipality_id, id);

ALTER TABLE ONLY app.log_entries
    ADD CONSTRAINT log_entries_pkey PRIMARY KEY (municipality_id, id);

ALTER TABLE ONLY app.mail_domains
    ADD CONSTRAINT mail_domains_pkey PRIMARY KEY (domain, municipality_id);

ALTER TABLE ONLY app.member_roles
    ADD CONSTRAINT member_roles_pkey PRIMARY KEY (municipality_id, member_id, role);

ALTER TABLE ONLY app.members
    ADD CONSTRAINT members_address_is_unique UNIQUE (municipality_id, address);

ALTER TABLE ONLY app.members
    ADD CONSTRAINT members_pkey PRIMARY KEY (municipality_id, id);

ALTER TABLE ONLY app.municipalities
    ADD CONSTRAINT municipalities_code_is_unique UNIQUE (code);

ALTER TABLE ONLY app.municipalities
    ADD CONSTRAINT municipalities_pkey PRIMARY KEY (municipality_id);

ALTER TABLE ONLY app.operator_sessions
    ADD CONSTRAINT operator_sessions_id_is_unique UNIQUE (id);

ALTER TABLE ONLY app.operator_sessions
    ADD CONSTRAINT operator_sessions_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY app.operators
    ADD CONSTRAINT operators_address_is_unique UNIQUE (address);

ALTER TABLE ONLY app.operators
    ADD CONSTRAINT operators_pkey PRIMARY KEY (id);

ALTER TABLE ONLY app.people
    ADD CONSTRAINT people_address_is_unique UNIQUE (address);

ALTER TABLE ONLY app.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (id);

ALTER TABLE ONLY app.post_deputies
    ADD CONSTRAINT post_deputies_pkey PRIMARY KEY (municipality_id, id);

ALTER TABLE ONLY app.posts
    ADD CONSTRAINT posts_pkey PRIMARY KEY (municipality_id, id);

ALTER TABLE ONLY app.published_comments
    ADD CONSTRAINT published_comments_pkey PRIMARY KEY (municipality_id, id);

ALTER TABLE ONLY app.registrations
    ADD CONSTRAINT registrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY app.reminders
    ADD CONSTRAINT reminders_pkey PRIMARY KEY (municipality_id, round_id, day);

ALTER TABLE ONLY app.responses
    ADD CONSTRAINT responses_one_a_seat UNIQUE (municipality_id, seat_id);

ALTER TABLE ONLY app.responses
    ADD CONSTRAINT responses_open_is_followed UNIQUE (municipality_id, seat_id, open);

ALTER TABLE ONLY app.responses
    ADD CONSTRAINT responses_pkey PRIMARY KEY (municipality_id, id);

ALTER TABLE ONLY app.result_figures
    ADD CONSTRAINT result_figures_pkey PRIMARY KEY (municipality_id, round_id, dimension, figure);

ALTER TABLE ONLY app.results
    ADD CONSTRAINT results_pkey PRIMARY KEY (municipality_id, round_id);

ALTER TABLE ONLY app.round_texts
    ADD CONSTRAINT round_texts_pkey PRIMARY KEY (municipality_id, round_id, kind);

ALTER TABLE ONLY app.rounds
    ADD CONSTRAINT rounds_pkey PRIMARY KEY (municipality_id, id);

ALTER TABLE ONLY app.seats
    ADD CONSTRAINT seats_pkey PRIMARY KEY (municipality_id, id);

ALTER TABLE ONLY app.seats
    ADD CONSTRAINT seats_post_once_a_round UNIQUE (municipality_id, round_id, post_id);

ALTER TABLE ONLY app.seats
    ADD CONSTRAINT seats_round_is_unique UNIQUE (municipality_id, round_id, id);

ALTER TABLE ONLY app.seminar_departures
    ADD CONSTRAINT seminar_departures_pkey PRIMARY KEY (municipality_id, id);

ALTER TABLE ONLY app.seminars
    ADD CONSTRAINT seminars_pkey PRIMARY KEY (municipality_id, round_id);

ALTER TABLE ONLY app.sessions
    ADD CONSTRAINT sessions_id_is_unique UNIQUE (municipality_id, id);

ALTER TABLE ONLY app.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (municipality_id, token_hash);

ALTER TABLE ONLY app.sign_in_links
    ADD CONSTRAINT sign_in_links_pkey PRIMARY KEY (id);

CREATE INDEX address_changes_by_member ON app.address_changes USING btree (municipality_id, member_id, created_at);

CREATE INDEX agreements_by_recorder ON app.agreements USING btree (municipality_id, recorded_by);

CREATE INDEX analyses_by_author ON app.analyses USING btree (municipality_id, author_id);

CREATE INDEX analysis_publications_by_publisher ON app.analysis_publications USING btree (municipality_id, published_by);

CREATE INDEX attendances_by_round ON app.attendances USING btree (municipality_id, round_id, seat_id);

CREATE INDEX comments_by_response ON app.comments USING btree (municipality_id, seat_id, open);

CREATE INDEX edition_cells_by_renewal ON app.edition_cells USING btree (renewed_in);

CREATE INDEX edition_entries_by_figure ON app.edition_entries USING btree (municipality_id, round_id, dimension, figure);

CREATE INDEX fixings_by_requester ON app.fixings USING btree (municipality_id, requested_by);

CREATE INDEX jobs_by_municipality ON app.jobs USING btree (municipality_id);

CREATE INDEX jobs_by_time ON app.jobs USING btree (run_at);

CREATE INDEX join_requests_by_decider ON app.join_requests USING btree (municipality_id, decided_by);

CREATE INDEX join_requests_by_time ON app.join_requests USING btree (municipality_id, created_at);

CREATE INDEX log_entries_by_member ON app.log_entries USING btree (municipality_id, member_id);

CREATE INDEX log_entries_by_round ON app.log_entries USING btree (municipality_id, round_id);

CREATE INDEX log_entries_by_time ON app.log_entries USING btree (municipality_id, logged_at);

CREATE INDEX mail_domains_by_municipality ON app.mail_domains USING btree (municipality_id);

CREATE INDEX members_by_inviter ON app.members USING btree (municipality_id, invited_by);

CREATE INDEX operator_sessions_by_operator ON app.operator_sessions USING btree (operator_id);

CREATE INDEX post_deputies_by_post ON app.post_deputies USING btree (municipality_id, post_id, from_day);

CREATE UNIQUE INDEX posts_title_is_unique ON app.posts USING btree (municipality_id, title, area) WHERE (retired_at IS NULL);

CREATE INDEX published_comments_by_round ON app.published_comments USING btree (municipality_id, round_id, dimension, id);

CREATE INDEX registrations_by_address ON app.registrations USING btree (address, created_at);

CREATE INDEX registrations_by_municipality ON app.registrations USING btree (municipality_id);

CREATE INDEX registrations_by_operator ON app.registrations USING btree (decided_by);

CREATE INDEX registrations_by_state ON app.registrations USING btree (state, created_at);

CREATE INDEX responses_by_round ON app.responses USING btree (municipality_id, round_id, seat_id);

CREATE INDEX rounds_by_instrument ON app.rounds USING btree (municipality_id, instrument_id);

CREATE INDEX seats_by_post ON app.seats USING btree (municipality_id, post_id);

CREATE INDEX seminar_departures_by_round ON app.seminar_departures USING btree (municipality_id, round_id);

CREATE INDEX sessions_by_member ON app.sessions USING btree (municipality_id, member_id);

CREATE INDEX sign_in_links_by_municipality ON app.sign_in_links USING btree (municipality_id);

CREATE INDEX sign_in_links_by_operator ON app.sign_in_links USING btree (operator_id, created_at);

CREATE INDEX sign_in_links_by_person ON app.sign_in_links USING btree (person_id, created_at);

ALTER TABLE ONLY app.address_changes
    ADD CONSTRAINT address_changes_municipality_id_fkey FOREIGN KEY (municipality_id) REFERENCES app.municipalities(municipality_id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.address_changes
    ADD CONSTRAINT address_changes_municipality_id_member_id_fkey FOREIGN KEY (municipality_id, member_id) REFERENCES app.members(municipality_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY app.agreements
    ADD CONSTRAINT agreements_municipality_id_fkey FOREIGN KEY (municipality_id) REFERENCES app.municipalities(municipality_id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.agreements
    ADD CONSTRAINT agreements_municipality_id_recorded_by_fkey FOREIGN KEY (municipality_id, recorded_by) REFERENCES app.members(municipality_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.analyses
    ADD CONSTRAINT analyses_municipality_id_author_id_fkey FOREIGN KEY (municipality_id, author_id) REFERENCES app.members(municipality_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.analyses
    ADD CONSTRAINT analyses_municipality_id_round_id_fkey FOREIGN KEY (municipality_id, round_id) REFERENCES app.results(municipality_id, round_id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.analysis_publications
    ADD CONSTRAINT analysis_publications_municipality_id_published_by_fkey FOREIGN KEY (municipality_id, published_by) REFERENCES app.members(municipality_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.analysis_publications
    ADD CONSTRAINT analysis_publications_municipality_id_round_id_version_fkey FOREIGN KEY (municipality_id, round_id, version) REFERENCES app.analyses(municipality_id, round_id, version) ON DELETE RESTRICT;

ALTER TABLE ONLY app.attendances
    ADD CONSTRAINT attendances_municipality_id_round_id_seat_id_fkey FOREIGN KEY (municipality_id, round_id, seat_id) REFERENCES app.seats(municipality_id, round_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY app.comments
    ADD CONSTRAINT comments_municipality_id_seat_id_open_fkey FOREIGN KEY (municipality_id, seat_id, open) REFERENCES app.responses(municipality_id, seat_id, open) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY app.contracts
    ADD CONSTRAINT contracts_municipality_id_round_id_fkey FOREIGN KEY (municipality_id, round_id) REFERENCES app.rounds(municipality_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.council_instruments
    ADD CONSTRAINT council_instruments_municipality_id_fkey FOREIGN KEY (municipality_id) REFERENCES app.municipalities(municipality_id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.council_settings
    ADD CONSTRAINT council_settings_municipality_id_fkey FOREIGN KEY (municipality_id) REFERENCES app.municipalities(municipality_id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.edition_cells
    ADD CONSTRAINT edition_cells_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES app.editions(id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.edition_cells
    ADD CONSTRAINT edition_cells_renewed_in_fkey FOREIGN KEY (renewed_in) REFERENCES app.editions(id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.edition_entries
    ADD CONSTRAINT edition_entries_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES app.editions(id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.edition_entries
    ADD CONSTRAINT edition_entries_municipality_id_round_id_dimension_figure_fkey FOREIGN KEY (municipality_id, round_id, dimension, figure) REFERENCES app.result_figures(municipality_id, round_id, dimension, figure) ON DELETE RESTRICT;

ALTER TABLE ONLY app.fixings
    ADD CONSTRAINT fixings_municipality_id_requested_by_fkey FOREIGN KEY (municipality_id, requested_by) REFERENCES app.members(municipality_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.fixings
    ADD CONSTRAINT fixings_municipality_id_round_id_fkey FOREIGN KEY (municipality_id, round_id) REFERENCES app.rounds(municipality_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.jobs
    ADD CONSTRAINT jobs_municipality_id_fkey FOREIGN KEY (municipality_id) REFERENCES app.municipalities(municipality_id) ON DELETE CASCADE;

ALTER TABLE ONLY app.join_requests
    ADD CONSTRAINT join_requests_municipality_id_decided_by_fkey FOREIGN KEY (municipality_id, decided_by) REFERENCES app.members(municipality_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.join_requests
    ADD CONSTRAINT join_requests_municipality_id_fkey FOREIGN KEY (municipality_id) REFERENCES app.municipalities(municipality_id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.log_entries
    ADD CONSTRAINT log_entries_municipality_id_member_id_fkey FOREIGN KEY (municipality_id, member_id) REFERENCES app.members(municipality_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.log_entries
    ADD CONSTRAINT log_entries_municipality_id_round_id_fkey FOREIGN KEY (municipality_id, round_id) REFERENCES app.rounds(municipality_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.mail_domains
    ADD CONSTRAINT mail_domains_municipality_id_fkey FOREIGN KEY (municipality_id) REFERENCES app.municipalities(municipality_id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.member_roles
    ADD CONSTRAINT member_roles_municipality_id_member_id_fkey FOREIGN KEY (municipality_id, member_id) REFERENCES app.members(municipality_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY app.members
    ADD CONSTRAINT members_municipality_id_fkey FOREIGN KEY (municipality_id) REFERENCES app.municipalities(municipality_id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.members
    ADD CONSTRAINT members_municipality_id_invited_by_fkey FOREIGN KEY (municipality_id, invited_by) REFERENCES app.members(municipality_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.operator_sessions
    ADD CONSTRAINT operator_sessions_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES app.operators(id) ON DELETE CASCADE;

ALTER TABLE ONLY app.post_deputies
    ADD CONSTRAINT post_deputies_municipality_id_post_id_fkey FOREIGN KEY (municipality_id, post_id) REFERENCES app.posts(municipality_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY app.posts
    ADD CONSTRAINT posts_municipality_id_fkey FOREIGN KEY (municipality_id) REFERENCES app.municipalities(municipality_id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.published_comments
    ADD CONSTRAINT published_comments_municipality_id_round_id_fkey FOREIGN KEY (municipality_id, round_id) REFERENCES app.results(municipality_id, round_id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.registrations
    ADD CONSTRAINT registrations_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES app.operators(id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.registrations
    ADD CONSTRAINT registrations_municipality_id_fkey FOREIGN KEY (municipality_id) REFERENCES app.municipalities(municipality_id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.reminders
    ADD CONSTRAINT reminders_municipality_id_round_id_fkey FOREIGN KEY (municipality_id, round_id) REFERENCES app.rounds(municipality_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY app.responses
    ADD CONSTRAINT responses_municipality_id_round_id_seat_id_fkey FOREIGN KEY (municipality_id, round_id, seat_id) REFERENCES app.seats(municipality_id, round_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY app.result_figures
    ADD CONSTRAINT result_figures_municipality_id_round_id_fkey FOREIGN KEY (municipality_id, round_id) REFERENCES app.results(municipality_id, round_id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.results
    ADD CONSTRAINT results_municipality_id_round_id_fkey FOREIGN KEY (municipality_id, round_id) REFERENCES app.rounds(municipality_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.round_texts
    ADD CONSTRAINT round_texts_municipality_id_round_id_fkey FOREIGN KEY (municipality_id, round_id) REFERENCES app.rounds(municipality_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY app.rounds
    ADD CONSTRAINT rounds_instrument_is_on_the_shelf FOREIGN KEY (municipality_id, instrument_id) REFERENCES app.council_instruments(municipality_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.rounds
    ADD CONSTRAINT rounds_municipality_id_fkey FOREIGN KEY (municipality_id) REFERENCES app.municipalities(municipality_id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.seats
    ADD CONSTRAINT seats_municipality_id_post_id_fkey FOREIGN KEY (municipality_id, post_id) REFERENCES app.posts(municipality_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.seats
    ADD CONSTRAINT seats_municipality_id_round_id_fkey FOREIGN KEY (municipality_id, round_id) REFERENCES app.rounds(municipality_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.seminar_departures
    ADD CONSTRAINT seminar_departures_municipality_id_round_id_fkey FOREIGN KEY (municipality_id, round_id) REFERENCES app.seminars(municipality_id, round_id) ON DELETE CASCADE;

ALTER TABLE ONLY app.seminars
    ADD CONSTRAINT seminars_municipality_id_round_id_fkey FOREIGN KEY (municipality_id, round_id) REFERENCES app.rounds(municipality_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY app.sessions
    ADD CONSTRAINT sessions_municipality_id_member_id_fkey FOREIGN KEY (municipality_id, member_id) REFERENCES app.members(municipality_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY app.sign_in_links
    ADD CONSTRAINT sign_in_links_municipality_id_fkey FOREIGN KEY (municipality_id) REFERENCES app.municipalities(municipality_id) ON DELETE RESTRICT;

ALTER TABLE ONLY app.sign_in_links
    ADD CONSTRAINT sign_in_links_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES app.operators(id) ON DELETE CASCADE;

ALTER TABLE ONLY app.sign_in_links
    ADD CONSTRAINT sign_in_links_person_id_fkey FOREIGN KEY (person_id) REFERENCES app.people(id) ON DELETE CASCADE;

ALTER TABLE app.address_changes ENABLE ROW LEVEL SECURITY;

CREATE POLICY addresses_adds ON app.people FOR INSERT TO ng_addresses WITH CHECK ((app.municipality() = ANY (councils)));

CREATE POLICY addresses_changes ON app.members FOR UPDATE TO ng_addresses USING (((municipality_id = app.municipality()) AND (left_at IS NULL))) WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY addresses_counts ON app.join_requests FOR SELECT TO ng_addresses USING ((municipality_id = app.municipality()));

CREATE POLICY addresses_counts ON app.registrations FOR SELECT TO ng_addresses USING ((address IS NOT NULL));

CREATE POLICY addresses_ends ON app.address_changes FOR UPDATE TO ng_addresses USING (((municipality_id = app.municipality()) AND (ended_at IS NULL))) WITH CHECK (((municipality_id = app.municipality()) AND (ended_at IS NOT NULL)));

CREATE POLICY addresses_forgets ON app.people FOR DELETE TO ng_addresses USING ((councils = '{}'::uuid[]));

CREATE POLICY addresses_makes ON app.sign_in_links FOR INSERT TO ng_addresses WITH CHECK (((municipality_id = app.municipality()) AND (used_at IS NULL)));

CREATE POLICY addresses_notes ON app.people FOR UPDATE TO ng_addresses USING ((app.municipality() IS NOT NULL)) WITH CHECK ((app.municipality() IS NOT NULL));

CREATE POLICY addresses_reads ON app.address_changes FOR SELECT TO ng_addresses USING ((municipality_id = app.municipality()));

CREATE POLICY addresses_reads ON app.members FOR SELECT TO ng_addresses USING ((municipality_id = app.municipality()));

CREATE POLICY addresses_reads ON app.operators FOR SELECT TO ng_addresses USING ((address IS NOT NULL));

CREATE POLICY addresses_reads ON app.people FOR SELECT TO ng_addresses USING ((address IS NOT NULL));

CREATE POLICY addresses_reads ON app.sign_in_links FOR SELECT TO ng_addresses USING ((NOT (municipality_id IS DISTINCT FROM app.municipality())));

CREATE POLICY addresses_voids ON app.sign_in_links FOR DELETE TO ng_addresses USING ((municipality_id = app.municipality()));

ALTER TABLE app.agreements ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.analyses ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.analysis_publications ENABLE ROW LEVEL SECURITY;

CREATE POLICY anonymous_applies ON app.registrations FOR INSERT TO ng_anonymous WITH CHECK (((state = 'sent'::text) AND (municipality_id = app.municipality())));

CREATE POLICY anonymous_asks ON app.join_requests FOR INSERT TO ng_anonymous WITH CHECK (((municipality_id = app.municipality()) AND (state = 'sent'::text)));

CREATE POLICY anonymous_orders ON app.jobs FOR INSERT TO ng_anonymous WITH CHECK (((municipality_id = app.municipality()) AND (kind = ANY (ARRAY['mailRegistration'::text, 'mailJoinLink'::text, 'forgetJoinRequest'::text]))));

ALTER TABLE app.attendances ENABLE ROW LEVEL SECURITY;

CREATE POLICY ballots_deletes ON app.responses FOR DELETE TO ng_ballots USING ((municipality_id = app.municipality()));

CREATE POLICY ballots_forgets ON app.attendances FOR DELETE TO ng_ballots USING ((municipality_id = app.municipality()));

CREATE POLICY ballots_hands_out ON app.responses FOR INSERT TO ng_ballots WITH CHECK (((municipality_id = app.municipality()) AND (NOT submitted)));

CREATE POLICY ballots_locks ON app.rounds FOR UPDATE TO ng_ballots USING ((municipality_id = app.municipality())) WITH CHECK (false);

CREATE POLICY ballots_opens ON app.responses FOR UPDATE TO ng_ballots USING ((municipality_id = app.municipality())) WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY ballots_opens ON app.rounds FOR UPDATE TO ng_ballots USING (((municipality_id = app.municipality()) AND (state = ANY (ARRAY['planned'::text, 'seminar'::text])))) WITH CHECK (((municipality_id = app.municipality()) AND (state = 'open'::text)));

CREATE POLICY ballots_reads ON app.attendances FOR SELECT TO ng_ballots USING ((municipality_id = app.municipality()));

CREATE POLICY ballots_reads ON app.council_instruments FOR SELECT TO ng_ballots USING (((municipality_id = app.municipality()) AND (published_at IS NOT NULL)));

CREATE POLICY ballots_reads ON app.responses FOR SELECT TO ng_ballots USING ((municipality_id = app.municipality()));

CREATE POLICY ballots_reads ON app.rounds FOR SELECT TO ng_ballots USING ((municipality_id = app.municipality()));

CREATE POLICY ballots_reads ON app.seats FOR SELECT TO ng_ballots USING ((municipality_id = app.municipality()));

CREATE POLICY ballots_reseats ON app.seats FOR UPDATE TO ng_ballots USING ((municipality_id = app.municipality())) WITH CHECK (((municipality_id = app.municipality()) AND (invited_at IS NULL)));

ALTER TABLE app.comments ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.contracts ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.council_instruments ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.council_settings ENABLE ROW LEVEL SECURITY;

CREATE POLICY counter_counts ON app.responses FOR SELECT TO ng_counter USING ((municipality_id = app.municipality()));

ALTER TABLE app.edition_cells ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.edition_entries ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.editions ENABLE ROW LEVEL SECURITY;

CREATE POLICY everybody_reads ON app.municipalities FOR SELECT TO ng_anonymous, ng_registrar, ng_sign_in, ng_member, ng_participant, ng_operator, ng_worker, ng_librarian, ng_publisher USING ((code IS NOT NULL));

ALTER TABLE app.fixings ENABLE ROW LEVEL SECURITY;

CREATE POLICY gate_reads ON app.member_roles FOR SELECT TO ng_gate USING ((municipality_id = app.municipality()));

CREATE POLICY gate_reads ON app.members FOR SELECT TO ng_gate USING ((municipality_id = app.municipality()));

CREATE POLICY gate_reads ON app.operator_sessions FOR SELECT TO ng_gate USING ((revoked_at IS NULL));

CREATE POLICY gate_reads ON app.rounds FOR SELECT TO ng_gate USING ((municipality_id = app.municipality()));

CREATE POLICY gate_reads ON app.seats FOR SELECT TO ng_gate USING ((municipality_id = app.municipality()));

CREATE POLICY gate_reads ON app.sessions FOR SELECT TO ng_gate USING ((municipality_id = app.municipality()));

CREATE POLICY gate_touches ON app.operator_sessions FOR UPDATE TO ng_gate USING ((revoked_at IS NULL)) WITH CHECK ((revoked_at IS NULL));

CREATE POLICY gate_touches ON app.sessions FOR UPDATE TO ng_gate USING (((municipality_id = app.municipality()) AND (revoked_at IS NULL))) WITH CHECK ((municipality_id = app.municipality()));

ALTER TABLE app.instruments ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.jobs ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.join_requests ENABLE ROW LEVEL SECURITY;

CREATE POLICY librarian_adds ON app.instruments FOR INSERT TO ng_librarian WITH CHECK ((key IS NOT NULL));

CREATE POLICY librarian_adds ON app.mail_domains FOR INSERT TO ng_librarian WITH CHECK ((domain IS NOT NULL));

CREATE POLICY librarian_adds ON app.municipalities FOR INSERT TO ng_librarian WITH CHECK ((joined_at IS NULL));

CREATE POLICY librarian_corrects ON app.municipalities FOR UPDATE TO ng_librarian USING ((code IS NOT NULL)) WITH CHECK ((code IS NOT NULL));

CREATE POLICY librarian_invites ON app.operators FOR INSERT TO ng_librarian WITH CHECK ((address IS NOT NULL));

CREATE POLICY librarian_orders ON app.jobs FOR INSERT TO ng_librarian WITH CHECK ((kind = 'mailSignIn'::text));

CREATE POLICY librarian_reads ON app.instruments FOR SELECT TO ng_librarian USING ((key IS NOT NULL));

CREATE POLICY librarian_reads ON app.mail_domains FOR SELECT TO ng_librarian USING ((domain IS NOT NULL));

CREATE POLICY librarian_reads ON app.operators FOR SELECT TO ng_librarian USING ((address IS NOT NULL));

ALTER TABLE app.log_entries ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.mail_domains ENABLE ROW LEVEL SECURITY;

CREATE POLICY member_adds ON app.posts FOR INSERT TO ng_member WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY member_adds ON app.seats FOR INSERT TO ng_member WITH CHECK (((municipality_id = app.municipality()) AND (invited_at IS NULL)));

CREATE POLICY member_asks ON app.address_changes FOR INSERT TO ng_member WITH CHECK (((municipality_id = app.municipality()) AND (member_id = app.member())));

CREATE POLICY member_changes ON app.members FOR UPDATE TO ng_member USING ((municipality_id = app.municipality())) WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY member_changes ON app.posts FOR UPDATE TO ng_member USING ((municipality_id = app.municipality())) WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY member_changes ON app.seats FOR UPDATE TO ng_member USING ((municipality_id = app.municipality())) WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY member_changes ON app.seminars FOR UPDATE TO ng_member USING ((municipality_id = app.municipality())) WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY member_changes_a_draft ON app.council_instruments FOR UPDATE TO ng_member USING (((municipality_id = app.municipality()) AND (published_at IS NULL))) WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY member_changes_until_frozen ON app.contracts FOR UPDATE TO ng_member USING (((municipality_id = app.municipality()) AND (frozen_at IS NULL))) WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY member_changes_until_frozen ON app.round_texts FOR UPDATE TO ng_member USING (((municipality_id = app.municipality()) AND (frozen_at IS NULL))) WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY member_chooses ON app.reminders FOR INSERT TO ng_member WITH CHECK (((municipality_id = app.municipality()) AND (sent_at IS NULL)));

CREATE POLICY member_decides ON app.join_requests FOR UPDATE TO ng_member USING (((municipality_id = app.municipality()) AND (state = 'waiting'::text))) WITH CHECK (((municipality_id = app.municipality()) AND (state = ANY (ARRAY['approved'::text, 'refused'::text])) AND (decided_by = app.member()) AND (decided_at IS NOT NULL)));

CREATE POLICY member_drafts ON app.contracts FOR INSERT TO ng_member WITH CHECK (((municipality_id = app.municipality()) AND (frozen_at IS NULL)));

CREATE POLICY member_drops ON app.post_deputies FOR DELETE TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_drops ON app.seminars FOR DELETE TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_grants ON app.member_roles FOR INSERT TO ng_member WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY member_imports ON app.council_instruments FOR INSERT TO ng_member WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY member_invites ON app.members FOR INSERT TO ng_member WITH CHECK (((municipality_id = app.municipality()) AND (invited_by = app.member())));

CREATE POLICY member_names ON app.post_deputies FOR INSERT TO ng_member WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY member_notes ON app.seminar_departures FOR INSERT TO ng_member WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY member_orders ON app.jobs FOR INSERT TO ng_member WITH CHECK (((municipality_id = app.municipality()) AND (kind = ANY (ARRAY['mailMemberInvitation'::text, 'mailSignIn'::text, 'mailSeat'::text, 'mailResult'::text, 'openRound'::text, 'closeRound'::text, 'fixRound'::text, 'remind'::text, 'mailSeminar'::text, 'mailSeminarDeparture'::text, 'mailAddressLink'::text, 'forgetAddressChange'::text]))));

CREATE POLICY member_plans ON app.rounds FOR INSERT TO ng_member WITH CHECK (((municipality_id = app.municipality()) AND (state = 'planned'::text)));

CREATE POLICY member_plans ON app.seminars FOR INSERT TO ng_member WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY member_plans_anew ON app.rounds FOR UPDATE TO ng_member USING (((municipality_id = app.municipality()) AND (state = ANY (ARRAY['planned'::text, 'seminar'::text, 'open'::text, 'closed'::text, 'fixed'::text, 'workshop'::text])))) WITH CHECK (((municipality_id = app.municipality()) AND (state = ANY (ARRAY['planned'::text, 'seminar'::text, 'open'::text]))));

CREATE POLICY member_publishes ON app.analysis_publications FOR INSERT TO ng_member WITH CHECK (((municipality_id = app.municipality()) AND (published_by = app.member())));

CREATE POLICY member_reads ON app.address_changes FOR SELECT TO ng_member USING (((municipality_id = app.municipality()) AND (member_id = app.member())));

CREATE POLICY member_reads ON app.agreements FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.analyses FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.analysis_publications FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.attendances FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.contracts FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.council_instruments FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.council_settings FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.fixings FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.instruments FOR SELECT TO ng_member USING ((key IS NOT NULL));

CREATE POLICY member_reads ON app.join_requests FOR SELECT TO ng_member USING (((municipality_id = app.municipality()) AND (state <> 'sent'::text)));

CREATE POLICY member_reads ON app.log_entries FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.member_roles FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.members FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.post_deputies FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.posts FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.published_comments FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.reminders FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.result_figures FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.results FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.round_texts FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.rounds FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.seats FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.seminars FOR SELECT TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_reads ON app.sessions FOR SELECT TO ng_member USING (((municipality_id = app.municipality()) AND (member_id = app.member())));

CREATE POLICY member_records ON app.agreements FOR INSERT TO ng_member WITH CHECK (((municipality_id = app.municipality()) AND (recorded_by = app.member())));

CREATE POLICY member_replaces ON app.address_changes FOR UPDATE TO ng_member USING (((municipality_id = app.municipality()) AND (member_id = app.member()) AND (ended_at IS NULL))) WITH CHECK (((municipality_id = app.municipality()) AND (member_id = app.member()) AND (ended_at IS NOT NULL)));

CREATE POLICY member_requests ON app.fixings FOR INSERT TO ng_member WITH CHECK (((municipality_id = app.municipality()) AND (requested_by = app.member())));

CREATE POLICY member_revokes ON app.sessions FOR UPDATE TO ng_member USING (((municipality_id = app.municipality()) AND (member_id = app.member()) AND (revoked_at IS NULL))) WITH CHECK (((municipality_id = app.municipality()) AND (member_id = app.member()) AND (revoked_at IS NOT NULL)));

ALTER TABLE app.member_roles ENABLE ROW LEVEL SECURITY;

CREATE POLICY member_sets ON app.council_settings FOR UPDATE TO ng_member USING ((municipality_id = app.municipality())) WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY member_shares ON app.result_figures FOR UPDATE TO ng_member USING ((municipality_id = app.municipality())) WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY member_takes ON app.member_roles FOR DELETE TO ng_member USING ((municipality_id = app.municipality()));

CREATE POLICY member_takes_back ON app.reminders FOR DELETE TO ng_member USING (((municipality_id = app.municipality()) AND (sent_at IS NULL)));

CREATE POLICY member_writes ON app.analyses FOR INSERT TO ng_member WITH CHECK (((municipality_id = app.municipality()) AND (author_id = app.member())));

CREATE POLICY member_writes ON app.round_texts FOR INSERT TO ng_member WITH CHECK ((municipality_id = app.municipality()));

ALTER TABLE app.members ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.municipalities ENABLE ROW LEVEL SECURITY;

CREATE POLICY operator_decides ON app.registrations FOR UPDATE TO ng_operator USING (((app.operator() IS NOT NULL) AND (state = 'waiting'::text) AND ((decided_by IS NULL) OR (decided_by = app.operator())))) WITH CHECK (((decided_by = app.operator()) AND (decided_at IS NOT NULL) AND (state = ANY (ARRAY['waiting'::text, 'refused'::text]))));

CREATE POLICY operator_offers ON app.instruments FOR INSERT TO ng_operator WITH CHECK ((app.operator() IS NOT NULL));

CREATE POLICY operator_orders ON app.jobs FOR INSERT TO ng_operator WITH CHECK (((app.operator() IS NOT NULL) AND (kind = 'admit'::text)));

CREATE POLICY operator_reads ON app.instruments FOR SELECT TO ng_operator USING ((app.operator() IS NOT NULL));

CREATE POLICY operator_reads ON app.mail_domains FOR SELECT TO ng_operator USING ((app.operator() IS NOT NULL));

CREATE POLICY operator_reads ON app.operator_sessions FOR SELECT TO ng_operator USING ((operator_id = app.operator()));

CREATE POLICY operator_reads ON app.operators FOR SELECT TO ng_operator USING ((app.operator() IS NOT NULL));

CREATE POLICY operator_reads ON app.registrations FOR SELECT TO ng_operator USING (((app.operator() IS NOT NULL) AND (state <> 'sent'::text)));

CREATE POLICY operator_records ON app.mail_domains FOR INSERT TO ng_operator WITH CHECK ((app.operator() IS NOT NULL));

CREATE POLICY operator_revokes ON app.operator_sessions FOR UPDATE TO ng_operator USING (((operator_id = app.operator()) AND (revoked_at IS NULL))) WITH CHECK (((operator_id = app.operator()) AND (revoked_at IS NOT NULL)));

ALTER TABLE app.operator_sessions ENABLE ROW LEVEL SECURITY;

CREATE POLICY operator_withdraws ON app.instruments FOR UPDATE TO ng_operator USING ((app.operator() IS NOT NULL)) WITH CHECK ((app.operator() IS NOT NULL));

ALTER TABLE app.operators ENABLE ROW LEVEL SECURITY;

CREATE POLICY participant_answers ON app.attendances FOR INSERT TO ng_participant WITH CHECK (((municipality_id = app.municipality()) AND (round_id = app.round()) AND (seat_id = app.seat())));

CREATE POLICY participant_answers ON app.responses FOR UPDATE TO ng_participant USING (((municipality_id = app.municipality()) AND (seat_id = app.seat()) AND open)) WITH CHECK (((municipality_id = app.municipality()) AND (seat_id = app.seat()) AND open));

CREATE POLICY participant_changes ON app.attendances FOR UPDATE TO ng_participant USING (((municipality_id = app.municipality()) AND (seat_id = app.seat()))) WITH CHECK (((municipality_id = app.municipality()) AND (seat_id = app.seat())));

CREATE POLICY participant_reads ON app.analysis_publications FOR SELECT TO ng_participant USING (((municipality_id = app.municipality()) AND (round_id = app.round())));

CREATE POLICY participant_reads ON app.attendances FOR SELECT TO ng_participant USING (((municipality_id = app.municipality()) AND (seat_id = app.seat())));

CREATE POLICY participant_reads ON app.comments FOR SELECT TO ng_participant USING (((municipality_id = app.municipality()) AND (seat_id = app.seat())));

CREATE POLICY participant_reads ON app.contracts FOR SELECT TO ng_participant USING (((municipality_id = app.municipality()) AND (round_id = app.round())));

CREATE POLICY participant_reads ON app.council_instruments FOR SELECT TO ng_participant USING (((municipality_id = app.municipality()) AND (published_at IS NOT NULL)));

CREATE POLICY participant_reads ON app.council_settings FOR SELECT TO ng_participant USING ((municipality_id = app.municipality()));

CREATE POLICY participant_reads ON app.posts FOR SELECT TO ng_participant USING (((municipality_id = app.municipality()) AND (id = app.post())));

CREATE POLICY participant_reads ON app.published_comments FOR SELECT TO ng_participant USING (((municipality_id = app.municipality()) AND (round_id = app.round())));

CREATE POLICY participant_reads ON app.responses FOR SELECT TO ng_participant USING (((municipality_id = app.municipality()) AND (seat_id = app.seat())));

CREATE POLICY participant_reads ON app.results FOR SELECT TO ng_participant USING (((municipality_id = app.municipality()) AND (round_id = app.round())));

CREATE POLICY participant_reads ON app.round_texts FOR SELECT TO ng_participant USING (((municipality_id = app.municipality()) AND (round_id = app.round())));

CREATE POLICY participant_reads ON app.rounds FOR SELECT TO ng_participant USING (((municipality_id = app.municipality()) AND (id = app.round())));

CREATE POLICY participant_reads ON app.seats FOR SELECT TO ng_participant USING (((municipality_id = app.municipality()) AND (id = app.seat())));

CREATE POLICY participant_reads ON app.seminars FOR SELECT TO ng_participant USING (((municipality_id = app.municipality()) AND (round_id = app.round())));

CREATE POLICY participant_rewrites ON app.comments FOR UPDATE TO ng_participant USING (((municipality_id = app.municipality()) AND (seat_id = app.seat()) AND open)) WITH CHECK (((municipality_id = app.municipality()) AND (seat_id = app.seat()) AND open));

CREATE POLICY participant_takes_back ON app.comments FOR DELETE TO ng_participant USING (((municipality_id = app.municipality()) AND (seat_id = app.seat()) AND open));

CREATE POLICY participant_writes ON app.comments FOR INSERT TO ng_participant WITH CHECK (((municipality_id = app.municipality()) AND (seat_id = app.seat()) AND open));

ALTER TABLE app.people ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.post_deputies ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.posts ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.published_comments ENABLE ROW LEVEL SECURITY;

CREATE POLICY publisher_publishes ON app.edition_cells FOR INSERT TO ng_publisher WITH CHECK ((edition_id IS NOT NULL));

CREATE POLICY publisher_publishes ON app.edition_entries FOR INSERT TO ng_publisher WITH CHECK (included);

CREATE POLICY publisher_publishes ON app.editions FOR INSERT TO ng_publisher WITH CHECK ((number > 0));

CREATE POLICY publisher_reads ON app.edition_cells FOR SELECT TO ng_publisher USING ((edition_id IS NOT NULL));

CREATE POLICY publisher_reads ON app.edition_entries FOR SELECT TO ng_publisher USING (included);

CREATE POLICY publisher_reads ON app.editions FOR SELECT TO ng_publisher USING ((number > 0));

CREATE POLICY publisher_reads_what_is_shared ON app.result_figures FOR SELECT TO ng_publisher USING (shared);

CREATE POLICY reader_reads ON app.edition_cells FOR SELECT TO ng_reader USING ((edition_id IS NOT NULL));

CREATE POLICY reader_reads ON app.edition_entries FOR SELECT TO ng_reader USING ((municipality_id = app.municipality()));

CREATE POLICY reader_reads ON app.editions FOR SELECT TO ng_reader USING ((number > 0));

CREATE POLICY reader_reads ON app.municipalities FOR SELECT TO ng_reader USING ((municipality_id = app.municipality()));

CREATE POLICY registrar_adds ON app.council_settings FOR INSERT TO ng_registrar WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY registrar_adds ON app.member_roles FOR INSERT TO ng_registrar WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY registrar_adds ON app.members FOR INSERT TO ng_registrar WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY registrar_adds ON app.posts FOR INSERT TO ng_registrar WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY registrar_joins ON app.municipalities FOR UPDATE TO ng_registrar USING (((municipality_id = app.municipality()) AND (joined_at IS NULL))) WITH CHECK (((municipality_id = app.municipality()) AND (joined_at IS NOT NULL)));

CREATE POLICY registrar_moves ON app.registrations FOR UPDATE TO ng_registrar USING (((municipality_id = app.municipality()) AND (state = ANY (ARRAY['sent'::text, 'waiting'::text])))) WITH CHECK (((municipality_id = app.municipality()) AND (state = ANY (ARRAY['waiting'::text, 'admitted'::text, 'late'::text])) AND (verified_at IS NOT NULL)));

CREATE POLICY registrar_opens ON app.sessions FOR INSERT TO ng_registrar WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY registrar_orders ON app.jobs FOR INSERT TO ng_registrar WITH CHECK (((municipality_id = app.municipality()) AND (kind = ANY (ARRAY['mailRegistration'::text, 'mailWaiting'::text, 'mailApproved'::text, 'mailJoinWaiting'::text, 'forgetJoinRequest'::text]))));

CREATE POLICY registrar_proves ON app.join_requests FOR UPDATE TO ng_registrar USING (((municipality_id = app.municipality()) AND (state = 'sent'::text))) WITH CHECK (((municipality_id = app.municipality()) AND (state = 'waiting'::text) AND (verified_at IS NOT NULL)));

CREATE POLICY registrar_reads ON app.join_requests FOR SELECT TO ng_registrar USING ((municipality_id = app.municipality()));

CREATE POLICY registrar_reads ON app.mail_domains FOR SELECT TO ng_registrar USING ((municipality_id = app.municipality()));

CREATE POLICY registrar_reads ON app.registrations FOR SELECT TO ng_registrar USING ((municipality_id = app.municipality()));

ALTER TABLE app.registrations ENABLE ROW LEVEL SECURITY;

CREATE POLICY registry_numbers ON app.rounds FOR UPDATE TO ng_registry USING (((municipality_id = app.municipality()) AND (state <> ALL (ARRAY['concluded'::text, 'cancelled'::text])))) WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY registry_reads ON app.rounds FOR SELECT TO ng_registry USING ((municipality_id = app.municipality()));

CREATE POLICY reminder_looks ON app.responses FOR SELECT TO ng_reminder USING (((municipality_id = app.municipality()) AND open));

CREATE POLICY reminder_looks ON app.rounds FOR SELECT TO ng_reminder USING ((municipality_id = app.municipality()));

CREATE POLICY reminder_looks ON app.seats FOR SELECT TO ng_reminder USING ((municipality_id = app.municipality()));

ALTER TABLE app.reminders ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.responses ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.result_figures ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.results ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.round_texts ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.rounds ENABLE ROW LEVEL SECURITY;

CREATE POLICY scribe_deletes ON app.council_instruments FOR DELETE TO ng_scribe USING ((municipality_id = app.municipality()));

CREATE POLICY scribe_deletes ON app.published_comments FOR DELETE TO ng_scribe USING ((municipality_id = app.municipality()));

CREATE POLICY scribe_publishes ON app.published_comments FOR INSERT TO ng_scribe WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY scribe_reads ON app.contracts FOR SELECT TO ng_scribe USING (((municipality_id = app.municipality()) AND comments));

CREATE POLICY scribe_reads ON app.council_instruments FOR SELECT TO ng_scribe USING ((municipality_id = app.municipality()));

CREATE POLICY scribe_reads ON app.members FOR SELECT TO ng_scribe USING ((municipality_id = app.municipality()));

CREATE POLICY scribe_reads ON app.published_comments FOR SELECT TO ng_scribe USING ((municipality_id = app.municipality()));

CREATE POLICY scribe_reads ON app.rounds FOR SELECT TO ng_scribe USING (((municipality_id = app.municipality()) AND (state = 'closed'::text)));

CREATE POLICY scribe_reads_what_is_closed ON app.responses FOR SELECT TO ng_scribe USING (((municipality_id = app.municipality()) AND (NOT open)));

CREATE POLICY scribe_reads_what_may_be_read ON app.comments FOR SELECT TO ng_scribe USING (((municipality_id = app.municipality()) AND consent AND (NOT open)));

CREATE POLICY scribe_writes ON app.log_entries FOR INSERT TO ng_scribe WITH CHECK (((municipality_id = app.municipality()) AND (member_id = app.member())));

ALTER TABLE app.seats ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.seminar_departures ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.seminars ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.sessions ENABLE ROW LEVEL SECURITY;

CREATE POLICY sign_in_joins ON app.members FOR UPDATE TO ng_sign_in USING (((municipality_id = app.municipality()) AND (left_at IS NULL))) WITH CHECK (((municipality_id = app.municipality()) AND (joined_at IS NOT NULL)));

ALTER TABLE app.sign_in_links ENABLE ROW LEVEL SECURITY;

CREATE POLICY sign_in_makes ON app.sign_in_links FOR INSERT TO ng_sign_in WITH CHECK ((used_at IS NULL));

CREATE POLICY sign_in_opens ON app.operator_sessions FOR INSERT TO ng_sign_in WITH CHECK ((revoked_at IS NULL));

CREATE POLICY sign_in_opens ON app.sessions FOR INSERT TO ng_sign_in WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY sign_in_orders ON app.jobs FOR INSERT TO ng_sign_in WITH CHECK (((kind = 'mailSignIn'::text) OR ((municipality_id = app.municipality()) AND (kind = 'mailAddressChanged'::text))));

CREATE POLICY sign_in_reads ON app.members FOR SELECT TO ng_sign_in USING ((municipality_id = app.municipality()));

CREATE POLICY sign_in_reads ON app.operators FOR SELECT TO ng_sign_in USING ((address IS NOT NULL));

CREATE POLICY sign_in_reads ON app.people FOR SELECT TO ng_sign_in USING ((address IS NOT NULL));

CREATE POLICY sign_in_reads ON app.sign_in_links FOR SELECT TO ng_sign_in USING ((id IS NOT NULL));

CREATE POLICY sign_in_uses ON app.sign_in_links FOR UPDATE TO ng_sign_in USING (((NOT (municipality_id IS DISTINCT FROM app.municipality())) AND (used_at IS NULL))) WITH CHECK ((used_at IS NOT NULL));

CREATE POLICY sorter_reads ON app.rounds FOR SELECT TO ng_sorter USING (((municipality_id = app.municipality()) AND (state = 'closed'::text)));

CREATE POLICY sorter_reads ON app.seats FOR SELECT TO ng_sorter USING ((municipality_id = app.municipality()));

CREATE POLICY sorter_reads_what_is_closed ON app.responses FOR SELECT TO ng_sorter USING (((municipality_id = app.municipality()) AND (NOT open)));

CREATE POLICY steward_invites ON app.seats FOR UPDATE TO ng_steward USING ((municipality_id = app.municipality())) WITH CHECK (((municipality_id = app.municipality()) AND (invited_at IS NOT NULL)));

CREATE POLICY steward_moves ON app.rounds FOR UPDATE TO ng_steward USING (((municipality_id = app.municipality()) AND (state = ANY (ARRAY['planned'::text, 'seminar'::text, 'open'::text, 'closed'::text, 'fixed'::text, 'workshop'::text])))) WITH CHECK (((municipality_id = app.municipality()) AND (state = ANY (ARRAY['seminar'::text, 'open'::text, 'closed'::text, 'workshop'::text, 'concluded'::text, 'cancelled'::text]))));

CREATE POLICY steward_notes ON app.rounds FOR UPDATE TO ng_steward USING (((municipality_id = app.municipality()) AND (state = ANY (ARRAY['planned'::text, 'seminar'::text])))) WITH CHECK (((municipality_id = app.municipality()) AND (state = ANY (ARRAY['planned'::text, 'seminar'::text]))));

CREATE POLICY steward_reads ON app.contracts FOR SELECT TO ng_steward USING ((municipality_id = app.municipality()));

CREATE POLICY steward_reads ON app.posts FOR SELECT TO ng_steward USING ((municipality_id = app.municipality()));

CREATE POLICY steward_reads ON app.rounds FOR SELECT TO ng_steward USING ((municipality_id = app.municipality()));

CREATE POLICY steward_reads ON app.seats FOR SELECT TO ng_steward USING ((municipality_id = app.municipality()));

CREATE POLICY steward_removes ON app.seats FOR DELETE TO ng_steward USING ((municipality_id = app.municipality()));

CREATE POLICY worker_counts ON app.agreements FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_deletes_what_is_closed ON app.responses FOR DELETE TO ng_worker USING (((municipality_id = app.municipality()) AND (NOT open)));

CREATE POLICY worker_ends ON app.fixings FOR DELETE TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_ends ON app.jobs FOR DELETE TO ng_worker USING ((kind IS NOT NULL));

CREATE POLICY worker_fixes ON app.result_figures FOR INSERT TO ng_worker WITH CHECK (((municipality_id = app.municipality()) AND (NOT shared)));

CREATE POLICY worker_fixes ON app.results FOR INSERT TO ng_worker WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY worker_forgets ON app.address_changes FOR DELETE TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_forgets ON app.join_requests FOR DELETE TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_forgets ON app.seminar_departures FOR DELETE TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_freezes ON app.contracts FOR UPDATE TO ng_worker USING (((municipality_id = app.municipality()) AND (frozen_at IS NULL))) WITH CHECK (((municipality_id = app.municipality()) AND (frozen_at IS NOT NULL)));

CREATE POLICY worker_freezes ON app.round_texts FOR UPDATE TO ng_worker USING (((municipality_id = app.municipality()) AND (frozen_at IS NULL))) WITH CHECK (((municipality_id = app.municipality()) AND (frozen_at IS NOT NULL)));

CREATE POLICY worker_freezes_none ON app.round_texts FOR INSERT TO ng_worker WITH CHECK (((municipality_id = app.municipality()) AND (frozen_at IS NOT NULL)));

CREATE POLICY worker_leases ON app.jobs FOR UPDATE TO ng_worker USING ((kind IS NOT NULL)) WITH CHECK ((kind IS NOT NULL));

CREATE POLICY worker_marks ON app.seats FOR UPDATE TO ng_worker USING ((municipality_id = app.municipality())) WITH CHECK ((municipality_id = app.municipality()));

CREATE POLICY worker_moves ON app.rounds FOR UPDATE TO ng_worker USING (((municipality_id = app.municipality()) AND (state = ANY (ARRAY['open'::text, 'closed'::text])))) WITH CHECK (((municipality_id = app.municipality()) AND (state = ANY (ARRAY['closed'::text, 'fixed'::text, 'workshop'::text, 'concluded'::text]))));

CREATE POLICY worker_orders ON app.jobs FOR INSERT TO ng_worker WITH CHECK ((kind IS NOT NULL));

CREATE POLICY worker_reads ON app.address_changes FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_reads ON app.attendances FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_reads ON app.contracts FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_reads ON app.council_instruments FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_reads ON app.council_settings FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_reads ON app.fixings FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_reads ON app.instruments FOR SELECT TO ng_worker USING ((key IS NOT NULL));

CREATE POLICY worker_reads ON app.jobs FOR SELECT TO ng_worker USING ((kind IS NOT NULL));

CREATE POLICY worker_reads ON app.join_requests FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_reads ON app.mail_domains FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_reads ON app.member_roles FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_reads ON app.members FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_reads ON app.operators FOR SELECT TO ng_worker USING ((address IS NOT NULL));

CREATE POLICY worker_reads ON app.posts FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_reads ON app.registrations FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_reads ON app.reminders FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_reads ON app.result_figures FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_reads ON app.results FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_reads ON app.round_texts FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_reads ON app.rounds FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_reads ON app.seats FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_reads ON app.seminar_departures FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_reads ON app.seminars FOR SELECT TO ng_worker USING ((municipality_id = app.municipality()));

CREATE POLICY worker_reads_what_is_closed ON app.responses FOR SELECT TO ng_worker USING (((municipality_id = app.municipality()) AND (NOT open)));

CREATE POLICY worker_sends ON app.reminders FOR UPDATE TO ng_worker USING (((municipality_id = app.municipality()) AND (sent_at IS NULL))) WITH CHECK (((municipality_id = app.municipality()) AND (sent_at IS NOT NULL)));

GRANT USAGE ON SCHEMA app TO nyttograd_app;
GRANT USAGE ON SCHEMA app TO ng_anonymous;
GRANT USAGE ON SCHEMA app TO ng_registrar;
GRANT USAGE ON SCHEMA app TO ng_sign_in;
GRANT USAGE ON SCHEMA app TO ng_member;
GRANT USAGE ON SCHEMA app TO ng_participant;
GRANT USAGE ON SCHEMA app TO ng_operator;
GRANT USAGE ON SCHEMA app TO ng_worker;
GRANT USAGE ON SCHEMA app TO ng_librarian;
GRANT USAGE ON SCHEMA app TO ng_publisher;
GRANT USAGE ON SCHEMA app TO ng_gate;
GRANT USAGE ON SCHEMA app TO ng_addresses;
GRANT USAGE ON SCHEMA app TO ng_ballots;
GRANT USAGE ON SCHEMA app TO ng_steward;
GRANT USAGE ON SCHEMA app TO ng_sorter;
GRANT USAGE ON SCHEMA app TO ng_counter;
GRANT USAGE ON SCHEMA app TO ng_reminder;
GRANT USAGE ON SCHEMA app TO ng_reader;
GRANT USAGE ON SCHEMA app TO ng_registry;
GRANT USAGE ON SCHEMA app TO ng_scribe;

REVOKE ALL ON FUNCTION app.change_address(change uuid, new_person uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app.change_address(change uuid, new_person uuid, at timestamp with time zone) TO ng_sign_in;

REVOKE ALL ON FUNCTION app.municipality() FROM PUBLIC;
GRANT ALL ON FUNCTION app.municipality() TO ng_anonymous;
GRANT ALL ON FUNCTION app.municipality() TO ng_registrar;
GRANT ALL ON FUNCTION app.municipality() TO ng_sign_in;
GRANT ALL ON FUNCTION app.municipality() TO ng_member;
GRANT ALL ON FUNCTION app.municipality() TO ng_participant;
GRANT ALL ON FUNCTION app.municipality() TO ng_operator;
GRANT ALL ON FUNCTION app.municipality() TO ng_worker;
GRANT ALL ON FUNCTION app.municipality() TO ng_librarian;
GRANT ALL ON FUNCTION app.municipality() TO ng_publisher;
GRANT ALL ON FUNCTION app.municipality() TO ng_gate;
GRANT ALL ON FUNCTION app.municipality() TO ng_addresses;
GRANT ALL ON FUNCTION app.municipality() TO ng_ballots;
GRANT ALL ON FUNCTION app.municipality() TO ng_steward;
GRANT ALL ON FUNCTION app.municipality() TO ng_sorter;
GRANT ALL ON FUNCTION app.municipality() TO ng_counter;
GRANT ALL ON FUNCTION app.municipality() TO ng_reminder;
GRANT ALL ON FUNCTION app.municipality() TO ng_reader;
GRANT ALL ON FUNCTION app.municipality() TO ng_registry;
GRANT ALL ON FUNCTION app.municipality() TO ng_scribe;

REVOKE ALL ON FUNCTION app.well_formed(current smallint[], desired smallint[], items smallint, levels smallint) FROM PUBLIC;
GRANT ALL ON FUNCTION app.well_formed(current smallint[], desired smallint[], items smallint, levels smallint) TO ng_participant;
GRANT ALL ON FUNCTION app.well_formed(current smallint[], desired smallint[], items smallint, levels smallint) TO ng_ballots;

GRANT DELETE ON TABLE app.responses TO ng_worker;
GRANT DELETE ON TABLE app.responses TO ng_ballots;

GRANT SELECT(municipality_id) ON TABLE app.responses TO ng_participant;
GRANT SELECT(municipality_id) ON TABLE app.responses TO ng_worker;
GRANT SELECT(municipality_id),INSERT(municipality_id) ON TABLE app.responses TO ng_ballots;
GRANT SELECT(municipality_id) ON TABLE app.responses TO ng_sorter;
GRANT SELECT(municipality_id) ON TABLE app.responses TO ng_counter;
GRANT SELECT(municipality_id) ON TABLE app.responses TO ng_reminder;
GRANT SELECT(municipality_id) ON TABLE app.responses TO ng_scribe;

GRANT SELECT(id),INSERT(id) ON TABLE app.responses TO ng_ballots;

GRANT SELECT(round_id) ON TABLE app.responses TO ng_worker;
GRANT SELECT(round_id),INSERT(round_id) ON TABLE app.responses TO ng_ballots;
GRANT SELECT(round_id) ON TABLE app.responses TO ng_sorter;
GRANT SELECT(round_id) ON TABLE app.responses TO ng_counter;
GRANT SELECT(round_id) ON TABLE app.responses TO ng_reminder;
GRANT SELECT(round_id) ON TABLE app.responses TO ng_scribe;

GRANT SELECT(seat_id) ON TABLE app.responses TO ng_participant;
GRANT SELECT(seat_id),INSERT(seat_id) ON TABLE app.responses TO ng_ballots;
GRANT SELECT(seat_id) ON TABLE app.responses TO ng_sorter;
GRANT SELECT(seat_id) ON TABLE app.responses TO ng_reminder;
GRANT SELECT(seat_id) ON TABLE app.responses TO ng_scribe;

GRANT SELECT(items) ON TABLE app.responses TO ng_participant;
GRANT INSERT(items) ON TABLE app.responses TO ng_ballots;

GRANT SELECT(current),UPDATE(current) ON TABLE app.responses TO ng_participant;
GRANT INSERT(current) ON TABLE app.responses TO ng_ballots;
GRANT SELECT(current) ON TABLE app.responses TO ng_sorter;

GRANT SELECT(desired),UPDATE(desired) ON TABLE app.responses TO ng_participant;
GRANT INSERT(desired) ON TABLE app.responses TO ng_ballots;
GRANT SELECT(desired) ON TABLE app.responses TO ng_sorter;

GRANT SELECT(submitted),UPDATE(submitted) ON TABLE app.responses TO ng_participant;
GRANT SELECT(submitted) ON TABLE app.responses TO ng_sorter;
GRANT SELECT(submitted) ON TABLE app.responses TO ng_counter;
GRANT SELECT(submitted) ON TABLE app.responses TO ng_reminder;
GRANT SELECT(submitted) ON TABLE app.responses TO ng_scribe;

GRANT SELECT(open) ON TABLE app.responses TO ng_participant;
GRANT SELECT(open) ON TABLE app.responses TO ng_worker;
GRANT SELECT(open),INSERT(open),UPDATE(open) ON TABLE app.responses TO ng_ballots;
GRANT SELECT(open) ON TABLE app.responses TO ng_sorter;
GRANT SELECT(open) ON TABLE app.responses TO ng_reminder;
GRANT SELECT(open) ON TABLE app.responses TO ng_scribe;

GRANT INSERT(levels) ON TABLE app.responses TO ng_ballots;

REVOKE ALL ON FUNCTION app.count_submitted(of_round uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.count_submitted(of_round uuid) TO ng_member;
GRANT ALL ON FUNCTION app.count_submitted(of_round uuid) TO ng_participant;
GRANT ALL ON FUNCTION app.count_submitted(of_round uuid) TO ng_worker;

REVOKE ALL ON FUNCTION app.delete_answers_of_round(of_round uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.delete_answers_of_round(of_round uuid) TO ng_steward;

REVOKE ALL ON FUNCTION app.delete_comment(of_round uuid, comment uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app.delete_comment(of_round uuid, comment uuid, at timestamp with time zone) TO ng_member;

REVOKE ALL ON FUNCTION app.delete_instrument(of_instrument uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app.delete_instrument(of_instrument uuid, at timestamp with time zone) TO ng_member;

REVOKE ALL ON FUNCTION app.enter(role text, municipality uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.enter(role text, municipality uuid) TO nyttograd_app;

REVOKE ALL ON FUNCTION app.enter_member(municipality uuid, token bytea, at timestamp with time zone, expires timestamp with time zone, allowed text[], readers text[], at_most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.enter_member(municipality uuid, token bytea, at timestamp with time zone, expires timestamp with time zone, allowed text[], readers text[], at_most integer) TO nyttograd_app;

REVOKE ALL ON FUNCTION app.enter_operator(token bytea, at timestamp with time zone, expires timestamp with time zone, at_most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.enter_operator(token bytea, at timestamp with time zone, expires timestamp with time zone, at_most integer) TO nyttograd_app;

REVOKE ALL ON FUNCTION app.enter_participant(municipality uuid, seat uuid, link integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.enter_participant(municipality uuid, seat uuid, link integer) TO nyttograd_app;

GRANT SELECT,DELETE ON TABLE app.people TO ng_addresses;
GRANT SELECT ON TABLE app.people TO ng_sign_in;

GRANT INSERT(id) ON TABLE app.people TO ng_addresses;

GRANT INSERT(address) ON TABLE app.people TO ng_addresses;

GRANT INSERT(councils),UPDATE(councils) ON TABLE app.people TO ng_addresses;

GRANT SELECT ON TABLE app.sign_in_links TO ng_sign_in;
GRANT DELETE ON TABLE app.sign_in_links TO ng_addresses;

GRANT INSERT(id) ON TABLE app.sign_in_links TO ng_sign_in;
GRANT SELECT(id),INSERT(id) ON TABLE app.sign_in_links TO ng_addresses;

GRANT INSERT(municipality_id) ON TABLE app.sign_in_links TO ng_sign_in;
GRANT SELECT(municipality_id),INSERT(municipality_id) ON TABLE app.sign_in_links TO ng_addresses;

GRANT INSERT(person_id) ON TABLE app.sign_in_links TO ng_sign_in;
GRANT SELECT(person_id),INSERT(person_id) ON TABLE app.sign_in_links TO ng_addresses;

GRANT INSERT(operator_id) ON TABLE app.sign_in_links TO ng_sign_in;
GRANT SELECT(operator_id) ON TABLE app.sign_in_links TO ng_addresses;

GRANT INSERT(created_at) ON TABLE app.sign_in_links TO ng_sign_in;
GRANT INSERT(created_at) ON TABLE app.sign_in_links TO ng_addresses;

GRANT INSERT(expires_at) ON TABLE app.sign_in_links TO ng_sign_in;
GRANT SELECT(expires_at),INSERT(expires_at) ON TABLE app.sign_in_links TO ng_addresses;

GRANT UPDATE(used_at) ON TABLE app.sign_in_links TO ng_sign_in;
GRANT SELECT(used_at) ON TABLE app.sign_in_links TO ng_addresses;

REVOKE ALL ON FUNCTION app.forget_person(of_address text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.forget_person(of_address text) TO ng_member;

GRANT SELECT ON TABLE app.council_instruments TO ng_member;
GRANT SELECT ON TABLE app.council_instruments TO ng_worker;
GRANT DELETE ON TABLE app.council_instruments TO ng_scribe;

GRANT SELECT(municipality_id) ON TABLE app.council_instruments TO ng_participant;
GRANT INSERT(municipality_id) ON TABLE app.council_instruments TO ng_member;
GRANT SELECT(municipality_id) ON TABLE app.council_instruments TO ng_scribe;
GRANT SELECT(municipality_id) ON TABLE app.council_instruments TO ng_ballots;

GRANT SELECT(id) ON TABLE app.council_instruments TO ng_participant;
GRANT INSERT(id) ON TABLE app.council_instruments TO ng_member;
GRANT SELECT(id) ON TABLE app.council_instruments TO ng_scribe;
GRANT SELECT(id) ON TABLE app.council_instruments TO ng_ballots;

GRANT INSERT(key),UPDATE(key) ON TABLE app.council_instruments TO ng_member;
GRANT SELECT(key) ON TABLE app.council_instruments TO ng_scribe;

GRANT INSERT(version),UPDATE(version) ON TABLE app.council_instruments TO ng_member;
GRANT SELECT(version) ON TABLE app.council_instruments TO ng_scribe;

GRANT INSERT(name_sv),UPDATE(name_sv) ON TABLE app.council_instruments TO ng_member;

GRANT INSERT(name_en),UPDATE(name_en) ON TABLE app.council_instruments TO ng_member;

GRANT INSERT(items),UPDATE(items) ON TABLE app.council_instruments TO ng_member;
GRANT SELECT(items) ON TABLE app.council_instruments TO ng_ballots;

GRANT INSERT(levels),UPDATE(levels) ON TABLE app.council_instruments TO ng_member;
GRANT SELECT(levels) ON TABLE app.council_instruments TO ng_ballots;

GRANT SELECT(document) ON TABLE app.council_instruments TO ng_participant;
GRANT INSERT(document),UPDATE(document) ON TABLE app.council_instruments TO ng_member;

GRANT INSERT(sha256),UPDATE(sha256) ON TABLE app.council_instruments TO ng_member;

GRANT INSERT(imported_at),UPDATE(imported_at) ON TABLE app.council_instruments TO ng_member;

GRANT SELECT(published_at) ON TABLE app.council_instruments TO ng_participant;
GRANT INSERT(published_at),UPDATE(published_at) ON TABLE app.council_instruments TO ng_member;

GRANT SELECT ON TABLE app.rounds TO ng_member;
GRANT SELECT ON TABLE app.rounds TO ng_worker;
GRANT SELECT ON TABLE app.rounds TO ng_participant;

GRANT SELECT(municipality_id) ON TABLE app.rounds TO ng_gate;
GRANT INSERT(municipality_id) ON TABLE app.rounds TO ng_member;
GRANT SELECT(municipality_id) ON TABLE app.rounds TO ng_steward;
GRANT SELECT(municipality_id) ON TABLE app.rounds TO ng_ballots;
GRANT SELECT(municipality_id) ON TABLE app.rounds TO ng_sorter;
GRANT SELECT(municipality_id) ON TABLE app.rounds TO ng_reminder;
GRANT SELECT(municipality_id) ON TABLE app.rounds TO ng_scribe;
GRANT SELECT(municipality_id) ON TABLE app.rounds TO ng_registry;

GRANT SELECT(id) ON TABLE app.rounds TO ng_gate;
GRANT INSERT(id) ON TABLE app.rounds TO ng_member;
GRANT SELECT(id) ON TABLE app.rounds TO ng_steward;
GRANT SELECT(id) ON TABLE app.rounds TO ng_ballots;
GRANT SELECT(id) ON TABLE app.rounds TO ng_sorter;
GRANT SELECT(id) ON TABLE app.rounds TO ng_reminder;
GRANT SELECT(id) ON TABLE app.rounds TO ng_scribe;
GRANT SELECT(id) ON TABLE app.rounds TO ng_registry;

GRANT INSERT(title),UPDATE(title) ON TABLE app.rounds TO ng_member;
GRANT UPDATE(title) ON TABLE app.rounds TO ng_ballots;

GRANT INSERT(instrument_id) ON TABLE app.rounds TO ng_member;
GRANT SELECT(instrument_id) ON TABLE app.rounds TO ng_ballots;

GRANT SELECT(state) ON TABLE app.rounds TO ng_gate;
GRANT UPDATE(state) ON TABLE app.rounds TO ng_worker;
GRANT SELECT(state),UPDATE(state) ON TABLE app.rounds TO ng_steward;
GRANT SELECT(state),UPDATE(state) ON TABLE app.rounds TO ng_ballots;
GRANT SELECT(state) ON TABLE app.rounds TO ng_sorter;
GRANT SELECT(state) ON TABLE app.rounds TO ng_reminder;
GRANT SELECT(state) ON TABLE app.rounds TO ng_scribe;
GRANT SELECT(state) ON TABLE app.rounds TO ng_registry;

GRANT INSERT(target_year),UPDATE(target_year) ON TABLE app.rounds TO ng_member;

GRANT INSERT(orderer_name),UPDATE(orderer_name) ON TABLE app.rounds TO ng_member;

GRANT INSERT(orderer_title),UPDATE(orderer_title) ON TABLE app.rounds TO ng_member;

GRANT INSERT(runner_name),UPDATE(runner_name) ON TABLE app.rounds TO ng_member;

GRANT INSERT(runner_title),UPDATE(runner_title) ON TABLE app.rounds TO ng_member;

GRANT INSERT(closes_at),UPDATE(closes_at) ON TABLE app.rounds TO ng_member;
GRANT SELECT(closes_at) ON TABLE app.rounds TO ng_ballots;
GRANT SELECT(closes_at) ON TABLE app.rounds TO ng_reminder;
GRANT UPDATE(closes_at) ON TABLE app.rounds TO ng_steward;

GRANT INSERT(created_at) ON TABLE app.rounds TO ng_member;

GRANT SELECT(opened_at),UPDATE(opened_at) ON TABLE app.rounds TO ng_steward;
GRANT UPDATE(opened_at) ON TABLE app.rounds TO ng_ballots;

GRANT UPDATE(closed_at) ON TABLE app.rounds TO ng_worker;
GRANT SELECT(closed_at),UPDATE(closed_at) ON TABLE app.rounds TO ng_steward;

GRANT UPDATE(fixed_at) ON TABLE app.rounds TO ng_worker;

GRANT UPDATE(ended_at) ON TABLE app.rounds TO ng_worker;
GRANT SELECT(ended_at),UPDATE(ended_at) ON TABLE app.rounds TO ng_steward;

GRANT UPDATE(diary_number) ON TABLE app.rounds TO ng_registry;

GRANT INSERT(opens_at),UPDATE(opens_at) ON TABLE app.rounds TO ng_member;
GRANT SELECT(opens_at) ON TABLE app.rounds TO ng_ballots;
GRANT SELECT(opens_at) ON TABLE app.rounds TO ng_steward;

GRANT UPDATE(emptied_at) ON TABLE app.rounds TO ng_worker;

GRANT SELECT(missed_at),UPDATE(missed_at) ON TABLE app.rounds TO ng_steward;

GRANT SELECT ON TABLE app.seats TO ng_member;
GRANT SELECT ON TABLE app.seats TO ng_worker;
GRANT DELETE ON TABLE app.seats TO ng_steward;

GRANT SELECT(municipality_id) ON TABLE app.seats TO ng_gate;
GRANT INSERT(municipality_id) ON TABLE app.seats TO ng_member;
GRANT SELECT(municipality_id) ON TABLE app.seats TO ng_steward;
GRANT SELECT(municipality_id) ON TABLE app.seats TO ng_participant;
GRANT SELECT(municipality_id) ON TABLE app.seats TO ng_ballots;
GRANT SELECT(municipality_id) ON TABLE app.seats TO ng_sorter;
GRANT SELECT(municipality_id) ON TABLE app.seats TO ng_reminder;

GRANT SELECT(id) ON TABLE app.seats TO ng_gate;
GRANT INSERT(id) ON TABLE app.seats TO ng_member;
GRANT SELECT(id) ON TABLE app.seats TO ng_steward;
GRANT SELECT(id) ON TABLE app.seats TO ng_participant;
GRANT SELECT(id) ON TABLE app.seats TO ng_ballots;
GRANT SELECT(id) ON TABLE app.seats TO ng_sorter;
GRANT SELECT(id) ON TABLE app.seats TO ng_reminder;

GRANT SELECT(round_id) ON TABLE app.seats TO ng_gate;
GRANT INSERT(round_id) ON TABLE app.seats TO ng_member;
GRANT SELECT(round_id) ON TABLE app.seats TO ng_steward;
GRANT SELECT(round_id) ON TABLE app.seats TO ng_participant;
GRANT SELECT(round_id) ON TABLE app.seats TO ng_ballots;
GRANT SELECT(round_id) ON TABLE app.seats TO ng_reminder;

GRANT SELECT(post_id) ON TABLE app.seats TO ng_gate;
GRANT INSERT(post_id) ON TABLE app.seats TO ng_member;
GRANT SELECT(post_id) ON TABLE app.seats TO ng_steward;
GRANT SELECT(post_id) ON TABLE app.seats TO ng_participant;

GRANT INSERT(deputy) ON TABLE app.seats TO ng_member;

GRANT INSERT(name) ON TABLE app.seats TO ng_member;
GRANT SELECT(name) ON TABLE app.seats TO ng_participant;
GRANT UPDATE(name) ON TABLE app.seats TO ng_ballots;

GRANT INSERT(address) ON TABLE app.seats TO ng_member;
GRANT UPDATE(address) ON TABLE app.seats TO ng_ballots;

GRANT INSERT(language),UPDATE(language) ON TABLE app.seats TO ng_member;
GRANT SELECT(language) ON TABLE app.seats TO ng_participant;
GRANT UPDATE(language) ON TABLE app.seats TO ng_ballots;

GRANT SELECT(generation) ON TABLE app.seats TO ng_gate;
GRANT SELECT(generation) ON TABLE app.seats TO ng_steward;
GRANT SELECT(generation),UPDATE(generation) ON TABLE app.seats TO ng_ballots;

GRANT SELECT(invited_at) ON TABLE app.seats TO ng_gate;
GRANT SELECT(invited_at),UPDATE(invited_at) ON TABLE app.seats TO ng_steward;
GRANT UPDATE(invited_at) ON TABLE app.seats TO ng_ballots;
GRANT SELECT(invited_at) ON TABLE app.seats TO ng_reminder;

GRANT UPDATE(bounced) ON TABLE app.seats TO ng_worker;
GRANT UPDATE(bounced) ON TABLE app.seats TO ng_steward;
GRANT UPDATE(bounced) ON TABLE app.seats TO ng_ballots;

GRANT SELECT(function),UPDATE(function) ON TABLE app.seats TO ng_steward;
GRANT SELECT(function) ON TABLE app.seats TO ng_sorter;

GRANT SELECT(family),UPDATE(family) ON TABLE app.seats TO ng_steward;
GRANT SELECT(family) ON TABLE app.seats TO ng_sorter;

GRANT SELECT(area),UPDATE(area) ON TABLE app.seats TO ng_steward;
GRANT SELECT(area) ON TABLE app.seats TO ng_participant;
GRANT SELECT(area) ON TABLE app.seats TO ng_sorter;

GRANT SELECT(called),UPDATE(called) ON TABLE app.seats TO ng_steward;
GRANT UPDATE(called) ON TABLE app.seats TO ng_ballots;

REVOKE ALL ON FUNCTION app.hand_out(of_round uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.hand_out(of_round uuid) TO ng_member;
GRANT ALL ON FUNCTION app.hand_out(of_round uuid) TO ng_worker;
GRANT ALL ON FUNCTION app.hand_out(of_round uuid) TO ng_steward;

GRANT SELECT ON TABLE app.posts TO ng_member;
GRANT SELECT ON TABLE app.posts TO ng_worker;

GRANT INSERT(municipality_id) ON TABLE app.posts TO ng_registrar;
GRANT INSERT(municipality_id) ON TABLE app.posts TO ng_member;
GRANT SELECT(municipality_id) ON TABLE app.posts TO ng_steward;
GRANT SELECT(municipality_id) ON TABLE app.posts TO ng_participant;

GRANT INSERT(id) ON TABLE app.posts TO ng_registrar;
GRANT INSERT(id) ON TABLE app.posts TO ng_member;
GRANT SELECT(id) ON TABLE app.posts TO ng_steward;
GRANT SELECT(id) ON TABLE app.posts TO ng_participant;

GRANT INSERT(function) ON TABLE app.posts TO ng_registrar;
GRANT INSERT(function) ON TABLE app.posts TO ng_member;
GRANT SELECT(function) ON TABLE app.posts TO ng_steward;
GRANT SELECT(function) ON TABLE app.posts TO ng_participant;

GRANT INSERT(family) ON TABLE app.posts TO ng_registrar;
GRANT INSERT(family) ON TABLE app.posts TO ng_member;
GRANT SELECT(family) ON TABLE app.posts TO ng_steward;

GRANT INSERT(title) ON TABLE app.posts TO ng_registrar;
GRANT INSERT(title),UPDATE(title) ON TABLE app.posts TO ng_member;
GRANT SELECT(title) ON TABLE app.posts TO ng_participant;

GRANT INSERT(area) ON TABLE app.posts TO ng_registrar;
GRANT INSERT(area),UPDATE(area) ON TABLE app.posts TO ng_member;
GRANT SELECT(area) ON TABLE app.posts TO ng_steward;
GRANT SELECT(area) ON TABLE app.posts TO ng_participant;

GRANT INSERT(holder_name) ON TABLE app.posts TO ng_registrar;
GRANT INSERT(holder_name),UPDATE(holder_name) ON TABLE app.posts TO ng_member;

GRANT INSERT(holder_address) ON TABLE app.posts TO ng_registrar;
GRANT INSERT(holder_address),UPDATE(holder_address) ON TABLE app.posts TO ng_member;

GRANT INSERT(holder_language) ON TABLE app.posts TO ng_registrar;
GRANT INSERT(holder_language),UPDATE(holder_language) ON TABLE app.posts TO ng_member;

GRANT UPDATE(retired_at) ON TABLE app.posts TO ng_member;

REVOKE ALL ON FUNCTION app.invite_seats(of_round uuid, named uuid[], everybody boolean, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app.invite_seats(of_round uuid, named uuid[], everybody boolean, at timestamp with time zone) TO ng_member;
GRANT ALL ON FUNCTION app.invite_seats(of_round uuid, named uuid[], everybody boolean, at timestamp with time zone) TO ng_worker;

GRANT SELECT ON TABLE app.operators TO ng_sign_in;
GRANT SELECT ON TABLE app.operators TO ng_operator;
GRANT SELECT ON TABLE app.operators TO ng_librarian;
GRANT SELECT ON TABLE app.operators TO ng_worker;

GRANT SELECT(id) ON TABLE app.operators TO ng_addresses;
GRANT INSERT(id) ON TABLE app.operators TO ng_librarian;

GRANT SELECT(address) ON TABLE app.operators TO ng_addresses;
GRANT INSERT(address) ON TABLE app.operators TO ng_librarian;

GRANT INSERT(invited_at) ON TABLE app.operators TO ng_librarian;

REVOKE ALL ON FUNCTION app.link_address(link_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.link_address(link_id uuid) TO ng_worker;

REVOKE ALL ON FUNCTION app.link_end(link_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.link_end(link_id uuid) TO ng_worker;

REVOKE ALL ON FUNCTION app.make_invitation_link(link_id uuid, of_address text, at timestamp with time zone, until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app.make_invitation_link(link_id uuid, of_address text, at timestamp with time zone, until timestamp with time zone) TO ng_member;
GRANT ALL ON FUNCTION app.make_invitation_link(link_id uuid, of_address text, at timestamp with time zone, until timestamp with time zone) TO ng_registrar;

REVOKE ALL ON FUNCTION app.member() FROM PUBLIC;
GRANT ALL ON FUNCTION app.member() TO ng_anonymous;
GRANT ALL ON FUNCTION app.member() TO ng_registrar;
GRANT ALL ON FUNCTION app.member() TO ng_sign_in;
GRANT ALL ON FUNCTION app.member() TO ng_member;
GRANT ALL ON FUNCTION app.member() TO ng_participant;
GRANT ALL ON FUNCTION app.member() TO ng_operator;
GRANT ALL ON FUNCTION app.member() TO ng_worker;
GRANT ALL ON FUNCTION app.member() TO ng_librarian;
GRANT ALL ON FUNCTION app.member() TO ng_publisher;
GRANT ALL ON FUNCTION app.member() TO ng_gate;
GRANT ALL ON FUNCTION app.member() TO ng_addresses;
GRANT ALL ON FUNCTION app.member() TO ng_ballots;
GRANT ALL ON FUNCTION app.member() TO ng_steward;
GRANT ALL ON FUNCTION app.member() TO ng_sorter;
GRANT ALL ON FUNCTION app.member() TO ng_counter;
GRANT ALL ON FUNCTION app.member() TO ng_reminder;
GRANT ALL ON FUNCTION app.member() TO ng_reader;
GRANT ALL ON FUNCTION app.member() TO ng_registry;
GRANT ALL ON FUNCTION app.member() TO ng_scribe;

REVOKE ALL ON FUNCTION app.miss_opening(of_round uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app.miss_opening(of_round uuid, at timestamp with time zone) TO ng_worker;

REVOKE ALL ON FUNCTION app.move_round(of_round uuid, next_state text, closes timestamp with time zone, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app.move_round(of_round uuid, next_state text, closes timestamp with time zone, at timestamp with time zone) TO ng_member;

REVOKE ALL ON FUNCTION app.name_person(new_id uuid, of_address text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.name_person(new_id uuid, of_address text) TO ng_registrar;
GRANT ALL ON FUNCTION app.name_person(new_id uuid, of_address text) TO ng_member;

REVOKE ALL ON FUNCTION app.open_at_its_time(of_round uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app.open_at_its_time(of_round uuid, at timestamp with time zone) TO ng_worker;

REVOKE ALL ON FUNCTION app.operator() FROM PUBLIC;
GRANT ALL ON FUNCTION app.operator() TO ng_anonymous;
GRANT ALL ON FUNCTION app.operator() TO ng_registrar;
GRANT ALL ON FUNCTION app.operator() TO ng_sign_in;
GRANT ALL ON FUNCTION app.operator() TO ng_member;
GRANT ALL ON FUNCTION app.operator() TO ng_participant;
GRANT ALL ON FUNCTION app.operator() TO ng_operator;
GRANT ALL ON FUNCTION app.operator() TO ng_worker;
GRANT ALL ON FUNCTION app.operator() TO ng_librarian;
GRANT ALL ON FUNCTION app.operator() TO ng_publisher;
GRANT ALL ON FUNCTION app.operator() TO ng_gate;
GRANT ALL ON FUNCTION app.operator() TO ng_addresses;
GRANT ALL ON FUNCTION app.operator() TO ng_ballots;
GRANT ALL ON FUNCTION app.operator() TO ng_steward;
GRANT ALL ON FUNCTION app.operator() TO ng_sorter;
GRANT ALL ON FUNCTION app.operator() TO ng_counter;
GRANT ALL ON FUNCTION app.operator() TO ng_reminder;
GRANT ALL ON FUNCTION app.operator() TO ng_reader;
GRANT ALL ON FUNCTION app.operator() TO ng_registry;
GRANT ALL ON FUNCTION app.operator() TO ng_scribe;

REVOKE ALL ON FUNCTION app.post() FROM PUBLIC;
GRANT ALL ON FUNCTION app.post() TO ng_anonymous;
GRANT ALL ON FUNCTION app.post() TO ng_registrar;
GRANT ALL ON FUNCTION app.post() TO ng_sign_in;
GRANT ALL ON FUNCTION app.post() TO ng_member;
GRANT ALL ON FUNCTION app.post() TO ng_participant;
GRANT ALL ON FUNCTION app.post() TO ng_operator;
GRANT ALL ON FUNCTION app.post() TO ng_worker;
GRANT ALL ON FUNCTION app.post() TO ng_librarian;
GRANT ALL ON FUNCTION app.post() TO ng_publisher;
GRANT ALL ON FUNCTION app.post() TO ng_gate;
GRANT ALL ON FUNCTION app.post() TO ng_addresses;
GRANT ALL ON FUNCTION app.post() TO ng_ballots;
GRANT ALL ON FUNCTION app.post() TO ng_steward;
GRANT ALL ON FUNCTION app.post() TO ng_sorter;
GRANT ALL ON FUNCTION app.post() TO ng_counter;
GRANT ALL ON FUNCTION app.post() TO ng_reminder;
GRANT ALL ON FUNCTION app.post() TO ng_reader;
GRANT ALL ON FUNCTION app.post() TO ng_registry;
GRANT ALL ON FUNCTION app.post() TO ng_scribe;

GRANT DELETE ON TABLE app.comments TO ng_participant;

GRANT SELECT(municipality_id),INSERT(municipality_id) ON TABLE app.comments TO ng_participant;
GRANT SELECT(municipality_id) ON TABLE app.comments TO ng_scribe;

GRANT SELECT(seat_id),INSERT(seat_id) ON TABLE app.comments TO ng_participant;
GRANT SELECT(seat_id) ON TABLE app.comments TO ng_scribe;

GRANT SELECT(dimension),INSERT(dimension) ON TABLE app.comments TO ng_participant;
GRANT SELECT(dimension) ON TABLE app.comments TO ng_scribe;

GRANT SELECT(open),INSERT(open) ON TABLE app.comments TO ng_participant;
GRANT SELECT(open) ON TABLE app.comments TO ng_scribe;

GRANT SELECT(text),INSERT(text),UPDATE(text) ON TABLE app.comments TO ng_participant;
GRANT SELECT(text) ON TABLE app.comments TO ng_scribe;

GRANT SELECT(consent),INSERT(consent),UPDATE(consent) ON TABLE app.comments TO ng_participant;
GRANT SELECT(consent) ON TABLE app.comments TO ng_scribe;

GRANT SELECT ON TABLE app.contracts TO ng_member;
GRANT SELECT ON TABLE app.contracts TO ng_worker;
GRANT SELECT ON TABLE app.contracts TO ng_participant;

GRANT INSERT(municipality_id) ON TABLE app.contracts TO ng_member;
GRANT SELECT(municipality_id) ON TABLE app.contracts TO ng_steward;
GRANT SELECT(municipality_id) ON TABLE app.contracts TO ng_scribe;

GRANT INSERT(round_id) ON TABLE app.contracts TO ng_member;
GRANT SELECT(round_id) ON TABLE app.contracts TO ng_steward;
GRANT SELECT(round_id) ON TABLE app.contracts TO ng_scribe;

GRANT INSERT(k),UPDATE(k) ON TABLE app.contracts TO ng_member;
GRANT SELECT(k) ON TABLE app.contracts TO ng_scribe;

GRANT INSERT(controller),UPDATE(controller) ON TABLE app.contracts TO ng_member;

GRANT INSERT(audiences),UPDATE(audiences) ON TABLE app.contracts TO ng_member;

GRANT INSERT(comments),UPDATE(comments) ON TABLE app.contracts TO ng_member;
GRANT SELECT(comments) ON TABLE app.contracts TO ng_scribe;

GRANT INSERT(purpose),UPDATE(purpose) ON TABLE app.contracts TO ng_member;

GRANT INSERT(retention),UPDATE(retention) ON TABLE app.contracts TO ng_member;

GRANT INSERT(disposal_reference),UPDATE(disposal_reference) ON TABLE app.contracts TO ng_member;

GRANT INSERT(contact),UPDATE(contact) ON TABLE app.contracts TO ng_member;

GRANT UPDATE(document) ON TABLE app.contracts TO ng_member;
GRANT UPDATE(document) ON TABLE app.contracts TO ng_worker;

GRANT UPDATE(sha256) ON TABLE app.contracts TO ng_member;
GRANT UPDATE(sha256) ON TABLE app.contracts TO ng_worker;

GRANT UPDATE(frozen_at) ON TABLE app.contracts TO ng_member;
GRANT UPDATE(frozen_at) ON TABLE app.contracts TO ng_worker;
GRANT SELECT(frozen_at) ON TABLE app.contracts TO ng_steward;

GRANT SELECT ON TABLE app.published_comments TO ng_member;
GRANT SELECT ON TABLE app.published_comments TO ng_participant;
GRANT DELETE ON TABLE app.published_comments TO ng_scribe;

GRANT SELECT(municipality_id),INSERT(municipality_id) ON TABLE app.published_comments TO ng_scribe;

GRANT SELECT(id),INSERT(id) ON TABLE app.published_comments TO ng_scribe;

GRANT SELECT(round_id),INSERT(round_id) ON TABLE app.published_comments TO ng_scribe;

GRANT SELECT(dimension),INSERT(dimension) ON TABLE app.published_comments TO ng_scribe;

GRANT INSERT(text) ON TABLE app.published_comments TO ng_scribe;

REVOKE ALL ON FUNCTION app.publish_comments(of_round uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.publish_comments(of_round uuid) TO ng_worker;

GRANT SELECT ON TABLE app.edition_cells TO ng_publisher;
GRANT SELECT ON TABLE app.edition_cells TO ng_reader;

GRANT INSERT(edition_id) ON TABLE app.edition_cells TO ng_publisher;

GRANT INSERT("group") ON TABLE app.edition_cells TO ng_publisher;

GRANT INSERT(dimension) ON TABLE app.edition_cells TO ng_publisher;

GRANT INSERT(figure) ON TABLE app.edition_cells TO ng_publisher;

GRANT INSERT(councils) ON TABLE app.edition_cells TO ng_publisher;

GRANT INSERT(quantiles) ON TABLE app.edition_cells TO ng_publisher;

GRANT INSERT(renewed_in) ON TABLE app.edition_cells TO ng_publisher;

GRANT SELECT ON TABLE app.edition_entries TO ng_publisher;

GRANT INSERT(municipality_id) ON TABLE app.edition_entries TO ng_publisher;
GRANT SELECT(municipality_id) ON TABLE app.edition_entries TO ng_reader;

GRANT INSERT(edition_id) ON TABLE app.edition_entries TO ng_publisher;
GRANT SELECT(edition_id) ON TABLE app.edition_entries TO ng_reader;

GRANT INSERT(round_id) ON TABLE app.edition_entries TO ng_publisher;

GRANT INSERT(dimension) ON TABLE app.edition_entries TO ng_publisher;
GRANT SELECT(dimension) ON TABLE app.edition_entries TO ng_reader;

GRANT INSERT(figure) ON TABLE app.edition_entries TO ng_publisher;
GRANT SELECT(figure) ON TABLE app.edition_entries TO ng_reader;

GRANT INSERT(value) ON TABLE app.edition_entries TO ng_publisher;

GRANT SELECT ON TABLE app.editions TO ng_publisher;
GRANT SELECT ON TABLE app.editions TO ng_reader;

GRANT INSERT(id) ON TABLE app.editions TO ng_publisher;

GRANT INSERT(fictional) ON TABLE app.editions TO ng_publisher;

GRANT INSERT(number) ON TABLE app.editions TO ng_publisher;

GRANT INSERT(instrument_key) ON TABLE app.editions TO ng_publisher;

GRANT INSERT(instrument_version) ON TABLE app.editions TO ng_publisher;

GRANT INSERT(published_at) ON TABLE app.editions TO ng_publisher;

GRANT INSERT(document) ON TABLE app.editions TO ng_publisher;

GRANT INSERT(sha256) ON TABLE app.editions TO ng_publisher;

GRANT SELECT ON TABLE app.municipalities TO ng_anonymous;
GRANT SELECT ON TABLE app.municipalities TO ng_registrar;
GRANT SELECT ON TABLE app.municipalities TO ng_sign_in;
GRANT SELECT ON TABLE app.municipalities TO ng_member;
GRANT SELECT ON TABLE app.municipalities TO ng_participant;
GRANT SELECT ON TABLE app.municipalities TO ng_operator;
GRANT SELECT ON TABLE app.municipalities TO ng_worker;
GRANT SELECT ON TABLE app.municipalities TO ng_librarian;
GRANT SELECT ON TABLE app.municipalities TO ng_publisher;

GRANT INSERT(municipality_id) ON TABLE app.municipalities TO ng_librarian;
GRANT SELECT(municipality_id) ON TABLE app.municipalities TO ng_reader;

GRANT INSERT(code) ON TABLE app.municipalities TO ng_librarian;

GRANT INSERT(name),UPDATE(name) ON TABLE app.municipalities TO ng_librarian;

GRANT INSERT(county_code),UPDATE(county_code) ON TABLE app.municipalities TO ng_librarian;

GRANT INSERT(county_name),UPDATE(county_name) ON TABLE app.municipalities TO ng_librarian;

GRANT INSERT(org_nr),UPDATE(org_nr) ON TABLE app.municipalities TO ng_librarian;

GRANT INSERT(population),UPDATE(population) ON TABLE app.municipalities TO ng_librarian;

GRANT INSERT(skr_group),UPDATE(skr_group) ON TABLE app.municipalities TO ng_librarian;

GRANT INSERT(fictional) ON TABLE app.municipalities TO ng_librarian;
GRANT SELECT(fictional) ON TABLE app.municipalities TO ng_reader;

GRANT UPDATE(joined_at) ON TABLE app.municipalities TO ng_registrar;

REVOKE ALL ON FUNCTION app.published_cells(of_key text, of_version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.published_cells(of_key text, of_version integer) TO ng_member;

REVOKE ALL ON FUNCTION app.put(answers smallint[], items smallint[], levels smallint[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app.put(answers smallint[], items smallint[], levels smallint[]) TO ng_participant;

GRANT SELECT ON TABLE app.join_requests TO ng_registrar;
GRANT SELECT ON TABLE app.join_requests TO ng_member;
GRANT SELECT,DELETE ON TABLE app.join_requests TO ng_worker;

GRANT INSERT(municipality_id) ON TABLE app.join_requests TO ng_anonymous;
GRANT SELECT(municipality_id) ON TABLE app.join_requests TO ng_addresses;

GRANT INSERT(id) ON TABLE app.join_requests TO ng_anonymous;

GRANT INSERT(name) ON TABLE app.join_requests TO ng_anonymous;

GRANT INSERT(address) ON TABLE app.join_requests TO ng_anonymous;
GRANT SELECT(address) ON TABLE app.join_requests TO ng_addresses;

GRANT INSERT(language) ON TABLE app.join_requests TO ng_anonymous;

GRANT INSERT(created_at) ON TABLE app.join_requests TO ng_anonymous;
GRANT SELECT(created_at) ON TABLE app.join_requests TO ng_addresses;

GRANT INSERT(expires_at) ON TABLE app.join_requests TO ng_anonymous;
GRANT UPDATE(expires_at) ON TABLE app.join_requests TO ng_registrar;

GRANT UPDATE(verified_at) ON TABLE app.join_requests TO ng_registrar;

GRANT UPDATE(decided_at) ON TABLE app.join_requests TO ng_member;

GRANT UPDATE(decided_by) ON TABLE app.join_requests TO ng_member;

GRANT UPDATE(state) ON TABLE app.join_requests TO ng_registrar;
GRANT UPDATE(state) ON TABLE app.join_requests TO ng_member;

REVOKE ALL ON FUNCTION app.recent_join_requests(of_address text, since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app.recent_join_requests(of_address text, since timestamp with time zone) TO ng_anonymous;

GRANT SELECT ON TABLE app.registrations TO ng_registrar;
GRANT SELECT ON TABLE app.registrations TO ng_operator;
GRANT SELECT ON TABLE app.registrations TO ng_worker;

GRANT INSERT(id) ON TABLE app.registrations TO ng_anonymous;

GRANT INSERT(municipality_id) ON TABLE app.registrations TO ng_anonymous;

GRANT INSERT(org_nr) ON TABLE app.registrations TO ng_anonymous;

GRANT INSERT(name) ON TABLE app.registrations TO ng_anonymous;

GRANT INSERT(address) ON TABLE app.registrations TO ng_anonymous;
GRANT SELECT(address) ON TABLE app.registrations TO ng_addresses;

GRANT INSERT(function) ON TABLE app.registrations TO ng_anonymous;

GRANT INSERT(language) ON TABLE app.registrations TO ng_anonymous;

GRANT INSERT(terms) ON TABLE app.registrations TO ng_anonymous;

GRANT INSERT(created_at) ON TABLE app.registrations TO ng_anonymous;
GRANT SELECT(created_at) ON TABLE app.registrations TO ng_addresses;

GRANT INSERT(expires_at) ON TABLE app.registrations TO ng_anonymous;

GRANT UPDATE(verified_at) ON TABLE app.registrations TO ng_registrar;

GRANT UPDATE(decided_at) ON TABLE app.registrations TO ng_operator;

GRANT UPDATE(decided_by) ON TABLE app.registrations TO ng_operator;

GRANT UPDATE(state) ON TABLE app.registrations TO ng_registrar;
GRANT UPDATE(state) ON TABLE app.registrations TO ng_operator;

GRANT INSERT(area) ON TABLE app.registrations TO ng_anonymous;

REVOKE ALL ON FUNCTION app.recent_registrations(of_address text, since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app.recent_registrations(of_address text, since timestamp with time zone) TO ng_anonymous;

REVOKE ALL ON FUNCTION app.remove_seat(of_seat uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.remove_seat(of_seat uuid) TO ng_member;

REVOKE ALL ON FUNCTION app.reseat(of_seat uuid, new_name text, new_address text, new_language text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.reseat(of_seat uuid, new_name text, new_address text, new_language text) TO ng_member;

GRANT SELECT ON TABLE app.sessions TO ng_member;

GRANT SELECT(municipality_id) ON TABLE app.sessions TO ng_gate;
GRANT INSERT(municipality_id) ON TABLE app.sessions TO ng_sign_in;
GRANT INSERT(municipality_id) ON TABLE app.sessions TO ng_registrar;

GRANT SELECT(token_hash) ON TABLE app.sessions TO ng_gate;
GRANT INSERT(token_hash) ON TABLE app.sessions TO ng_sign_in;
GRANT INSERT(token_hash) ON TABLE app.sessions TO ng_registrar;

GRANT SELECT(member_id) ON TABLE app.sessions TO ng_gate;
GRANT INSERT(member_id) ON TABLE app.sessions TO ng_sign_in;
GRANT INSERT(member_id) ON TABLE app.sessions TO ng_registrar;

GRANT SELECT(created_at) ON TABLE app.sessions TO ng_gate;
GRANT INSERT(created_at) ON TABLE app.sessions TO ng_sign_in;
GRANT INSERT(created_at) ON TABLE app.sessions TO ng_registrar;

GRANT UPDATE(touched_at) ON TABLE app.sessions TO ng_gate;
GRANT INSERT(touched_at) ON TABLE app.sessions TO ng_sign_in;
GRANT INSERT(touched_at) ON TABLE app.sessions TO ng_registrar;

GRANT SELECT(expires_at),UPDATE(expires_at) ON TABLE app.sessions TO ng_gate;
GRANT INSERT(expires_at) ON TABLE app.sessions TO ng_sign_in;
GRANT INSERT(expires_at) ON TABLE app.sessions TO ng_registrar;

GRANT SELECT(revoked_at),UPDATE(revoked_at) ON TABLE app.sessions TO ng_gate;
GRANT UPDATE(revoked_at) ON TABLE app.sessions TO ng_member;

REVOKE ALL ON FUNCTION app.revoke_sessions(of_member uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app.revoke_sessions(of_member uuid, at timestamp with time zone) TO ng_member;
GRANT ALL ON FUNCTION app.revoke_sessions(of_member uuid, at timestamp with time zone) TO ng_addresses;

REVOKE ALL ON FUNCTION app.round() FROM PUBLIC;
GRANT ALL ON FUNCTION app.round() TO ng_anonymous;
GRANT ALL ON FUNCTION app.round() TO ng_registrar;
GRANT ALL ON FUNCTION app.round() TO ng_sign_in;
GRANT ALL ON FUNCTION app.round() TO ng_member;
GRANT ALL ON FUNCTION app.round() TO ng_participant;
GRANT ALL ON FUNCTION app.round() TO ng_operator;
GRANT ALL ON FUNCTION app.round() TO ng_worker;
GRANT ALL ON FUNCTION app.round() TO ng_librarian;
GRANT ALL ON FUNCTION app.round() TO ng_publisher;
GRANT ALL ON FUNCTION app.round() TO ng_gate;
GRANT ALL ON FUNCTION app.round() TO ng_addresses;
GRANT ALL ON FUNCTION app.round() TO ng_ballots;
GRANT ALL ON FUNCTION app.round() TO ng_steward;
GRANT ALL ON FUNCTION app.round() TO ng_sorter;
GRANT ALL ON FUNCTION app.round() TO ng_counter;
GRANT ALL ON FUNCTION app.round() TO ng_reminder;
GRANT ALL ON FUNCTION app.round() TO ng_reader;
GRANT ALL ON FUNCTION app.round() TO ng_registry;
GRANT ALL ON FUNCTION app.round() TO ng_scribe;

REVOKE ALL ON FUNCTION app.seat() FROM PUBLIC;
GRANT ALL ON FUNCTION app.seat() TO ng_anonymous;
GRANT ALL ON FUNCTION app.seat() TO ng_registrar;
GRANT ALL ON FUNCTION app.seat() TO ng_sign_in;
GRANT ALL ON FUNCTION app.seat() TO ng_member;
GRANT ALL ON FUNCTION app.seat() TO ng_participant;
GRANT ALL ON FUNCTION app.seat() TO ng_operator;
GRANT ALL ON FUNCTION app.seat() TO ng_worker;
GRANT ALL ON FUNCTION app.seat() TO ng_librarian;
GRANT ALL ON FUNCTION app.seat() TO ng_publisher;
GRANT ALL ON FUNCTION app.seat() TO ng_gate;
GRANT ALL ON FUNCTION app.seat() TO ng_addresses;
GRANT ALL ON FUNCTION app.seat() TO ng_ballots;
GRANT ALL ON FUNCTION app.seat() TO ng_steward;
GRANT ALL ON FUNCTION app.seat() TO ng_sorter;
GRANT ALL ON FUNCTION app.seat() TO ng_counter;
GRANT ALL ON FUNCTION app.seat() TO ng_reminder;
GRANT ALL ON FUNCTION app.seat() TO ng_reader;
GRANT ALL ON FUNCTION app.seat() TO ng_registry;
GRANT ALL ON FUNCTION app.seat() TO ng_scribe;

REVOKE ALL ON FUNCTION app.set_diary_number(of_round uuid, number text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.set_diary_number(of_round uuid, number text) TO ng_member;

REVOKE ALL ON FUNCTION app.set_open(of_round uuid, is_open boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION app.set_open(of_round uuid, is_open boolean) TO ng_worker;
GRANT ALL ON FUNCTION app.set_open(of_round uuid, is_open boolean) TO ng_steward;

REVOKE ALL ON FUNCTION app.sheets_by_branch(of_round uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.sheets_by_branch(of_round uuid) TO ng_worker;

REVOKE ALL ON FUNCTION app.waiting_seats(of_round uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app.waiting_seats(of_round uuid, at timestamp with time zone) TO ng_worker;

GRANT SELECT ON TABLE app.address_changes TO ng_member;
GRANT SELECT ON TABLE app.address_changes TO ng_addresses;
GRANT SELECT,DELETE ON TABLE app.address_changes TO ng_worker;

GRANT INSERT(municipality_id) ON TABLE app.address_changes TO ng_member;

GRANT INSERT(id) ON TABLE app.address_changes TO ng_member;

GRANT INSERT(member_id) ON TABLE app.address_changes TO ng_member;

GRANT INSERT(former_address) ON TABLE app.address_changes TO ng_member;

GRANT INSERT(address) ON TABLE app.address_changes TO ng_member;

GRANT INSERT(created_at) ON TABLE app.address_changes TO ng_member;

GRANT INSERT(expires_at) ON TABLE app.address_changes TO ng_member;

GRANT UPDATE(ended_at) ON TABLE app.address_changes TO ng_member;
GRANT UPDATE(ended_at) ON TABLE app.address_changes TO ng_addresses;

GRANT SELECT ON TABLE app.agreements TO ng_member;

GRANT INSERT(municipality_id) ON TABLE app.agreements TO ng_member;
GRANT SELECT(municipality_id) ON TABLE app.agreements TO ng_worker;

GRANT INSERT(id) ON TABLE app.agreements TO ng_member;

GRANT INSERT(controller) ON TABLE app.agreements TO ng_member;

GRANT INSERT(version) ON TABLE app.agreements TO ng_member;

GRANT INSERT(signed_on) ON TABLE app.agreements TO ng_member;

GRANT INSERT(signatory_name) ON TABLE app.agreements TO ng_member;

GRANT INSERT(signatory_title) ON TABLE app.agreements TO ng_member;

GRANT INSERT(diary_number) ON TABLE app.agreements TO ng_member;

GRANT INSERT(recorded_by) ON TABLE app.agreements TO ng_member;

GRANT INSERT(recorded_at) ON TABLE app.agreements TO ng_member;

GRANT SELECT ON TABLE app.analyses TO ng_member;

GRANT INSERT(municipality_id) ON TABLE app.analyses TO ng_member;

GRANT INSERT(round_id) ON TABLE app.analyses TO ng_member;

GRANT INSERT(version) ON TABLE app.analyses TO ng_member;

GRANT INSERT(document) ON TABLE app.analyses TO ng_member;

GRANT INSERT(as_drafted) ON TABLE app.analyses TO ng_member;

GRANT INSERT(author_id) ON TABLE app.analyses TO ng_member;

GRANT INSERT(author_name) ON TABLE app.analyses TO ng_member;

GRANT INSERT(written_at) ON TABLE app.analyses TO ng_member;

GRANT SELECT ON TABLE app.analysis_publications TO ng_member;

GRANT INSERT(municipality_id) ON TABLE app.analysis_publications TO ng_member;
GRANT SELECT(municipality_id) ON TABLE app.analysis_publications TO ng_participant;

GRANT INSERT(round_id) ON TABLE app.analysis_publications TO ng_member;
GRANT SELECT(round_id) ON TABLE app.analysis_publications TO ng_participant;

GRANT INSERT(version) ON TABLE app.analysis_publications TO ng_member;
GRANT SELECT(version) ON TABLE app.analysis_publications TO ng_participant;

GRANT INSERT(document) ON TABLE app.analysis_publications TO ng_member;
GRANT SELECT(document) ON TABLE app.analysis_publications TO ng_participant;

GRANT INSERT(as_drafted) ON TABLE app.analysis_publications TO ng_member;
GRANT SELECT(as_drafted) ON TABLE app.analysis_publications TO ng_participant;

GRANT INSERT(author_name) ON TABLE app.analysis_publications TO ng_member;
GRANT SELECT(author_name) ON TABLE app.analysis_publications TO ng_participant;

GRANT INSERT(published_by) ON TABLE app.analysis_publications TO ng_member;

GRANT INSERT(published_at) ON TABLE app.analysis_publications TO ng_member;
GRANT SELECT(published_at) ON TABLE app.analysis_publications TO ng_participant;

GRANT SELECT ON TABLE app.attendances TO ng_member;
GRANT SELECT ON TABLE app.attendances TO ng_participant;
GRANT DELETE ON TABLE app.attendances TO ng_ballots;

GRANT INSERT(municipality_id) ON TABLE app.attendances TO ng_participant;
GRANT SELECT(municipality_id) ON TABLE app.attendances TO ng_worker;
GRANT SELECT(municipality_id) ON TABLE app.attendances TO ng_ballots;

GRANT INSERT(round_id) ON TABLE app.attendances TO ng_participant;

GRANT INSERT(seat_id) ON TABLE app.attendances TO ng_participant;
GRANT SELECT(seat_id) ON TABLE app.attendances TO ng_worker;
GRANT SELECT(seat_id) ON TABLE app.attendances TO ng_ballots;

GRANT INSERT(attends),UPDATE(attends) ON TABLE app.attendances TO ng_participant;

GRANT INSERT(note),UPDATE(note) ON TABLE app.attendances TO ng_participant;

GRANT INSERT(sequence),UPDATE(sequence) ON TABLE app.attendances TO ng_participant;
GRANT SELECT(sequence) ON TABLE app.attendances TO ng_worker;

GRANT SELECT ON TABLE app.council_settings TO ng_member;
GRANT SELECT ON TABLE app.council_settings TO ng_worker;
GRANT SELECT ON TABLE app.council_settings TO ng_participant;

GRANT INSERT(municipality_id) ON TABLE app.council_settings TO ng_registrar;

GRANT UPDATE(area_word) ON TABLE app.council_settings TO ng_member;

GRANT SELECT ON TABLE app.fixings TO ng_member;
GRANT SELECT,DELETE ON TABLE app.fixings TO ng_worker;

GRANT INSERT(municipality_id) ON TABLE app.fixings TO ng_member;

GRANT INSERT(round_id) ON TABLE app.fixings TO ng_member;

GRANT INSERT(submitted_seen) ON TABLE app.fixings TO ng_member;

GRANT INSERT(requested_by) ON TABLE app.fixings TO ng_member;

GRANT INSERT(requested_at) ON TABLE app.fixings TO ng_member;

GRANT INSERT(goal) ON TABLE app.fixings TO ng_member;

GRANT SELECT ON TABLE app.instruments TO ng_member;
GRANT SELECT ON TABLE app.instruments TO ng_operator;
GRANT SELECT ON TABLE app.instruments TO ng_librarian;

GRANT SELECT(id) ON TABLE app.instruments TO ng_worker;
GRANT INSERT(id) ON TABLE app.instruments TO ng_operator;
GRANT INSERT(id) ON TABLE app.instruments TO ng_librarian;

GRANT INSERT(key) ON TABLE app.instruments TO ng_operator;
GRANT INSERT(key) ON TABLE app.instruments TO ng_librarian;

GRANT INSERT(version) ON TABLE app.instruments TO ng_operator;
GRANT INSERT(version) ON TABLE app.instruments TO ng_librarian;

GRANT INSERT(items) ON TABLE app.instruments TO ng_operator;
GRANT INSERT(items) ON TABLE app.instruments TO ng_librarian;

GRANT INSERT(document) ON TABLE app.instruments TO ng_operator;
GRANT INSERT(document) ON TABLE app.instruments TO ng_librarian;

GRANT SELECT(sha256) ON TABLE app.instruments TO ng_worker;
GRANT INSERT(sha256) ON TABLE app.instruments TO ng_operator;
GRANT INSERT(sha256) ON TABLE app.instruments TO ng_librarian;

GRANT INSERT(levels) ON TABLE app.instruments TO ng_operator;
GRANT INSERT(levels) ON TABLE app.instruments TO ng_librarian;

GRANT INSERT(name_sv) ON TABLE app.instruments TO ng_operator;
GRANT INSERT(name_sv) ON TABLE app.instruments TO ng_librarian;

GRANT INSERT(name_en) ON TABLE app.instruments TO ng_operator;
GRANT INSERT(name_en) ON TABLE app.instruments TO ng_librarian;

GRANT UPDATE(withdrawn_at) ON TABLE app.instruments TO ng_operator;

GRANT SELECT,DELETE ON TABLE app.jobs TO ng_worker;

GRANT INSERT(id) ON TABLE app.jobs TO ng_anonymous;
GRANT INSERT(id) ON TABLE app.jobs TO ng_registrar;
GRANT INSERT(id) ON TABLE app.jobs TO ng_sign_in;
GRANT INSERT(id) ON TABLE app.jobs TO ng_member;
GRANT INSERT(id) ON TABLE app.jobs TO ng_operator;
GRANT INSERT(id) ON TABLE app.jobs TO ng_worker;
GRANT INSERT(id) ON TABLE app.jobs TO ng_librarian;

GRANT INSERT(kind) ON TABLE app.jobs TO ng_anonymous;
GRANT INSERT(kind) ON TABLE app.jobs TO ng_registrar;
GRANT INSERT(kind) ON TABLE app.jobs TO ng_sign_in;
GRANT INSERT(kind) ON TABLE app.jobs TO ng_member;
GRANT INSERT(kind) ON TABLE app.jobs TO ng_operator;
GRANT INSERT(kind) ON TABLE app.jobs TO ng_worker;
GRANT INSERT(kind) ON TABLE app.jobs TO ng_librarian;

GRANT INSERT(municipality_id) ON TABLE app.jobs TO ng_anonymous;
GRANT INSERT(municipality_id) ON TABLE app.jobs TO ng_registrar;
GRANT INSERT(municipality_id) ON TABLE app.jobs TO ng_sign_in;
GRANT INSERT(municipality_id) ON TABLE app.jobs TO ng_member;
GRANT INSERT(municipality_id) ON TABLE app.jobs TO ng_operator;
GRANT INSERT(municipality_id) ON TABLE app.jobs TO ng_worker;
GRANT INSERT(municipality_id) ON TABLE app.jobs TO ng_librarian;

GRANT INSERT(subject) ON TABLE app.jobs TO ng_anonymous;
GRANT INSERT(subject) ON TABLE app.jobs TO ng_registrar;
GRANT INSERT(subject) ON TABLE app.jobs TO ng_sign_in;
GRANT INSERT(subject) ON TABLE app.jobs TO ng_member;
GRANT INSERT(subject) ON TABLE app.jobs TO ng_operator;
GRANT INSERT(subject) ON TABLE app.jobs TO ng_worker;
GRANT INSERT(subject) ON TABLE app.jobs TO ng_librarian;

GRANT INSERT(generation) ON TABLE app.jobs TO ng_anonymous;
GRANT INSERT(generation) ON TABLE app.jobs TO ng_registrar;
GRANT INSERT(generation) ON TABLE app.jobs TO ng_sign_in;
GRANT INSERT(generation) ON TABLE app.jobs TO ng_member;
GRANT INSERT(generation) ON TABLE app.jobs TO ng_operator;
GRANT INSERT(generation) ON TABLE app.jobs TO ng_worker;
GRANT INSERT(generation) ON TABLE app.jobs TO ng_librarian;

GRANT INSERT(run_at) ON TABLE app.jobs TO ng_anonymous;
GRANT INSERT(run_at) ON TABLE app.jobs TO ng_registrar;
GRANT INSERT(run_at) ON TABLE app.jobs TO ng_sign_in;
GRANT INSERT(run_at) ON TABLE app.jobs TO ng_member;
GRANT INSERT(run_at) ON TABLE app.jobs TO ng_operator;
GRANT INSERT(run_at),UPDATE(run_at) ON TABLE app.jobs TO ng_worker;
GRANT INSERT(run_at) ON TABLE app.jobs TO ng_librarian;

GRANT UPDATE(attempts) ON TABLE app.jobs TO ng_worker;

GRANT SELECT ON TABLE app.log_entries TO ng_member;

GRANT INSERT(municipality_id) ON TABLE app.log_entries TO ng_scribe;

GRANT INSERT(id) ON TABLE app.log_entries TO ng_scribe;

GRANT INSERT(kind) ON TABLE app.log_entries TO ng_scribe;

GRANT INSERT(logged_at) ON TABLE app.log_entries TO ng_scribe;

GRANT INSERT(member_id) ON TABLE app.log_entries TO ng_scribe;

GRANT INSERT(member_name) ON TABLE app.log_entries TO ng_scribe;

GRANT INSERT(round_id) ON TABLE app.log_entries TO ng_scribe;

GRANT INSERT(dimension) ON TABLE app.log_entries TO ng_scribe;

GRANT INSERT(instrument) ON TABLE app.log_entries TO ng_scribe;

GRANT SELECT ON TABLE app.mail_domains TO ng_registrar;
GRANT SELECT ON TABLE app.mail_domains TO ng_operator;
GRANT SELECT ON TABLE app.mail_domains TO ng_librarian;
GRANT SELECT ON TABLE app.mail_domains TO ng_worker;

GRANT INSERT(domain) ON TABLE app.mail_domains TO ng_operator;
GRANT INSERT(domain) ON TABLE app.mail_domains TO ng_librarian;

GRANT INSERT(municipality_id) ON TABLE app.mail_domains TO ng_operator;
GRANT INSERT(municipality_id) ON TABLE app.mail_domains TO ng_librarian;

GRANT INSERT(recorded_at) ON TABLE app.mail_domains TO ng_operator;
GRANT INSERT(recorded_at) ON TABLE app.mail_domains TO ng_librarian;

GRANT SELECT,DELETE ON TABLE app.member_roles TO ng_member;
GRANT SELECT ON TABLE app.member_roles TO ng_worker;

GRANT SELECT(municipality_id) ON TABLE app.member_roles TO ng_gate;
GRANT INSERT(municipality_id) ON TABLE app.member_roles TO ng_registrar;
GRANT INSERT(municipality_id) ON TABLE app.member_roles TO ng_member;

GRANT SELECT(member_id) ON TABLE app.member_roles TO ng_gate;
GRANT INSERT(member_id) ON TABLE app.member_roles TO ng_registrar;
GRANT INSERT(member_id) ON TABLE app.member_roles TO ng_member;

GRANT SELECT(role) ON TABLE app.member_roles TO ng_gate;
GRANT INSERT(role) ON TABLE app.member_roles TO ng_registrar;
GRANT INSERT(role) ON TABLE app.member_roles TO ng_member;

GRANT SELECT ON TABLE app.members TO ng_member;
GRANT SELECT ON TABLE app.members TO ng_worker;

GRANT SELECT(municipality_id) ON TABLE app.members TO ng_gate;
GRANT INSERT(municipality_id) ON TABLE app.members TO ng_registrar;
GRANT SELECT(municipality_id) ON TABLE app.members TO ng_sign_in;
GRANT INSERT(municipality_id) ON TABLE app.members TO ng_member;
GRANT SELECT(municipality_id) ON TABLE app.members TO ng_addresses;
GRANT SELECT(municipality_id) ON TABLE app.members TO ng_scribe;

GRANT SELECT(id) ON TABLE app.members TO ng_gate;
GRANT INSERT(id) ON TABLE app.members TO ng_registrar;
GRANT SELECT(id) ON TABLE app.members TO ng_sign_in;
GRANT INSERT(id) ON TABLE app.members TO ng_member;
GRANT SELECT(id) ON TABLE app.members TO ng_addresses;
GRANT SELECT(id) ON TABLE app.members TO ng_scribe;

GRANT INSERT(name) ON TABLE app.members TO ng_registrar;
GRANT SELECT(name) ON TABLE app.members TO ng_sign_in;
GRANT INSERT(name),UPDATE(name) ON TABLE app.members TO ng_member;
GRANT SELECT(name) ON TABLE app.members TO ng_scribe;

GRANT INSERT(address) ON TABLE app.members TO ng_registrar;
GRANT SELECT(address) ON TABLE app.members TO ng_sign_in;
GRANT INSERT(address) ON TABLE app.members TO ng_member;
GRANT SELECT(address),UPDATE(address) ON TABLE app.members TO ng_addresses;

GRANT INSERT(language) ON TABLE app.members TO ng_registrar;
GRANT SELECT(language) ON TABLE app.members TO ng_sign_in;
GRANT INSERT(language),UPDATE(language) ON TABLE app.members TO ng_member;

GRANT INSERT(invited_by),UPDATE(invited_by) ON TABLE app.members TO ng_member;

GRANT INSERT(invited_at) ON TABLE app.members TO ng_registrar;
GRANT INSERT(invited_at),UPDATE(invited_at) ON TABLE app.members TO ng_member;

GRANT INSERT(joined_at) ON TABLE app.members TO ng_registrar;
GRANT SELECT(joined_at),UPDATE(joined_at) ON TABLE app.members TO ng_sign_in;

GRANT SELECT(left_at) ON TABLE app.members TO ng_gate;
GRANT SELECT(left_at) ON TABLE app.members TO ng_sign_in;
GRANT UPDATE(left_at) ON TABLE app.members TO ng_member;
GRANT SELECT(left_at) ON TABLE app.members TO ng_addresses;

GRANT SELECT ON TABLE app.operator_sessions TO ng_operator;

GRANT SELECT(token_hash) ON TABLE app.operator_sessions TO ng_gate;
GRANT INSERT(token_hash) ON TABLE app.operator_sessions TO ng_sign_in;

GRANT SELECT(operator_id) ON TABLE app.operator_sessions TO ng_gate;
GRANT INSERT(operator_id) ON TABLE app.operator_sessions TO ng_sign_in;

GRANT SELECT(created_at) ON TABLE app.operator_sessions TO ng_gate;
GRANT INSERT(created_at) ON TABLE app.operator_sessions TO ng_sign_in;

GRANT UPDATE(touched_at) ON TABLE app.operator_sessions TO ng_gate;
GRANT INSERT(touched_at) ON TABLE app.operator_sessions TO ng_sign_in;

GRANT SELECT(expires_at),UPDATE(expires_at) ON TABLE app.operator_sessions TO ng_gate;
GRANT INSERT(expires_at) ON TABLE app.operator_sessions TO ng_sign_in;

GRANT SELECT(revoked_at) ON TABLE app.operator_sessions TO ng_gate;
GRANT UPDATE(revoked_at) ON TABLE app.operator_sessions TO ng_operator;

GRANT SELECT,DELETE ON TABLE app.post_deputies TO ng_member;

GRANT INSERT(municipality_id) ON TABLE app.post_deputies TO ng_member;

GRANT INSERT(id) ON TABLE app.post_deputies TO ng_member;

GRANT INSERT(post_id) ON TABLE app.post_deputies TO ng_member;

GRANT INSERT(name) ON TABLE app.post_deputies TO ng_member;

GRANT INSERT(address) ON TABLE app.post_deputies TO ng_member;

GRANT INSERT(language) ON TABLE app.post_deputies TO ng_member;

GRANT INSERT(from_day) ON TABLE app.post_deputies TO ng_member;

GRANT INSERT(to_day) ON TABLE app.post_deputies TO ng_member;

GRANT SELECT,DELETE ON TABLE app.reminders TO ng_member;
GRANT SELECT ON TABLE app.reminders TO ng_worker;

GRANT INSERT(municipality_id) ON TABLE app.reminders TO ng_member;

GRANT INSERT(round_id) ON TABLE app.reminders TO ng_member;

GRANT INSERT(day) ON TABLE app.reminders TO ng_member;

GRANT UPDATE(sent_at) ON TABLE app.reminders TO ng_worker;

GRANT SELECT ON TABLE app.result_figures TO ng_member;
GRANT SELECT ON TABLE app.result_figures TO ng_worker;
GRANT SELECT ON TABLE app.result_figures TO ng_publisher;

GRANT INSERT(municipality_id) ON TABLE app.result_figures TO ng_worker;

GRANT INSERT(round_id) ON TABLE app.result_figures TO ng_worker;

GRANT INSERT(instrument_key) ON TABLE app.result_figures TO ng_worker;

GRANT INSERT(instrument_version) ON TABLE app.result_figures TO ng_worker;

GRANT INSERT(dimension) ON TABLE app.result_figures TO ng_worker;

GRANT INSERT(figure) ON TABLE app.result_figures TO ng_worker;

GRANT INSERT(value) ON TABLE app.result_figures TO ng_worker;

GRANT INSERT(fictional) ON TABLE app.result_figures TO ng_worker;

GRANT INSERT(fixed_at) ON TABLE app.result_figures TO ng_worker;

GRANT UPDATE(shared) ON TABLE app.result_figures TO ng_member;

GRANT SELECT ON TABLE app.results TO ng_member;
GRANT SELECT ON TABLE app.results TO ng_worker;
GRANT SELECT ON TABLE app.results TO ng_participant;

GRANT INSERT(municipality_id) ON TABLE app.results TO ng_worker;

GRANT INSERT(round_id) ON TABLE app.results TO ng_worker;

GRANT INSERT(document) ON TABLE app.results TO ng_worker;

GRANT INSERT(sha256) ON TABLE app.results TO ng_worker;

GRANT INSERT(fixed_at) ON TABLE app.results TO ng_worker;

GRANT SELECT ON TABLE app.round_texts TO ng_member;
GRANT SELECT ON TABLE app.round_texts TO ng_worker;
GRANT SELECT ON TABLE app.round_texts TO ng_participant;

GRANT INSERT(municipality_id) ON TABLE app.round_texts TO ng_member;
GRANT INSERT(municipality_id) ON TABLE app.round_texts TO ng_worker;

GRANT INSERT(round_id) ON TABLE app.round_texts TO ng_member;
GRANT INSERT(round_id) ON TABLE app.round_texts TO ng_worker;

GRANT INSERT(kind) ON TABLE app.round_texts TO ng_member;
GRANT INSERT(kind) ON TABLE app.round_texts TO ng_worker;

GRANT INSERT(sv),UPDATE(sv) ON TABLE app.round_texts TO ng_member;
GRANT INSERT(sv) ON TABLE app.round_texts TO ng_worker;

GRANT INSERT(en),UPDATE(en) ON TABLE app.round_texts TO ng_member;
GRANT INSERT(en) ON TABLE app.round_texts TO ng_worker;

GRANT INSERT(frozen_at),UPDATE(frozen_at) ON TABLE app.round_texts TO ng_member;
GRANT INSERT(frozen_at),UPDATE(frozen_at) ON TABLE app.round_texts TO ng_worker;

GRANT SELECT,DELETE ON TABLE app.seminar_departures TO ng_worker;

GRANT INSERT(municipality_id) ON TABLE app.seminar_departures TO ng_member;

GRANT INSERT(id) ON TABLE app.seminar_departures TO ng_member;

GRANT INSERT(round_id) ON TABLE app.seminar_departures TO ng_member;

GRANT INSERT(name) ON TABLE app.seminar_departures TO ng_member;

GRANT INSERT(address) ON TABLE app.seminar_departures TO ng_member;

GRANT INSERT(language) ON TABLE app.seminar_departures TO ng_member;

GRANT INSERT(sequence) ON TABLE app.seminar_departures TO ng_member;

GRANT INSERT(left_at) ON TABLE app.seminar_departures TO ng_member;

GRANT SELECT,DELETE ON TABLE app.seminars TO ng_member;
GRANT SELECT ON TABLE app.seminars TO ng_worker;
GRANT SELECT ON TABLE app.seminars TO ng_participant;

GRANT INSERT(municipality_id) ON TABLE app.seminars TO ng_member;

GRANT INSERT(round_id) ON TABLE app.seminars TO ng_member;

GRANT INSERT(starts_at),UPDATE(starts_at) ON TABLE app.seminars TO ng_member;

GRANT INSERT(ends_at),UPDATE(ends_at) ON TABLE app.seminars TO ng_member;

GRANT INSERT(place),UPDATE(place) ON TABLE app.seminars TO ng_member;

GRANT INSERT(link),UPDATE(link) ON TABLE app.seminars TO ng_member;

GRANT INSERT(agenda),UPDATE(agenda) ON TABLE app.seminars TO ng_member;

GRANT INSERT(material_titles),UPDATE(material_titles) ON TABLE app.seminars TO ng_member;

GRANT INSERT(material_links),UPDATE(material_links) ON TABLE app.seminars TO ng_member;

GRANT INSERT(sequence),UPDATE(sequence) ON TABLE app.seminars TO ng_member;

GRANT INSERT(changed_at),UPDATE(changed_at) ON TABLE app.seminars TO ng_member;

GRANT UPDATE(cancelled_at) ON TABLE app.seminars TO ng_member;

GRANT INSERT(time_sequence),UPDATE(time_sequence) ON TABLE app.seminars TO ng_member;

GRANT INSERT(told_sequence),UPDATE(told_sequence) ON TABLE app.seminars TO ng_member;
