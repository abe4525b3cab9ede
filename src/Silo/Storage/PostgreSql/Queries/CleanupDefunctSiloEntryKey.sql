-- 6 is SiloStatus.Dead: deleted only as it was seen.
delete from cluster_member
where cluster_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation and status = 6
  and suspect_times is not distinct from @SuspectTimes::text
  and start_time = @StartTime and alive_at = @IAmAliveTime;
