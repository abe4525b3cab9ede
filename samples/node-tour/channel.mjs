// An application listens to a person: it is told when the person changes something in their own calendar.
// Prints an address to open in a browser, and ends when the person has changed an event.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";
import { baseUrl, day, registerApplication, sdk, until } from "./connect.mjs";

const step = (text) => console.log(`- ${text}`);
const patience = 600;

step("Wait on a port of our own for the browser and for notifications");
const calls = [];
const browser = Promise.withResolvers?.() ?? (() => {
  const made = {};
  made.promise = new Promise((resolve) => Object.assign(made, { resolve }));
  return made;
})();
const listener = createServer(async (request, response) => {
  if (request.method === "GET") {
    response.end("Thank you. You can close this page.");
    browser.resolve(new URL(request.url, "http://127.0.0.1").searchParams);
    return;
  }
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) {
    body += chunk;
  }
  calls.push({ headers: request.headers, body });
  response.writeHead(200).end();
}).listen(0, "127.0.0.1");
await once(listener, "listening");
const origin = `http://127.0.0.1:${listener.address().port}`;
const redirect_uri = `${origin}/callback`;
const callback_url = `${origin}/notifications?for=planner`;

step("Register an application");
const { client_id, client_secret } = await registerApplication("Planner", [redirect_uri]);
const question = new URLSearchParams({ response_type: "code", client_id, redirect_uri, scope: "read_write" });
console.log(`Open this in a browser: ${baseUrl}/oauth/authorize?${question}`);
const client = sdk({ client_id, client_secret });
const { access_token } = await client.requestAccessToken({ code: (await browser.promise).get("code"), redirect_uri });
await until("the first synchronization is done", async () =>
  !(await client.userInfo())["cronofy.data"].profiles[0].profile_initial_sync_required, patience);

/** The next notification of a type, whose signature the SDK accepts, and refuses for any other body. */
const told = async (type) => {
  const call = await until(`a ${type} comes`, async () =>
    calls.find(({ body }) => JSON.parse(body).notification.type === type), patience);
  calls.splice(calls.indexOf(call), 1);
  const hmac = call.headers["cronofy-hmac-sha256"];
  assert.equal(client.hmacValid({ hmac, body: call.body }), true);
  assert.equal(client.hmacValid({ hmac, body: `${call.body} ` }), false);
  return { ...call, ...JSON.parse(call.body) };
};

step("Create a channel; a verification comes at once");
const { channel } = await client.createNotificationChannel({ callback_url });
assert.match(channel.channel_id, /^chn_/);
assert.deepEqual(channel, { channel_id: channel.channel_id, callback_url, filters: {} });
assert.deepEqual((await told("verification")).channel, channel);
assert.equal((await client.createNotificationChannel({ callback_url })).channel.channel_id, channel.channel_id);
assert.deepEqual((await client.listNotificationChannels()).channels, [channel]);

step("Ask for the headers of Standard Webhooks as well");
const api = async (method, path, body) => {
  const response = await fetch(`${baseUrl}/v1/channels/${channel.channel_id}${path}`, {
    method,
    headers: { authorization: `Bearer ${access_token}`, "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  assert.ok(response.ok, `${path}: ${response.status}`);
  return response.status === 200 ? response.json() : undefined;
};
await api("POST", "/settings", { standard_webhooks: true });

step("Now change an event in your own calendar application");
const change = await told("change");
const { changes_since } = change.notification;
assert.match(changes_since, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const standard = new Webhook(createHmac("sha256", client_secret).update("standard-webhooks").digest("base64"));
assert.deepEqual(standard.verify(change.body, change.headers), JSON.parse(change.body));
assert.throws(() => standard.verify(`${change.body} `, change.headers));

step("Read what changed");
const read = { tzid: "Etc/UTC", from: day(0), to: day(30), last_modified: changes_since, include_deleted: true };
const { events } = await client.readEvents(read);
assert.ok(events.length > 0);
console.log(`  It is "${events[0].summary}"`);

step("See the deliveries, and have them told again");
const { deliveries } = await until("the change is listed", async () => {
  const page = await api("GET", "/deliveries");
  return page.deliveries.length > 1 && page;
});
assert.deepEqual(deliveries.map(({ state }) => state), deliveries.map(() => "delivered"));
assert.ok(deliveries.some(({ id }) => id === change.headers["webhook-id"]));
await api("POST", "/deliveries/replay", { from: deliveries.at(-1).sequence });
const again = await told(deliveries.at(-1).notification.type);
assert.notEqual(again.headers["webhook-id"], change.headers["webhook-id"]);

step("Close it");
await client.deleteNotificationChannel({ channel_id: channel.channel_id });
assert.deepEqual((await client.listNotificationChannels()).channels, []);
listener.close();
listener.closeAllConnections();
console.log("The application was told.");
