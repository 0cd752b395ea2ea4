-- Reminders, texts, the seminar and deputies: the council's members; a participant sees his round's, and answers for his own seat.

grant select on app.reminders, app.round_texts, app.seminars to ng_member, ng_worker;
create policy member_reads on app.reminders for select to ng_member using (municipality_id = app.municipality());
create policy member_reads on app.round_texts for select to ng_member using (municipality_id = app.municipality());
create policy member_reads on app.seminars for select to ng_member using (municipality_id = app.municipality());
create policy worker_reads on app.reminders for select to ng_worker using (municipality_id = app.municipality());
create policy worker_reads on app.round_texts for select to ng_worker using (municipality_id = app.municipality());
create policy worker_reads on app.seminars for select to ng_worker using (municipality_id = app.municipality());

-- Days are chosen and taken back by members; that one has been, only the worker says, once.
grant insert (municipality_id, round_id, day), delete on app.reminders to ng_member;
create policy member_chooses on app.reminders for insert to ng_member with check (municipality_id = app.municipality() and sent_at is null);
create policy member_takes_back on app.reminders for delete to ng_member using (municipality_id = app.municipality() and sent_at is null);
grant update (sent_at) on app.reminders to ng_worker;
create policy worker_sends on app.reminders for update to ng_worker
  using (municipality_id = app.municipality() and sent_at is null) with check (municipality_id = app.municipality() and sent_at is not null);

grant insert (municipality_id, round_id, kind, sv, en, frozen_at), update (sv, en, frozen_at) on app.round_texts to ng_member;
create policy member_writes on app.round_texts for insert to ng_member with check (municipality_id = app.municipality());
create policy member_changes_until_frozen on app.round_texts for update to ng_member
  using (municipality_id = app.municipality() and frozen_at is null) with check (municipality_id = app.municipality());
grant insert (municipality_id, round_id, kind, sv, en, frozen_at), update (frozen_at) on app.round_texts to ng_worker;
create policy worker_freezes_none on app.round_texts for insert to ng_worker with check (municipality_id = app.municipality() and frozen_at is not null);
create policy worker_freezes on app.round_texts for update to ng_worker
  using (municipality_id = app.municipality() and frozen_at is null) with check (municipality_id = app.municipality() and frozen_at is not null);

grant insert (municipality_id, round_id, starts_at, ends_at, place, link, agenda, material_titles, material_links, sequence, time_sequence,
  told_sequence, changed_at) on app.seminars to ng_member;
grant update (starts_at, ends_at, place, link, agenda, material_titles, material_links, sequence, time_sequence, told_sequence, changed_at, cancelled_at),
  delete on app.seminars to ng_member;
create policy member_plans on app.seminars for insert to ng_member with check (municipality_id = app.municipality());
create policy member_changes on app.seminars for update to ng_member using (municipality_id = app.municipality()) with check (municipality_id = app.municipality());
create policy member_drops on app.seminars for delete to ng_member using (municipality_id = app.municipality());

grant select on app.attendances to ng_member;
create policy member_reads on app.attendances for select to ng_member using (municipality_id = app.municipality());
grant select, insert (municipality_id, round_id, seat_id, attends, note, sequence), update (attends, note, sequence) on app.attendances to ng_participant;
create policy participant_reads on app.attendances for select to ng_participant using (municipality_id = app.municipality() and seat_id = app.seat());
create policy participant_answers on app.attendances for insert to ng_participant
  with check (municipality_id = app.municipality() and round_id = app.round() and seat_id = app.seat());
create policy participant_changes on app.attendances for update to ng_participant
  using (municipality_id = app.municipality() and seat_id = app.seat()) with check (municipality_id = app.municipality() and seat_id = app.seat());

grant select (municipality_id, seat_id, sequence) on app.attendances to ng_worker;
create policy worker_reads on app.attendances for select to ng_worker using (municipality_id = app.municipality());

-- Whoever leaves a seat is written down by the member who takes it from him, and forgotten by the worker who has told him.
grant insert (municipality_id, id, round_id, name, address, language, sequence, left_at) on app.seminar_departures to ng_member;
create policy member_notes on app.seminar_departures for insert to ng_member with check (municipality_id = app.municipality());
grant select, delete on app.seminar_departures to ng_worker;
create policy worker_reads on app.seminar_departures for select to ng_worker using (municipality_id = app.municipality());
create policy worker_forgets on app.seminar_departures for delete to ng_worker using (municipality_id = app.municipality());

grant select on app.round_texts, app.seminars to ng_participant;
create policy participant_reads on app.round_texts for select to ng_participant using (municipality_id = app.municipality() and round_id = app.round());
create policy participant_reads on app.seminars for select to ng_participant using (municipality_id = app.municipality() and round_id = app.round());

grant select, delete on app.post_deputies to ng_member;
grant insert (municipality_id, id, post_id, name, address, language, from_day, to_day) on app.post_deputies to ng_member;
create policy member_reads on app.post_deputies for select to ng_member using (municipality_id = app.municipality());
create policy member_names on app.post_deputies for insert to ng_member with check (municipality_id = app.municipality());
create policy member_drops on app.post_deputies for delete to ng_member using (municipality_id = app.municipality());

-- A round opens at a set time only if its agreement is recorded.
grant select (municipality_id) on app.agreements to ng_worker;
create policy worker_counts on app.agreements for select to ng_worker using (municipality_id = app.municipality());
