// A tour in five minutes: an application, a calendar of its own, an event that is written, read, changed and deleted.
// Every step checks what it got, so that this file is also a test.
import assert from "node:assert/strict";
import { day, registerApplication, sdk, time, until } from "./connect.mjs";

const step = (text) => console.log(`- ${text}`);
const tzid = "Europe/Paris";

step("Register an application with the operator API");
const application = await registerApplication("Tour");
const client = sdk({ client_id: application.client_id, client_secret: application.client_secret });

step("Open a calendar of the application's own: no account anywhere is needed");
const opened = await client.applicationCalendar({ application_calendar_id: "meeting-room-1" });
assert.equal(opened.application_calendar_id, "meeting-room-1");

step("Find the calendar");
const { calendars } = await client.listCalendars();
assert.equal(calendars.length, 1);
const calendar_id = calendars[0].calendar_id;

step("Write an event: the answer comes when it is stored");
const event = {
  calendar_id,
  event_id: "booking-42",
  summary: "Board meeting",
  description: "Quarterly figures",
  start: time(3, "09:00"),
  end: time(3, "10:00"),
  tzid,
  location: { description: "Room 1" },
};
await client.createEvent(event);

const findManaged = async () => {
  const { events } = await client.readEvents({ tzid, from: day(2), to: day(6), include_managed: true });
  return events.find((found) => found.event_id === "booking-42");
};

step("Read it back");
const written = await until("the event is listed", findManaged);
assert.equal(written.summary, "Board meeting");
assert.equal(written.start, time(3, "09:00"));
assert.deepEqual(written.options, { delete: true, update: true, change_participation_status: false });

step("See when the room is taken, and nothing else");
const busy = await client.freeBusy({ tzid, from: day(2), to: day(6), include_managed: true });
assert.deepEqual(busy.free_busy, [
  { calendar_id, start: time(3, "09:00"), end: time(3, "10:00"), free_busy_status: "busy" },
]);

step("Move it: the same call with the same event_id");
await client.createEvent({ ...event, summary: "Board meeting (moved)", start: time(4, "14:00"), end: time(4, "15:30") });
const moved = await until("the event has moved", async () => {
  const found = await findManaged();
  return found?.start === time(4, "14:00") && found;
});
assert.equal(moved.summary, "Board meeting (moved)");
assert.equal(moved.event_uid, written.event_uid);

step("Delete it; deleting twice is fine");
await client.deleteEvent({ calendar_id, event_id: "booking-42" });
await client.deleteEvent({ calendar_id, event_id: "booking-42" });
await until("the event is gone", async () => !(await findManaged()));

step("Refresh the access token");
const before = client.config.access_token;
const refreshed = await client.refreshAccessToken();
assert.ok(refreshed.access_token && refreshed.expires_in > 0);
assert.ok(before);
assert.equal((await client.listCalendars()).calendars.length, 1);

step("Revoke: from now on no token of it opens anything");
await client.revokeAuthorization();
await assert.rejects(client.listCalendars({ access_token: refreshed.access_token }), (error) => error.statusCode === 401);

console.log("The tour is done.");
