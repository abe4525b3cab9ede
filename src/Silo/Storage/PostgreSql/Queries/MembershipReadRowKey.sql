-- The version comes back also when there is no such member.
select m.address as Address, m.port as Port, m.generation as Generation, m.silo_name as SiloName,
  m.host_name as HostName, m.status as Status, m.proxy_port as ProxyPort, m.suspect_times as SuspectTimes,
  m.start_time as StartTime, m.alive_at as IAmAliveTime, v.version as Version
from cluster_version v
left join cluster_member m on m.cluster_id = v.cluster_id
  and m.address = @Address and m.port = @Port and m.generation = @Generation
where v.cluster_id = @DeploymentId;
