-- What a superuser does once in a new cluster, before the first `nyttograd migrate`: psql -X -f sql/prepare.sql
-- The embedded database does the same by itself. How the two roles may log in is pg_hba.conf's to say.

create role nyttograd_owner login createrole;
create role nyttograd_app login noinherit;
create database nyttograd owner nyttograd_owner;
revoke all on database nyttograd from public;
grant connect on database nyttograd to nyttograd_app;

\connect nyttograd
-- A large object belongs to no council and is under no policy.
revoke execute on function lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) from public;
