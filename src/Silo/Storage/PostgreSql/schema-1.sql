-- Grain state. A row is one state of one grain; the names of states are unique per grain class, because the provider does
-- not tell the grain's type. key_0 and key_1 are the provider's halves of a numeric or GUID key, which we never use.
create table grain_state (
  service_id text not null,
  state_name text not null,
  grain_key text not null,
  key_0 bigint not null,
  key_1 bigint not null,
  version integer not null,
  written_at timestamptz not null,
  owed_at timestamptz,
  payload bytea,
  -- The official script has no unique index: two first writes at the same moment would both be kept.
  constraint grain_state_key primary key (grain_key, state_name, key_0, key_1, service_id));

-- The default, pglz, is the bottleneck of writes above 2 KB.
do $$ begin
  alter table grain_state alter payload set compression lz4;
exception when feature_not_supported then
  raise notice 'This server was built without lz4; payloads are compressed with pglz.';
end $$;

-- owed_at is set for states that hold owed work only, so that writing the others stays a heap-only update.
create index grain_state_owed on grain_state (state_name, owed_at) where owed_at is not null;

-- Every write takes its version from here, so a row that is made again never repeats an etag. Versions are 32 bits in
-- the provider; after two thousand million writes they start again, which no activation lives to see.
create sequence grain_state_version as integer minvalue 1 maxvalue 2147483646 cycle;

create table reminder (
  service_id text not null,
  grain_id text not null,
  name text not null,
  start_time timestamptz not null,
  period bigint not null,
  grain_hash integer not null,
  version integer not null,
  constraint reminder_key primary key (service_id, grain_id, name));
create index reminder_hash on reminder (service_id, grain_hash);

create table cluster_version (
  cluster_id text not null constraint cluster_version_key primary key,
  version integer not null,
  changed_at timestamptz not null);
create table cluster_member (
  cluster_id text not null references cluster_version,
  address text not null,
  port integer not null,
  generation integer not null,
  silo_name text not null,
  host_name text not null,
  status integer not null,
  proxy_port integer,
  suspect_times text,
  start_time timestamptz not null,
  alive_at timestamptz not null,
  constraint cluster_member_key primary key (cluster_id, address, port, generation));

-- The operator's lists: eventual, rebuilt from grains, never a source of truth.
create table directory_entry (
  kind text not null,
  parent text not null,
  key text collate "C" not null,
  display text not null,
  constraint directory_entry_key primary key (kind, key));
create index directory_entry_parent on directory_entry (kind, parent, key);
