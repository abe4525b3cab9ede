// A person connects their own calendar and allows this application to use it; then both of them change it.
// Prints an address to open in a browser, and ends when the person has changed the event that it wrote.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { baseUrl, day, registerApplication, sdk, time, until } from "./connect.mjs";

const step = (text) => console.log(`- ${text}`);
const tzid = "Europe/Paris";
const patience = 600;

step("Wait on a port of our own for the browser to come back");
const listener = createServer().listen(0, "127.0.0.1");
await once(listener, "listening");
const redirect_uri = `http://127.0.0.1:${listener.address().port}/callback`;

step("Register an application");
const { client_id, client_secret } = await registerApplication("Planner", [redirect_uri]);
const state = crypto.randomUUID();
const question = new URLSearchParams({ response_type: "code", client_id, redirect_uri, scope: "read_write", state });
console.log(`Open this in a browser: ${baseUrl}/oauth/authorize?${question}`);

const [request, response] = await once(listener, "request");
const answer = new URL(request.url, redirect_uri).searchParams;
response.end("Thank you. You can close this page.");
listener.close();
assert.equal(answer.get("state"), state);
assert.equal(answer.get("error"), null);

step("Exchange the code");
const client = sdk({ client_id, client_secret });
const tokens = await client.requestAccessToken({ code: answer.get("code"), redirect_uri });
assert.match(tokens.account_id, /^acc_/);

step("See who it is, and which calendars they have");
const { "cronofy.data": data } = await client.userInfo();
const [profile] = data.profiles;
assert.equal(profile.profile_connected, true);
await until("the first synchronization is done", async () =>
  !(await client.userInfo())["cronofy.data"].profiles[0].profile_initial_sync_required, patience);
const { calendars } = await client.listCalendars();
const { calendar_id } = calendars.find((calendar) => !calendar.calendar_readonly);

step("Read the coming week");
const week = { tzid, from: day(0), to: day(8), include_managed: true };
const before = await client.readEvents(week);
console.log(`  ${calendars.length} calendars, ${before.events.length} events`);

step("Write an event into it");
const start = time(3, "09:00");
await client.createEvent({ calendar_id, event_id: "planning", summary: "Planning", start, end: time(3, "10:00"), tzid });
const find = async () => (await client.readEvents(week)).events.find((event) => event.event_id === "planning");
assert.equal((await until("the event is listed", find)).start, start);

step("Now move or rename that event in your own calendar application");
const changed = await until("the person changes the event", async () => {
  const event = await find();
  return event && (event.summary !== "Planning" || event.start !== start) && event;
}, patience);
console.log(`  It is now "${changed.summary}" at ${changed.start}`);

step("Delete it");
await client.deleteEvent({ calendar_id, event_id: "planning" });
await until("the event is gone", async () => !(await find()));

step("Give everything back");
await client.revokeAuthorization();
await assert.rejects(client.userInfo());
console.log("The person's calendar was read and changed.");
