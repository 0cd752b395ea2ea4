-- Who may see an answer: the one who gave it, while the round lives; and the worker, once the round is closed, to fix it.
-- Nobody else, by any role. Everything that the council does to responses goes through the narrow functions below.

grant select (municipality_id, seat_id, items, current, desired, submitted, open) on app.responses to ng_participant;
grant update (current, desired, submitted) on app.responses to ng_participant;
create policy participant_reads on app.responses for select to ng_participant
  using (municipality_id = app.municipality() and seat_id = app.seat());
create policy participant_answers on app.responses for update to ng_participant
  using (municipality_id = app.municipality() and seat_id = app.seat() and open)
  with check (municipality_id = app.municipality() and seat_id = app.seat() and open);

-- The worker reads answers through app.sheets_by_branch alone. What it has itself is what deleting them takes.
grant select (municipality_id, round_id, open), delete on app.responses to ng_worker;
create policy worker_reads_what_is_closed on app.responses for select to ng_worker using (municipality_id = app.municipality() and not open);
create policy worker_deletes_what_is_closed on app.responses for delete to ng_worker using (municipality_id = app.municipality() and not open);

-- The answers of several items put into an array at once. The update that calls it re-reads the newest row under its lock, so that
-- two devices that save different items both keep theirs.
create or replace function app.put(answers smallint[], items smallint[], levels smallint[])
returns smallint[] language plpgsql immutable parallel safe as $$
begin
  for i in 1 .. cardinality(items) loop
    answers[items[i]] := levels[i];
  end loop;
  return answers;
end $$;
grant execute on function app.put(smallint[], smallint[], smallint[]), app.well_formed(smallint[], smallint[], smallint, smallint) to ng_participant;

grant execute on function app.well_formed(smallint[], smallint[], smallint, smallint) to ng_ballots;
grant select (municipality_id, id, round_id, seat_id, open) on app.responses to ng_ballots;
grant insert (municipality_id, id, round_id, seat_id, items, levels, current, desired, open), update (open), delete on app.responses to ng_ballots;
create policy ballots_reads on app.responses for select to ng_ballots using (municipality_id = app.municipality());
create policy ballots_hands_out on app.responses for insert to ng_ballots with check (municipality_id = app.municipality() and not submitted);
create policy ballots_opens on app.responses for update to ng_ballots using (municipality_id = app.municipality()) with check (municipality_id = app.municipality());
create policy ballots_deletes on app.responses for delete to ng_ballots using (municipality_id = app.municipality());
grant select (municipality_id, id, round_id, generation), update (name, address, language, generation, invited_at, bounced, called) on app.seats to ng_ballots;
create policy ballots_reads on app.seats for select to ng_ballots using (municipality_id = app.municipality());
grant select (municipality_id, seat_id), delete on app.attendances to ng_ballots;
create policy ballots_reads on app.attendances for select to ng_ballots using (municipality_id = app.municipality());
create policy ballots_forgets on app.attendances for delete to ng_ballots using (municipality_id = app.municipality());
create policy ballots_reseats on app.seats for update to ng_ballots
  using (municipality_id = app.municipality()) with check (municipality_id = app.municipality() and invited_at is null);
grant select (municipality_id, id, items, levels) on app.council_instruments to ng_ballots;
create policy ballots_reads on app.council_instruments for select to ng_ballots using (municipality_id = app.municipality() and published_at is not null);
-- To lock a round takes the right to update it; by these policies no update succeeds but opening.
grant select (municipality_id, id, instrument_id, state, opens_at, closes_at), update (title, state, opened_at) on app.rounds to ng_ballots;
create policy ballots_reads on app.rounds for select to ng_ballots using (municipality_id = app.municipality());
create policy ballots_locks on app.rounds for update to ng_ballots using (municipality_id = app.municipality()) with check (false);
create policy ballots_opens on app.rounds for update to ng_ballots
  using (municipality_id = app.municipality() and state in ('planned', 'seminar')) with check (municipality_id = app.municipality() and state = 'open');

-- An empty response for each seat of an open round that has none: at opening, and for a seat that is added later. The round
-- is locked, so that a seat that is added while the round closes is not handed an open response after all.
create or replace function app.hand_out(of_round uuid) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  insert into app.responses (municipality_id, id, round_id, seat_id, items, levels, current, desired, open)
  select s.municipality_id, gen_random_uuid(), s.round_id, s.id, i.items, i.levels,
         array_fill(0::smallint, array[i.items]), array_fill(0::smallint, array[i.items]), true
    from app.seats s
    join app.rounds r on r.municipality_id = s.municipality_id and r.id = s.round_id
    join app.council_instruments i on i.municipality_id = r.municipality_id and i.id = r.instrument_id
   where s.municipality_id = app.municipality() and s.round_id = of_round and r.state = 'open'
     for share of r
  on conflict (municipality_id, seat_id) do nothing;
end;

