update cluster_member set alive_at = @IAmAliveTime
where cluster_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation;
