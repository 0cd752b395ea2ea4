-- What is written about a result: the analysis in words, version by version, and which of them have been published; and the
-- number under which the council's registry keeps the round.

alter table app.rounds
  add column diary_number text constraint rounds_diary_number_is_short check (char_length(diary_number) between 1 and 60);

-- Each saved text is a version of its own; none is ever changed or deleted, so that nobody's words are lost.
create table app.analyses (
  municipality_id uuid not null,
  round_id        uuid not null,
  version         integer not null constraint analyses_versions_count_from_one check (version > 0),
  -- The texts by dimension and for the whole, in both languages, as JSON (RFC 8785).
  document        text not null constraint analyses_document_is_short check (char_length(document) <= 200000),
  -- The languages whose texts were the rule's draft, untouched, when the version was saved.
  as_drafted      text[] not null constraint analyses_languages_are_known check (as_drafted <@ '{sv,en}'),
  author_id       uuid not null,
  -- As the author was called then: the text outlives the membership.
  author_name     text not null,
  written_at      timestamptz not null,
  primary key (municipality_id, round_id, version),
  foreign key (municipality_id, round_id) references app.results (municipality_id, round_id) on delete restrict,
  foreign key (municipality_id, author_id) references app.members (municipality_id, id) on delete restrict
);
create index analyses_by_author on app.analyses (municipality_id, author_id);

-- The texts that readers of the result see, copied word for word from a version: who may read what is published needs no right
-- to what is not. Of several the highest version stands.
create table app.analysis_publications (
  municipality_id uuid not null,
  round_id        uuid not null,
  version         integer not null,
  document        text not null,
  as_drafted      text[] not null,
  author_name     text not null,
  published_by    uuid not null,
  published_at    timestamptz not null,
  primary key (municipality_id, round_id, version),
  foreign key (municipality_id, round_id, version) references app.analyses (municipality_id, round_id, version) on delete restrict,
  foreign key (municipality_id, published_by) references app.members (municipality_id, id) on delete restrict
);
create index analysis_publications_by_publisher on app.analysis_publications (municipality_id, published_by);
