// Every method of the SDK: those that are served with the answers that their callers rely on, the others to see how they are
// refused. Ends with the table of docs/compatibility.md.
import assert from "node:assert/strict";
import Cronofy from "cronofy";
import { baseUrl, day, registerApplication, sdk, time, until } from "./connect.mjs";

const application = await registerApplication("Every method");
const credentials = { client_id: application.client_id, client_secret: application.client_secret };
const client = sdk({ ...credentials });
const tzid = "Etc/UTC";
const methods = Object.keys(Cronofy.prototype).filter((name) => !name.startsWith("_")).sort();
const works = new Set();
const refusals = new Map();

/** Calls a method that must work. */
const call = async (name, options = {}) => {
  const answer = await client[name](options);
  works.add(name);
  return answer;
};

/** Calls a method that must fail, with the status and what its body says. */
const refused = async (status, name, options = {}, check = () => {}) => {
  refusals.set(name, refusals.get(name) ?? status);
  await assert.rejects(client[name](options), (error) => {
    assert.equal(error.statusCode, status, `${name}: ${error.message}`);
    check(error.error.entity);
    return true;
  });
};

// applicationCalendar: the same id gives the same calendar.
const first = await call("applicationCalendar", { application_calendar_id: "room" });
const again = await call("applicationCalendar", { application_calendar_id: "room" });
assert.equal(first.sub, again.sub);
assert.match(first.sub, /^apc_/);
for (const key of ["access_token", "refresh_token", "expires_in", "scope", "token_type", "linking_profile"]) {
  assert.ok(again[key], key);
}

// userInfo, accountInformation, profileInformation, listCalendars.
const info = await call("userInfo");
assert.equal(info.sub, first.sub);
assert.equal(info["cronofy.type"], "application_calendar");
assert.equal(info.application_calendar_id, "room");
assert.equal(info["cronofy.data"].authorization.status, "active");
const { account } = await call("accountInformation");
assert.equal(account.account_id, first.sub);
assert.equal(typeof account.scope, "string");
const { profiles } = await call("profileInformation");
assert.equal(profiles.length, 1);
assert.equal(profiles[0].provider_name, "cronofy");
assert.equal(profiles[0].profile_connected, true);
const { calendars } = await call("listCalendars");
const { calendar_id } = calendars[0];
assert.equal(info["cronofy.data"].profiles[0].profile_calendars[0].calendar_id, calendar_id);
assert.deepEqual(
  [calendars[0].calendar_readonly, calendars[0].calendar_deleted, calendars[0].calendar_primary],
  [false, false, true]);

// createCalendar: an application calendar has no provider that could make another.
await refused(422, "createCalendar", { profile_id: profiles[0].profile_id }, (body) =>
  assert.deepEqual(body.errors.name, [{ key: "errors.required", description: "required" }]));
await refused(404, "createCalendar", { profile_id: "pro_0123456789abcdef01234567", name: "Elsewhere" });

// createEvent: 120 events, so that reading takes two pages.
await Promise.all(Array.from({ length: 120 }, (_, i) => call("createEvent", {
  calendar_id,
  event_id: `event-${i}`,
  summary: `Event ${i}`,
  description: "",
  start: time(1 + Math.floor(i / 8), `${String(8 + (i % 8)).padStart(2, "0")}:00`),
  end: time(1 + Math.floor(i / 8), `${String(8 + (i % 8)).padStart(2, "0")}:30`),
})));
await call("createEvent", {
  calendar_id,
  event_id: "all-day",
  summary: "All day",
  start: day(20),
  end: day(21),
  location: { description: "Paris", lat: "48.8583", long: "2.2945" },
  reminders: [{ minutes: 30 }],
  color: "#49BED8",
  url: "https://example.com/42",
  event_private: true,
});
await refused(422, "createEvent", { calendar_id, event_id: "wrong", start: day(2), end: day(1) }, (body) => {
  assert.equal(body.errors.summary[0].key, "errors.required");
  assert.equal(body.errors.end[0].key, "errors.invalid_time_pair");
});
await refused(404, "createEvent", { calendar_id: "cal_1_@x", event_id: "e", summary: "x", start: day(1), end: day(2) });

