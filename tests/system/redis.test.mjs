// R4: whatever happens to Redis, no message is lost and every conversation goes on where it was. The faults are those of
// Debian's real Redis. CI: 50 conversations a fault, stopped for 2 s; REDIS_PEOPLE=500 REDIS_STOPPED=60 is the full form
// (script/soak), which also judges the figures.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { query, value } from "./support/database.mjs";
import { Conversation, Redis, all, configuration, figures, isUp, quantile, until } from "./support/redis.mjs";
import { Server, temporaryFolder } from "./support/server.mjs";

const people = Number(process.env.REDIS_PEOPLE ?? 50);
const stopped = Number(process.env.REDIS_STOPPED ?? 2) * 1000;
const judged = Boolean(process.env.REDIS_PEOPLE);
const password = "fiction-of-redis";

/** Name, what breaks, what mends it, and over how many milliseconds people write while it is broken. */
const faults = [
  ["nothing at all", () => {}, () => {}, 0],
  ["stopped", (redis) => redis.signal("SIGSTOP"), (redis) => redis.signal("SIGCONT"), stopped],
  ["killed", (redis) => redis.kill(), (redis) => redis.start(), 500],
  ["emptied", (redis) => redis.ask("FLUSHALL"), () => {}, 0],
  ["slow by 2 s", (redis) => redis.ask("CLIENT", "PAUSE", "2000"), () => {}, 1_000],
  ["out of memory", (redis) => redis.ask("CONFIG", "SET", "maxmemory", "1mb"), (redis) => redis.ask("CONFIG", "SET", "maxmemory", "0"), 500],
  ["read-only", (redis) => redis.ask("REPLICAOF", "127.0.0.1", "1"), (redis) => redis.ask("REPLICAOF", "NO", "ONE"), 500],
  ["wrong types", wrongTypes, () => {}, 0],
  ["mixed up", mixUp, () => {}, 0],
  ["another password", changePassword("another"), changePassword(password), 500],
];

function wrongTypes(redis) {
  const names = redis.keys();
  assert.ok(names.length > 0, "there is something to spoil");
  redis.ask("-n", "2", "DEL", ...names);
  for (const name of names) redis.ask("-n", "2", "RPUSH", name, "a", "list");
}

/** Everybody's copy under somebody else's name. */
function mixUp(redis) {
  const names = redis.keys("passerelle:copy:*");
  redis.ask("-n", "2", "RENAME", names[0], "first");
  for (let i = 1; i < names.length; ++i) redis.ask("-n", "2", "RENAME", names[i], names[i - 1]);
  redis.ask("-n", "2", "RENAME", "first", names.at(-1));
}

function changePassword(to) {
  return (redis) => {
    redis.ask("CONFIG", "SET", "requirepass", to);
    redis.password = to;
    redis.try("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
  };
}

/** The states that were told, in order. */
const told = (server) => [...server.text.stderr.matchAll(/evt=session_store state=(\w+)/g)].map(([, state]) => state);

async function live(server, redis, [name, breaks, mends, over], index) {
  const crowd = Array.from({ length: people }, (_, i) =>
    new Conversation(`+4179${String(index).padStart(2, "0")}${String(i).padStart(5, "0")}`, 2 + (i % 7)));
  const go = (one) => one.go(server);
  const used = async () => (await figures(server))("passerelle_session_copies_total", { outcome: "used" });
  const before = await used();
  for (let turn = 0; turn < 3; ++turn) await all(crowd, go);
  await breaks(redis);
  const waits = [...await all(crowd, go, { over }), ...await all(crowd, go)];
  await mends(redis);
  const recovery = await until(`well again after: ${name}`, () => isUp(server));
  await all(crowd, go);
  return { name, p99: quantile(waits, 0.99), slowest: Math.max(...waits), recovery, copies: await used() - before };
}

function checkStore(data, conversations) {
  assert.equal(value(data, "SELECT count(*) FROM inbound"), conversations * Conversation.steps, "no message is lost");
  assert.deepEqual(query(data, "SELECT state, count(*) FROM inbound GROUP BY state"), [["processed", conversations * Conversation.steps]]);
  const uneven = query(data, `SELECT c.address, c.version, count(i.id) FROM conversation c JOIN inbound i ON i.address = c.address
    GROUP BY c.address HAVING c.version <> count(i.id)`);
  assert.deepEqual(uneven, [], "one turn a message");
}

test("whatever happens to Redis, every conversation goes on at its step", { timeout: 280_000 + stopped * 2 }, async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(`${folder}/password`, `${password}\n`, { mode: 0o600 });
  const redis = await new Redis(t, folder, { password }).start();
  const config = configuration(`unix:${redis.socket}?db=2`, { more: 'password_file = "password"' });
  const server = await Server.start({ folder, config });
  t.after(() => server.close());
  await until("Redis is joined", () => isUp(server));
  const found = [];
  for (const [index, fault] of faults.entries()) {
    const begun = told(server).length;
    const one = await live(server, redis, fault, index);
    const news = told(server).slice(begun);
    t.diagnostic(`${one.name}: acknowledged within ${one.p99.toFixed(0)} ms (p99), ${one.slowest.toFixed(0)} ms (all); ` +
      `well after ${one.recovery.toFixed(0)} ms; ${one.copies} copies used; told ${news.join(", ") || "nothing"}`);
    for (let i = 1; i < news.length; ++i) assert.notEqual(news[i], news[i - 1], `${one.name}: told once for each change`);
    if (index === 0) assert.ok(one.copies > people, "copies are used while all is well");
    found.push(one);
  }
  checkStore(server.data, people * faults.length);
  await server.stop();
  if (!judged) return;
  for (const one of found) {
    assert.ok(one.p99 <= 500, `${one.name}: p99 ${one.p99} ms`);
    assert.ok(one.recovery <= 5_000, `${one.name}: recovered after ${one.recovery} ms`);
  }
});

test("without a Redis the server starts and answers, and joins one that comes later", async (t) => {
  const folder = temporaryFolder(t);
  const redis = new Redis(t, folder);
  const server = await Server.start({ folder, config: configuration(`unix:${redis.socket}?db=2`) });
  t.after(() => server.close());
  const crowd = Array.from({ length: people }, (_, i) => new Conversation(`+4178${String(i).padStart(7, "0")}`, 2 + (i % 7)));
  const waits = [];
  for (let turn = 0; turn < 3; ++turn) waits.push(...await all(crowd, (one) => one.go(server)));
  t.diagnostic(`never present: acknowledged within ${quantile(waits, 0.99).toFixed(0)} ms (p99)`);
  await until("told that it is away", () => told(server).length > 0);
  assert.deepEqual(told(server), ["down"]);
  await redis.start();
  t.diagnostic(`joined after ${(await until("joined", () => isUp(server))).toFixed(0)} ms`);
  for (let turn = 3; turn < Conversation.steps; ++turn) await all(crowd, (one) => one.go(server));
  checkStore(server.data, people);
  assert.ok((await figures(server))("passerelle_session_copies_total", { outcome: "used" }) > 0);
  await server.stop();
});
