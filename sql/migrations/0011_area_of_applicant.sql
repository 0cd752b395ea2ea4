-- The first post of one who speaks for a programme area says which.

alter table app.registrations add column area text not null default '';
