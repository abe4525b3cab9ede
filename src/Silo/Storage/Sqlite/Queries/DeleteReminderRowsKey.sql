delete from reminder where service_id = @ServiceId;
