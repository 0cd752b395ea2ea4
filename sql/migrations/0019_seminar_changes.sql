-- A seminar that is moved asks anew who comes, and whoever leaves a seat is told that the seminar is no longer his.

alter table app.seminars
  -- By which sequence its present time was told, and by which everybody was last told of it.
  add column time_sequence integer not null default 0,
  add column told_sequence integer not null default 0;
-- Of the seminar as it was when this was answered: what is older than its time does not stand.
alter table app.attendances add column sequence integer not null default 0;
-- Whether whoever sits there has been called to the seminar.
alter table app.seats add column called boolean not null default false;

-- Somebody who was called to a seminar and has his seat no more, until his calendar has been told.
create table app.seminar_departures (
  municipality_id uuid not null,
  id              uuid not null,
  round_id        uuid not null,
  name            text not null,
  address         text not null,
  language        text not null constraint seminar_departures_language_is_known check (language in ('sv', 'en')),
  sequence        integer not null,
  left_at         timestamptz not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, round_id) references app.seminars (municipality_id, round_id) on delete cascade
);
create index seminar_departures_by_round on app.seminar_departures (municipality_id, round_id);
