// Backups of a server that works: whole at one moment, readable by the holder of the key and by nobody else, found out when
// a bit of them has changed, and worth a data folder.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { query, value } from "./support/database.mjs";
import { python } from "./support/python.mjs";
import { Server, pause, run, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";

const canary = "zebra7canary";

async function keysIn(folder, name = "key") {
  const made = await run(["backup", "keygen"]);
  assert.equal(made.code, 0, made.stderr);
  const file = join(folder, name);
  writeFileSync(file, made.stdout, { mode: 0o600 });  // as it was printed
  const recipient = /^recipient = "(pbr1-[0-9a-f]+)"$/m.exec(made.stdout)[1];
  assert.match(made.stdout, /^pbk1-[0-9a-f]+$/m);
  return { file, recipient };
}

const configuration = (folder, recipient, more = "") =>
  `${twilio.configuration(folder, { demo: true })}\n`.replace("[limits]", `[backup]\nrecipient = "${recipient}"\ndir = "${folder}/backups"\n${more}\n[limits]`);

const backupsIn = (folder) => (existsSync(join(folder, "backups")) ? readdirSync(join(folder, "backups")) : []).filter((name) => /^passerelle-\d{8}T\d{6}Z\.backup$/.test(name)).sort();
const metric = async (server, name) => {
  const text = await (await fetch(`http://127.0.0.1:${server.adminPort}/metrics`)).text();
  return Number(new RegExp(`^${name} (.*)$`, "m").exec(text)?.[1] ?? NaN);
};

/** Waits until 'done' says so. */
async function until(done, what, within = 20_000) {
  for (const started = performance.now(); performance.now() - started < within; await pause(20)) {
    const found = await done();
    if (found) return found;
  }
  throw new Error(`not in time: ${what}`);
}

test("a backup under traffic is whole, and all that was acknowledged before it comes back", async (t) => {
  const folder = temporaryFolder(t);
  const { file, recipient } = await keysIn(folder);
  const server = await Server.start({ folder, config: configuration(folder, recipient) });
  t.after(() => server.close());
  const acknowledged = [];
  let going = true;
  const traffic = Promise.all(Array.from({ length: 4 }, async (_, worker) => {
    for (let n = 0; going; n++) {
      const sid = twilio.newSid();
      const answer = await twilio.send(server.port, twilio.signed(twilio.message(`${canary} ${n}`, { sid, from: `+4179123450${worker}` })));
      if (answer.status === 200) acknowledged.push(sid);
    }
  }));
  await until(() => acknowledged.length >= 100, "traffic");
  const before = [...acknowledged];
  const made = await run(["backup", "--data", server.data, "--json"]);
  const during = acknowledged.length - before.length;
  going = false;
  await traffic;
  assert.equal(made.code, 0, made.stderr);
  const { file: path, rows, bytes } = JSON.parse(made.stdout);
  assert.equal(statSync(path).size, bytes);
  assert.equal(statSync(path).mode & 0o777, 0o600);

  const verified = await run(["restore", path, "--verify", "--key", file, "--json"]);
  assert.equal(verified.code, 0, verified.stderr);
  const told = JSON.parse(verified.stdout);
  assert.equal(told.rows, rows);
  const into = join(folder, "restored");
  const restored = await run(["restore", path, "--key", file, "--into", into]);
  assert.equal(restored.code, 0, restored.stderr);
  assert.match(restored.stdout, /: restored into .*; made \d{4}-/);
  assert.equal(statSync(into).mode & 0o777, 0o700);
  const paused = value(into, "SELECT count(*) FROM channel_state WHERE why = 'restored' AND paused_at IS NOT NULL");
  assert.ok(paused >= 1, "every channel that it knows waits for people");
  for (const [table, count] of Object.entries(told.counts)) assert.equal(value(into, `SELECT count(*) FROM ${table}`), count + (table === "event" ? paused : 0), table);
  const there = new Set(query(into, "SELECT provider_id FROM inbound").map(([id]) => id));
  assert.deepEqual(before.filter((sid) => !there.has(sid)), [], "acknowledged before the backup began");
  // One turn adds one to the version of its conversation.
  const uneven = query(into, `SELECT c.address FROM conversation c JOIN inbound i ON i.address = c.address
    GROUP BY c.address HAVING c.version <> count(i.id)`);
  assert.deepEqual(uneven, [], "a cut between messages, not within one");
  // Row by row as the running server has them: what is in a backup is never something else.
  const live = new Map(query(server.data, "SELECT provider_id, text, received_at FROM inbound").map(([id, ...rest]) => [id, rest]));
  for (const [id, ...rest] of query(into, "SELECT provider_id, text, received_at FROM inbound")) assert.deepEqual(live.get(id), rest);
  console.log(`backup: ${before.length} acknowledged before it, ${during} meanwhile, ${there.size} in it, ${bytes} bytes`);
  await server.stop();
});

test("a restored folder is served like any other", async (t) => {
  const folder = temporaryFolder(t);
  const { file, recipient } = await keysIn(folder);
  const first = await Server.start({ folder, config: configuration(folder, recipient) });
  const sid = twilio.newSid();
  const request = twilio.signed(twilio.message("Bonjour", { sid }));
  const answer = await twilio.send(first.port, request);
  const made = JSON.parse((await run(["backup", "--data", first.data, "--json"])).stdout);
  await first.stop();
  const elsewhere = temporaryFolder(t);
  assert.equal((await run(["restore", made.file, "--key", file, "--into", join(elsewhere, "data")])).code, 0);
  const second = await Server.start({ folder: elsewhere, config: configuration(elsewhere, recipient) });
  t.after(() => second.close());
  assert.equal((await twilio.send(second.port, request)).body, answer.body, "a repeat is answered out of the restored rows");
  assert.match(second.text.stderr, /evt=channel\.paused .*why=restored/, "and its start says that nothing else leaves");
  await second.stop();
});

test("what was queued when a backup was made leaves a restored folder only after people have looked", async (t) => {
  const folder = temporaryFolder(t);
  const { file, recipient } = await keysIn(folder);
  const first = await Server.start({ folder, config: configuration(folder, recipient) });
  await twilio.text(first.port, "Bonjour");
  await first.stop();
  const [channel, address] = query(first.data, "SELECT channel, id FROM address LIMIT 1")[0];
  const put = spawnSync(python, ["-c", "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()", join(first.data, "passerelle.db"), `INSERT INTO outbound (ref, cause, address, channel, class, locale, encoding, text, segments, via, state, created_at, state_at, next_at)
    SELECT 'queued', 'inv:1:J-2', ${address}, '${channel}', 3, 'fr', 'gsm7', text, 1, 'api', 'queued', 1, 1, 1 FROM outbound LIMIT 1`], { encoding: "utf8" });
  assert.equal(put.status, 0, put.stderr);
  const made = JSON.parse((await run(["backup", "--data", first.data, "--config", join(folder, "passerelle.toml"), "--json"])).stdout);
  const elsewhere = temporaryFolder(t);
  const data = join(elsewhere, "data");
  const restored = await run(["restore", made.file, "--key", file, "--into", data]);
  assert.equal(restored.code, 0, restored.stderr);
  assert.match(restored.stdout, new RegExp(`Paused: ${channel}\\. Uncertain, .*: 1\\.`));
  assert.match(restored.stdout, /channel resume/);
  assert.deepEqual(query(data, "SELECT state, why FROM outbound WHERE ref = 'queued'"), [["uncertain", "restored"]]);
});

test("no other key opens it, none of its bytes can be read, and a changed bit is found", async (t) => {
  const folder = temporaryFolder(t);
  const { file, recipient } = await keysIn(folder);
  const other = await keysIn(folder, "other");
  const server = await Server.start({ folder, config: configuration(folder, recipient) });
  t.after(() => server.close());
  await twilio.text(server.port, canary);
  const { file: path } = JSON.parse((await run(["backup", "--data", server.data, "--json"])).stdout);
  await server.stop();

  const bytes = readFileSync(path);
  for (const word of ["SQLite format", canary, "outbound", twilio.token]) assert.equal(bytes.indexOf(word), -1, word);
  const wrong = await run(["restore", path, "--verify", "--key", other.file]);
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /this key does not open this backup/);
  const recipientOnly = join(folder, "recipient");
  writeFileSync(recipientOnly, recipient);
  assert.match((await run(["restore", path, "--verify", "--key", recipientOnly])).stderr, /is not a backup key/, "what the server knows opens nothing");

  const broken = join(folder, "broken.backup");
  for (let i = 0; i < 20; i++) {
    const changed = Buffer.from(bytes);
    const place = Math.floor((i + 0.5) / 20 * changed.length);
    changed[place] ^= 1 << (i % 8);
    writeFileSync(broken, changed);
    const end = await run(["restore", broken, "--verify", "--key", file]);
    assert.equal(end.code, 1, `a bit at ${place} of ${changed.length}\n${end.stdout}`);
    assert.ok(end.stderr.startsWith("passerelle: "), end.stderr);
  }
  writeFileSync(broken, bytes.subarray(0, bytes.length - 1));
  assert.equal((await run(["restore", broken, "--verify", "--key", file])).code, 1, "cut short");
  mkdirSync(join(folder, "full"));
  writeFileSync(join(folder, "full", "note"), "mine");
  const full = await run(["restore", path, "--key", file, "--into", join(folder, "full")]);
  assert.equal(full.code, 1);
  assert.match(full.stderr, /is not empty/);
  assert.deepEqual(readdirSync(join(folder, "full")), ["note"]);
  assert.equal((await run(["restore", path, "--key", file])).code, 2, "neither --verify nor --into");
});

