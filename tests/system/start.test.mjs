// Starting, refusing to start, and ending: exit codes, messages that say where and what to do, an orderly end.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { exchange, hold } from "./support/raw.mjs";
import { Server, assertGone, binary, pause, run, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";

/** A configuration that must be refused. @returns what was said, after checking exit code 3 and that nothing started */
async function refused(test, config, args = []) {
  const folder = temporaryFolder(test);
  const file = join(folder, "passerelle.toml");
  writeFileSync(join(folder, "token"), "secret\n", { mode: 0o600 });
  writeFileSync(file, config);
  const end = await run(["serve", "--config", file, "--data", join(folder, "data"), "--listen", "127.0.0.1:0", ...args], { within: 10_000 });
  assert.equal(end.code, 3, `exit ${end.code ?? end.signal}\n${end.stdout}${end.stderr}`);
  assert.ok(!end.stdout.includes("listening"), end.stdout);
  return end.stderr.replaceAll(folder, ".");
}

const channel = (more) => `
[server]
admin_listen = "127.0.0.1:0"
public_url = "https://sms.example.org"
[[channel]]
name = "sms"
gateway = "twilio"
account = "AC00000000000000000000000000000001"
token_file = "token"
from = "+41798070000"
${more}`;

test("without any configuration it starts on this machine only", async (t) => {
  const folder = temporaryFolder(t);
  const server = await Server.start({ folder, config: '[server]\nadmin_listen = "127.0.0.1:0"\n' });
  t.after(() => server.close());
  assert.equal((await exchange(server.port, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).statuses[0], 404);
  await server.stop();
});

test("a bare 'serve' listens on 127.0.0.1:8080", async (t) => {
  // In a network of its own, so that whoever uses 8080 on this machine is left alone.
  const apart = ["unshare", "-rn", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"];
  if (spawnSync(apart[0], [...apart.slice(1), "true"]).status !== 0) return t.skip("no network namespace here (unshare -rn, ip)");
  const folder = temporaryFolder(t);
  const end = await run(["-k", "5", "3", binary(), "serve"],
    { cwd: folder, command: "timeout", before: apart });
  assert.match(end.stdout, /^listening on http:\/\/127\.0\.0\.1:8080 \(admin http:\/\/127\.0\.0\.1:8081\)$/m, end.stderr);
  assert.ok(readdirSync(folder).includes("data"), "the data folder is ./data");
});

test("a second server on the same data ends with 5, at once, and the first goes on", async (t) => {
  const folder = temporaryFolder(t);
  const first = await Server.start({ folder, config: twilio.configuration(folder) });
  t.after(() => first.close());
  const second = await run(["serve", "--config", join(folder, "passerelle.toml"), "--data", first.data, "--listen", "127.0.0.1:0"]);
  assert.equal(second.code, 5, second.stderr);
  assert.ok(second.stderr.includes(first.data), `names the folder: ${second.stderr}`);
  assert.ok(second.ms < 5_000, `${second.ms} ms`);
  assert.ok(twilio.readTwiml(await twilio.text(first.port, "Bonjour")).length > 0);
  await first.stop();
});

test("a taken port ends with an error that names it", async (t) => {
  const folder = temporaryFolder(t);
  const first = await Server.start({ folder, config: twilio.configuration(folder) });
  t.after(() => first.close());
  const end = await run(["serve", "--data", join(folder, "other"), "--listen", `127.0.0.1:${first.port}`, "--set", "server.admin_listen=127.0.0.1:0"]);
  assert.equal(end.code, 1, end.stderr);
  assert.ok(end.stderr.includes(String(first.port)), end.stderr);
});

test("an unknown key is told with its place and the nearest one", async (t) => {
  const said = await refused(t, '[server]\nadmin_listen = "127.0.0.1:0"\nlisten_adress = "127.0.0.1:0"\npublik_url = "https://a.example"\n');
  assert.match(said, /passerelle\.toml:4:1: .*publik_url.*public_url/, said);
  assert.match(said, /passerelle\.toml:3:1: .*listen_adress/, "all of them, not the first only");
});

test("an unknown key of a channel is told with the nearest one", async (t) => {
  assert.match(await refused(t, channel('acount = "AC1"')), /passerelle\.toml:\d+:1: .*acount.*'account'/);
});

test("a syntax error is told with its place", async (t) => {
  assert.match(await refused(t, "[server]\nlisten = \n"), /passerelle\.toml:2:\d+: /);
});

test("a place for sessions that is none is refused, and a password in it is not repeated", async (t) => {
  const said = await refused(t, '[sessions]\nstore = "redis://me:fiction-0123@127.0.0.1:6379/0"\n');
  assert.match(said, /passerelle\.toml:2:\d+: .*password_file/);
  assert.ok(!said.includes("fiction-0123"), said);
  assert.match(await refused(t, '[sessions]\nstore = "redis://localhost/0"\n'), /IP address/);
});

test("the demo association never joins a channel that could send for real", async (t) => {
  const demo = '\n[association]\ndir = "config/associations/demo"\n';
  assert.match(await refused(t, channel("") + demo), /fictional demo/);
  assert.match(await refused(t, channel('api_url = "https://api.twilio.com"') + demo), /fictional demo/);
  assert.match(await refused(t, channel('api_url = "https://127.0.0.1.example.org"') + demo), /fictional demo/);
  assert.match(await refused(t, channel('api_url = "https://localhost.example.org"') + demo), /fictional demo/);
  const kannel = '[[channel]]\nname = "k"\ngateway = "kannel"\nhook_secret = "fiction-0123456789abcdef"\nusername = "u"\npassword = "p"\nfrom = "1"\n';
  assert.match(await refused(t, `${kannel}api_url = "https://sms.example.org"\n${demo}`), /fictional demo/);
});

test("a channel without its secret, or with a wrong one, is refused", async (t) => {
  assert.match(await refused(t, channel("").replace('token_file = "token"\n', "")), /token/);
  assert.match(await refused(t, channel("").replace('"token"', '"no_such_file"')), /no_such_file/);
  assert.match(await refused(t, channel('api_url = "http://api.twilio.com"')), /api_url|http:\/\//);
  assert.match(await refused(t, channel("").replace("twilio", "twillio")), /twillio.*'twilio'/);
});

test("no refusal repeats a secret", async (t) => {
  const said = await refused(t, channel("nonsense = 1").replace('token_file = "token"', 'token = "hunter2hunter2"'));
  assert.ok(!said.includes("hunter2"), said);
});

test("a listen address that others could reach is not the default, and a bad one is refused", async (t) => {
  await refused(t, '[server]\nadmin_listen = "0.0.0.0:0"\n');
  await refused(t, '[server]\nadmin_listen = "127.0.0.1:0"\n', ["--set", "server.threads=many"]);
});

test("a wrong command line ends with 2", async () => {
  for (const args of [["no-such-command"], ["serve", "--no-such-option"], []]) {
    assert.equal((await run(args)).code, 2, args.join(" "));
  }
  assert.equal((await run(["version"])).code, 0);
  assert.equal((await run(["--help"])).code, 0);
});

test("SIGTERM finishes the request that has begun, closes the idle ones, and ends with 0", async (t) => {
  const folder = temporaryFolder(t);
  const server = await Server.start({ folder, config: twilio.configuration(folder) });
  t.after(() => server.close());
  const idle = await hold(server.port);
  const bytes = twilio.bytesOf(twilio.signed(twilio.message("Bonjour")), { close: false });
  const begun = await hold(server.port, bytes.subarray(0, bytes.length - 20));
  await pause(200);
  const pid = server.pid;
  const started = performance.now();
  process.kill(pid, "SIGTERM");
  await pause(200);
  begun.socket.write(bytes.subarray(bytes.length - 20));
  await begun.ended;
  assert.match(begun.text, /^HTTP\/1\.1 200 /, "the request that had begun was answered");
  assert.match(begun.text, /<Response>/);
  await idle.ended;
  const end = await server.end;
  assert.equal(end.code, 0, end.stderr);
  assert.ok(performance.now() - started < 10_000);
  assertGone(pid);
  assert.ok((await exchange(server.port, "")).refused, "the port is free");
  const left = readdirSync(server.data).filter((name) => /-wal$|-journal$/.test(name));
  assert.deepEqual(left, [], "the log of the database was merged");
});

test("it starts again on what it left, and another data folder is untouched", async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, "beside"));
  const config = twilio.configuration(folder);
  const request = twilio.signed(twilio.message("Bonjour"));
  const first = await Server.start({ folder, config });
  const before = await twilio.send(first.port, request);
  await first.stop();
  const second = await Server.start({ folder, config });
  t.after(() => second.close());
  assert.equal((await twilio.send(second.port, request)).body, before.body, "a webhook repeated after a restart gets the same bytes");
  await second.stop();
  assert.deepEqual(readdirSync(join(folder, "beside")), []);
});
