// What servers share in a Redis, and what Redis learns of people: nothing.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Conversation, Redis, all, canary, configuration, figures, isUp, say, until } from "./support/redis.mjs";
import { Server, temporaryFolder } from "./support/server.mjs";
import { freePort } from "./support/kannel.mjs";

const hour = 3_600_000;

async function serve(t, store, options = {}) {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "key"), options.key ?? "", { mode: 0o600 });
  const more = options.key ? 'key_file = "key"' : "";
  const server = await Server.start({ folder, config: configuration(store, { more, ...options }) });
  t.after(() => server.close());
  await until("Redis is joined", () => isUp(server));
  return server;
}

const phones = Array.from({ length: 20 }, (_, i) => `+4177${String(1_234_500 + i)}`);

/** Everything that would tell Redis, or whoever reads its disk, of somebody. */
const canaries = [...phones, ...phones.map((phone) => phone.slice(1)), ...phones.map(canary), "Canari", "Serin", "Combien", "people", "flat", "locale"];

function assertSilent(text, where) {
  for (const word of canaries) assert.ok(!text.includes(word), `${word} in ${where}`);
}

test("Redis learns no number, no name and no word, neither in names nor in values, nor on its disk", async (t) => {
  const folder = temporaryFolder(t);
  const redis = await new Redis(t, folder).start();
  const server = await serve(t, `unix:${redis.socket}?db=2`);
  const heard = [];
  const monitor = spawn("redis-cli", ["-s", redis.socket, "MONITOR"], { stdio: ["ignore", "pipe", "ignore"] });
  t.after(() => monitor.kill());
  monitor.stdout.setEncoding("latin1").on("data", (part) => heard.push(part));
  await until("everything is heard", () => heard.join("").startsWith("OK"));
  const crowd = phones.map((phone, i) => new Conversation(phone, 2 + (i % 7)));
  for (let turn = 0; turn < Conversation.steps; ++turn) await all(crowd, (one) => one.go(server));

  await until("the last copy is kept", () => redis.keys().length >= 2 * phones.length);
  const names = redis.keys();
  assert.equal(names.filter((name) => /^passerelle:copy:[0-9a-f]{32}$/.test(name)).length, phones.length);
  assert.equal(names.filter((name) => /^passerelle:flood:[0-9a-f]{32}$/.test(name)).length, phones.length);
  assert.equal(names.length, 2 * phones.length, names.join("\n"));
  for (const name of names) {
    const left = Number(redis.ask("-n", "2", "PTTL", name));
    assert.ok(left > 0 && left <= hour, `${name} lasts for ${left} ms`);
    assertSilent(redis.ask("-n", "2", "GET", name), name);
  }
  assert.ok(heard.join("").includes("passerelle:copy:"), "the monitor heard what we say");
  assertSilent(heard.join(""), "the commands");
  redis.ask("SAVE");
  assertSilent(readFileSync(join(folder, "dump.rdb"), "latin1"), "the dump");
  await server.stop();
});

test("servers with one key share the flood limit; one with a key of its own shares nothing", async (t) => {
  const folder = temporaryFolder(t);
  const redis = await new Redis(t, folder).start();
  const key = "fiction-0123456789abcdef0123456789abcdef";
  const store = `unix:${redis.socket}?db=2`;
  const [one, two, stranger] = [await serve(t, store, { flood: 4, key }), await serve(t, store, { flood: 4, key }), await serve(t, store, { flood: 4 })];
  const phone = "+41761234567";
  for (const server of [one, two, one, two]) assert.match((await say(server, phone, "6")).texts.join("\n"), /\n/);
  assert.doesNotMatch((await say(one, phone, "6")).texts.join("\n"), /\n/, "the fifth answer within a minute is none");
  assert.doesNotMatch((await say(two, phone, "6")).texts.join("\n"), /\n/);
  assert.match((await say(stranger, phone, "6")).texts.join("\n"), /\n/);
  for (const server of [one, two, stranger]) await server.stop();
});

test("a server that starts again reads its rows, and not what another start has left", async (t) => {
  const folder = temporaryFolder(t);
  const redis = await new Redis(t, folder).start();
  const config = configuration(`unix:${redis.socket}?db=2`);
  const home = temporaryFolder(t);
  const person = new Conversation("+41761234568", 4);
  let server = await Server.start({ folder: home, config });
  t.after(() => server.close());
  await until("Redis is joined", () => isUp(server));
  for (let turn = 0; turn < 3; ++turn) await person.go(server);
  await server.kill();
  server = await Server.start({ folder: home, config });
  await until("Redis is joined again", () => isUp(server));
  await person.go(server);
  const now = await figures(server);
  for (const outcome of ["found", "used", "unreadable"]) assert.equal(now("passerelle_session_copies_total", { outcome }), 0, outcome);
  for (let turn = 4; turn < Conversation.steps; ++turn) await person.go(server);
  await server.stop();
});

test("over TCP, as a user of Redis with a password", async (t) => {
  const folder = temporaryFolder(t);
  const port = await freePort();
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--user", "passerelle", "on", ">fiction-of-acl", "~passerelle:*",
    "&passerelle:*", "+@all", "-@dangerous"];
  const redis = await new Redis(t, folder, { args, password: "fiction-of-default" }).start();
  const home = temporaryFolder(t);
  writeFileSync(join(home, "password"), "fiction-of-acl\n", { mode: 0o600 });
  const config = configuration(`redis://passerelle@127.0.0.1:${port}/2`, { more: 'password_file = "password"' });
  const server = await Server.start({ folder: home, config });
  t.after(() => server.close());
  await until("Redis is joined", () => isUp(server));
  const person = new Conversation("+41761234569", 4);
  for (let turn = 0; turn < Conversation.steps; ++turn) await person.go(server);
  await until("its copy is kept", () => redis.keys("passerelle:copy:*").length === 1);
  assert.equal((await figures(server))("passerelle_session_copies_total", { outcome: "refused" }), 0);
  const end = await server.stop();
  assert.ok(!end.stderr.includes("fiction"), end.stderr);
});

test("news for consoles say where to look, and of nobody", async (t) => {
  const folder = temporaryFolder(t);
  const redis = await new Redis(t, folder).start();
  const server = await serve(t, `unix:${redis.socket}?db=2`);
  const heard = [];
  const listener = spawn("redis-cli", ["-s", redis.socket, "SUBSCRIBE", "passerelle:feed"], { stdio: ["ignore", "pipe", "ignore"] });
  t.after(() => listener.kill());
  listener.stdout.setEncoding("utf8").on("data", (part) => heard.push(part));
  await until("it listens", () => heard.join("").includes("subscribe"));
  await new Conversation("+41761234570", 4).go(server);
  const news = () => heard.join("").split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  await until("news of a message", () => news().some(({ inbound }) => inbound?.[0] === "sim"));
  assertSilent(heard.join(""), "the news");
  await server.stop();
});
