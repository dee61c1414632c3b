// 'passerelle doctor' looks at the Redis of [sessions]: each fault of it is told in one line with its remedy. One that is
// away is a note, since the server serves without it. Nothing is written there.
import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { Redis } from "./support/redis.mjs";
import { run, temporaryFolder } from "./support/server.mjs";

const password = "a-password-of-tests";
const key = "0123456789abcdef0123456789abcdef";

/** What doctor says of a house whose [sessions] are 'sessions'. @returns {{code, lines: string[]}} of Redis and of files */
async function doctor(folder, sessions) {
  const file = join(folder, "passerelle.toml");
  writeFileSync(file, `[server]\ndata_dir = "${folder}/data"\n[sessions]\n${sessions}\n[[channel]]\nname = "demo"\ngateway = "simulator"\n`, { mode: 0o600 });
  const end = await run(["doctor", "--config", file]);
  assert.ok(!end.stdout.includes(password) && !end.stdout.includes(key), "no secret is told");
  return { ...end, lines: end.stdout.split("\n").filter((line) => /^(wrong|note) +(redis|config|secret)\./.test(line)) };
}

function write(folder, name, text, mode = 0o600) {
  writeFileSync(join(folder, name), `${text}\n`);
  chmodSync(join(folder, name), mode);
  return name;
}

/** A peer that speaks as Redis does, and says of itself what it is told to. */
async function pretender(test, { version = "7.0.15", role = "master", delay = 0, words = null } = {}) {
  const info = `# Server\r\nredis_version:${version}\r\nmaxmemory:0\r\nmaxmemory_policy:noeviction\r\nrole:${role}\r\n`;
  const answers = { PING: "+PONG\r\n", SELECT: "+OK\r\n", INFO: `$${info.length}\r\n${info}\r\n`, GET: "$-1\r\n", EVAL: ":0\r\n" };
  const asked = [];
  const server = net.createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      const command = bytes.toString().split("\r\n")[2];
      asked.push(command);
      setTimeout(() => socket.write(words ?? answers[command]), delay);
    });
  });
  await new Promise((settle) => server.listen(0, "127.0.0.1", settle));
  test.after(() => server.close());
  return { store: `store = "redis://127.0.0.1:${server.address().port}/0"`, asked };
}

const of = (redis, more = "") => `store = "unix:${redis.socket}?db=2"\n${more}`;

test("a sound Redis has nothing wrong, and holds nothing afterwards", async (t) => {
  const folder = temporaryFolder(t);
  const redis = await new Redis(t, folder, { password }).start();
  write(folder, "redis_password", password);
  write(folder, "redis_key", key);
  const { lines } = await doctor(folder, of(redis, 'password_file = "redis_password"\nkey_file = "redis_key"'));
  assert.deepEqual(lines, []);
  assert.deepEqual(redis.keys(), []);
  const alone = await doctor(folder, of(redis, 'password_file = "redis_password"'));
  assert.equal(alone.lines.length, 1);
  assert.match(alone.lines[0], /^note +redis\.key: redis .*redis\.sock: there is no key_file, .*; .*openssl rand -hex 32/);
});

test("one that is away is a note, each with its remedy", async (t) => {
  const folder = temporaryFolder(t);
  const nothing = await doctor(folder, `store = "unix:${folder}/none.sock"`);
  assert.match(nothing.lines[0], /^note +redis\.reached: redis .*none\.sock: it cannot be asked \(no_socket\), and the server goes on without it; start it/);
  assert.match((await doctor(folder, 'store = "redis://127.0.0.1:9/0"')).lines[0], /^note +redis\.reached: redis 127\.0\.0\.1:9: .*\(refused\)/);
  const web = await pretender(t, { words: "HTTP/1.1 400 Bad Request\r\n\r\n" });
  assert.match((await doctor(folder, web.store)).lines[0], /^note +redis\.reached: .*\(protocol\).*; correct 'store'/);
  assert.ok(nothing.lines.every((line) => line.startsWith("note")));
  const redis = await new Redis(t, folder).start();
  redis.signal("SIGSTOP");
  const stopped = await doctor(folder, of(redis));
  assert.match(stopped.lines[0], /^note +redis\.reached: .*\(late\).*; look at its log/);
});

