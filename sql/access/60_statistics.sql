-- Editions across councils. The publisher reads the figures that councils have shared, and nothing else of theirs;
-- a council reads the published cells of its own world, and no other council's row.

grant select on app.result_figures, app.editions, app.edition_cells, app.edition_entries to ng_publisher;
create policy publisher_reads_what_is_shared on app.result_figures for select to ng_publisher using (shared);
create policy publisher_reads on app.editions for select to ng_publisher using (number > 0);
create policy publisher_reads on app.edition_cells for select to ng_publisher using (edition_id is not null);
create policy publisher_reads on app.edition_entries for select to ng_publisher using (included);
grant insert (id, fictional, number, instrument_key, instrument_version, published_at, document, sha256) on app.editions to ng_publisher;
grant insert (edition_id, "group", dimension, figure, councils, quantiles, renewed_in) on app.edition_cells to ng_publisher;
grant insert (municipality_id, edition_id, round_id, dimension, figure, value) on app.edition_entries to ng_publisher;
create policy publisher_publishes on app.editions for insert to ng_publisher with check (number > 0);
-- A cell may be left by all its councils, and then says so.
create policy publisher_publishes on app.edition_cells for insert to ng_publisher with check (edition_id is not null);
create policy publisher_publishes on app.edition_entries for insert to ng_publisher with check (included);

grant select on app.editions, app.edition_cells to ng_reader;
grant select (municipality_id, edition_id, dimension, figure) on app.edition_entries to ng_reader;
grant select (municipality_id, fictional) on app.municipalities to ng_reader;
create policy reader_reads on app.editions for select to ng_reader using (number > 0);
create policy reader_reads on app.edition_cells for select to ng_reader using (edition_id is not null);
create policy reader_reads on app.edition_entries for select to ng_reader using (municipality_id = app.municipality());
create policy reader_reads on app.municipalities for select to ng_reader using (municipality_id = app.municipality());

-- The cells of the newest edition of the asking council's own world, and how many councils other than it are in each.
-- Quantiles are given where there are five others or more; otherwise the row says how many there are, and no figure.
create or replace function app.published_cells(of_key text, of_version integer)
returns table (edition integer, published_at timestamptz, "group" text, dimension text, figure text, others integer, councils integer,
               quantiles jsonb, as_of timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select e.number, e.published_at, c."group", c.dimension, c.figure,
         (c.councils - (n.municipality_id is not null)::integer),
         case when c.councils - (n.municipality_id is not null)::integer >= 5 then c.councils end,
         case when c.councils - (n.municipality_id is not null)::integer >= 5 then c.quantiles end,
         w.published_at
    from app.municipalities m
    join lateral (select x.id, x.number, x.published_at from app.editions x
                   where x.fictional = m.fictional and x.instrument_key = of_key and x.instrument_version = of_version
                   order by x.number desc limit 1) e on true
    join app.edition_cells c on c.edition_id = e.id
    join app.editions w on w.id = c.renewed_in
    left join app.edition_entries n on n.municipality_id = m.municipality_id and n.edition_id = c.renewed_in
                                   and n.dimension = c.dimension and n.figure = c.figure
   where m.municipality_id = app.municipality();
end;
grant execute on function app.published_cells(text, integer) to ng_member;
