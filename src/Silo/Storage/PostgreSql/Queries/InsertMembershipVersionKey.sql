with made as (
  insert into cluster_version (cluster_id, version, changed_at) values (@DeploymentId, 0, now())
  on conflict do nothing
  returning 1)
select exists (select from made);
