-- A round before and while it collects: seminar, workshop, times set beforehand, reminders, texts, deputies.

alter table app.rounds
  add column opens_at timestamptz,
  -- When a round without figures wrote its counts and deleted its answers: what fixed_at is to one with figures.
  add column emptied_at timestamptz,
  drop constraint rounds_state_is_known,
  add constraint rounds_state_is_known
    check (state in ('planned', 'seminar', 'open', 'closed', 'fixed', 'workshop', 'concluded', 'cancelled')),
  drop constraint rounds_fixed_stays_fixed,
  add constraint rounds_fixed_stays_fixed check (fixed_at is null or state in ('fixed', 'workshop', 'concluded')),
  add constraint rounds_emptied_stays_empty check (emptied_at is null or fixed_at is null and state in ('workshop', 'concluded')),
  add constraint rounds_workshop_comes_after_the_answers check (state <> 'workshop' or fixed_at is not null or emptied_at is not null);

-- What the request leads to: figures, or without them the workshop or the end.
alter table app.fixings
  add column goal text not null default 'result' constraint fixings_goal_is_known check (goal in ('result', 'workshopWithoutFigures', 'endWithoutFigures'));

-- The days on which those who have not submitted are reminded. A row a day and round, and none a seat.
create table app.reminders (
  municipality_id uuid not null,
  round_id        uuid not null,
  day             date not null,
  sent_at         timestamptz,
  primary key (municipality_id, round_id, day),
  foreign key (municipality_id, round_id) references app.rounds (municipality_id, id) on delete cascade
);

-- What the council writes to those it asks, in plain text; blank for the words of the service. Kept in both languages at once.
create table app.round_texts (
  municipality_id uuid not null,
  round_id        uuid not null,
  kind            text not null constraint round_texts_kind_is_known check (kind in ('invitation', 'introduction', 'reminder')),
  sv              text not null constraint round_texts_sv_is_short check (char_length(sv) <= 2000),
  en              text not null constraint round_texts_en_is_short check (char_length(en) <= 2000),
  frozen_at       timestamptz,
  primary key (municipality_id, round_id, kind),
  foreign key (municipality_id, round_id) references app.rounds (municipality_id, id) on delete cascade
);

-- A round's seminar. sequence counts what calendars have been told (RFC 5545, SEQUENCE).
create table app.seminars (
  municipality_id uuid not null,
  round_id        uuid not null,
  starts_at       timestamptz not null,
  ends_at         timestamptz not null,
  place           text not null constraint seminars_place_is_short check (char_length(place) <= 200),
  link            text not null constraint seminars_link_is_https check (link = '' or link like 'https://%' and char_length(link) <= 500),
  agenda          text not null constraint seminars_agenda_is_short check (char_length(agenda) <= 4000),
  material_titles text[] not null,
  material_links  text[] not null,
  sequence        integer not null,
  changed_at      timestamptz not null,
  cancelled_at    timestamptz,
  primary key (municipality_id, round_id),
  foreign key (municipality_id, round_id) references app.rounds (municipality_id, id) on delete cascade,
  constraint seminars_end_after_they_start check (ends_at > starts_at),
  constraint seminars_are_somewhere check (place <> '' or link <> ''),
  constraint seminars_materials_have_titles check (cardinality(material_titles) = cardinality(material_links))
);

-- Whether the holder of a seat comes to the seminar. No time: what else he does by his link is not told either.
create table app.attendances (
  municipality_id uuid not null,
  round_id        uuid not null,
  seat_id         uuid not null,
  attends         boolean not null,
  note            text not null constraint attendances_note_is_short check (char_length(note) <= 500),
  primary key (municipality_id, seat_id),
  foreign key (municipality_id, round_id, seat_id) references app.seats (municipality_id, round_id, id) on delete cascade
);
create index attendances_by_round on app.attendances (municipality_id, round_id, seat_id);

-- Who stands in for a post's holder, from and to which day, both counted.
create table app.post_deputies (
  municipality_id uuid not null,
  id              uuid not null,
  post_id         uuid not null,
  name            text not null constraint post_deputies_name_is_short check (char_length(name) between 1 and 120),
  address         text not null,
  language        text not null constraint post_deputies_language_is_known check (language in ('sv', 'en')),
  from_day        date not null,
  to_day          date not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, post_id) references app.posts (municipality_id, id) on delete cascade,
  constraint post_deputies_end_after_they_begin check (to_day >= from_day)
);
create index post_deputies_by_post on app.post_deputies (municipality_id, post_id, from_day);
