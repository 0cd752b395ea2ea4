"""The lint of the database's catalogue: named checks, each of which returns what breaks it. What may differ from the rule
stands in the lists below, with its reason.

    python catalogue.py "host=… dbname=nyttograd user=…"      lints a database
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# The tables that stand outside tenancy: why, and who reads each by which policy.
OUTSIDE = {
    "municipalities": ("public facts that everybody chooses from", {
        **{role: "everybody_reads" for role in ("ng_anonymous", "ng_registrar", "ng_sign_in", "ng_member", "ng_participant", "ng_operator", "ng_worker",
                                                "ng_librarian", "ng_publisher")}, "ng_reader": "reader_reads"}),
    "mail_domains": ("a domain is a claim that councils may share", {
        "ng_registrar": "registrar_reads", "ng_operator": "operator_reads", "ng_librarian": "librarian_reads", "ng_worker": "worker_reads"}),
    "instruments": ("offered to all, the same for all", {
        "ng_member": "member_reads", "ng_operator": "operator_reads", "ng_librarian": "librarian_reads", "ng_worker": "worker_reads"}),
    "operators": ("belong to no council", {
        "ng_sign_in": "sign_in_reads", "ng_addresses": "addresses_reads", "ng_operator": "operator_reads", "ng_librarian": "librarian_reads",
        "ng_worker": "worker_reads"}),
    "operator_sessions": ("belong to no council", {"ng_gate": "gate_reads", "ng_operator": "operator_reads"}),
    "people": ("one address may sign in to several councils", {"ng_sign_in": "sign_in_reads", "ng_addresses": "addresses_reads"}),
    "sign_in_links": ("are for a person or an operator, before any council is entered", {
        "ng_sign_in": "sign_in_reads", "ng_addresses": "addresses_reads"}),
    "registrations": ("come from strangers, and are decided by operators", {
        "ng_addresses": "addresses_counts", "ng_registrar": "registrar_reads", "ng_operator": "operator_reads", "ng_worker": "worker_reads"}),
    "jobs": ("are taken in turn over all councils; ids only", {"ng_worker": "worker_reads"}),
    "editions": ("are over all councils", {"ng_publisher": "publisher_reads", "ng_reader": "reader_reads"}),
    "edition_cells": ("are over all councils", {"ng_publisher": "publisher_reads", "ng_reader": "reader_reads"}),
    # Made and read by migrate alone, as its owner; no row-level security, no grants.
    "schema_migrations": ("what has been migrated", {}),
}
MIGRATORS = "schema_migrations"

# Policies on tenant tables that look beyond one council.
ACROSS = {
    "publisher_reads_what_is_shared on result_figures": "what councils have shared goes into editions",
    "publisher_reads on edition_entries": "the next edition counts what changed",
    "publisher_publishes on edition_entries": "an edition is made of many councils' figures",
}
# Foreign keys of tenant tables to tables outside tenancy that municipality_id does not lead.
FOREIGN_KEYS_OUT = ["edition_entries_edition_id_fkey"]

# Functions that act as their owner.
DEFINERS = ["enter_member", "enter_participant", "enter_operator", "revoke_sessions", "name_person", "forget_person", "make_invitation_link", "link_end",
            "link_address", "recent_registrations", "hand_out", "set_open", "open_at_its_time", "invite_seats", "move_round", "remove_seat", "miss_opening", "reseat", "delete_answers_of_round",
            "sheets_by_branch", "count_submitted", "waiting_seats", "published_cells", "set_diary_number", "publish_comments", "delete_comment", "delete_instrument", "change_address", "recent_join_requests"]

# What is never updated: a column of a table ('*': every column), but by the roles named. Ids and municipality_id: nowhere, by nobody.
FROZEN = [
    *((table, "*", []) for table in ("agreements", "results", "fixings", "editions", "edition_cells", "edition_entries",
                                     "analyses", "analysis_publications", "published_comments", "log_entries", "seminar_departures", "member_roles", "mail_domains", "operators")),
    ("municipalities", "code", []), ("municipalities", "fictional", []), ("municipalities", "joined_at", ["ng_registrar"]),
    ("people", "address", []), ("members", "address", ["ng_addresses"]),
    *(("address_changes", column, []) for column in ("member_id", "former_address", "address", "created_at", "expires_at")),
    *(("join_requests", column, []) for column in ("name", "address", "language", "created_at")), ("join_requests", "expires_at", ["ng_registrar"]),
    *((table, column, []) for table in ("sessions", "operator_sessions") for column in ("token_hash", "member_id", "operator_id", "created_at")),
    *(("sign_in_links", column, []) for column in ("person_id", "operator_id", "created_at", "expires_at")),
    *(("registrations", column, []) for column in ("org_nr", "name", "address", "function", "area", "terms", "created_at", "expires_at")),
    *(("jobs", column, []) for column in ("kind", "subject", "generation")),
    *(("instruments", column, []) for column in ("key", "version", "name_sv", "name_en", "items", "levels", "document", "sha256")),
    ("instruments", "withdrawn_at", ["ng_operator"]),
    *(("council_instruments", column, ["ng_member"]) for column in ("key", "version", "document", "sha256", "published_at")),
    ("rounds", "instrument_id", []), ("rounds", "state", ["ng_steward", "ng_ballots", "ng_worker"]), ("rounds", "created_at", []), ("rounds", "fixed_at", ["ng_worker"]), ("rounds", "emptied_at", ["ng_worker"]),
    ("reminders", "round_id", []), ("reminders", "day", []), ("reminders", "sent_at", ["ng_worker"]),
    ("round_texts", "round_id", []), ("round_texts", "kind", []), ("seminars", "round_id", []),
    ("attendances", "round_id", []), ("attendances", "seat_id", []),
    *(("post_deputies", column, []) for column in ("post_id", "name", "address", "language", "from_day", "to_day")),
    ("rounds", "diary_number", ["ng_registry"]),
    *(("comments", column, []) for column in ("seat_id", "dimension", "open")), *(("comments", column, ["ng_participant"]) for column in ("text", "consent")),
    ("contracts", "round_id", []),
    ("seats", "round_id", []), ("seats", "post_id", []), ("seats", "deputy", []), ("seats", "address", ["ng_ballots"]),
    *(("seats", column, ["ng_steward"]) for column in ("function", "family", "area")), ("posts", "function", []), ("posts", "family", []), ("contracts", "split", []),
    *(("responses", column, []) for column in ("round_id", "seat_id", "items", "levels")),
    *(("responses", column, ["ng_participant"]) for column in ("current", "desired", "submitted")), ("responses", "open", ["ng_ballots"]),
    *(("result_figures", column, []) for column in ("round_id", "instrument_key", "instrument_version", "dimension", "figure", "value",
                                                    "fictional", "fixed_at")),
]
# Rows that a policy freezes: what the USING of the role's update policies has to say.
FROZEN_ROWS = [
    ("contracts", "ng_member", "(frozen_at IS NULL)"), ("contracts", "ng_worker", "(frozen_at IS NULL)"),
    ("round_texts", "ng_member", "(frozen_at IS NULL)"), ("round_texts", "ng_worker", "(frozen_at IS NULL)"),
    ("reminders", "ng_worker", "(sent_at IS NULL)"), ("rounds", "ng_member", "(state = ANY"), ("rounds", "ng_worker", "(state = ANY"),
    ("rounds", "ng_registry", "(state <> ALL"),
    ("responses", "ng_participant", "AND open"), ("comments", "ng_participant", "AND open"), ("sessions", "ng_member", "(revoked_at IS NULL)"),
    ("operator_sessions", "ng_operator", "(revoked_at IS NULL)"), ("sign_in_links", "ng_sign_in", "(used_at IS NULL)"),
    ("registrations", "ng_registrar", "(state = ANY"), ("registrations", "ng_operator", "(state = 'waiting'"),
    ("municipalities", "ng_registrar", "(joined_at IS NULL)"), ("council_instruments", "ng_member", "(published_at IS NULL)"),
    ("address_changes", "ng_member", "(ended_at IS NULL)"), ("address_changes", "ng_addresses", "(ended_at IS NULL)"),
    ("join_requests", "ng_registrar", "(state = 'sent'"), ("join_requests", "ng_member", "(state = 'waiting'"),
]
# Who may select which columns of responses. A council's members: none.
RESPONSES = {
    "ng_participant": ["municipality_id", "seat_id", "items", "current", "desired", "submitted", "open"],
    "ng_worker": ["municipality_id", "round_id", "open"],
    "ng_sorter": ["municipality_id", "round_id", "seat_id", "current", "desired", "submitted", "open"],
    "ng_ballots": ["municipality_id", "id", "round_id", "seat_id", "open"],
    "ng_counter": ["municipality_id", "round_id", "submitted"],
    "ng_reminder": ["municipality_id", "round_id", "seat_id", "submitted", "open"],
    "ng_scribe": ["municipality_id", "round_id", "seat_id", "submitted", "open"],
}
ENTERED = ["ng_anonymous", "ng_registrar", "ng_sign_in", "ng_member", "ng_participant", "ng_operator", "ng_worker", "ng_librarian", "ng_publisher"]
ENTRIES = ["enter", "enter_member", "enter_participant", "enter_operator"]

PARAMETERS = {
    "outside": list(OUTSIDE), "migrators": MIGRATORS, "across": list(ACROSS), "foreign_keys_out": FOREIGN_KEYS_OUT, "definers": DEFINERS,
    "entered": ENTERED, "entries": ENTRIES,
    "readers": [f"{table} {role} {policy}" for table, (_, readers) in OUTSIDE.items() for role, policy in readers.items()],
    "frozen": [f"{table} {column} {role}" for table, column, roles in FROZEN for role in roles or [""]],
    "frozen_rows": [f"{table}|{role}|{text}" for table, role, text in FROZEN_ROWS],
    "responses": [f"{role} {column}" for role, columns in RESPONSES.items() for column in columns],
}

# What the checks below select from.
BASE = """
with app as (select oid from pg_namespace where nspname = 'app'),
tables as (select c.oid, c.relname as name, c.relowner as owner, c.relrowsecurity as secured, c.relforcerowsecurity as forced
             from pg_class c, app where c.relnamespace = app.oid and c.relkind in ('r', 'p') and c.relname <> %(migrators)s),
