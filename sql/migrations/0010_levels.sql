-- An instrument may have up to seven levels. The two marks, which stood at 6 and 7, move beyond them, and every response knows its scale.

-- Under forced row security the owner would change no row, and say nothing.
alter table app.instruments no force row level security;
alter table app.responses no force row level security;

alter table app.instruments add column levels smallint;
update app.instruments set levels = 5;
alter table app.instruments alter column levels set not null,
  add constraint instruments_levels_within_bounds check (levels between 3 and 7);

alter table app.responses drop constraint responses_are_well_formed;
drop function app.well_formed(smallint[], smallint[], smallint);
alter table app.responses add column levels smallint;
update app.responses set levels = 5,
  current = array(select case level when 6 then 8 when 7 then 9 else level end from unnest(current) with ordinality as a (level, place) order by place),
  desired = array(select case level when 6 then 8 when 7 then 9 else level end from unnest(desired) with ordinality as a (level, place) order by place);
alter table app.responses alter column levels set not null;

-- Checks a pair of answer arrays: 0 is blank, 8 and 9 are the marks, which stand in both. A CHECK with ALL() accepts NULL elements and arrays
-- that begin at 0, so this looks closer; and a CHECK accepts NULL, so this never says it.
create function app.well_formed(current smallint[], desired smallint[], items smallint, levels smallint) returns boolean
language sql immutable parallel safe
begin atomic
  select (array_ndims(current) = 1 and array_lower(current, 1) = 1 and cardinality(current) = items
     and array_ndims(desired) = 1 and array_lower(desired, 1) = 1 and cardinality(desired) = items
     and not exists (
       select from unnest(current, desired) as pair (c, d)
       where c is null or d is null
          or not (c between 0 and levels or c in (8, 9)) or not (d between 0 and levels or d in (8, 9))
          or (c = 8) <> (d = 8) or (c = 9) <> (d = 9))) is true;
end;
alter table app.responses add constraint responses_are_well_formed check (app.well_formed(current, desired, items, levels));

alter table app.instruments force row level security;
alter table app.responses force row level security;
