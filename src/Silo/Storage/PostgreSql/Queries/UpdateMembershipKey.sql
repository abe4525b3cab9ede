with bumped as (
  update cluster_version v set version = v.version + 1, changed_at = now()
  where v.cluster_id = @DeploymentId and v.version = @Version
    and exists (select from cluster_member m where m.cluster_id = @DeploymentId
      and m.address = @Address and m.port = @Port and m.generation = @Generation)
  returning 1),
changed as (
  update cluster_member m
  set status = @Status, suspect_times = @SuspectTimes::text, alive_at = @IAmAliveTime
  from bumped
  where m.cluster_id = @DeploymentId and m.address = @Address and m.port = @Port and m.generation = @Generation
  returning 1)
select exists (select from changed);
