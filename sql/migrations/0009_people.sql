-- People between councils: sessions that can be told apart, an address that changes, and colleagues who ask to join.

-- A session is listed and ended by an id of its own: the hash of its token is nobody's to see.
alter table app.sessions
  add column id uuid not null default gen_random_uuid(),
  add constraint sessions_id_is_unique unique (municipality_id, id);
alter table app.operator_sessions
  add column id uuid not null default gen_random_uuid(),
  add constraint operator_sessions_id_is_unique unique (id);

-- A member's new address, until the link that was sent there has been followed. It is forgotten some days later.
create table app.address_changes (
  municipality_id uuid not null references app.municipalities on delete restrict,
  id              uuid not null,
  member_id       uuid not null,
  former_address  text not null,
  address         text not null,
  created_at      timestamptz not null,
  expires_at      timestamptz not null,
  -- When it was made, or another took its place.
  ended_at        timestamptz,
  primary key (municipality_id, id),
  foreign key (municipality_id, member_id) references app.members (municipality_id, id) on delete cascade
);
create index address_changes_by_member on app.address_changes (municipality_id, member_id, created_at);

-- Somebody who asks to be let in among a council's members. The row is forgotten when its time is out, however it was decided.
create table app.join_requests (
  municipality_id uuid not null references app.municipalities on delete restrict,
  id              uuid not null,
  name            text not null constraint join_requests_name_is_short check (char_length(name) between 1 and 120),
  address         text not null,
  language        text not null constraint join_requests_language_is_known check (language in ('sv', 'en')),
  created_at      timestamptz not null,
  -- When the link ends; once it has been followed, when the request does.
  expires_at      timestamptz not null,
  verified_at     timestamptz,
  decided_at      timestamptz,
  decided_by      uuid,
  state           text not null default 'sent'
                  constraint join_requests_state_is_known check (state in ('sent', 'waiting', 'approved', 'refused')),
  primary key (municipality_id, id),
  foreign key (municipality_id, decided_by) references app.members (municipality_id, id) on delete restrict
);
create index join_requests_by_time on app.join_requests (municipality_id, created_at);
create index join_requests_by_decider on app.join_requests (municipality_id, decided_by);
