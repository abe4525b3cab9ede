// graphile-worker delivering signed webhooks, its completions in batches: what an engineer would put on the same PostgreSQL.
//   node worker.mjs <connection string> <sink> <jobs> <bytes of a body>
// Prints one line of JSON: how many, and the seconds from the first job started to PostgreSQL having none left.
import { createHmac } from 'node:crypto';
import http from 'node:http';
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import pg from 'pg';

const [connectionString, sink, jobsText, bytesText] = process.argv.slice(2);
const jobs = Number(jobsText);
const body = JSON.stringify({ notification: { type: 'change' }, padding: 'x'.repeat(Math.max(0, Number(bytesText) - 60)) });
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
const logger = new Logger(() => () => {});

const post = (channel) => new Promise((resolve, reject) => {
  const request = http.request(new URL(`/peer/${channel}`, sink), {
    agent,
    method: 'POST',
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
      'Cronofy-HMAC-SHA256': createHmac('sha256', 'bench-secret-bench-secret-bench-secret').update(body).digest('base64'),
    },
  }, (response) => {
    response.resume();
    response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`))));
  });
  request.on('error', reject);
  request.end(body);
});

const pool = new pg.Pool({ connectionString, max: 12 });
pool.on('error', () => {});
pool.on('connect', (client) => client.on('error', () => {}));
const utils = await makeWorkerUtils({ pgPool: pool, logger });
await utils.migrate();
for (let from = 0; from < jobs; from += 1_000) {
  await utils.addJobs(Array.from({ length: Math.min(1_000, jobs - from) }, (_, n) => ({
    identifier: 'deliver', payload: { channel: (from + n) % 1_000 },
  })));
}

const began = process.hrtime.bigint();
const runner = await run({
  pgPool: pool,
  logger,
  noHandleSignals: true,
  taskList: { deliver: ({ channel }) => post(channel) },
  preset: {
    worker: {
      concurrentJobs: 48, pollInterval: 100, localQueue: { size: 500 }, completeJobBatchDelay: 5, failJobBatchDelay: 5,
    },
  },
});
for (let left = jobs; left > 0;) {
  await new Promise((resolve) => setTimeout(resolve, 10));
  left = Number((await pool.query('select count(*) from graphile_worker._private_jobs')).rows[0].count);
}

const seconds = Number(process.hrtime.bigint() - began) / 1e9;
console.log(JSON.stringify({ jobs, seconds }));
await runner.stop();
await utils.release();
await pool.end().catch(() => {});
agent.destroy();
