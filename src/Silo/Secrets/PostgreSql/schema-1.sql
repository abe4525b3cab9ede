-- Data keys, wrapped by a master key from outside. Destroying an owner's rows erases what was sealed with them.
create table calendar_keys.data_key (
  key_id bytea not null constraint data_key_key primary key,
  owner text not null constraint data_key_owner unique,
  master_key text not null,
  wrapped bytea not null);
create index data_key_master on calendar_keys.data_key (master_key);

-- What this store was started with: a start with other keys is refused. Kind is 'master' or 'id'.
create table calendar_keys.canary (
  kind text not null,
  name text not null,
  wrapped bytea,
  constraint canary_key primary key (kind, name));
