-- Municipalities are public facts; who may add or change them is the librarian (migrate, reference import) alone.

grant select on app.municipalities to ng_anonymous, ng_registrar, ng_sign_in, ng_member, ng_participant, ng_operator, ng_worker, ng_librarian, ng_publisher;
create policy everybody_reads on app.municipalities for select
  to ng_anonymous, ng_registrar, ng_sign_in, ng_member, ng_participant, ng_operator, ng_worker, ng_librarian, ng_publisher using (code is not null);
grant insert (municipality_id, code, name, county_code, county_name, org_nr, population, skr_group, fictional) on app.municipalities to ng_librarian;
grant update (name, county_code, county_name, org_nr, population, skr_group) on app.municipalities to ng_librarian;
create policy librarian_adds on app.municipalities for insert to ng_librarian with check (joined_at is null);
create policy librarian_corrects on app.municipalities for update to ng_librarian using (code is not null) with check (code is not null);
-- A council joins once. Of two at the same moment the second finds no row.
grant update (joined_at) on app.municipalities to ng_registrar;
create policy registrar_joins on app.municipalities for update to ng_registrar
  using (municipality_id = app.municipality() and joined_at is null) with check (municipality_id = app.municipality() and joined_at is not null);

-- What is offered to all councils, by the program or the operator. What is said to one is never taken back: only the offer may be.
grant select on app.instruments to ng_member, ng_operator, ng_librarian;
create policy member_reads on app.instruments for select to ng_member using (key is not null);
create policy operator_reads on app.instruments for select to ng_operator using (app.operator() is not null);
create policy librarian_reads on app.instruments for select to ng_librarian using (key is not null);
grant select (id, sha256) on app.instruments to ng_worker;
create policy worker_reads on app.instruments for select to ng_worker using (key is not null);
grant insert (id, key, version, name_sv, name_en, items, levels, document, sha256) on app.instruments to ng_operator, ng_librarian;
create policy operator_offers on app.instruments for insert to ng_operator with check (app.operator() is not null);
create policy librarian_adds on app.instruments for insert to ng_librarian with check (key is not null);
grant update (withdrawn_at) on app.instruments to ng_operator;
create policy operator_withdraws on app.instruments for update to ng_operator
  using (app.operator() is not null) with check (app.operator() is not null);

grant select on app.mail_domains to ng_registrar, ng_operator;
create policy registrar_reads on app.mail_domains for select to ng_registrar using (municipality_id = app.municipality());
create policy operator_reads on app.mail_domains for select to ng_operator using (app.operator() is not null);
grant insert (domain, municipality_id, recorded_at) on app.mail_domains to ng_operator, ng_librarian;
create policy operator_records on app.mail_domains for insert to ng_operator with check (app.operator() is not null);
grant select on app.mail_domains to ng_librarian;
create policy librarian_reads on app.mail_domains for select to ng_librarian using (domain is not null);
create policy librarian_adds on app.mail_domains for insert to ng_librarian with check (domain is not null);
