-- When a round should have opened by itself and could not, as it was told.
alter table app.rounds add column missed_at timestamptz;