const user = (rights) => ["--user", "default", "reset", "on", "nopass", ...rights.split(" ")];

/** [check, options of redis-server, [sessions] beside 'store', what its remedy says]. */
const faults = [
  ["redis.password", { password }, "", /set 'password_file'/],
  ["redis.password", { password }, 'password_file = "other_password"', /today's password/],
  ["redis.password", {}, 'password_file = "other_password"', /take 'password_file' out/],
  ["redis.database", { args: ["--databases", "2"] }, "", /below its 'databases'/],
  ["redis.memory", { args: ["--maxmemory", "64mb"] }, "", /maxmemory-policy volatile-ttl/],
  ["redis.writable", { args: ["--replicaof", "127.0.0.1 9"] }, "", /address of its primary/],
  ["redis.rights", { args: user("~* &* +ping +select +info") }, "", /ACL SETUSER default ~passerelle:\* .*\+eval/],
  ["redis.rights", { args: user("~else:* &* +@all") }, "", /ACL SETUSER default ~passerelle:\*/],
];

for (const [index, [check, options, more, remedy]] of faults.entries()) {
  test(`fault ${index + 1}, ${check}, is told in one line with its remedy`, async (t) => {
    const folder = temporaryFolder(t);
    const redis = new Redis(t, folder, options);
    await redis.start();
    write(folder, "other_password", "some-other-password");
    const { code, lines, stdout } = await doctor(folder, of(redis, more));
    const wrong = lines.filter((line) => line.startsWith("wrong"));
    assert.equal(wrong.length, 1, stdout);
    assert.ok(wrong[0].includes(` ${check}: `) && remedy.test(wrong[0]), wrong[0]);
    assert.equal(code, 1);
  });
}

test("one that is old, or slow, is told; and it is only asked what does not write", async (t) => {
  const folder = temporaryFolder(t);
  const old = await pretender(t, { version: "5.0.14" });
  assert.match((await doctor(folder, old.store)).stdout, /^wrong +redis\.version: redis 127\.0\.0\.1:\d+: it is Redis 5\.0\.14, .*; .*apt-get install redis-server$/m);
  assert.deepEqual([...new Set(old.asked)].sort(), ["EVAL", "GET", "INFO", "PING", "SELECT"]);
  const slow = await pretender(t, { delay: 60 });
  assert.match((await doctor(folder, slow.store)).stdout, /^wrong +redis\.latency: .*: an answer takes \d+ ms, and the server waits for 20; .*SLOWLOG/m);
  const untold = await pretender(t, { words: "+OK\r\n" });
  assert.doesNotMatch((await doctor(folder, untold.store)).stdout, /redis\.latency/);
});

test("the key that servers share is there, long enough, and nobody else's to read", async (t) => {
  const folder = temporaryFolder(t);
  const none = await pretender(t);
  const sessions = `${none.store}\nkey_file = "redis_key"`;
  assert.match((await doctor(folder, sessions)).stdout, /^wrong +config\.sound: .*redis_key/m);
  write(folder, "redis_key", "short");
  assert.match((await doctor(folder, sessions)).stdout, /^wrong +config\.sound: .*shorter than 32 characters; run: openssl rand -hex 32/m);
  write(folder, "redis_key", key, 0o644);
  assert.match((await doctor(folder, sessions)).stdout, /^wrong +config\.sound: .*every user of this machine can read .*; run: chmod 600 .*redis_key$/m);
  write(folder, "redis_key", key);
  assert.deepEqual((await doctor(folder, sessions)).lines, []);
});
