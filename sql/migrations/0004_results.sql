-- What a round leaves when its answers are gone.

create table app.fixings (
  municipality_id uuid not null,
  round_id        uuid not null,
  submitted_seen  integer not null,
  requested_by    uuid not null,
  requested_at    timestamptz not null,
  primary key (municipality_id, round_id),
  foreign key (municipality_id, round_id) references app.rounds (municipality_id, id) on delete restrict,
  foreign key (municipality_id, requested_by) references app.members (municipality_id, id) on delete restrict
);
create index fixings_by_requester on app.fixings (municipality_id, requested_by);

-- The exact bytes that are served, and their hash.
create table app.results (
  municipality_id uuid not null,
  round_id        uuid not null,
  document        bytea not null,
  sha256          bytea not null,
  fixed_at        timestamptz not null,
  primary key (municipality_id, round_id),
  foreign key (municipality_id, round_id) references app.rounds (municipality_id, id) on delete restrict
);

-- The dimension figures of a fixed round, as printed in its document: all that statistics may ever read.
create table app.result_figures (
  municipality_id    uuid not null,
  round_id           uuid not null,
  instrument_key     text not null,
  instrument_version integer not null,
  dimension          text not null,
  figure             text not null constraint result_figures_figure_is_known check (figure in ('current', 'desired', 'gap')),
  value              text not null constraint result_figures_value_has_four_decimals check (value ~ '^-?[0-9]+\.[0-9]{4}$'),
  fictional          boolean not null,
  fixed_at           timestamptz not null,
  shared             boolean not null default false,
  primary key (municipality_id, round_id, dimension, figure),
  foreign key (municipality_id, round_id) references app.results (municipality_id, round_id) on delete restrict
);

-- A numbered edition of the statistics: immutable, of one world, rebuildable from its entries.
create table app.editions (
  id                 uuid primary key,
  fictional          boolean not null,
  number             integer not null,
  instrument_key     text not null,
  instrument_version integer not null,
  published_at       timestamptz not null,
  document           bytea not null,
  sha256             bytea not null,
  constraint editions_number_is_unique unique (fictional, instrument_key, instrument_version, number)
);

create table app.edition_cells (
  edition_id  uuid not null references app.editions on delete restrict,
  "group"     text not null,
  dimension   text not null,
  figure      text not null constraint edition_cells_figure_is_known check (figure in ('current', 'desired', 'gap')),
  councils    integer not null,
  quantiles   jsonb not null,
  -- The edition whose entries gave this figure: an unchanged cell stands over, with its date.
  renewed_in  uuid not null references app.editions on delete restrict,
  primary key (edition_id, "group", dimension, figure)
);
create index edition_cells_by_renewal on app.edition_cells (renewed_in);

-- Which of a council's figures went into an edition: the next one counts what changed, and the council is not counted among its others.
create table app.edition_entries (
  municipality_id uuid not null,
  edition_id      uuid not null references app.editions on delete restrict,
  round_id        uuid not null,
  dimension       text not null,
  figure          text not null,
  value           text not null,
  included        boolean not null default true constraint edition_entries_are_included check (included),
  primary key (municipality_id, edition_id, dimension, figure),
  foreign key (municipality_id, round_id, dimension, figure)
    references app.result_figures (municipality_id, round_id, dimension, figure) on delete restrict
);
create index edition_entries_by_figure on app.edition_entries (municipality_id, round_id, dimension, figure);
