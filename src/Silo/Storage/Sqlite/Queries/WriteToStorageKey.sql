-- Two statements without a transaction of their own: by the version that is asked for, only one of them can apply. A
-- BEGIN in the text would stay open on the pooled connection when a statement after it fails, and poison it for ever.
update grain_state
set payload = @PayloadBinary, version = version + 1,
    written_at = cast(unixepoch('subsec') * 1000 as integer),
    owed_at = case when owed_at is not null then cast(unixepoch('subsec') * 1000 as integer) end
where grain_key = ifnull(@GrainIdExtensionString, '') and state_name = @GrainTypeString
  and key_0 = @GrainIdN0 and key_1 = @GrainIdN1 and service_id = @ServiceId
  and version = @GrainStateVersion
returning version as NewGrainStateVersion;
insert into grain_state (service_id, state_name, grain_key, key_0, key_1, version, written_at, owed_at, payload)
select @ServiceId, @GrainTypeString, ifnull(@GrainIdExtensionString, ''), @GrainIdN0, @GrainIdN1,
  f.version + 1, cast(unixepoch('subsec') * 1000 as integer),
  case when @GrainTypeString like '%.outbox' then cast(unixepoch('subsec') * 1000 as integer) end,
  @PayloadBinary
from version_floor f
where @GrainStateVersion is null
on conflict do nothing
returning version as NewGrainStateVersion;
