-- 3 is SiloStatus.Active.
delete from cluster_member where cluster_id = @DeploymentId and alive_at < @IAmAliveTime and status <> 3;
