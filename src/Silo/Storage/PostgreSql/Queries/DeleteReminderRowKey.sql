-- The provider takes the first row's only column as a bool: a row must come back also when nothing was deleted.
with gone as (
  delete from reminder
  where service_id = @ServiceId and grain_id = @GrainId and name = @ReminderName and version = @Version
  returning 1)
select exists (select from gone);
