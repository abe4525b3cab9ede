// npm oidc-provider with one client and one refresh token that does not rotate; writes the wrk script that uses it.
import { writeFileSync } from 'node:fs';
import { Provider } from 'oidc-provider';

const [port, script] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: 'bench',
    client_secret: 'bench-secret-bench-secret-bench-secret',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: ['https://bench.example/callback'],
    token_endpoint_auth_method: 'client_secret_post',
  }],
  rotateRefreshToken: false,
  scopes: ['calendar', 'offline_access'],
  findAccount: (_, sub) => ({ accountId: sub, claims: async () => ({ sub }) }),
});

const client = await provider.Client.find('bench');
const grant = new provider.Grant({ accountId: 'person', clientId: 'bench' });
grant.addOIDCScope('calendar offline_access');
const grantId = await grant.save();
const token = new provider.RefreshToken({
  accountId: 'person', client, grantId, scope: 'calendar offline_access', gty: 'authorization_code', expiresWithSession: false,
});
const value = await token.save();

writeFileSync(script, `
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.body = "grant_type=refresh_token&client_id=bench&client_secret=bench-secret-bench-secret-bench-secret&refresh_token=${value}"
`);
provider.listen(Number(port), '127.0.0.1');
