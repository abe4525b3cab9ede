-- By the version that is asked for only one of the two applies; no row back is a conflict.
with changed as (
  update grain_state
  set payload = @PayloadBinary, version = nextval('grain_state_version')::integer, written_at = now(),
      owed_at = case when owed_at is not null then now() end
  where grain_key = coalesce(@GrainIdExtensionString::text, '') and state_name = @GrainTypeString
    and key_0 = @GrainIdN0 and key_1 = @GrainIdN1 and service_id = @ServiceId
    and version = @GrainStateVersion::integer
  returning version),
made as (
  insert into grain_state (service_id, state_name, grain_key, key_0, key_1, version, written_at, owed_at, payload)
  select @ServiceId, @GrainTypeString::text, coalesce(@GrainIdExtensionString::text, ''), @GrainIdN0, @GrainIdN1,
    nextval('grain_state_version')::integer, now(), case when @GrainTypeString::text like '%.outbox' then now() end,
    @PayloadBinary
  where @GrainStateVersion::integer is null
  on conflict do nothing
  returning version)
select version as NewGrainStateVersion from changed union all select version from made;
