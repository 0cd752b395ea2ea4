-- The check of a pair of answer arrays keeps its plan: a function in SQL is planned anew by every statement that saves, which cost the database a
-- quarter of a save. It says what it said before (0010_levels.sql), and the table's constraint goes on calling it.
create or replace function app.well_formed(current smallint[], desired smallint[], items smallint, levels smallint) returns boolean
language plpgsql immutable parallel safe as $$
begin
  return (array_ndims(current) = 1 and array_lower(current, 1) = 1 and cardinality(current) = items
     and array_ndims(desired) = 1 and array_lower(desired, 1) = 1 and cardinality(desired) = items
     and not exists (
       select from unnest(current, desired) as pair (c, d)
       where c is null or d is null
          or not (c between 0 and levels or c in (8, 9)) or not (d between 0 and levels or d in (8, 9))
          or (c = 8) <> (d = 8) or (c = 9) <> (d = 9))) is true;
end $$;
