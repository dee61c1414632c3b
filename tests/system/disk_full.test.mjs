// R8 with the real program: its data folder lies on a small file system that fills up under load and is freed again.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { query, value } from "./support/database.mjs";
import { eventually } from "./support/gateway.mjs";
import { exchange } from "./support/raw.mjs";
import { Server, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";

// Of a namespace of our own: a tmpfs under the data folder, a shell that obeys a pipe, and the server. The shell is
// started twice removed, so that it is no child of the server's.
const around = (data, orders) => ["unshare", "--map-root-user", "--mount", "sh", "-c",
  `mount -t tmpfs -o size=4m,mode=0700 none "${data}" && ( ( sh <"${orders}" >/dev/null 2>&1 ) & ) && exec "$@"`, "sh"];

/** Has the shell do something in there, and waits until it has. */
async function order(pipe, folder, what) {
  const done = join(folder, `done-${Math.random().toString(36).slice(2)}`);
  writeSync(pipe, `${what}; : >"${done}"\n`);
  await eventually(() => existsSync(done) || `not done: ${what}`);
}

const ask = async (server, path) => exchange(server.adminPort, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
const undone = async (server) => Number(/^passerelle_store_undone_total (\d+)/m.exec((await ask(server, "/metrics")).text)?.[1]);

test("a disk that is full: 503 until there is space, nothing acknowledged is lost, and it goes on by itself", async (t) => {
  const folder = temporaryFolder(t);
  const data = join(folder, "data");
  const orders = join(folder, "orders");
  mkdirSync(data, { mode: 0o700 });
  assert.equal(spawnSync("mkfifo", [orders]).status, 0);
  const pipe = openSync(orders, "r+"); // both ends: opening waits for nobody
  t.after(() => closeSync(pipe));
  const server = await Server.start({ folder, config: twilio.configuration(folder), before: around(data, orders) });
  t.after(() => server.close());

  const acknowledged = new Set();
  let count = 0;
  const write = async () => {
    const params = twilio.message("Bonjour", { from: `+4179${1_000_000 + ++count}` });
    const answer = await twilio.send(server.port, twilio.signed(params));
    if (answer.status === 200) acknowledged.add(params.MessageSid);
    return answer;
  };
  for (let i = 0; i < 20; ++i) assert.equal((await write()).status, 200);
  assert.deepEqual((await ask(server, "/readyz")).statuses, [200]);

  await order(pipe, folder, `dd if=/dev/zero of="${data}/ballast" bs=4k`);
  await eventually(async () => (await write()).status === 503, { within: 30_000, every: 0 });
  for (let i = 0; i < 10; ++i) {
    const answer = await write();
    assert.equal(answer.status, 503);
    assert.ok(Number(answer.headers["retry-after"]) > 0, "it says when to come again");
  }
  assert.deepEqual((await ask(server, "/readyz")).statuses, [503], "a monitor learns of it");
  assert.ok((await undone(server)) >= 10, "so do the figures");
  const kept = acknowledged.size;

  await order(pipe, folder, `rm "${data}/ballast"`);
  const freed = performance.now();
  await eventually(async () => (await write()).status === 200, { within: 10_000, every: 50 });
  t.diagnostic(`${kept} acknowledged before, ${await undone(server)} undone; taken again ${(performance.now() - freed).toFixed(0)} ms after there was space`);
  for (let i = 0; i < 20; ++i) assert.equal((await write()).status, 200);
  assert.deepEqual((await ask(server, "/readyz")).statuses, [200]);

  await order(pipe, folder, `cp -r "${data}" "${folder}/copy"`);
  const copy = join(folder, "copy");
  assert.equal(value(copy, "PRAGMA integrity_check"), "ok");
  const stored = new Set(query(copy, "SELECT provider_id FROM inbound").map(([id]) => id));
  assert.deepEqual([...stored].sort(), [...acknowledged].sort(), "what got a 200 is there, and what got a 503 is not");
  writeSync(pipe, "exit\n");
  await server.stop();
});
