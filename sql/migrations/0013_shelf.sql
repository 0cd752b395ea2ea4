-- A council's own instruments. Its rounds go by its shelf, where its own stand and, once it has chosen them, those that are offered to all.

-- Under forced row security the owner would read no row, and say nothing.
alter table app.instruments no force row level security;
alter table app.rounds no force row level security;

-- Those of before are the program's, whose names stand in the lines after "name:".
alter table app.instruments add column name_sv text, add column name_en text,
  -- Since when no new round can have it; NULL while it is offered.
  add column withdrawn_at timestamptz;
update app.instruments set
  name_sv = coalesce(substring(document from '(?n)^name:\n +sv: *(.*)$'), key),
  name_en = coalesce(substring(document from '(?n)^name:\n +sv: .*\n +en: *(.*)$'), key);
alter table app.instruments alter column name_sv set not null, alter column name_en set not null;

create table app.council_instruments (
  municipality_id uuid not null references app.municipalities on delete restrict,
  -- Of one that is offered to all: its id there.
  id              uuid not null,
  key             text not null,
  version         integer not null constraint council_instruments_version_is_positive check (version > 0),
  name_sv         text not null,
  name_en         text not null,
  items           smallint not null constraint council_instruments_items_within_bounds check (items between 2 and 240),
  levels          smallint not null constraint council_instruments_levels_within_bounds check (levels between 3 and 7),
  document        text not null,
  sha256          bytea not null,
  imported_at     timestamptz not null,
  -- A draft until then; from then on it never changes.
  published_at    timestamptz,
  primary key (municipality_id, id),
  constraint council_instruments_version_is_unique unique (municipality_id, key, version)
);

insert into app.council_instruments
  (municipality_id, id, key, version, name_sv, name_en, items, levels, document, sha256, imported_at, published_at)
select r.municipality_id, i.id, i.key, i.version, i.name_sv, i.name_en, i.items, i.levels, i.document, i.sha256, r.first, r.first
from (select municipality_id, instrument_id, min(created_at) as first from app.rounds group by 1, 2) r
join app.instruments i on i.id = r.instrument_id;

alter table app.rounds drop constraint rounds_instrument_id_fkey,
  add constraint rounds_instrument_is_on_the_shelf
    foreign key (municipality_id, instrument_id) references app.council_instruments on delete restrict;

-- Deleting one leaves a trace.
alter table app.log_entries drop constraint log_entries_kind_is_known,
  add constraint log_entries_kind_is_known check (kind in ('comment-deleted', 'instrument-deleted')),
  alter column round_id drop not null, alter column dimension drop not null,
  -- Its key and version, such as "lp-1, version 2".
  add column instrument text,
  add constraint log_entries_tell_what_it_was_about check (
    case kind when 'comment-deleted' then round_id is not null and dimension is not null and instrument is null
              else round_id is null and dimension is null and instrument is not null end);

alter table app.instruments force row level security;
alter table app.rounds force row level security;
