-- Demanded by the provider; not used while DeleteStateOnClear is true.
update grain_state
set payload = null, version = version + 1, written_at = cast(unixepoch('subsec') * 1000 as integer), owed_at = null
where grain_key = ifnull(@GrainIdExtensionString, '') and state_name = @GrainTypeString
  and key_0 = @GrainIdN0 and key_1 = @GrainIdN1 and service_id = @ServiceId
  and version = @GrainStateVersion
returning version as NewGrainStateVersion;
