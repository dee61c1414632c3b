// An upgrade leaves the old schema or the new one, whenever it is killed, and a copy of what was before beside it.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { query, value } from "./support/database.mjs";
import { python } from "./support/python.mjs";
import { Server, binary, pause, repository, run, temporaryFolder } from "./support/server.mjs";

const migrations = readdirSync(join(repository, "server/store/migrations")).sort();
const newest = Number(migrations.at(-1).slice(0, 4));
const kills = Number(process.env.KILLS ?? 20);
const rows = Number(process.env.ROWS ?? 20_000);

/** A data folder as the first release left it, with a long history. */
function makeOld(data) {
  mkdirSync(data, { recursive: true });
  chmodSync(data, 0o700);
  const script = `
import sqlite3, sys
c = sqlite3.connect(sys.argv[1])
c.execute("PRAGMA journal_mode=WAL")
c.executescript(open(sys.argv[2]).read())
c.executescript("PRAGMA application_id=0x50617373; PRAGMA user_version=1;")
c.execute("INSERT INTO address (id, channel, user, created_at) VALUES (1, 'sms', x'0000000041', 1)")
n = int(sys.argv[3])
c.executemany("INSERT INTO inbound (channel, provider_id, address, kind, text, sent_at, received_at) VALUES ('sms', ?, 1, 'text', ?, 1, 1)", ((str(i), bytes(4) + b'x' * 200) for i in range(n)))
c.executemany("INSERT INTO outbound (ref, cause, address, locale, encoding, text, segments, via, state, created_at, state_at) VALUES (?, ?, 1, 'fr', 'gsm7', ?, 1, 'inline', 'sent', 1, 1)", ((str(i), 'in:%d:0' % i, bytes(4) + b'y' * 200) for i in range(n)))
c.commit()
`;
  const done = spawnSync(python, ["-c", script, join(data, "passerelle.db"), join(repository, "server/store/migrations", migrations[0]), String(rows)], { encoding: "utf8" });
  assert.equal(done.status, 0, done.stderr);
}

const databaseFile = (data) => ({ schema: value(data, "PRAGMA user_version"), sound: value(data, "PRAGMA integrity_check"),
  inbound: value(data, "SELECT count(*) FROM inbound"), columns: query(data, "SELECT name FROM pragma_table_info('outbound')").length });

test("a dry run tells what would happen, tries it on a copy, and leaves all as it was", async (t) => {
  const data = join(temporaryFolder(t), "data");
  makeOld(data);
  const end = await run(["migrate", "--dry-run", "--data", data]);
  assert.equal(end.code, 0, end.stderr);
  assert.match(end.stdout, new RegExp(`from schema 1 to ${newest}`));
  assert.deepEqual(databaseFile(data).schema, 1);
  assert.ok(!readdirSync(data).some((name) => name.includes("trial") || name.includes("schema-")), readdirSync(data).join(" "));
});

test(`killed ${kills} times in the middle, it is old or new and never between`, async (t) => {
  const folder = temporaryFolder(t);
  const old = join(folder, "old");
  makeOld(old);
  const before = databaseFile(old);
  const once = join(folder, "once");
  cpSync(old, once, { recursive: true });
  const whole = await run(["migrate", "--data", once], { within: 120_000 });
  assert.equal(whole.code, 0, whole.stderr);
  const after = databaseFile(once);
  assert.equal(after.schema, newest);
  const seen = { old: 0, new: 0 };
  let aim = whole.ms / 2;  // moves towards the commit, which is where something could be between
  for (let i = 0; i < kills; i++) {
    const data = join(folder, `killed-${i}`);
    cpSync(old, data, { recursive: true });
    const child = spawn(binary(), ["migrate", "--data", data], { stdio: "ignore" });
    const ended = new Promise((settle) => child.once("close", settle));
    await pause(aim * (0.6 + 0.8 * ((i * 0.618) % 1)));
    child.kill("SIGKILL");
    await ended;
    const state = databaseFile(data);
    assert.deepEqual(state, state.schema === 1 ? before : after, `kill ${i}`);
    seen[state.schema === 1 ? "old" : "new"]++;
    aim *= state.schema === 1 ? 1.2 : 0.8;
    if (state.schema === newest) assert.ok(existsSync(join(data, "passerelle.db.schema-1")), "never new without the copy");
    if (i % 5 === 0) assert.equal((await run(["migrate", "--data", data], { within: 120_000 })).code, 0, "and the next one finishes it");
    rmSync(data, { recursive: true });
  }
  console.log(`migrate: ${rows} messages each way in ${Math.round(whole.ms)} ms; ${kills} kills left ${seen.old} old and ${seen.new} new`);
  assert.ok(seen.old > 0, "some kill came before the end");
});

test("the server upgrades at its start, keeps the copy, and a newer schema is refused and left alone", async (t) => {
  const folder = temporaryFolder(t);
  const data = join(folder, "data");
  makeOld(data);
  const server = await Server.start({ folder, config: '[server]\nadmin_listen = "127.0.0.1:0"\n' });
  assert.match(server.text.stderr, /evt=upgraded from=1 schema=\d+/);
  const locked = await run(["migrate", "--data", data]);
  assert.equal(locked.code, 5, "not under a server that runs");
  await server.stop();
  assert.ok(existsSync(join(data, "passerelle.db.schema-1")));
  spawnSync(python, ["-c", "import sqlite3, sys\nc = sqlite3.connect(sys.argv[1])\nc.execute('PRAGMA user_version = 99')\nc.commit()", join(data, "passerelle.db")]);
  for (const command of [["migrate", "--data", data], ["migrate", "--dry-run", "--data", data], ["serve", "--data", data, "--listen", "127.0.0.1:0", "--set", "server.admin_listen=127.0.0.1:0"]]) {
    const end = await run(command);
    assert.equal(end.code, 1, command.join(" "));
    assert.match(end.stderr, /schema 99 and this program knows only/);
  }
  assert.equal(databaseFile(data).schema, 99);
});
