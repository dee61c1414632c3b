// R14: strangers who open connections and send next to nothing. Gateways are answered beside them, their large batches
// too, and the strangers are cut off; so it is where the process has few file descriptors.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Crowd, quantile, residentMb } from "./support/crowd.mjs";
import { eventually } from "./support/gateway.mjs";
import * as meta from "./support/graph.mjs";
import { Server, pause, sanitized, temporaryFolder } from "./support/server.mjs";
import { send } from "./support/twilio.mjs";
import { batch, configuration, newPhone, said, startGraph } from "./support/whatsapp.mjs";

const drips = Number(process.env.DRIPS ?? 300); // headers, and as many bodies, and half as many idle; script/soak: 1,000
const host = `Host: ${new URL(meta.publicUrl).host}`;
const header = `POST /hooks/chat HTTP/1.1\r\n${host}\r\nX-Slow: `;
const body = (length) => `POST /hooks/chat HTTP/1.1\r\n${host}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

/** What Meta brings after a pause: one text, and beside it more than a usual body holds. */
const large = () => batch({ contacts: [{ profile: { name: "x".repeat(200_000) } }], messages: [said("Bonjour", { from: newPhone() })] });
const small = () => batch({ contacts: [{ profile: { name: "Amina" } }], messages: [said("Bonjour", { from: newPhone() })] });

async function start(t, options = {}) {
  const folder = temporaryFolder(t);
  const graph = await startGraph(t);
  const server = await Server.start({ folder, config: configuration(graph.url), ...options });
  t.after(() => server.close());
  return server;
}

/** Webhooks one after the other until 'until' says so: {took, again, failed}. As a gateway does, it comes again after a no. */
async function traffic(server, { until, every, make = small }) {
  const seen = { took: [], again: 0, failed: [] };
  while (!(await until(seen))) {
    const request = await meta.signed(make());
    const begun = performance.now();
    const once = () => send(server.port, request, { within: 15_000 }).then(({ status }) => status, (error) => error.code ?? error.message);
    let status = await once();
    for (let tries = 0; status !== 200 && tries < 40; ++tries) {
      ++seen.again;
      await pause(250);
      status = await once();
    }
    if (status !== 200) seen.failed.push(status);
    seen.took.push(performance.now() - begun);
    await pause(every);
  }
  return seen;
}

const told = ({ took, again, failed }) => `${took.length} webhooks, p50 ${quantile(took, 0.5).toFixed(1)} ms, ` +
  `p99 ${quantile(took, 0.99).toFixed(1)} ms, ${again} brought again, ${failed.length} lost`;

test(`${drips} headers and ${drips} bodies that drip, and ${drips / 2} idle connections`, async (t) => {
  const server = await start(t);
  await traffic(server, { until: ((left) => () => left-- === 0)(50), every: 0 }); // warm
  const before = residentMb(server.pid);
  const crowd = new Crowd(server.port);
  t.after(() => crowd.leave());
  await crowd.join("idle", drips / 2, `GET /nothing HTTP/1.1\r\n${host}\r\n\r\n`);
  await crowd.join("header", drips, header, { piece: "x" });
  await crowd.join("body", drips, body(60_000), { piece: "x" });
  await crowd.join("large body", 40, Buffer.concat([Buffer.from(body(3_000_000)), Buffer.alloc(70_000, " ")]), { piece: "x" });

  const drip = () => [...crowd.of("header"), ...crowd.of("body"), ...crowd.of("large body")];
  const begun = performance.now();
  const patience = sanitized ? 60_000 : 25_000;
  let most = before;
  // Sixteen strangers hold the places for large bodies as long as nobody wants them: those are let go by their own time.
  const standing = () => [...crowd.of("header"), ...crowd.of("body")].filter(({ closed }) => closed === 0);
  const until = () => {
    most = Math.max(most, residentMb(server.pid));
    return standing().length === 0 || performance.now() - begun > patience;
  };
  const [usual, batches] = await Promise.all([traffic(server, { until, every: 20 }), traffic(server, { until, every: 250, make: large })]);

  const slowest = Math.max(...drip().filter(({ closed }) => closed).map(({ opened, closed }) => closed - opened));
  t.diagnostic(`usual: ${told(usual)}`);
  t.diagnostic(`batches of 200 KB: ${told(batches)}`);
  t.diagnostic(`slowest drip cut after ${(slowest / 1000).toFixed(1)} s; memory ${before.toFixed(0)} MB, at most ${(most - before).toFixed(0)} MB more`);
  assert.equal(standing().length, 0, "every drip is cut off");
  assert.ok(sanitized || slowest <= 15_000, `cut after ${slowest} ms`);
  assert.deepEqual([usual.failed, usual.again, batches.failed], [[], 0, []]);
  assert.ok(usual.took.length > 20 && batches.took.length > 5, "there was traffic");
  assert.equal(crowd.of("idle").filter(({ closed }) => closed).length, 0, "who has asked well may stay a while");
  assert.ok(sanitized || most - before <= 64, `${most - before} MB more`);
  crowd.leave();
});

test("with 256 file descriptors, accepting goes on", async (t) => {
  const server = await start(t, { before: ["prlimit", "--nofile=256:256"] });
  const crowd = new Crowd(server.port);
  t.after(() => crowd.leave());
  await crowd.join("header", drips, header, { piece: "x", again: true });
  await crowd.join("idle", drips, `GET /nothing HTTP/1.1\r\n${host}\r\n\r\n`, { again: true });
  const end = performance.now() + 5_000;
  // Strangers and gateways ask for the same places: on a slow machine a webhook takes its time.
  const enough = ({ took }) => performance.now() > end && (took.length > 20 || performance.now() > end + 60_000);
  const seen = await traffic(server, { until: enough, every: 20 });
  const came = crowd.members.length;
  crowd.leave();
  t.diagnostic(`${came} connections of strangers: ${told(seen)}`);
  assert.ok(came > 2 * drips, "they came again and again");
  assert.deepEqual(seen.failed, []);
  assert.ok(seen.took.length > 20, "there was traffic");
  assert.ok(!/accept_failed/.test(server.text.stderr), "no descriptor was missing");
  await eventually(async () => (await traffic(server, { until: ((left) => () => left-- === 0)(1), every: 0 })).again === 0);
});
