-- The roles, and nothing else: what each may do stands in the files that follow. All of it is taken away first, so that
-- these files are the whole truth after every migrate.

do $$
declare wanted text;
begin
  foreach wanted in array array[
    -- entered by a request or a job
    'ng_anonymous', 'ng_registrar', 'ng_sign_in', 'ng_member', 'ng_participant', 'ng_operator', 'ng_worker', 'ng_librarian', 'ng_publisher',
    -- own definer functions, and are entered by nobody
    'ng_gate', 'ng_addresses', 'ng_ballots', 'ng_steward', 'ng_sorter', 'ng_counter', 'ng_reminder', 'ng_reader', 'ng_registry', 'ng_scribe'
  ] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I nologin noinherit', wanted);
    end if;
  end loop;
  if not exists (select from pg_roles where rolname = 'nyttograd_app') then
    create role nyttograd_app login noinherit;
  end if;
end $$;

set local client_min_messages = warning;

-- Policies, functions and grants of before. A function that a table's CHECK uses belongs to the migrations and stays.
do $$
declare item record;
begin
  for item in select tablename, policyname from pg_policies where schemaname = 'app' loop
    execute format('drop policy %I on app.%I', item.policyname, item.tablename);
  end loop;
  for item in select p.oid from pg_proc p
              where p.pronamespace = 'app'::regnamespace
                and not exists (select from pg_depend d where d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid
                                                          and d.classid in ('pg_constraint'::regclass, 'pg_attrdef'::regclass, 'pg_class'::regclass)) loop
    if exists (select from pg_proc p where p.oid = item.oid) then
      execute format('drop function %s cascade', item.oid::regprocedure);
    end if;
  end loop;
  for item in
    select 'all on schema app' as what, x.grantee from pg_namespace n cross join aclexplode(n.nspacl) x
     where n.nspname = 'app' and x.grantee <> n.nspowner
    union
    select format('all on table app.%I', c.relname), x.grantee from pg_class c cross join aclexplode(c.relacl) x
     where c.relnamespace = 'app'::regnamespace and x.grantee <> c.relowner
    union
    select format('all (%I) on table app.%I', a.attname, c.relname), x.grantee
      from pg_class c join pg_attribute a on a.attrelid = c.oid cross join aclexplode(a.attacl) x
     where c.relnamespace = 'app'::regnamespace and x.grantee <> c.relowner
    union
    select format('all on function %s', p.oid::regprocedure), x.grantee from pg_proc p cross join aclexplode(p.proacl) x
     where p.pronamespace = 'app'::regnamespace and x.grantee <> p.proowner
  loop
    execute format('revoke %s from %s', item.what, case item.grantee when 0 then 'public' else item.grantee::regrole::text end);
  end loop;
  -- The login role is a member of what it may enter, and of nothing that it once might.
  for item in select m.roleid::regrole as role from pg_auth_members m
              where m.member = 'nyttograd_app'::regrole
                and m.roleid::regrole::text not in ('ng_anonymous', 'ng_registrar', 'ng_sign_in', 'ng_member', 'ng_participant',
                                                    'ng_operator', 'ng_worker', 'ng_librarian', 'ng_publisher') loop
    execute format('revoke %s from nyttograd_app', item.role);
  end loop;
  -- A temporary table outlives its transaction, and so would carry rows from one council's to the next one's.
  if exists (select from pg_database d where d.datname = current_database() and pg_has_role(d.datdba, 'usage')) then
    execute format('revoke temporary on database %I from public, nyttograd_app', current_database());
  end if;
end $$;

revoke all on all functions in schema app from public;
alter default privileges revoke execute on functions from public;

grant ng_anonymous, ng_registrar, ng_sign_in, ng_member, ng_participant, ng_operator, ng_worker, ng_librarian, ng_publisher to nyttograd_app;
grant usage on schema app to nyttograd_app, ng_anonymous, ng_registrar, ng_sign_in, ng_member, ng_participant, ng_operator, ng_worker,
  ng_librarian, ng_publisher, ng_gate, ng_addresses, ng_ballots, ng_steward, ng_sorter, ng_counter, ng_reminder, ng_reader, ng_registry, ng_scribe;

-- Every table: RLS on, and on for its owner too. The list of migrations is the owner's own, and nobody else has a grant on it.
do $$
declare item record;
begin
  for item in select relname from pg_class where relnamespace = 'app'::regnamespace and relkind in ('r', 'p') and relname <> 'schema_migrations' loop
    execute format('alter table app.%I enable row level security', item.relname);
    execute format('alter table app.%I force row level security', item.relname);
  end loop;
end $$;
