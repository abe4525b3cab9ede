// A call when an event begins: the event is written with a subscription, and the call that comes is checked as the SDK
// checks it. The service must be allowed to call this machine: CalendarActors__Outbound__AllowedHosts__0=127.0.0.1.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { registerApplication, sdk, until } from "./connect.mjs";

const step = (text) => console.log(`- ${text}`);

step("Listen for calls");
const calls = [];
const server = createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    calls.push({ signature: request.headers["cronofy-hmac-sha256"], body: Buffer.concat(parts).toString("utf8") });
    response.writeHead(204).end();
  });
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

step("Write an event that begins in a moment, and ask to be called when it does");
const application = await registerApplication("Trigger");
const client = sdk({ client_id: application.client_id, client_secret: application.client_secret });
await client.applicationCalendar({ application_calendar_id: "meeting-room-1" });
const [{ calendar_id }] = (await client.listCalendars()).calendars;
const at = (seconds) => new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");
const start = at(5);
await client.createEvent({
  calendar_id,
  event_id: "booking-42",
  summary: "Board meeting",
  start,
  end: at(3600),
  subscriptions: [{
    type: "webhook",
    uri: `http://127.0.0.1:${server.address().port}/called`,
    transitions: [{ after: "event_start", offset: { minutes: 0 } }],
  }],
});

step("Wait for it: at most half a minute");
await until("the call has come", () => calls.length > 0, 60);
const [{ signature, body }] = calls;
assert.ok(client.hmacValid({ hmac: signature, body }));
const { notification, event } = JSON.parse(body);
assert.deepEqual(notification, {
  type: "event_subscription",
  transitions: [{ after: "event_start", offset: { minutes: 0 } }],
});
assert.equal(event.event_id, "booking-42");
assert.equal(event.calendar_id, calendar_id);
assert.equal(event.start, start);
assert.ok(!body.includes("Board meeting"));
assert.ok(!client.hmacValid({ hmac: signature, body: body.replace("booking-42", "booking-43") }));

server.close();
console.log("The event began.");