tenant as (select t.*, a.attnum as key from tables t join pg_attribute a on a.attrelid = t.oid and a.attname = 'municipality_id'
            where t.name <> all (%(outside)s)),
policies as (select p.polname || ' on ' || t.name as name, t.name as on_table, t.oid as table_oid, p.polcmd as command, p.polroles as roles,
                    pg_get_expr(p.polqual, p.polrelid) as qual, pg_get_expr(p.polwithcheck, p.polrelid) as checked,
                    concat(p.polqual, p.polwithcheck) as tree
               from pg_policy p join tables t on t.oid = p.polrelid),
functions as (select p.oid::regprocedure::text as name, p.* from pg_proc p, app where p.pronamespace = app.oid),
grants as (
  select c.relname as on_table, null::name as on_column, x.* from pg_class c, app, aclexplode(c.relacl) x
   where c.relnamespace = app.oid and x.grantee <> c.relowner
  union all
  select c.relname, a.attname, x.* from pg_class c join pg_attribute a on a.attrelid = c.oid, app, aclexplode(a.attacl) x
   where c.relnamespace = app.oid and x.grantee <> c.relowner),
granted as (select on_table, on_column, case grantee when 0 then 'public' else grantee::regrole::text end as role, privilege_type as privilege,
                   is_grantable as grantable from grants)