test("the server makes one at its start and every hour, keeps a day of them and then one a day, and tells its age", async (t) => {
  const folder = temporaryFolder(t);
  const { recipient } = await keysIn(folder);
  const begin = Date.parse("2027-03-20T08:00:00Z");
  const config = configuration(folder, recipient, "daily = 3");
  const server = await Server.start({ folder, config, args: ["--clock", new Date(begin).toISOString()] });
  t.after(() => server.close());
  await until(() => backupsIn(folder).length === 1, "the first one");
  await until(async () => await metric(server, "passerelle_backup_age_seconds") === 0, "its age");
  for (let hour = 1; hour <= 100; hour += hour < 4 ? 1 : 12) {
    const moved = await run(["clock", new Date(begin + hour * 3_600_000).toISOString(), "--data", server.data]);
    assert.equal(moved.code, 0, moved.stderr);
    const name = `passerelle-${new Date(begin + hour * 3_600_000).toISOString().replace(/[-:]|\.\d+/g, "")}.backup`;
    await until(() => backupsIn(folder).includes(name), name);
  }
  await until(() => backupsIn(folder).length <= 6, "retention");
  const kept = backupsIn(folder);
  assert.ok(kept.length >= 4, kept.join(" "));
  assert.ok(!kept.some((name) => name.includes("20270320")), `older than three days: ${kept}`);
  assert.equal(await metric(server, "passerelle_backup_failures_total"), 0);
  await server.stop();
});

