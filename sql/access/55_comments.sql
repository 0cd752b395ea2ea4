-- Comments: the participant's own until the round is fixed. Then those that may be read are moved, once, to where nothing tells whose they are;
-- the rest goes with the responses. No member has anything to do with what is not published.

grant select (municipality_id, seat_id, dimension, open, text, consent), insert (municipality_id, seat_id, dimension, open, text, consent),
  update (text, consent), delete on app.comments to ng_participant;
create policy participant_reads on app.comments for select to ng_participant using (municipality_id = app.municipality() and seat_id = app.seat());
create policy participant_writes on app.comments for insert to ng_participant
  with check (municipality_id = app.municipality() and seat_id = app.seat() and open);
create policy participant_rewrites on app.comments for update to ng_participant
  using (municipality_id = app.municipality() and seat_id = app.seat() and open)
  with check (municipality_id = app.municipality() and seat_id = app.seat() and open);
create policy participant_takes_back on app.comments for delete to ng_participant
  using (municipality_id = app.municipality() and seat_id = app.seat() and open);

grant select on app.published_comments to ng_member, ng_participant;
create policy member_reads on app.published_comments for select to ng_member using (municipality_id = app.municipality());
create policy participant_reads on app.published_comments for select to ng_participant
  using (municipality_id = app.municipality() and round_id = app.round());

grant select on app.log_entries to ng_member;
create policy member_reads on app.log_entries for select to ng_member using (municipality_id = app.municipality());

-- Moves the comments of a closed round that was submitted by at least k: of submitted responses, with consent, in an order that tells nothing.
-- The worker calls it in the transaction that writes the result and deletes the responses.
grant select (municipality_id, round_id, seat_id, submitted, open) on app.responses to ng_scribe;
create policy scribe_reads_what_is_closed on app.responses for select to ng_scribe using (municipality_id = app.municipality() and not open);
grant select (municipality_id, seat_id, dimension, open, text, consent) on app.comments to ng_scribe;
create policy scribe_reads_what_may_be_read on app.comments for select to ng_scribe using (municipality_id = app.municipality() and consent and not open);
grant select (municipality_id, id, state) on app.rounds to ng_scribe;
create policy scribe_reads on app.rounds for select to ng_scribe using (municipality_id = app.municipality() and state = 'closed');
grant select (municipality_id, round_id, k, comments) on app.contracts to ng_scribe;
create policy scribe_reads on app.contracts for select to ng_scribe using (municipality_id = app.municipality() and comments);
grant insert (municipality_id, id, round_id, dimension, text) on app.published_comments to ng_scribe;
create policy scribe_publishes on app.published_comments for insert to ng_scribe with check (municipality_id = app.municipality());
create or replace function app.publish_comments(of_round uuid) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  insert into app.published_comments (municipality_id, id, round_id, dimension, text)
  select r.municipality_id, gen_random_uuid(), r.round_id, c.dimension, c.text
    from app.responses r
    join app.rounds o on o.municipality_id = r.municipality_id and o.id = r.round_id and o.state = 'closed'
    join app.contracts t on t.municipality_id = r.municipality_id and t.round_id = r.round_id and t.comments
    join app.comments c on c.municipality_id = r.municipality_id and c.seat_id = r.seat_id and c.consent
   where r.municipality_id = app.municipality() and r.round_id = of_round and r.submitted and not r.open
     and t.k <= (select count(*) from app.responses n
                  where n.municipality_id = app.municipality() and n.round_id = of_round and n.submitted and not n.open)
   order by random();
end;
grant execute on function app.publish_comments(uuid) to ng_worker;

-- Deletes a published comment, and writes down who did; not what it said. False if there is none.
grant select (municipality_id, id, round_id, dimension), delete on app.published_comments to ng_scribe;
create policy scribe_reads on app.published_comments for select to ng_scribe using (municipality_id = app.municipality());
create policy scribe_deletes on app.published_comments for delete to ng_scribe using (municipality_id = app.municipality());
grant select (municipality_id, id, name) on app.members to ng_scribe;
create policy scribe_reads on app.members for select to ng_scribe using (municipality_id = app.municipality());
grant insert (municipality_id, id, kind, logged_at, member_id, member_name, round_id, dimension) on app.log_entries to ng_scribe;
create policy scribe_writes on app.log_entries for insert to ng_scribe with check (municipality_id = app.municipality() and member_id = app.member());
create or replace function app.delete_comment(of_round uuid, comment uuid, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
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
grant execute on function app.delete_comment(uuid, uuid, timestamptz) to ng_member;