// createEvent with a file, which the SDK has no method to upload.
const uploaded = await fetch(`${baseUrl}/v1/attachments`, {
  method: "POST",
  headers: { authorization: `Bearer ${application.client_secret}`, "content-type": "application/json" },
  body: JSON.stringify({
    attachment: { file_name: "agenda.txt", content_type: "text/plain", base64_content: Buffer.from("1. Welcome").toString("base64") },
  }),
});
assert.equal(uploaded.status, 200);
const { attachment_id } = (await uploaded.json()).attachment;
assert.equal(calendars[0].calendar_attachments_available, true);
await call("createEvent", {
  calendar_id, event_id: "event-0", summary: "Event 0", start: time(1, "08:00"), end: time(1, "08:30"), attachments: [{ attachment_id }],
});
await refused(422, "createEvent", {
  calendar_id, event_id: "event-0", summary: "Event 0", start: time(1, "08:00"), end: time(1, "08:30"),
  attachments: [{ attachment_id: "att_0123456789abcdef01234567" }],
}, (body) => assert.equal(body.errors["attachments[0].attachment_id"][0].key, "errors.not_recognized"));

// readEvents: page by page, as the SDK follows them, with options repeated on the page's address.
const window = { tzid, from: day(0), to: day(40), include_managed: true };
const readAll = async (name, key, options) => {
  const pages = [];
  let page = await call(name, options);
  for (pages.push(page); page.pages.current < page.pages.total; pages.push(page)) {
    assert.ok(page.pages.next_page);
    page = await call(name, { ...options, next_page: page.pages.next_page });
  }
  assert.ok(!("next_page" in page.pages));
  return { count: pages.length, items: pages.flatMap((one) => one[key]) };
};
const read = await until("121 events are listed", async () => {
  const all = await readAll("readEvents", "events", window);
  return all.items.length === 121 && all;
});
assert.equal(read.count, 2);
assert.equal(new Set(read.items.map((event) => event.event_uid)).size, 121);
const starts = read.items.map((event) => event.start).filter((start) => start.length > 10);
assert.deepEqual(starts, [...starts].sort());
const allDay = read.items.find((event) => event.event_id === "all-day");
assert.deepEqual([allDay.start, allDay.end], [day(20), day(21)]);
assert.deepEqual(allDay.location, { description: "Paris" });
assert.equal(allDay.event_private, true);
assert.equal(allDay.transparency, "transparent");
const withGeo = await call("readEvents", { ...window, include_geo: true, localized_times: true, from: day(20), to: day(21) });
assert.deepEqual(withGeo.events[0].location, { description: "Paris", lat: "48.8583", long: "2.2945" });
assert.deepEqual(withGeo.events[0].start, { time: day(20), tzid });
assert.equal((await call("readEvents", { tzid })).events.length, 0);
assert.equal((await call("readEvents", { ...window, calendar_ids: [calendar_id], only_managed: true })).events.length, 100);
await refused(422, "readEvents", {}, (body) => assert.equal(body.errors.tzid[0].key, "errors.required"));

// freeBusy: the all-day event leaves its day free.
const busy = await readAll("freeBusy", "free_busy", window);
assert.deepEqual([busy.count, busy.items.length], [2, 120]);
assert.deepEqual(Object.keys(busy.items[0]).sort(), ["calendar_id", "end", "free_busy_status", "start"]);
const free = await call("freeBusy", { ...window, from: day(20), to: day(21), include_free: true, include_ids: true });
assert.deepEqual(free.free_busy, [{
  calendar_id, start: day(20), end: day(21), free_busy_status: "free", event_id: "all-day", event_uid: allDay.event_uid,
}]);

// updateExternalEvent, deleteExternalEvent: an application calendar has no events of others.
await refused(404, "updateExternalEvent", {
  calendar_id, event_uid: "evt_external_0123456789abcdef01234567", summary: "x", start: day(1), end: day(2),
});
await refused(404, "deleteExternalEvent", { calendar_id, event_uid: "evt_external_0123456789abcdef01234567" });
await refused(422, "deleteExternalEvent", { calendar_id, event_uid: "evt_42" }, (body) =>
  assert.equal(body.errors.event_uid[0].key, "errors.must_be_external_event_uid"));

// deleteEvent, and the trace it leaves.
await call("deleteEvent", { calendar_id, event_id: "all-day" });
await call("deleteEvent", { calendar_id, event_id: "never-was" });
const deleted = await until("the deletion is listed", async () => {
  const { events } = await call("readEvents", { ...window, from: day(20), to: day(21), include_deleted: true });
  return events.find((event) => event.event_id === "all-day" && event.deleted);
});
assert.ok(deleted.created && deleted.updated && deleted.start && deleted.end);

