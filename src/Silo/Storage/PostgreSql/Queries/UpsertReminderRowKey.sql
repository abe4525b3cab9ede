insert into reminder (service_id, grain_id, name, start_time, period, grain_hash, version)
values (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
on conflict (service_id, grain_id, name) do update
set start_time = excluded.start_time, period = excluded.period, grain_hash = excluded.grain_hash,
    version = reminder.version + 1
returning version as Version;