test("a backup that cannot be written is told, counted, and hurts nobody", async (t) => {
  const folder = temporaryFolder(t);
  const { recipient } = await keysIn(folder);
  writeFileSync(join(folder, "backups"), "a file stands where the folder should be");
  const server = await Server.start({ folder, config: configuration(folder, recipient) });
  t.after(() => server.close());
  const end = await run(["backup", "--data", server.data]);
  assert.equal(end.code, 1);
  assert.match(end.stderr, /backups/);
  assert.ok(await metric(server, "passerelle_backup_failures_total") >= 1);
  assert.equal((await twilio.send(server.port, twilio.signed(twilio.message("Bonjour")))).status, 200);
  assert.match(server.text.stderr, /evt=backup\.failed/);
  await server.stop();
});

test("without a recipient it says what to do; without a server it makes one itself", async (t) => {
  const folder = temporaryFolder(t);
  const { file, recipient } = await keysIn(folder);
  const server = await Server.start({ folder, config: twilio.configuration(folder) });
  const none = await run(["backup", "--data", server.data]);
  assert.equal(none.code, 1);
  assert.match(none.stderr, /passerelle backup keygen/);
  await server.stop();
  writeFileSync(join(folder, "passerelle.toml"), configuration(folder, recipient));
  const made = await run(["backup", "--data", server.data, "--config", join(folder, "passerelle.toml"), "--json"]);
  assert.equal(made.code, 0, made.stderr);
  const { file: path } = JSON.parse(made.stdout);
  assert.equal((await run(["restore", path, "--verify", "--key", file])).code, 0);
  const listed = await run(["backup", "list", "--config", join(folder, "passerelle.toml")]);
  assert.match(listed.stdout, /^MADE +BYTES +RECIPIENT +FILE$/m, listed.stdout);
  assert.ok(listed.stdout.includes(path));
});
