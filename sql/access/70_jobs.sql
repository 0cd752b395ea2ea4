-- Jobs are written in the transaction that needs them, and read by the worker alone. Each role orders what it has cause to,
-- for the council that it acts for: a new kind of job is added here for who may order it.

grant insert (id, kind, municipality_id, subject, generation, run_at) on app.jobs
  to ng_anonymous, ng_registrar, ng_sign_in, ng_member, ng_operator, ng_worker, ng_librarian;
create policy anonymous_orders on app.jobs for insert to ng_anonymous
  with check (municipality_id = app.municipality() and kind in ('mailRegistration', 'mailJoinLink', 'forgetJoinRequest'));
create policy registrar_orders on app.jobs for insert to ng_registrar
  with check (municipality_id = app.municipality() and kind in ('mailRegistration', 'mailWaiting', 'mailApproved', 'mailJoinWaiting', 'forgetJoinRequest'));
create policy sign_in_orders on app.jobs for insert to ng_sign_in
  with check (kind = 'mailSignIn' or municipality_id = app.municipality() and kind = 'mailAddressChanged');
create policy member_orders on app.jobs for insert to ng_member
  with check (municipality_id = app.municipality()
              and kind in ('mailMemberInvitation', 'mailSignIn', 'mailSeat', 'mailResult', 'openRound', 'closeRound', 'fixRound', 'remind', 'mailSeminar', 'mailSeminarDeparture',
                           'mailAddressLink', 'forgetAddressChange'));
create policy operator_orders on app.jobs for insert to ng_operator with check (app.operator() is not null and kind = 'admit');
create policy librarian_orders on app.jobs for insert to ng_librarian with check (kind = 'mailSignIn');
create policy worker_orders on app.jobs for insert to ng_worker with check (kind is not null);
grant select, delete, update (run_at, attempts) on app.jobs to ng_worker;
create policy worker_reads on app.jobs for select to ng_worker using (kind is not null);
create policy worker_leases on app.jobs for update to ng_worker using (kind is not null) with check (kind is not null);
create policy worker_ends on app.jobs for delete to ng_worker using (kind is not null);
