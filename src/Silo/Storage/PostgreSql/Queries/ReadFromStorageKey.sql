select payload as PayloadBinary, version as Version
from grain_state
where grain_key = coalesce(@GrainIdExtensionString::text, '') and state_name = @GrainTypeString
  and key_0 = @GrainIdN0 and key_1 = @GrainIdN1 and service_id = @ServiceId;
