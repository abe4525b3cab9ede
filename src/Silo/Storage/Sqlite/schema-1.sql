-- Grain state. A row is one state of one grain; the names of states are unique per grain class, because the provider does
-- not tell the grain's type. key_0 and key_1 are the provider's halves of a numeric or GUID key, which we never use.
create table grain_state (
  service_id text not null,
  state_name text not null,
  grain_key text not null,
  key_0 integer not null,
  key_1 integer not null,
  version integer not null,
  written_at integer not null,
  owed_at integer,
  payload blob);

-- The official script has no unique index: two first writes at the same moment would both be kept.
create unique index grain_state_key on grain_state (grain_key, state_name, key_0, key_1, service_id);

-- owed_at is in milliseconds since 1970, and set for states that hold owed work only.
create index grain_state_owed on grain_state (state_name, owed_at) where owed_at is not null;

-- A row that is made again starts above every version that a deleted row had, so an etag never returns. Versions are 32
-- bits in the provider; near their end they start again.
create table version_floor (id integer primary key check (id = 1), version integer not null);
insert into version_floor values (1, 0);
create trigger grain_state_deleted after delete on grain_state begin
  update version_floor set version = case when old.version > 2147000000 then 0 else max(version, old.version) end;
end;

create table reminder (
  service_id text not null,
  grain_id text not null,
  name text not null,
  start_time text not null,
  period integer not null,
  grain_hash integer not null,
  version integer not null,
  primary key (service_id, grain_id, name)) without rowid;
create index reminder_hash on reminder (service_id, grain_hash);

-- The operator's lists: eventual, rebuilt from grains, never a source of truth.
create table directory_entry (
  kind text not null,
  parent text not null,
  key text not null,
  display text not null,
  primary key (kind, key)) without rowid;
create index directory_entry_parent on directory_entry (kind, parent, key);
