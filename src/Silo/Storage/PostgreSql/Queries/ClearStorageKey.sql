-- Demanded by the provider; not used while DeleteStateOnClear is true.
update grain_state
set payload = null, version = nextval('grain_state_version')::integer, written_at = now(), owed_at = null
where grain_key = coalesce(@GrainIdExtensionString::text, '') and state_name = @GrainTypeString
  and key_0 = @GrainIdN0 and key_1 = @GrainIdN1 and service_id = @ServiceId
  and version = @GrainStateVersion::integer
returning version as NewGrainStateVersion;
