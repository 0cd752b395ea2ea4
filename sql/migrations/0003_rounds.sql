-- A round: who is asked what, under which contract, and their answers until it is fixed.

create table app.rounds (
  municipality_id uuid not null references app.municipalities on delete restrict,
  id              uuid not null,
  title           text not null constraint rounds_title_is_short check (char_length(title) between 1 and 120),
  instrument_id   uuid not null references app.instruments on delete restrict,
  state           text not null default 'planned' constraint rounds_state_is_known
                  check (state in ('planned', 'open', 'closed', 'fixed', 'concluded', 'cancelled')),
  target_year     smallint not null constraint rounds_target_year_is_sane check (target_year between 2000 and 2100),
  orderer_name    text not null,
  orderer_title   text not null,
  runner_name     text not null,
  runner_title    text not null,
  closes_at       timestamptz not null,
  created_at      timestamptz not null,
  opened_at       timestamptz,
  closed_at       timestamptz,
  fixed_at        timestamptz,
  ended_at        timestamptz,
  primary key (municipality_id, id),
  -- By these a round that was fixed can be told from one that was not, whatever is written to its state.
  constraint rounds_fixed_has_its_time check (state <> 'fixed' or fixed_at is not null),
  constraint rounds_fixed_stays_fixed check (fixed_at is null or state in ('fixed', 'concluded')),
  constraint rounds_end_when_they_are_over check (ended_at is null or state in ('concluded', 'cancelled'))
);
create index rounds_by_instrument on app.rounds (municipality_id, instrument_id);

-- What participants are promised. Frozen, with its text and hash, at the first invitation.
create table app.contracts (
  municipality_id    uuid not null,
  round_id           uuid not null,
  k                  smallint not null constraint contracts_k_is_never_below_five check (k >= 5),
  controller         text not null,
  audiences          text[] not null,
  comments           boolean not null constraint contracts_comments_are_off check (not comments),
  purpose            text not null,
  retention          text not null,
  disposal_reference text not null,
  contact            text not null,
  document           text,
  sha256             bytea,
  frozen_at          timestamptz,
  primary key (municipality_id, round_id),
  foreign key (municipality_id, round_id) references app.rounds (municipality_id, id) on delete restrict,
  constraint contracts_freeze_whole check ((frozen_at is null) = (sha256 is null) and (frozen_at is null) = (document is null))
);

-- A post's place in a round, held by the post's holder or by a deputy named when the seat is made.
create table app.seats (
  municipality_id uuid not null,
  id              uuid not null,
  round_id        uuid not null,
  post_id         uuid not null,
  deputy          boolean not null,
  name            text not null constraint seats_name_is_short check (char_length(name) between 1 and 120),
  address         text not null,
  language        text not null constraint seats_language_is_known check (language in ('sv', 'en')),
  generation      integer not null default 1,
  invited_at      timestamptz,
  bounced         boolean not null default false,
  primary key (municipality_id, id),
  constraint seats_round_is_unique unique (municipality_id, round_id, id),
  constraint seats_post_once_a_round unique (municipality_id, round_id, post_id),
  foreign key (municipality_id, round_id) references app.rounds (municipality_id, id) on delete restrict,
  foreign key (municipality_id, post_id) references app.posts (municipality_id, id) on delete restrict
);
create index seats_by_post on app.seats (municipality_id, post_id);

-- Checks a pair of answer arrays. A CHECK with ALL() accepts NULL elements and arrays that begin at 0, so this looks closer;
-- and a CHECK accepts NULL, so this never says it.
create function app.well_formed(current smallint[], desired smallint[], items smallint) returns boolean
language sql immutable parallel safe
begin atomic
  select (array_ndims(current) = 1 and array_lower(current, 1) = 1 and cardinality(current) = items
     and array_ndims(desired) = 1 and array_lower(desired, 1) = 1 and cardinality(desired) = items
     and not exists (
       select from unnest(current, desired) as pair (c, d)
       where c is null or d is null or c not between 0 and 7 or d not between 0 and 7
          or (c = 6) <> (d = 6) or (c = 7) <> (d = 7))) is true;
end;

-- One row a seat, which finds its row by it. Beyond that the row tells nothing of its giver: a random id, no time, no deputy
-- flag. Only the participant reads by seat; the worker who fixes has no grant on that column, nor on the id.
create table app.responses (
  municipality_id uuid not null,
  id              uuid not null,
  round_id        uuid not null,
  seat_id         uuid not null,
  items           smallint not null,
  current         smallint[] not null,
  desired         smallint[] not null,
  submitted       boolean not null default false,
  open            boolean not null,
  primary key (municipality_id, id),
  constraint responses_one_a_seat unique (municipality_id, seat_id),
  foreign key (municipality_id, round_id, seat_id) references app.seats (municipality_id, round_id, id) on delete cascade,
  constraint responses_are_well_formed check (app.well_formed(current, desired, items))
) with (fillfactor = 80);
create index responses_by_round on app.responses (municipality_id, round_id, seat_id);