-- Opens or closes the whole round at once. Closing waits for the saves in flight, and the next save finds nothing to save to.
-- Opening takes a round whose state is open: set the state first.
create or replace function app.set_open(of_round uuid, is_open boolean) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with held as (select q.id from app.rounds q
                 where q.municipality_id = app.municipality() and q.id = of_round and (q.state = 'open' or not is_open) for share)
  update app.responses r set open = is_open from held
   where r.municipality_id = app.municipality() and r.round_id = held.id and r.open <> is_open;
end;

-- Opens a round whose time has come, for the worker, which can move a round to no earlier state. Says what
-- it was until then; nothing if it has not opened.
create or replace function app.open_at_its_time(of_round uuid, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare was text;
begin
  select r.state into was from app.rounds r where r.municipality_id = app.municipality() and r.id = of_round for update;
  update app.rounds r set state = 'open', opened_at = at
   where r.municipality_id = app.municipality() and r.id = of_round and r.state in ('planned', 'seminar') and r.opens_at <= at and r.closes_at > at;
  return case when found then was end;
end $$;
grant execute on function app.open_at_its_time(uuid, timestamptz) to ng_worker;

-- Gives a seat to another person or address. The answers go, the link of before is void, and the new holder is to be invited;
-- while the round is open he has an empty response at once. Once it is closed nobody changes seats any more.
create or replace function app.reseat(of_seat uuid, new_name text, new_address text, new_language text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
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

-- Deletes all answers: the round is cancelled.
create or replace function app.delete_answers_of_round(of_round uuid) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  delete from app.responses r where r.municipality_id = app.municipality() and r.round_id = of_round;
end;
grant execute on function app.hand_out(uuid), app.reseat(uuid, text, text, text) to ng_member;
grant execute on function app.hand_out(uuid), app.set_open(uuid, boolean) to ng_worker;

-- What was submitted to a closed round, each sheet with where its giver belongs in the one tree of parts (disclosure: the split), and nothing
-- else of him: no id, no seat, and of two functions of one area not which. Sorted by what is in it, so that the order tells nothing.
-- The worker calls it in the transaction that deletes the rows. A function with one seat tells whose its sheet is: nobody else may call it.
grant select (municipality_id, round_id, seat_id, current, desired, submitted, open) on app.responses to ng_sorter;
create policy sorter_reads_what_is_closed on app.responses for select to ng_sorter using (municipality_id = app.municipality() and not open);
grant select (municipality_id, id, function, family, area) on app.seats to ng_sorter;
create policy sorter_reads on app.seats for select to ng_sorter using (municipality_id = app.municipality());
grant select (municipality_id, id, state) on app.rounds to ng_sorter;
create policy sorter_reads on app.rounds for select to ng_sorter using (municipality_id = app.municipality() and state = 'closed');
create or replace function app.sheets_by_branch(of_round uuid) returns table (family text, leaf text, current smallint[], desired smallint[])
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select s.family, case s.family when 'programme-areas' then s.area else s.function end, r.current, r.desired
    from app.responses r
    join app.rounds o on o.municipality_id = r.municipality_id and o.id = r.round_id and o.state = 'closed'
    join app.seats s on s.municipality_id = r.municipality_id and s.id = r.seat_id
   where r.municipality_id = app.municipality() and r.round_id = of_round and r.submitted and not r.open
   order by 1, 2, 3, 4;
end;
grant execute on function app.sheets_by_branch(uuid) to ng_worker;

-- How many have submitted, for the whole round and nothing finer.
grant select (municipality_id, round_id, submitted) on app.responses to ng_counter;
create policy counter_counts on app.responses for select to ng_counter using (municipality_id = app.municipality());
create or replace function app.count_submitted(of_round uuid) returns integer
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select count(*)::integer from app.responses r where r.municipality_id = app.municipality() and r.round_id = of_round and r.submitted;
end;
grant execute on function app.count_submitted(uuid) to ng_member, ng_participant, ng_worker;

-- The invited seats of an open round that have not submitted, for the mail that reminds them: the worker's alone, and of use to it
-- only while the round is open, when it cannot see any answer.
grant select (municipality_id, round_id, seat_id, submitted, open) on app.responses to ng_reminder;
create policy reminder_looks on app.responses for select to ng_reminder using (municipality_id = app.municipality() and open);
grant select (municipality_id, id, round_id, invited_at) on app.seats to ng_reminder;
create policy reminder_looks on app.seats for select to ng_reminder using (municipality_id = app.municipality());
grant select (municipality_id, id, state, closes_at) on app.rounds to ng_reminder;
create policy reminder_looks on app.rounds for select to ng_reminder using (municipality_id = app.municipality());
create or replace function app.waiting_seats(of_round uuid, at timestamptz) returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select s.id from app.rounds r
    join app.seats s on s.municipality_id = r.municipality_id and s.round_id = r.id and s.invited_at is not null
    join app.responses a on a.municipality_id = s.municipality_id and a.seat_id = s.id
   where r.municipality_id = app.municipality() and r.id = of_round and r.state = 'open' and r.closes_at > at and a.open and not a.submitted;
end;
grant execute on function app.waiting_seats(uuid, timestamptz) to ng_worker;
