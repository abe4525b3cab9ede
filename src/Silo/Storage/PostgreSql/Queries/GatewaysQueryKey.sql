select address as Address, proxy_port as ProxyPort, generation as Generation
from cluster_member
where cluster_id = @DeploymentId and status = @Status and proxy_port > 0;