// refreshAccessToken, requestAccessToken.
const refreshed = await call("refreshAccessToken");
assert.ok(refreshed.access_token);
await refused(400, "requestAccessToken", { code: "unknown", redirect_uri: "https://example.com/" }, (body) =>
  assert.ok(["invalid_grant", "invalid_request"].includes(body.error)));

// revokeProfileAuthorization, revokeAuthorization.
await refused(404, "revokeProfileAuthorization", { profile_id: "pro_0123456789abcdef01234567" });
const other = sdk({ ...credentials });
await other.applicationCalendar({ application_calendar_id: "other-room" });
const [profile] = (await other.profileInformation()).profiles;
await refused(404, "revokeProfileAuthorization", { profile_id: profile.profile_id });
await other.revokeProfileAuthorization({ profile_id: profile.profile_id });
works.add("revokeProfileAuthorization");
await until("the profile is gone", async () => (await other.profileInformation()).profiles.length === 0);
await call("revokeAuthorization");
await refused(401, "userInfo", { access_token: refreshed.access_token });

// hmacValid needs no service.
assert.equal(client.hmacValid({
  body: '{"example":"well-known"}',
  client_secret: "pDY0Oi7TJSP2hfNmZNkm5",
  hmac: "6r2/HjBkqymGegX0wOfifieeUXbbHwtV/LohHS+jv6c=",
}), true);
works.add("hmacValid");

// batch, bulkDeleteEvents, requestElementToken, elevatedPermissions, listAccessibleCalendars, channels: on a grant of their
// own.
const reader = sdk({ ...credentials });
const reopened = await reader.applicationCalendar({ application_calendar_id: "room" });
const { profile_id } = reopened.linking_profile;
const room = (await reader.listCalendars()).calendars[0].calendar_id;
const asked = async (name, options) => {
  const answer = await reader[name](options);
  works.add(name);
  return answer;
};
const relative_url = `/v1/calendars/${room}/events`;
const { batch } = await asked("batch", {
  batch: [
    { method: "POST", relative_url, data: { event_id: "batched", summary: "x", start: day(1), end: day(2) } },
    { method: "DELETE", relative_url, data: { event_id: "batched" } },
    { method: "POST", relative_url, data: {} },
  ],
});
assert.deepEqual(batch.map((entry) => entry.status), [202, 202, 422]);
await asked("bulkDeleteEvents", { delete_all: true });
await until("everything is gone", async () => (await reader.readEvents({ tzid, only_managed: true })).events.length === 0);
const { element_token } = await asked("requestElementToken", {
  version: "1", permissions: ["agenda"], subs: [first.sub], origin: "https://example.com",
});
assert.ok(element_token.token && element_token.expires_in > 0);
const lowered = { permissions: [{ calendar_id: room, permission_level: "sandbox" }] };
assert.equal((await asked("elevatedPermissions", lowered)).permissions_request.accepted, true);
assert.deepEqual((await asked("listAccessibleCalendars", { profile_id })).accessible_calendars, []);

// createNotificationChannel, listNotificationChannels, deleteNotificationChannel: channel.mjs shows what they are told.
const { channel } = await asked("createNotificationChannel", { callback_url: "https://example.com/hooks" });
assert.equal(channel.callback_url, "https://example.com/hooks");
assert.deepEqual((await asked("listNotificationChannels")).channels, [channel]);
await asked("deleteNotificationChannel", { channel_id: channel.channel_id });
assert.deepEqual((await reader.listNotificationChannels()).channels, []);

// Rules, periods, availability, sequencedAvailability: of the room, which is free but for an hour.
const weekly_periods = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
  .map((name) => ({ day: name, start_time: "09:00", end_time: "17:00" }));
