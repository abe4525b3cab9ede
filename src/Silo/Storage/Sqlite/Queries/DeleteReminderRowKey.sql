-- The provider takes the first row's only column as a bool: a row must come back also when nothing was deleted.
delete from reminder
where service_id = @ServiceId and grain_id = @GrainId and name = @ReminderName and version = @Version;
select changes();
