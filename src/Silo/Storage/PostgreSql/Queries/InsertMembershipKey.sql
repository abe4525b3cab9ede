-- The version's row is the lock: a second writer waits for it, finds another version and changes nothing.
with bumped as (
  update cluster_version v set version = v.version + 1, changed_at = now()
  where v.cluster_id = @DeploymentId and v.version = @Version
    and not exists (select from cluster_member m where m.cluster_id = @DeploymentId
      and m.address = @Address and m.port = @Port and m.generation = @Generation)
  returning 1),
made as (
  insert into cluster_member (cluster_id, address, port, generation, silo_name, host_name, status, proxy_port,
    start_time, alive_at)
  select @DeploymentId, @Address::text, @Port::integer, @Generation::integer, @SiloName::text, @HostName::text,
    @Status::integer, @ProxyPort::integer, @StartTime::timestamptz, @IAmAliveTime::timestamptz
  from bumped
  returning 1)
select exists (select from made);