const rule = { availability_rule_id: "hours", tzid, calendar_ids: [room], weekly_periods };
assert.deepEqual((await asked("upsertAvailabilityRule", rule)).availability_rule, rule);
assert.deepEqual((await asked("readAvailabilityRule", { availability_rule_id: "hours" })).availability_rule, rule);
assert.deepEqual((await asked("listAvailabilityRules")).availability_rules, [rule]);
const period = { available_period_id: "early", start: time(3, "07:00"), end: time(3, "09:00") };
await asked("upsertAvailablePeriod", period);
assert.deepEqual((await asked("listAvailablePeriods", { tzid, from: day(3), to: day(4) })).available_periods, [period]);
await reader.createEvent({
  calendar_id: room, event_id: "meeting", summary: "x", start: time(3, "10:00"), end: time(3, "11:00"),
});
const member = { sub: reopened.sub, managed_availability: true };
const participants = [{ members: [member], required: "all" }];
const query_periods = [{ start: time(3, "00:00"), end: time(4, "00:00") }];
const { available_periods } = await asked("availability", { participants, required_duration: { minutes: 60 }, query_periods });
assert.deepEqual(available_periods, [
  { start: time(3, "07:00"), end: time(3, "10:00"), participants: [{ sub: reopened.sub }] },
  { start: time(3, "11:00"), end: time(3, "17:00"), participants: [{ sub: reopened.sub }] },
]);
const step = { participants, required_duration: { minutes: 60 }, start_interval: { minutes: 60 } };
const { sequences } = await asked("sequencedAvailability", {
  query_periods, sequence: [{ ...step, sequence_id: "first", ordinal: 1 }, { ...step, sequence_id: 2, ordinal: 2 }],
});
assert.deepEqual(sequences[0].sequence.map((one) => [one.sequence_id, one.start]), [["first", time(3, "07:00")], [2, time(3, "08:00")]]);
assert.equal(sequences.length, 8);
await asked("deleteAvailablePeriods", { available_period_id: "early" });
await asked("deleteAvailabilityRule", { availability_rule_id: "hours" });
assert.deepEqual((await reader.listAvailabilityRules()).availability_rules, []);

// Bookable events: with the API key, which the library takes from client_secret.
const bookable = {
  bookable_event_id: "class", start: time(5, "09:00"), end: time(5, "10:00"), status: "confirmed", registration: { capacity: 1 },
};
assert.equal((await asked("createBookableEvent", { ...bookable })).registration.registered_count, 0);
const registration = { bookable_event_id: "class", registration_id: "bill", status: "accepted", metadata: { name: "Bill" } };
assert.equal((await asked("upsertRegistrationBookableEvent", { ...registration })).registration.registered_count, 1);
await assert.rejects(
  reader.upsertRegistrationBookableEvent({ ...registration, registration_id: "ann" }), (error) => error.statusCode === 422);
assert.deepEqual((await asked("readBookableEvents", { bookable_event_id: "class" })).registration.registrations, [
  { registration_id: "bill", status: "accepted", metadata: { name: "Bill" } },
]);
await asked("deleteRegistrationBookableEvent", { bookable_event_id: "class", registration_id: "bill" });

// What is not served says so, whatever it is asked.
const request = { profile_id, calendar_id: room, email: "room@example.com", callback_url: "https://example.com/", scope: "read_write" };
for (const name of methods.filter((one) => !works.has(one) && !refusals.has(one))) {
  const status = await reader[name](request).then(() => 0, (error) => error.statusCode);
  assert.notEqual(status, 0, `${name} works: say here what its callers rely on`);
  refusals.set(name, status);
}

// What this run cannot show, because it takes a person: another one shows it.
const elsewhere = {
  createCalendar: "of a person's profile, shown by `tests/Gateway.Tests`; an application calendar has no second one",
  deleteExternalEvent: "with the permission level `unrestricted`, shown by `tests/Gateway.Tests`; else 403",
  requestAccessToken: "shown by `connect-person.mjs`",
  updateExternalEvent: "with the permission level `unrestricted`, shown by `tests/Gateway.Tests`; else 403",
};
const notes = {
  createEvent: "`conferencing`, `tags` and interactions in `subscriptions` are refused unless they are empty",
  listAccessibleCalendars: "the list is always empty",
  readEvents: "`google_event_ids` changes nothing",
};
const reasons = {
  authorizeWithServiceAccount: "there are no service accounts",
  delegatedAuthorizations: "there is no delegated access",
};
for (const name of methods) {
  const isServed = works.has(name) || name in elsewhere;
  const outcome = !isServed ? "refused" : name in notes ? "differs" : "works";
  const note = isServed ? notes[name] ?? elsewhere[name] ?? "" : `${refusals.get(name)}: ${reasons[name] ?? (refusals.get(name) === 404 ? "not served" : "see the errors below")}`;
  console.log(`| \`${name}\` | ${outcome} | ${note} |`);
}
console.log(`${methods.length} methods were called.`);
