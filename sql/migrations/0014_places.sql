-- A seat keeps where it belongs in the tree of parts from its invitation on: otherwise who changes a post between closing and fixing could choose
-- the parts of a split. And a contract says whether its round may be divided: those frozen before there were splits promised nothing of one.

-- Under forced row security the owner would change no row, and say nothing.
alter table app.seats no force row level security;
alter table app.posts no force row level security;
alter table app.contracts no force row level security;

alter table app.seats
  add column function text,
  add column family text constraint seats_family_is_known check (family in ('directors', 'strategists', 'programme-areas', 'others')),
  add column area text,
  add constraint seats_are_placed_whole check ((function is null) = (family is null) and (function is null) = (area is null));
update app.seats s set function = p.function, family = p.family, area = p.area
  from app.posts p where p.municipality_id = s.municipality_id and p.id = s.post_id and s.invited_at is not null;
alter table app.seats add constraint seats_are_placed_when_invited check (invited_at is null or function is not null);

alter table app.contracts add column split boolean not null default true;
update app.contracts set split = false where frozen_at is not null;

alter table app.seats force row level security;
alter table app.posts force row level security;
alter table app.contracts force row level security;
