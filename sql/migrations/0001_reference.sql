-- What stands outside tenancy: reference data, people who sign in, operators and jobs. Each table's reader and policy
-- is in sql/access; Tests/outside/catalogue.py lists these tables one by one with the reason.

create table app.municipalities (
  municipality_id uuid primary key,
  code            text not null constraint municipalities_code_is_unique unique
                  constraint municipalities_code_has_four_digits check (code ~ '^[0-9]{4}$'),
  name            text not null,
  county_code     text not null,
  county_name     text not null,
  org_nr          text not null,
  population      integer not null,
  skr_group       text,
  fictional       boolean not null,
  joined_at       timestamptz,
  -- Codes 9901–9920 are the demo's councils. A mistake here would mix their figures with real ones.
  constraint municipalities_fictional_by_code check (fictional = (code between '9901' and '9920'))
);

-- A domain is a claim, many to many: municipal federations share theirs.
create table app.mail_domains (
  domain          text not null constraint mail_domains_are_lower_case check (domain = lower(domain)),
  municipality_id uuid not null references app.municipalities on delete restrict,
  recorded_at     timestamptz not null,
  primary key (domain, municipality_id)
);
create index mail_domains_by_municipality on app.mail_domains (municipality_id);

create table app.instruments (
  id         uuid primary key,
  key        text not null,
  version    integer not null constraint instruments_version_is_positive check (version > 0),
  items      smallint not null constraint instruments_items_within_bounds check (items between 2 and 240),
  document   text not null,
  sha256     bytea not null,
  constraint instruments_version_is_unique unique (key, version)
);

create table app.operators (
  id         uuid primary key,
  address    text not null constraint operators_address_is_unique unique,
  invited_at timestamptz not null
);

create table app.operator_sessions (
  token_hash  bytea primary key,
  operator_id uuid not null references app.operators on delete cascade,
  created_at  timestamptz not null,
  touched_at  timestamptz not null,
  expires_at  timestamptz not null,
  revoked_at  timestamptz
);
create index operator_sessions_by_operator on app.operator_sessions (operator_id);

-- An address that may sign in, and the councils that named it. What a council knows of the person is its own membership row.
create table app.people (
  id       uuid primary key,
  address  text not null constraint people_address_is_unique unique,
  councils uuid[] not null
);

-- A link of either kind is derived from its id when the mail is sent, so nothing here would let anyone in.
create table app.sign_in_links (
  id              uuid primary key,
  municipality_id uuid references app.municipalities on delete restrict,
  person_id       uuid references app.people on delete cascade,
  operator_id     uuid references app.operators on delete cascade,
  created_at      timestamptz not null,
  expires_at      timestamptz not null,
  used_at         timestamptz,
  constraint sign_in_links_are_for_one check
    ((operator_id is null and person_id is not null and municipality_id is not null)
     or (operator_id is not null and person_id is null and municipality_id is null))
);
create index sign_in_links_by_person on app.sign_in_links (person_id, created_at);
create index sign_in_links_by_operator on app.sign_in_links (operator_id, created_at);
create index sign_in_links_by_municipality on app.sign_in_links (municipality_id);

create table app.registrations (
  id              uuid primary key,
  municipality_id uuid not null references app.municipalities on delete restrict,
  org_nr          text not null,
  name            text not null,
  address         text not null,
  function        text not null,
  language        text not null constraint registrations_language_is_known check (language in ('sv', 'en')),
  terms           text not null,
  created_at      timestamptz not null,
  expires_at      timestamptz not null,
  verified_at     timestamptz,
  decided_at      timestamptz,
  decided_by      uuid references app.operators on delete restrict,
  state           text not null default 'sent'
                  constraint registrations_state_is_known check (state in ('sent', 'waiting', 'admitted', 'refused', 'late'))
);
create index registrations_by_address on app.registrations (address, created_at);
create index registrations_by_state on app.registrations (state, created_at);
create index registrations_by_municipality on app.registrations (municipality_id);
create index registrations_by_operator on app.registrations (decided_by);

-- Ids only: a job says what to look at, never what it saw.
create table app.jobs (
  id              uuid primary key,
  kind            text not null,
  municipality_id uuid references app.municipalities on delete cascade,
  subject         uuid not null,
  generation      integer not null default 0,
  run_at          timestamptz not null,
  attempts        integer not null default 0
) with (autovacuum_vacuum_scale_factor = 0.01);
create index jobs_by_time on app.jobs (run_at);
create index jobs_by_municipality on app.jobs (municipality_id);
