-- Rounds, seats and contracts: the council's members; a participant sees his own seat and its round.

grant select on app.rounds, app.contracts, app.seats, app.fixings, app.results, app.result_figures to ng_member, ng_worker;
create policy member_reads on app.rounds for select to ng_member using (municipality_id = app.municipality());
create policy member_reads on app.contracts for select to ng_member using (municipality_id = app.municipality());
create policy member_reads on app.fixings for select to ng_member using (municipality_id = app.municipality());
create policy member_reads on app.results for select to ng_member using (municipality_id = app.municipality());
create policy member_reads on app.result_figures for select to ng_member using (municipality_id = app.municipality());
create policy member_reads on app.seats for select to ng_member using (municipality_id = app.municipality());
create policy worker_reads on app.rounds for select to ng_worker using (municipality_id = app.municipality());
create policy worker_reads on app.contracts for select to ng_worker using (municipality_id = app.municipality());
create policy worker_reads on app.fixings for select to ng_worker using (municipality_id = app.municipality());
create policy worker_reads on app.results for select to ng_worker using (municipality_id = app.municipality());
create policy worker_reads on app.result_figures for select to ng_worker using (municipality_id = app.municipality());
create policy worker_reads on app.seats for select to ng_worker using (municipality_id = app.municipality());

grant insert (municipality_id, id, title, instrument_id, target_year, orderer_name, orderer_title, runner_name, runner_title, opens_at, closes_at,
  created_at) on app.rounds to ng_member;
grant update (title, target_year, orderer_name, orderer_title, runner_name, runner_title, opens_at, closes_at) on app.rounds to ng_member;
create policy member_plans on app.rounds for insert to ng_member with check (municipality_id = app.municipality() and state = 'planned');
-- A round that lives can be locked; what is planned of it changes until it is closed. Its state changes by app.move_round alone (52_steps.sql).
create policy member_plans_anew on app.rounds for update to ng_member
  using (municipality_id = app.municipality() and state in ('planned', 'seminar', 'open', 'closed', 'fixed', 'workshop'))
  with check (municipality_id = app.municipality() and state in ('planned', 'seminar', 'open'));
grant update (state, closed_at, fixed_at, emptied_at, ended_at) on app.rounds to ng_worker;
create policy worker_moves on app.rounds for update to ng_worker
  using (municipality_id = app.municipality() and state in ('open', 'closed'))
  with check (municipality_id = app.municipality() and state in ('closed', 'fixed', 'workshop', 'concluded'));

grant insert (municipality_id, round_id, k, controller, audiences, comments, purpose, retention, disposal_reference, contact) on app.contracts to ng_member;
grant update (k, controller, audiences, comments, purpose, retention, disposal_reference, contact, document, sha256, frozen_at) on app.contracts to ng_member;
create policy member_drafts on app.contracts for insert to ng_member with check (municipality_id = app.municipality() and frozen_at is null);
create policy member_changes_until_frozen on app.contracts for update to ng_member
  using (municipality_id = app.municipality() and frozen_at is null) with check (municipality_id = app.municipality());
-- A round that opens at a set time freezes what it is answered under.
grant update (document, sha256, frozen_at) on app.contracts to ng_worker;
create policy worker_freezes on app.contracts for update to ng_worker
  using (municipality_id = app.municipality() and frozen_at is null) with check (municipality_id = app.municipality() and frozen_at is not null);

-- A seat's address changes by app.reseat (50_responses.sql) alone, which deletes its answers: otherwise they could be had by
-- sending its link to somebody else. Its post and its being a deputy's are named when it is made, and its place in the tree of
-- parts when it is first invited (app.invite_seats).
grant insert (municipality_id, id, round_id, post_id, deputy, name, address, language) on app.seats to ng_member;
grant update (language) on app.seats to ng_member;
create policy member_adds on app.seats for insert to ng_member with check (municipality_id = app.municipality() and invited_at is null);
create policy member_changes on app.seats for update to ng_member using (municipality_id = app.municipality()) with check (municipality_id = app.municipality());
grant update (bounced) on app.seats to ng_worker;
create policy worker_marks on app.seats for update to ng_worker using (municipality_id = app.municipality()) with check (municipality_id = app.municipality());

