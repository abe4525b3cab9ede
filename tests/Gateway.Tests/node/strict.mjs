// The whole flow as a strict client sees it. Prints where the person has to go, reads where they came back to.
// Usage: node strict.mjs ISSUER CLIENT_ID CLIENT_SECRET REDIRECT_URI client_secret_basic|client_secret_post
import { strict as assert } from 'node:assert'
import { createInterface } from 'node:readline'
import * as oauth from 'oauth4webapi'

const [issuer, clientId, secret, redirectUri, method] = process.argv.slice(2)
const loopback = { [oauth.allowInsecureRequests]: true }
const authenticate = (text) => method === 'client_secret_basic' ? oauth.ClientSecretBasic(text) : oauth.ClientSecretPost(text)
const client = { client_id: clientId }

// 1. Metadata.
const issuerUrl = new URL(issuer)
const server = await oauth.processDiscoveryResponse(
  issuerUrl, await oauth.discoveryRequest(issuerUrl, { algorithm: 'oauth2', ...loopback }))
assert(server.token_endpoint_auth_methods_supported.includes(method))
assert(server.code_challenge_methods_supported.includes('S256'))
assert.equal(server.authorization_response_iss_parameter_supported, true)

// 2. The person decides.
const verifier = oauth.generateRandomCodeVerifier()
const state = oauth.generateRandomState()
const authorize = new URL(server.authorization_endpoint)
authorize.search = new URLSearchParams({
  response_type: 'code', client_id: clientId, redirect_uri: redirectUri, scope: 'read_events create_event', state,
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256'
}).toString()
console.log(authorize.href)
const input = createInterface({ input: process.stdin })
const back = await new Promise((resolve) => input.once('line', resolve))
const callback = new URL(back)
assert.throws(() => oauth.validateAuthResponse(server, client, callback, oauth.generateRandomState()))
const parameters = oauth.validateAuthResponse(server, client, callback, state)

// 3. A wrong secret is refused as RFC 6749 5.2 says, and costs nothing.
const refused = await exchange(authenticate(secret.slice(0, -4) + 'AAAA'))
await assert.rejects(
  oauth.processAuthorizationCodeResponse(server, client, refused),
  (error) => method === 'client_secret_basic'
    ? error instanceof oauth.WWWAuthenticateChallengeError && error.cause[0].scheme === 'basic'
    : error instanceof oauth.ResponseBodyError && error.error === 'invalid_client' && error.status === 400)

// 4. Exchange, refresh, narrow.
const tokens = await oauth.processAuthorizationCodeResponse(server, client, await exchange(authenticate(secret)))
assert.equal(tokens.token_type, 'bearer')
assert.equal(tokens.scope, 'read_events create_event')
const refreshed = await refresh(tokens.refresh_token)
assert.equal(refreshed.refresh_token, tokens.refresh_token)
const narrow = await refresh(tokens.refresh_token, new URLSearchParams({ scope: 'read_free_busy' }))
assert.equal(narrow.scope, 'read_free_busy')

// 5. The token opens the resource.
const answer = await oauth.protectedResourceRequest(
  refreshed.access_token, 'GET', new URL('/v1/userinfo', issuer), undefined, undefined, loopback)
assert.equal(answer.status, 200)
assert.equal((await answer.json()).sub, tokens.sub)

// 6. Revoked is revoked.
await oauth.processRevocationResponse(
  await oauth.revocationRequest(server, client, authenticate(secret), refreshed.access_token, loopback))
await assert.rejects(refresh(tokens.refresh_token), (error) => error.error === 'invalid_grant')
await assert.rejects(
  oauth.protectedResourceRequest(
    refreshed.access_token, 'GET', new URL('/v1/userinfo', issuer), undefined, undefined, loopback),
  (error) => error instanceof oauth.WWWAuthenticateChallengeError && error.cause[0].parameters.error === 'invalid_token')
console.log('passed')
input.close()

function exchange (authentication) {
  return oauth.authorizationCodeGrantRequest(
    server, client, authentication, parameters, redirectUri, verifier, loopback)
}

async function refresh (token, additionalParameters) {
  return oauth.processRefreshTokenResponse(server, client, await oauth.refreshTokenGrantRequest(
    server, client, authenticate(secret), token, { ...loopback, additionalParameters }))
}
