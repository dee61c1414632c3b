// R15: thousands of malformed requests. None harms, none is answered with a 5xx, a connection ends where its framing is
// broken; and no bytes that we take for a request are taken apart differently by nginx in front of us.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { taken } from "./support/ledger.mjs";
import { configuration, publicUrl } from "./support/described.mjs";
import { differences, malformed } from "./support/malformed.mjs";
import { Nginx } from "./support/nginx.mjs";
import { exchange } from "./support/raw.mjs";
import { Server, sanitized, temporaryFolder } from "./support/server.mjs";
import { dice } from "./support/storm.mjs";

const count = Number(process.env.MALFORMED ?? 10_000);
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const hookSecret = "0123456789abcdef01234567";
const peer = { hook: `/hooks/sms/${hookSecret}`, host: new URL(publicUrl).host, from: "+33639980001" };
const block = `
api_url = "http://127.0.0.1:9"
[channel.send]
body = { text = "{text}" }
[channel.answer]
rules = [{ status = 200, then = "accepted" }]
[channel.inbound]
format = "form"
from = ["from", "?from"]
id = ["id", "?id"]
text = ["text", "?text"]
`;

/** Runs 'work' over the list, so many at a time. */
async function inParallel(list, most, work) {
  const rest = list.entries();
  await Promise.all(Array.from({ length: most }, async () => {
    for (const [i, one] of rest) await work(one, i);
  }));
}

/** By id, what was taken for a request of its own. */
const byId = (list) => new Map(list.filter(({ id }) => /^n\d{5}x[ab]$/.test(id ?? "")).map((one) => [one.id, one]));

function forwarded({ head, body }) {
  const target = head.split(" ")[1] ?? "";
  const form = new URLSearchParams(head.startsWith("POST") ? body : target.replace(/^[^?]*[?]?/, ""));
  return { id: form.get("id"), text: form.get("text"), raw: `${head}\r\n\r\n${body}` };
}

const framing = new Set([408, 411, 413, 414, 417, 421, 431]);

/** Whether it is beyond doubt where the first request ends: then a 400 may be about what it says. */
function framed(bytes) {
  const lines = bytes.toString("latin1").split("\r\n\r\n")[0].split("\r\n");
  const of = (name) => lines.filter((line) => new RegExp(`^${name}[^\\w]*:`, "i").test(line));
  const lengths = of("content-length");
  return of("transfer-encoding").length === 0 && lengths.length <= 1 && lengths.every((line) => /^content-length:[ \t]*\d+[ \t]*$/i.test(line));
}

/** What is wrong with our answers to a case; nothing if all is well. */
function complaint(seen, bytes) {
  if (!seen.closed) return `still open after ${seen.ms.toFixed(0)} ms`;
  if (seen.statuses.some((status) => status >= 500)) return "a 5xx";
  const before = seen.statuses.slice(0, -1);
  if (before.some((status) => framing.has(status)) || (before.includes(400) && !framed(bytes))) return "it listened on after broken framing";
  if (/\r\nConnection: close\r\n[^]*HTTP\/1\.1 \d/.test(seen.text)) return "it answered after it had said that it would close";
  return undefined;
}

test(`${count} malformed requests, and what nginx makes of the same bytes`, async (t) => {
  const folder = temporaryFolder(t);
  const config = configuration(folder, block, { hook_secret: hookSecret }).replace("flood = 0", "flood = 1");
  const server = await Server.start({ folder, config });
  t.after(() => server.close());
  const nginx = await Nginx.start(t, join(folder, "nginx"));
  const random = dice(seed);
  const cases = Array.from({ length: count }, (_, i) => malformed(random, i, peer));

  const statuses = new Map();
  const wrong = [];
  await inParallel(cases, 32, async ({ id, bytes }) => {
    const seen = await exchange(server.port, bytes, { within: sanitized ? 60_000 : 20_000, finish: true });
    for (const status of seen.statuses) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const why = complaint(seen, bytes);
    if (why) wrong.push(`${id}: ${why}: ${seen.statuses} for ${JSON.stringify(bytes.toString("latin1").slice(0, 400))}`);
  });
  const clean = `GET ${peer.hook}?id=n${cases.length}xb&text=Bonjour&from=%2B33639980001 HTTP/1.1\r\nHost: ${peer.host}\r\nConnection: close\r\n\r\n`;
  assert.deepEqual((await exchange(server.port, clean)).statuses, [200], "it is the same server as before");
  // A case that nginx waits for more of is let go: it will not be forwarded.
  await inParallel(cases, 64, ({ bytes }) => exchange(nginx.port, bytes, { within: 300 }));

  const ours = byId(taken(server.data).map(({ id, text }) => ({ id, text, raw: text })));
  const theirs = byId(nginx.requests.map(forwarded));
  const both = [...ours.keys()].filter((id) => theirs.has(id)).length;
  t.diagnostic(`seed ${seed}: answers ${JSON.stringify(Object.fromEntries([...statuses].sort()))}; ` +
    `${ours.size} requests taken by us, ${theirs.size} by nginx, ${both} by both`);
  assert.deepEqual(wrong.slice(0, 5), [], `${wrong.length} complaints`);
  assert.deepEqual(differences(ours, theirs).slice(0, 5), []);
  assert.ok(both > count / 50 && theirs.size > both, "there was something to compare, and nginx is the less strict");
  const end = await server.stop();
  assert.ok(!/AddressSanitizer|runtime error|terminate called|handler_failed/.test(end.stderr), end.stderr.slice(-2_000));
});

test("the comparison would notice a request that is split differently", () => {
  const whole = (id, text, raw = text) => [id, { text, raw }];
  const agreed = new Map([whole("n1xa", "Bonjour"), whole("n1xb", "Bonjour")]);
  assert.deepEqual(differences(agreed, agreed), []);
  assert.equal(differences(agreed, new Map([whole("n1xa", "Bonj")])).length, 1, "another length");
  const smuggled = new Map([whole("n1xa", "Bonjour", "POST / … GET /?id=n1xb&text=…")]);
  assert.equal(differences(agreed, smuggled).length, 1, "nginx takes the second for the body of the first");
  assert.equal(differences(smuggled, agreed).length, 1, "so do we");
});
