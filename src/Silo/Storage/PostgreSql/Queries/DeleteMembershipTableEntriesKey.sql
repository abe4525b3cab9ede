with members as (delete from cluster_member where cluster_id = @DeploymentId)
delete from cluster_version where cluster_id = @DeploymentId;
