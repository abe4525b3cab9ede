-- Version + 1, because the provider takes an unchanged version for a conflict.
delete from grain_state
where grain_key = ifnull(@GrainIdExtensionString, '') and state_name = @GrainTypeString
  and key_0 = @GrainIdN0 and key_1 = @GrainIdN1 and service_id = @ServiceId
  and version = @GrainStateVersion
returning version + 1 as NewGrainStateVersion;
