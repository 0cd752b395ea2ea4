-- A council's own people and settings. municipality_id leads every key, so that no key can tell one council about another
-- and the tables can be distributed by it.

create table app.council_settings (
  municipality_id uuid primary key references app.municipalities on delete restrict,
  area_word       text not null default 'förvaltning'
                  constraint council_settings_area_word_is_short check (char_length(area_word) between 1 and 40)
);

create table app.members (
  municipality_id uuid not null references app.municipalities on delete restrict,
  id              uuid not null,
  name            text not null constraint members_name_is_short check (char_length(name) between 1 and 120),
  address         text not null,
  language        text not null constraint members_language_is_known check (language in ('sv', 'en')),
  -- Null for the first member, whom nobody invited.
  invited_by      uuid,
  invited_at      timestamptz not null,
  joined_at       timestamptz,
  left_at         timestamptz,
  primary key (municipality_id, id),
  foreign key (municipality_id, invited_by) references app.members (municipality_id, id) on delete restrict,
  constraint members_address_is_unique unique (municipality_id, address)
);
create index members_by_inviter on app.members (municipality_id, invited_by);

create table app.member_roles (
  municipality_id uuid not null,
  member_id       uuid not null,
  role            text not null constraint member_roles_role_is_known
                  check (role in ('administrator', 'strategist', 'director', 'programme-area')),
  primary key (municipality_id, member_id, role),
  foreign key (municipality_id, member_id) references app.members (municipality_id, id) on delete cascade
);

create table app.sessions (
  municipality_id uuid not null,
  token_hash      bytea not null constraint sessions_hash_is_sha256 check (octet_length(token_hash) = 32),
  member_id       uuid not null,
  created_at      timestamptz not null,
  touched_at      timestamptz not null,
  expires_at      timestamptz not null,
  revoked_at      timestamptz,
  primary key (municipality_id, token_hash),
  foreign key (municipality_id, member_id) references app.members (municipality_id, id) on delete cascade
);
create index sessions_by_member on app.sessions (municipality_id, member_id);

-- The agreement by which a nämnd lets us process its data: recorded, never changed; the newest is in force.
create table app.agreements (
  municipality_id  uuid not null references app.municipalities on delete restrict,
  id               uuid not null,
  controller       text not null,
  version          text not null,
  signed_on        date not null,
  signatory_name   text not null,
  signatory_title  text not null,
  diary_number     text not null,
  recorded_by      uuid not null,
  recorded_at      timestamptz not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, recorded_by) references app.members (municipality_id, id) on delete restrict
);
create index agreements_by_recorder on app.agreements (municipality_id, recorded_by);

-- A function of the council and who holds it now.
create table app.posts (
  municipality_id uuid not null references app.municipalities on delete restrict,
  id              uuid not null,
  function        text not null,
  family          text not null constraint posts_family_is_known check (family in ('directors', 'strategists', 'programme-areas', 'others')),
  title           text not null constraint posts_title_is_short check (char_length(title) between 1 and 120),
  area            text not null default '' constraint posts_area_is_short check (char_length(area) <= 120),
  holder_name     text not null constraint posts_holder_name_is_short check (char_length(holder_name) between 1 and 120),
  holder_address  text not null,
  holder_language text not null constraint posts_language_is_known check (holder_language in ('sv', 'en')),
  retired_at      timestamptz,
  primary key (municipality_id, id)
);
-- A retired post leaves its title to another.
create unique index posts_title_is_unique on app.posts (municipality_id, title, area) where retired_at is null;
