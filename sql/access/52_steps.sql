-- The steps of a round that members take, and no others: which state leads to which is Rules' state machine, once more. A policy sees the row of before or
-- the row of after and never both, so that the states are no member's to write.

grant update (state, closes_at, opened_at, closed_at, ended_at) on app.rounds to ng_steward;
create policy steward_moves on app.rounds for update to ng_steward
  using (municipality_id = app.municipality() and state in ('planned', 'seminar', 'open', 'closed', 'fixed', 'workshop'))
  with check (municipality_id = app.municipality() and state in ('seminar', 'open', 'closed', 'workshop', 'concluded', 'cancelled'));
grant select (municipality_id, round_id, frozen_at) on app.contracts to ng_steward;
create policy steward_reads on app.contracts for select to ng_steward using (municipality_id = app.municipality());
grant delete on app.seats to ng_steward;
create policy steward_removes on app.seats for delete to ng_steward using (municipality_id = app.municipality());
grant execute on function app.hand_out(uuid), app.set_open(uuid, boolean), app.delete_answers_of_round(uuid) to ng_steward;

-- Takes a step, with what the answers have to do with it: opening hands responses out, closing ends saving, cancelling deletes. Says whether it did.
-- Nobody is asked anything under a contract that is not frozen. A closed round is fixed, or ends without figures, by the worker.
create or replace function app.move_round(of_round uuid, next_state text, closes timestamptz, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
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

-- Notes that a round should have opened by itself and could not. Says whether that is new: it is told once for each time that is set.
grant select (opens_at, missed_at), update (missed_at) on app.rounds to ng_steward;
create policy steward_notes on app.rounds for update to ng_steward
  using (municipality_id = app.municipality() and state in ('planned', 'seminar'))
  with check (municipality_id = app.municipality() and state in ('planned', 'seminar'));
create or replace function app.miss_opening(of_round uuid, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update app.rounds r set missed_at = at
   where r.municipality_id = app.municipality() and r.id = of_round and r.state in ('planned', 'seminar') and r.opens_at <= at
     and (r.missed_at is null or r.missed_at < r.opens_at);
  return found;
end $$;
grant execute on function app.miss_opening(uuid, timestamptz) to ng_worker;

-- Takes a seat away with whatever was answered by it, while who is asked may change.
create or replace function app.remove_seat(of_seat uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from app.rounds r join app.seats s on s.municipality_id = r.municipality_id and s.round_id = r.id
    where s.municipality_id = app.municipality() and s.id = of_seat and r.state in ('planned', 'seminar', 'open') for share of r;
  if found then
    delete from app.seats s where s.municipality_id = app.municipality() and s.id = of_seat;
  end if;
end $$;
grant execute on function app.move_round(uuid, text, timestamptz, timestamptz), app.remove_seat(uuid) to ng_member;
