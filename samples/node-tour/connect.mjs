// What both scripts need: where the service is, an application of one's own, and the official SDK pointed at it.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Cronofy from "cronofy";

export const baseUrl = (process.env.CALENDARACTORS_URL ?? "http://127.0.0.1:5080").replace(/\/$/, "");

// Standalone writes the operator key into its data directory when nobody configured one.
const keyFile = process.env.CALENDARACTORS_OPERATOR_KEY_FILE
  ?? fileURLToPath(new URL("../../data/operator.key", import.meta.url));
const operatorKey = process.env.CALENDARACTORS_OPERATOR_KEY ?? keyIn(keyFile);

function keyIn(file) {
  if (!existsSync(file)) {
    console.error(`There is no operator key in ${file}.\n`
      + "Start the service first: dotnet run --project src/Standalone. If it runs elsewhere, set CALENDARACTORS_URL and CALENDARACTORS_OPERATOR_KEY.");
    process.exit(1);
  }
  return readFileSync(file, "utf8").trim();
}

/** Registers an application with the operator API. */
export async function registerApplication(name, redirect_uris = []) {
  const response = await fetch(`${baseUrl}/operator/applications`, {
    method: "POST",
    headers: { authorization: `Bearer ${operatorKey}`, "content-type": "application/json" },
    body: JSON.stringify({ name, redirect_uris }),
  });
  if (response.status !== 201) {
    throw new Error(`Registering answered ${response.status}: ${await response.text()}`);
  }
  return response.json();
}

/** The official SDK; everything but this one line is as its documentation says. */
export function sdk(config) {
  const client = new Cronofy(config);
  client.urls.api = baseUrl;
  return client;
}

/** Waits until a question is answered as wished, and at most so many seconds. */
export async function until(what, ask, seconds = 10) {
  for (const deadline = Date.now() + seconds * 1000; ;) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
    if (Date.now() > deadline) {
      throw new Error(`${seconds} seconds passed without this: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A day so many days from today, as `yyyy-mm-dd`. */
export const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

/** A time so many days from today, as `yyyy-mm-ddThh:mm:ssZ`. */
export const time = (ahead, clock) => `${day(ahead)}T${clock}:00Z`;
