-- Comments in people's own words, for rounds whose contract has them; and the log, in which the deleting of one leaves a trace.

alter table app.contracts drop constraint contracts_comments_are_off;

-- A comment belongs to a response: it goes when that goes, and can be written while that is open. It tells no time.
alter table app.responses add constraint responses_open_is_followed unique (municipality_id, seat_id, open);
create table app.comments (
  municipality_id uuid not null,
  seat_id         uuid not null,
  dimension       text not null constraint comments_dimension_is_short check (char_length(dimension) between 1 and 40),
  open            boolean not null,
  text            text not null constraint comments_text_is_short check (char_length(text) between 1 and 2000),
  -- Whether the workshop group may read it as it was written.
  consent         boolean not null,
  primary key (municipality_id, seat_id, dimension),
  foreign key (municipality_id, seat_id, open) references app.responses (municipality_id, seat_id, open) on update cascade on delete cascade
);
create index comments_by_response on app.comments (municipality_id, seat_id, open);

-- What is left of them once the round is fixed: no author, time, value or group, and a random id to be sorted by.
create table app.published_comments (
  municipality_id uuid not null,
  id              uuid not null,
  round_id        uuid not null,
  dimension       text not null,
  text            text not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, round_id) references app.results (municipality_id, round_id) on delete restrict
);
create index published_comments_by_round on app.published_comments (municipality_id, round_id, dimension, id);

-- What has been done that cannot be seen from what is there. Added to, and never changed.
create table app.log_entries (
  municipality_id uuid not null,
  id              uuid not null,
  kind            text not null constraint log_entries_kind_is_known check (kind in ('comment-deleted')),
  logged_at       timestamptz not null,
  member_id       uuid not null,
  -- As the member was called then: the entry outlives the membership.
  member_name     text not null,
  round_id        uuid not null,
  dimension       text not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, round_id) references app.rounds (municipality_id, id) on delete restrict,
  foreign key (municipality_id, member_id) references app.members (municipality_id, id) on delete restrict
);
create index log_entries_by_time on app.log_entries (municipality_id, logged_at);
create index log_entries_by_round on app.log_entries (municipality_id, round_id);
create index log_entries_by_member on app.log_entries (municipality_id, member_id);
