// Google's own client goes through consent, calendars, events, sync and channels of the simulated Google.
// Usage: node witness.mjs ROOT CLIENT_ID CLIENT_SECRET USER WEBHOOK
import { strict as assert } from 'node:assert'
import { auth, calendar } from '@googleapis/calendar'
import { unknownMembers } from './typed.mjs'

const [root, clientId, clientSecret, user, webhook] = process.argv.slice(2)
let judged = 0
const typed = (data, schema) => {
  assert.deepEqual(unknownMembers(data, schema), [], `${schema} has members that Google's types do not name`)
  judged++
  return data
}
const refused = async (call, status, reason) => {
  const error = await call().then(() => assert.fail(`${status} ${reason} was expected`), (thrown) => thrown)
  assert.equal(error.status, status, error.message)
  assert.equal(error.response.data.error.errors[0].reason, reason)
}

// 1. Consent, with PKCE, and a refresh token.
const client = new auth.OAuth2({
  clientId,
  clientSecret,
  redirectUri: 'http://localhost/callback',
  endpoints: {
    oauth2AuthBaseUrl: `${root}o/oauth2/v2/auth`,
    oauth2TokenUrl: `${root}token`,
    oauth2RevokeUrl: `${root}revoke`
  }
})
const { codeVerifier, codeChallenge } = await client.generateCodeVerifierAsync()
const asked = client.generateAuthUrl({
  access_type: 'offline', prompt: 'consent', scope: ['https://www.googleapis.com/auth/calendar', 'openid', 'email'],
  state: 'remember me', code_challenge: codeChallenge, code_challenge_method: 'S256'
})
const page = await (await fetch(asked)).text()
assert.match(page, /See, edit, share and permanently delete all your calendars/)
const decided = await fetch(asked, {
  method: 'POST', redirect: 'manual',
  body: new URLSearchParams({ user, scope: 'https://www.googleapis.com/auth/calendar', decision: 'allow' })
})
const back = new URL(decided.headers.get('location'))
assert.equal(back.searchParams.get('state'), 'remember me')
const { tokens } = await client.getToken({ code: back.searchParams.get('code'), codeVerifier })
assert.ok(tokens.refresh_token && tokens.id_token)
client.setCredentials({ refresh_token: tokens.refresh_token })
const google = calendar({ version: 'v3', auth: client, rootUrl: root, retry: false })

// 2. Calendars.
const made = typed((await google.calendars.insert({ requestBody: { summary: 'Team #1', timeZone: 'Europe/Berlin' } })).data, 'Schema$Calendar')
const list = typed((await google.calendarList.list()).data, 'Schema$CalendarList')
assert.deepEqual(list.items.map((one) => one.summary).sort(), ['Team #1', user].sort())
const calendarId = made.id

// 3. Events by client id, once.
const requestBody = {
  id: 'abcdefgh0123',
  summary: 'Weekly',
  start: { dateTime: '2027-03-11T14:00:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2027-03-11T15:00:00', timeZone: 'Europe/Berlin' },
  recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'],
  attendees: [{ email: 'guest@example.org' }],
  extendedProperties: { private: { key: 'value' } },
  conferenceData: { createRequest: { requestId: 'once', conferenceSolutionKey: { type: 'hangoutsMeet' } } }
}
const inserted = typed((await google.events.insert({ calendarId, requestBody, conferenceDataVersion: 1, sendUpdates: 'none' })).data, 'Schema$Event')
assert.equal(inserted.start.dateTime, '2027-03-11T14:00:00+01:00')
assert.equal(inserted.conferenceData.createRequest.status.statusCode, 'pending')
await refused(() => google.events.insert({ calendarId, requestBody }), 409, 'duplicate')
await refused(() => google.events.insert({ calendarId, requestBody: { ...requestBody, id: 'no_underscore' } }), 400, 'invalid')

// 4. Instances, across the change of the clocks.
const instances = typed((await google.events.instances({ calendarId, eventId: inserted.id })).data, 'Schema$Events')
assert.deepEqual(instances.items.map((one) => one.id.split('_')[1]),
  ['20270311T130000Z', '20270318T130000Z', '20270325T130000Z', '20270401T120000Z'])

// 5. A listing of one item a page ends with a sync token.
await google.events.insert({ calendarId, requestBody: { summary: 'All day', start: { date: '2027-03-12' }, end: { date: '2027-03-13' } } })
const seen = []
let pageToken, syncToken
do {
  const { data } = await google.events.list({ calendarId, maxResults: 1, pageToken })
  typed(data, 'Schema$Events')
  seen.push(...data.items)
  assert.ok(!(data.nextPageToken && data.nextSyncToken))
  pageToken = data.nextPageToken
  syncToken = data.nextSyncToken
} while (pageToken)
assert.equal(seen.length, 2)

// 6. What changed since: an exception, a cancelled instance, a deletion.
const moved = await google.events.patch({
  calendarId, eventId: `${inserted.id}_20270318T130000Z`, requestBody: { summary: 'Weekly, moved' }
})
assert.equal(typed(moved.data, 'Schema$Event').recurringEventId, inserted.id)
await google.events.delete({ calendarId, eventId: `${inserted.id}_20270325T130000Z` })
await google.events.delete({ calendarId, eventId: seen.find((one) => one.summary === 'All day').id })
const changed = typed((await google.events.list({ calendarId, syncToken })).data, 'Schema$Events').items
assert.deepEqual(changed.map((one) => [one.status, Boolean(one.recurringEventId)]),
  [['confirmed', true], ['cancelled', true], ['cancelled', false]])
assert.equal(changed[1].originalStartTime.dateTime, '2027-03-25T14:00:00+01:00')
assert.ok(!changed[2].start)
await refused(() => google.events.list({ calendarId, syncToken, timeMin: '2027-01-01T00:00:00Z' }), 400, 'syncTokenWithNonDefaultParameters')
await refused(() => google.events.delete({ calendarId, eventId: changed[2].id }), 410, 'deleted')

// 7. A stale etag.
await refused(() => google.events.update(
  { calendarId, eventId: inserted.id, requestBody: { ...requestBody, id: undefined } },
  { headers: { 'If-Match': '"1"' } }), 412, 'conditionNotMet')

// 8. Busy time, with an error inside an answer of status 200.
const { data: busy } = await google.freebusy.query({
  requestBody: { timeMin: '2027-03-11T00:00:00Z', timeMax: '2027-03-12T00:00:00Z', items: [{ id: calendarId }, { id: 'nobody' }] }
})
assert.deepEqual(busy.calendars[calendarId].busy, [{ start: '2027-03-11T13:00:00Z', end: '2027-03-11T14:00:00Z' }])
assert.equal(busy.calendars.nobody.errors[0].reason, 'notFound')

// 9. A channel, opened and stopped.
const channel = typed((await google.events.watch({
  calendarId, requestBody: { id: 'channel-1', type: 'web_hook', address: webhook, token: 'secret', params: { ttl: '3600' } }
})).data, 'Schema$Channel')
assert.equal(typeof channel.expiration, 'string')
assert.equal((await google.channels.stop({ requestBody: { id: channel.id, resourceId: channel.resourceId } })).status, 204)

// 10. Consent taken back.
await client.revokeToken(tokens.refresh_token)
const error = await client.refreshAccessToken().then(() => assert.fail('The grant should be gone'), (thrown) => thrown)
assert.equal(error.response.data.error, 'invalid_grant')
console.log(`The witness is content: ${judged} answers judged.`)
