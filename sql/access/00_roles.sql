-- The roles, and nothing else: what each may do stands in the files that follow. All of it is taken away first, so that
-- these files are the whole truth after every migrate.

do $$
declare wanted text;
begin
  foreach wanted in array array[
    -- entered by a request or a job
    'ng_anonymous', 'ng_registrar', 'ng_sign_in', 'ng_member', 'ng_participant', 'ng_operator', 'ng_worker', 'ng_librarian', 'ng_publisher',
    -- own definer functions, and are entered by nobody
    'ng_gate', 'ng_ballots', 'ng_counter', 'ng_reader'
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

do $$
declare item record;
begin
  for item in select schemaname, tablename, policyname from pg_policies where schemaname = 'app' loop
    execute format('drop policy %I on %I.%I', item.policyname, item.schemaname, item.tablename);
  end loop;
  -- well_formed belongs to a table's CHECK, and so to the migrations.
  for item in select p.oid from pg_proc p
              where p.pronamespace = 'app'::regnamespace and p.proname <> 'well_formed' loop
    if exists (select from pg_proc p where p.oid = item.oid) then
      execute format('drop function %s cascade', item.oid::regprocedure);
    end if;
  end loop;
  for item in select rolname from pg_roles where rolname like 'ng\_%' loop
    execute format('revoke all on all tables in schema app from %I', item.rolname);
    execute format('revoke all on schema app from %I', item.rolname);
  end loop;
  for item in select c.relname, a.attname, x.grantee::regrole as grantee
              from pg_class c join pg_attribute a on a.attrelid = c.oid cross join aclexplode(a.attacl) x
              where c.relnamespace = 'app'::regnamespace and x.grantee <> 0 and x.grantee <> c.relowner
              group by 1, 2, 3 loop
    execute format('revoke all (%I) on app.%I from %s', item.attname, item.relname, item.grantee);
  end loop;
end $$;

revoke all on schema app from public;
revoke all on all functions in schema app from public, nyttograd_app;
revoke all on all tables in schema app from public, nyttograd_app;
alter default privileges revoke execute on functions from public;

grant ng_anonymous, ng_registrar, ng_sign_in, ng_member, ng_participant, ng_operator, ng_worker, ng_librarian, ng_publisher to nyttograd_app;
grant usage on schema app to nyttograd_app, ng_anonymous, ng_registrar, ng_sign_in, ng_member, ng_participant, ng_operator, ng_worker,
  ng_librarian, ng_publisher, ng_gate, ng_ballots, ng_counter, ng_reader;

-- Every table: RLS on, and on for its owner too.
do $$
declare item record;
begin
  for item in select relname from pg_class where relnamespace = 'app'::regnamespace and relkind in ('r', 'p') and relname <> 'schema_migrations' loop
    execute format('alter table app.%I enable row level security', item.relname);
    execute format('alter table app.%I force row level security', item.relname);
  end loop;
end $$;