"""

CHECKS = {
    # Tables
    "row security is off": "select name from tables where not secured",
    "row security is not forced": "select name from tables where not forced",
    "table without policies": "select name from tables t where not exists (select from policies p where p.table_oid = t.oid)",
    "tenant table without municipality_id": """
        select name from tables t where name <> all (%(outside)s) and not exists (
          select from pg_attribute a where a.attrelid = t.oid and a.attname = 'municipality_id' and a.attnotnull and a.atttypid = 'uuid'::regtype)""",
    "outside tenancy, the list and the tables differ": """
        select name || ' is not there' from unnest(%(outside)s::text[]) name where name <> %(migrators)s and name not in (select t.name from tables t)
        union all
        select coalesce(listed, found) from unnest(%(readers)s::text[]) listed full join (
          select p.on_table || ' ' || r::regrole || ' ' || split_part(p.name, ' ', 1) as found from policies p cross join unnest(p.roles) r
           where p.on_table = any (%(outside)s) and p.command in ('r', '*')) f on f.found = listed
         where listed is null or found is null""",

    # Policies
    "policy without with check": "select name from policies where command in ('a', 'w', '*') and checked is null",
    "policy for all commands": "select name from policies where command = '*'",
    "policy that is always true": "select name from policies where qual = 'true' or checked = 'true'",
    "policy with a subquery": "select name from policies where tree ~ 'SUBLINK'",
    "policy to public": "select name from policies where 0 = any (roles)",
    "policy that does not name the tenant": r"""
        select p.name from policies p join tenant t on t.oid = p.table_oid
         where p.name <> all (%(across)s)
           and (coalesce(p.qual, 'false') <> 'false' and p.qual !~ '^(\(municipality_id = app\.municipality\(\)\)$|\(\(municipality_id = app\.municipality\(\)\) AND )'
             or coalesce(p.checked, 'false') <> 'false' and p.checked !~ '^(\(municipality_id = app\.municipality\(\)\)$|\(\(municipality_id = app\.municipality\(\)\) AND )')""",
    "frozen row that may be updated": """
        select p.name from unnest(%(frozen_rows)s::text[]) f join policies p
            on p.on_table = split_part(f, '|', 1) and split_part(f, '|', 2)::regrole = any (p.roles) and p.command in ('w', '*')
         where strpos(p.qual, split_part(f, '|', 3)) = 0""",

    # Keys and indexes
    "key that the tenant does not lead": """
        select k.conname from pg_constraint k join tenant t on t.oid = k.conrelid where k.contype in ('p', 'u', 'x') and k.conkey[1] <> t.key""",
    "foreign key that the tenant does not lead": """
        select k.conname from pg_constraint k join tenant t on t.oid = k.conrelid
         where k.contype = 'f' and k.conname <> all (%(foreign_keys_out)s)
           and (k.conkey[1] <> t.key or (select a.attname from pg_attribute a where a.attrelid = k.confrelid and a.attnum = k.confkey[1]) <> 'municipality_id')""",
    "index that the tenant does not lead": """
        select i.indexrelid::regclass::text from pg_index i join tenant t on t.oid = i.indrelid
         where i.indkey[0] <> t.key and not exists (select from pg_constraint k where k.conindid = i.indexrelid)""",
    "index that row security would not use": """
        select distinct i.indexrelid::regclass::text from pg_index i join tables t on t.oid = i.indrelid
         cross join unnest(i.indclass) o join pg_opclass c on c.oid = o
         where not exists (select from pg_amop m join pg_operator r on r.oid = m.amopopr join pg_proc f on f.oid = r.oprcode
                            where m.amopfamily = c.opcfamily and m.amopmethod = (select oid from pg_am where amname = 'btree')
                              and m.amopstrategy = 3 and m.amoplefttype = c.opcintype and m.amoprighttype = c.opcintype and f.proleakproof)""",
    "foreign key without an index": """
        select k.conname from pg_constraint k join tables t on t.oid = k.conrelid
         where k.contype = 'f' and not exists (
           select from pg_index i cross join lateral (select (i.indkey::int2[])[0:i.indnkeyatts - 1] as keys) x where i.indrelid = t.oid
            and (x.keys[1:cardinality(k.conkey)] @> k.conkey
              or x.keys[1] = (select a.attnum from pg_attribute a where a.attrelid = t.oid and a.attname = 'municipality_id')
                 and x.keys[2:cardinality(k.conkey) + 1] @> k.conkey))""",
    "foreign key that says nothing on delete": """
        select k.conname from pg_constraint k join tables t on t.oid = k.conrelid where k.contype = 'f' and k.confdeltype not in ('r', 'c')""",

    # What would slip past the policies, or past Citus
    "view that runs as its owner": """
        select c.relname from pg_class c, app where c.relnamespace = app.oid and c.relkind = 'v'
           and not coalesce(c.reloptions @> '{security_invoker=true}' or c.reloptions @> '{security_invoker=on}', false)""",
    "materialised view": "select c.relname from pg_class c, app where c.relnamespace = app.oid and c.relkind = 'm'",
    "sequence": "select c.relname from pg_class c, app where c.relnamespace = app.oid and c.relkind = 'S'",
    "trigger": "select g.tgname from pg_trigger g join tables t on t.oid = g.tgrelid where not g.tgisinternal",
    "rule": "select r.rulename from pg_rewrite r join tables t on t.oid = r.ev_class",

    # Functions
    "definer function not on the list": "select name from functions where prosecdef and proname <> all (%(definers)s)",
    "definer function without a fixed search_path": """
        select name from functions where prosecdef and not coalesce(proconfig @> array['search_path=pg_catalog, pg_temp'], false)""",
    "definer function owned by too much": """
        select f.name from functions f join pg_roles r on r.oid = f.proowner
         where f.prosecdef and (r.rolsuper or r.rolbypassrls or r.rolcanlogin or exists (select from tables t where t.owner = r.oid)
                                or pg_has_role('nyttograd_app', r.oid, 'member'))""",
    "function that the public may execute": """
        select name from functions f where f.proacl is null or exists (select from aclexplode(f.proacl) x where x.grantee = 0)""",

    # Grants
    "grant to public": """
        select on_table from granted where role = 'public'
        union select 'schema app' from pg_namespace n cross join aclexplode(n.nspacl) x where n.nspname = 'app' and x.grantee = 0""",
    "references, trigger or truncate granted": """
        select on_table || ' ' || role || ' ' || privilege from granted where privilege in ('REFERENCES', 'TRIGGER', 'TRUNCATE')""",
    "grant that may be passed on": "select on_table || ' ' || role from granted where grantable",
    "insert or update not granted by column": """
        select on_table || ' ' || role || ' ' || privilege from granted where on_column is null and privilege in ('INSERT', 'UPDATE')""",
    "update of a frozen column": """
        select g.on_table || '.' || g.on_column || ' ' || g.role from granted g where g.privilege = 'UPDATE' and g.on_column is not null
           and (g.on_column in ('id', 'municipality_id')
             or exists (select from unnest(%(frozen)s::text[]) f where starts_with(f, g.on_table || ' * ') or starts_with(f, g.on_table || ' ' || g.on_column || ' '))
                and (g.on_table || ' ' || g.on_column || ' ' || g.role) <> all (%(frozen)s))""",
    "responses may be selected": """
        select g.role || ' ' || coalesce(g.on_column, '*') from granted g where g.on_table = 'responses' and g.privilege = 'SELECT'
           and (g.on_column is null or (g.role || ' ' || g.on_column) <> all (%(responses)s))""",
    "schema for more than use": """
        select x.grantee::regrole || ' ' || x.privilege_type from pg_namespace n cross join aclexplode(n.nspacl) x
         where n.nspname = 'app' and x.grantee <> n.nspowner and x.grantee <> 0 and x.privilege_type <> 'USAGE'""",

    # Roles
    "the login role is more than a door": """
        select r.rolname || ' has an attribute too many' from pg_roles r where r.rolname = 'nyttograd_app'
           and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication or r.rolinherit)
        union all select 'it owns something' from pg_shdepend d where d.refobjid = 'nyttograd_app'::regrole and d.deptype = 'o'
        union all select on_table || ' ' || privilege from granted where role = 'nyttograd_app'
        union all select f.name from functions f cross join aclexplode(f.proacl) x
                   where x.grantee = 'nyttograd_app'::regrole and f.proname <> all (%(entries)s)
        union all select m.roleid::regrole::text from pg_auth_members m where m.member = 'nyttograd_app'::regrole
                     and (m.roleid::regrole::text <> all (%(entered)s) or m.admin_option)""",
    "an application role is more than a name": """
        select r.rolname from pg_roles r where r.rolname ~ '^ng_'
           and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication or r.rolinherit or r.rolcanlogin
                or exists (select from pg_auth_members m where m.member = r.oid))""",
    "temporary tables may be made": """
        select role from unnest(%(entered)s::text[] || 'nyttograd_app'::text) role where has_database_privilege(role, current_database(), 'temporary')""",
    "large objects may be made": """
        select f from unnest('{lo_creat(integer),lo_create(oid),"lo_from_bytea(oid,bytea)"}'::text[]) f where has_function_privilege('nyttograd_app', f, 'execute')""",
}


def find(connection):
    """What each check finds, by the check's name; those that find nothing are left out."""
    found = {name: sorted(str(row[0]) for row in connection.execute(BASE + check, PARAMETERS)) for name, check in CHECKS.items()}
    return {name: objects for name, objects in found.items() if objects}


