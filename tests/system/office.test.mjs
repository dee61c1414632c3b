// The office at the command line: through the admin socket while the server runs, under the folder's lock while it does not.
import assert from "node:assert/strict";
import { chmodSync, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { exchange } from "./support/raw.mjs";
import { run, Server, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";

const within = 20_000;

async function start(t) {
  const folder = temporaryFolder(t);
  const server = await Server.start({ folder, config: twilio.configuration(folder, { demo: true }) });
  t.after(() => server.close());
  return server;
}

const config = (server) => ["--config", join(server.folder, "passerelle.toml"), "--data", server.data];

/** A command of the office, by its words. */
const office = (server, ...words) => run([...words, "--data", server.data], { within });

async function json(server, ...words) {
  const end = await office(server, ...words, "--json");
  assert.equal(end.code, 0, end.stderr + end.stdout);
  return JSON.parse(end.stdout);
}

// The directory of the demo has its own task: something in it has expired.
const toCall = ["inbox", "tasks", "--kind", "call_back"];

async function callMe(server, from = "+41790000001") {
  const answer = await twilio.text(server.port, "RAPPEL", { from });
  assert.equal(answer.status, 200);
}

test("a wish to be called is a task that staff see and close", async (t) => {
  const server = await start(t);
  await callMe(server);
  const { tasks, open } = await json(server, ...toCall);
  assert.equal(open, 1);
  assert.equal(tasks[0].kind, "call_back");
  assert.equal(tasks[0].address, "sms:+41790000001");
  assert.equal(tasks[0].text, "RAPPEL");
  assert.ok(Math.abs(Date.parse(tasks[0].opened) - Date.now()) < 60_000);

  const shown = await office(server, ...toCall);
  assert.match(shown.stdout, /^REF {7}KIND {7}OPENED {12}ADDRESS {11}TEXT\b/);
  const [ref, kind] = shown.stdout.split("\n")[1].split(/ {2,}/);
  assert.equal(kind, "call_back");

  const closed = await office(server, "inbox", "close", ref);
  assert.equal(closed.code, 0, closed.stderr);
  assert.deepEqual((await json(server, ...toCall)).tasks, []);
  const again = await office(server, "inbox", "close", ref);
  assert.equal(again.code, 1);
  assert.match(again.stderr, /^passerelle: no open task has the ref/);
});

test("the same commands work on the folder itself when no server runs", async (t) => {
  const server = await start(t);
  await callMe(server);
  const running = await json(server, ...toCall);
  await server.stop();
  assert.ok(!existsSync(join(server.data, "admin.sock")), "a stopped server takes its socket away");
  const stopped = await run([...toCall, "--json", ...config(server)], { within });
  assert.deepEqual(JSON.parse(stopped.stdout), running);
  const closed = await run(["inbox", "close", running.tasks[0].ref, ...config(server)], { within });
  assert.equal(closed.code, 0, closed.stderr);
  assert.deepEqual((await json(server, ...toCall)).tasks, []);
});

test("a killed server's socket hinders neither commands nor the next server", async (t) => {
  const server = await start(t);
  await callMe(server);
  await server.kill();
  assert.ok(existsSync(join(server.data, "admin.sock")));
  assert.equal((await json(server, ...toCall)).open, 1);
  const next = await Server.start({ folder: server.folder, config: twilio.configuration(server.folder, { demo: true }) });
  t.after(() => next.close());
  assert.equal((await json(next, ...toCall)).open, 1);
  assert.equal((await office(next, "healthcheck")).code, 0);
});

test("the socket is ours alone", async (t) => {
  const server = await start(t);
  const socket = join(server.data, "admin.sock");
  assert.equal(statSync(socket).mode & 0o7777, 0o600);
  assert.equal(statSync(server.data).mode & 0o777, 0o700);
  if (process.getuid() !== 0) return t.diagnostic("only root can become somebody else");
  const stranger = () => run(["inbox", "tasks", "--data", server.data], { within, before: ["setpriv", "--reuid=65534", "--clear-groups"] });
  const refused = await stranger();
  assert.equal(refused.code, 4, refused.stderr);
  assert.match(refused.stderr, /only the user that runs the server, and root, may ask it/);
  // Even when somebody has opened the files to everybody, the kernel tells who asks.
  for (const path of [server.folder, server.data, socket]) chmodSync(path, 0o777);
  const closed = await stranger();
  assert.equal(closed.code, 4, closed.stderr);
  assert.equal(closed.stdout, "");
  assert.equal((await json(server, ...toCall)).open, 0);
});

test("mistakes are told with what to write instead", async (t) => {
  const server = await start(t);
  for (const [words, code, told] of [
    [["inbox", "tasks", "--limit", "0"], 1, /'limit' is not a whole number from 1 to 1000/],
    [["inbox", "close", "abc"], 1, /'abc' is too short to name a task/],
    [["inbox", "close"], 2, /REF is required/],
    [["inbox"], 2, /subcommand is required/i],
  ]) {
    const end = await office(server, ...words);
    assert.equal(end.code, code, `${words}: ${end.stderr}`);
    assert.match(end.stderr, told);
    assert.equal(end.stdout, "");
  }
  const raw = await office(server, "inbox", "close", "abc", "--json");
  assert.equal(raw.code, 1);
  assert.equal(JSON.parse(raw.stdout).where, "ref");
});

test("healthcheck tells a server that works from none", async (t) => {
  const server = await start(t);
  const well = await office(server, "healthcheck");
  assert.equal(well.code, 0, well.stderr);
  assert.equal(well.stdout, "ready\n");
  await server.stop();
  const gone = await office(server, "healthcheck");
  assert.equal(gone.code, 4);
  assert.equal(gone.stdout, "no server answers\n");
});

test("a folder that no server has used is not made by a command", async (t) => {
  const data = join(temporaryFolder(t), "data");
  const end = await run(["inbox", "tasks", "--data", data], { within });
  assert.equal(end.code, 1);
  assert.match(end.stderr, /no server has used this data folder yet/);
  assert.ok(!existsSync(data));
});

test("a folder that another program holds is told apart from a mistake", async (t) => {
  const server = await start(t);
  await server.stop();
  const end = await run(["inbox", "tasks", "--data", server.data], { within, before: ["flock", join(server.data, "lock")] });
  assert.equal(end.code, 5, end.stderr);
  assert.match(end.stderr, /another passerelle .*uses this data folder/);
});

test("metrics are figures in Prometheus' format, of nobody in particular", async (t) => {
  const server = await start(t);
  await callMe(server);
  const answer = await exchange(server.adminPort, "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  assert.equal(answer.statuses[0], 200);
  const [head, body] = [answer.text.slice(0, answer.text.indexOf("\r\n\r\n")), answer.text.slice(answer.text.indexOf("\r\n\r\n") + 4)];
  assert.match(head, /^content-type: text\/plain; version=0\.0\.4/im);
  const families = new Set();
  for (const line of body.trimEnd().split("\n")) {
    const family = /^# TYPE (\w+) (counter|gauge)$/.exec(line);
    if (family) families.add(family[1]);
    if (line.startsWith("#")) continue;
    const sample = /^([a-z_]+)(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?\d+(\.\d+)?(e[+-]?\d+)?$/.exec(line);
    assert.ok(sample && families.has(sample[1]), line);
  }
  assert.match(body, /^passerelle_inbound_messages\{channel="sms",state="processed"\} 1$/m);
  assert.match(body, /^passerelle_outbound_messages\{channel="sms",state="\w+"\} [1-9]/m);
  assert.match(body, /^passerelle_tasks_open\{kind="call_back"\} 1$/m);
  assert.ok(!body.includes("41790000001"));
});
