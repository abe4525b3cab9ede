-- Data keys, wrapped by a master key from outside. Destroying an owner's rows erases what was sealed with them.
create table data_key (
  key_id blob not null primary key,
  owner text not null unique,
  master_key text not null,
  wrapped blob not null) without rowid;
create index data_key_master on data_key (master_key);

-- What this store was started with: a start with other keys is refused. Kind is 'master' or 'id'.
create table canary (
  kind text not null,
  name text not null,
  wrapped blob,
  primary key (kind, name)) without rowid;