CLOCKS = re.compile(
    r"(?<![.\w])(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(|\b(current_(timestamp|date|time)|localtime(stamp)?)\b",
    re.IGNORECASE)


def find_clocks(root):
    """Where SQL asks PostgreSQL for the time, which is a parameter everywhere: "file:line"."""
    found = []
    for path in sorted([*root.glob("sql/**/*.sql"), *root.glob("Sources/**/*.swift")]):
        text = path.read_text()
        texts = [(0, re.sub(r"--.*", "", text))] if path.suffix == ".sql" else _sql_in_swift(text)
        for start, sql in texts:
            for match in CLOCKS.finditer(sql):
                line = text.count("\n", 0, start) + sql.count("\n", 0, match.start()) + 1
                found.append(f"{path.relative_to(root)}:{line}")
    return found


def _sql_in_swift(text):
    """The string literals that name something in the schema app, without what is interpolated; each with where it begins."""
    for match in re.finditer(r'"""(.*?)"""|"((?:[^"\\\n]|\\.)*)"', text, re.DOTALL):
        literal = match[1] or match[2] or ""
        if re.search(r"\bapp\.", literal):
            yield match.start(), re.sub(r"\\\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)", "?", literal)


if __name__ == "__main__":
    import psycopg

    with psycopg.connect(sys.argv[1]) as connection:
        findings = find(connection) | ({"the database's clock": clocks} if (clocks := find_clocks(ROOT)) else {})
    for check, objects in findings.items():
        print(f"{check}: {', '.join(objects)}")
    sys.exit(bool(findings))