-- Invites seats of a round that still collects: those named, or where none are named everybody or all that have not been. With the first invitation a
-- seat gets its place in the tree of parts (disclosure: the split) from its post as it is then, and keeps it: what is changed in the post
-- later, when the answers have been counted, must not decide which parts there are.
grant select (municipality_id, id, round_id, post_id, generation, invited_at, called, function, family, area),
  update (invited_at, bounced, called, function, family, area) on app.seats to ng_steward;
create policy steward_reads on app.seats for select to ng_steward using (municipality_id = app.municipality());
create policy steward_invites on app.seats for update to ng_steward
  using (municipality_id = app.municipality()) with check (municipality_id = app.municipality() and invited_at is not null);
grant select (municipality_id, id, function, family, area) on app.posts to ng_steward;
create policy steward_reads on app.posts for select to ng_steward using (municipality_id = app.municipality());
grant select (municipality_id, id, state, opened_at, closed_at, ended_at) on app.rounds to ng_steward;
create policy steward_reads on app.rounds for select to ng_steward using (municipality_id = app.municipality());
create or replace function app.invite_seats(of_round uuid, named uuid[], everybody boolean, at timestamptz) returns table (id uuid, generation integer)
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  update app.seats s set invited_at = at, bounced = false, called = s.called or r.state = 'seminar', function = coalesce(s.function, p.function), family = coalesce(s.family, p.family),
                         area = coalesce(s.area, p.area)
    from app.rounds r, app.posts p
   where s.municipality_id = app.municipality() and s.round_id = of_round
     and r.municipality_id = s.municipality_id and r.id = s.round_id and r.state in ('planned', 'seminar', 'open')
     and p.municipality_id = s.municipality_id and p.id = s.post_id
     and case when named is not null then s.id = any (named) else everybody or s.invited_at is null end
  returning s.id, s.generation;
end;
grant execute on function app.invite_seats(uuid, uuid[], boolean, timestamptz) to ng_member, ng_worker;

grant insert (municipality_id, round_id, goal, submitted_seen, requested_by, requested_at) on app.fixings to ng_member;
create policy member_requests on app.fixings for insert to ng_member with check (municipality_id = app.municipality() and requested_by = app.member());
grant delete on app.fixings to ng_worker;
create policy worker_ends on app.fixings for delete to ng_worker using (municipality_id = app.municipality());

grant insert (municipality_id, round_id, document, sha256, fixed_at) on app.results to ng_worker;
create policy worker_fixes on app.results for insert to ng_worker with check (municipality_id = app.municipality());
grant insert (municipality_id, round_id, instrument_key, instrument_version, dimension, figure, value, fictional, fixed_at) on app.result_figures to ng_worker;
create policy worker_fixes on app.result_figures for insert to ng_worker with check (municipality_id = app.municipality() and not shared);
grant update (shared) on app.result_figures to ng_member;
create policy member_shares on app.result_figures for update to ng_member using (municipality_id = app.municipality()) with check (municipality_id = app.municipality());

-- A participant: his seat and its post, its round, its contract, its result; and the council's word for its areas.
grant select (municipality_id, id, round_id, post_id, name, language, area) on app.seats to ng_participant;
create policy participant_reads on app.seats for select to ng_participant using (municipality_id = app.municipality() and id = app.seat());
grant select (municipality_id, id, function, title, area) on app.posts to ng_participant;
create policy participant_reads on app.posts for select to ng_participant using (municipality_id = app.municipality() and id = app.post());
grant select on app.rounds, app.contracts, app.results to ng_participant;
create policy participant_reads on app.rounds for select to ng_participant using (municipality_id = app.municipality() and id = app.round());
create policy participant_reads on app.contracts for select to ng_participant using (municipality_id = app.municipality() and round_id = app.round());
create policy participant_reads on app.results for select to ng_participant using (municipality_id = app.municipality() and round_id = app.round());
grant select on app.council_settings to ng_participant;
create policy participant_reads on app.council_settings for select to ng_participant using (municipality_id = app.municipality());
