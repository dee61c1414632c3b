// New content for a server that runs: whole and sound, or not at all, and nobody who writes meanwhile notices.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pause, repository, run, sanitized, Server, temporaryFolder } from "./support/server.mjs";
import { send } from "./support/twilio.mjs";

let count = 0;

/** A server on a copy of the demo association, with an overlay folder of its own. */
async function start(t, { channel = "" } = {}) {
  const folder = temporaryFolder(t);
  const overlay = join(folder, "overlay");
  const association = join(folder, "association");
  for (const part of ["dialogs", "locales"]) mkdirSync(join(overlay, part), { recursive: true });
  cpSync(join(repository, "config/associations/demo"), association, { recursive: true });
  const server = await Server.start({ folder, config: `
[server]
admin_listen = "127.0.0.1:0"
[association]
dir = "${association}"
[content]
dirs = ["${overlay}"]
[limits]
flood = 0
[[channel]]
name = "phone"
gateway = "simulator"
${channel}` });
  t.after(() => server.close());
  return { server, overlay, association };
}

/** As an editor writes: whole, in one moment. */
function put(overlay, path, text) {
  writeFileSync(join(overlay, "new"), text);
  renameSync(join(overlay, "new"), join(overlay, path));
}

function frenchWith(hello) {
  const file = JSON.parse(readFileSync(join(repository, "locales/fr.json"), "utf8"));
  file["first_contact.hello"].defaultMessage = hello;
  return JSON.stringify(file);
}

async function ask(server, text, from) {
  const id = `m${++count}`;
  const answer = await send(server.port, {
    method: "POST", path: "/hooks/phone", body: JSON.stringify({ id, from: from ?? `+4179000${1000 + count}`, text }),
    headers: { Host: `localhost:${server.port}`, "Content-Type": "application/json" },
  });
  assert.equal(answer.status, 200, answer.body);
  return JSON.parse(answer.body).replies.map((reply) => reply.text).join("\n");
}

const reload = (server, ...more) => run(["reload", "--data", server.data, ...more], { within: 60_000 });

/** After a signal nobody answers: the log tells when it was done. */
async function hangUp(server, verb) {
  const before = server.text.stderr.length;
  process.kill(server.pid, "SIGHUP");
  for (let waited = 0; waited < 60_000; waited += 20) {
    const line = server.text.stderr.slice(before).split("\n").find((each) => each.includes(verb));
    if (line) return line;
    await pause(20);
  }
  assert.fail(`no '${verb}' in the log:\n${server.text.stderr}`);
}

test("a changed sentence is said after SIGHUP", async (t) => {
  const { server, overlay } = await start(t);
  assert.doesNotMatch(await ask(server, "Bonjour"), /soyez le bienvenu ici/);
  put(overlay, "locales/fr.json", frenchWith("{association} : soyez le bienvenu ici."));
  assert.match(await hangUp(server, "reloaded"), /sentences=1\b/);
  assert.match(await ask(server, "Bonjour"), /soyez le bienvenu ici\./);
  await server.stop();
});

test("'reload' tells what has changed", async (t) => {
  const { server, overlay } = await start(t);
  put(overlay, "locales/fr.json", frenchWith("{association} : soyez le bienvenu ici."));
  const dialog = readFileSync(join(repository, "dialogs/information.yaml"), "utf8");
  put(overlay, "dialogs/information.yaml", `${dialog}# another version\n`);
  put(overlay, "dialogs/more.yaml", "dialog: more\nabout: A further one.\nsteps:\n  only:\n    say: first_contact.hello\n");
  const end = await reload(server);
  assert.equal(end.code, 0, end.stderr);
  assert.equal(end.stdout, "dialogs added: more\ndialogs changed: information\nsentences changed: 1\n");
  const again = await reload(server, "--json");
  assert.deepEqual(JSON.parse(again.stdout), {
    added: [], changed: [], removed: [], sentences: 0, pages: 0, association: false, directory: false,
  });
  rmSync(join(overlay, "dialogs/more.yaml"));
  assert.match((await reload(server)).stdout, /^dialogs removed: more$/m);
  await server.stop();
});

test("a mistake keeps the old content, and 'reload' tells its place", async (t) => {
  const { server, overlay } = await start(t);
  put(overlay, "locales/fr.json", frenchWith("{association} : soyez le bienvenu ici."));
  put(overlay, "dialogs/information.yaml", "dialog: information\nabout: Broken.\nsteps:\n  menu:\n    sya: first_contact.hello\n");
  assert.match(await hangUp(server, "reload.refused"), /findings=[1-9]/);
  assert.doesNotMatch(await ask(server, "Bonjour"), /soyez le bienvenu ici/, "not even the part without a mistake");
  const end = await reload(server);
  assert.equal(end.code, 3, end.stdout);
  assert.match(end.stderr, /overlay\/dialogs\/information\.yaml:5:5: .*sya.*say/);
  assert.match(end.stderr, /^passerelle: the content has mistakes; the old one stays$/m);
  put(overlay, "locales/fr.json", "{");
  assert.match((await reload(server)).stderr, /overlay\/locales\/fr\.json:1:\d+: /);
  rmSync(join(overlay, "locales/fr.json"));
  rmSync(join(overlay, "dialogs/information.yaml"));
  assert.equal((await reload(server)).code, 0);
  await server.stop();
});

test("an overlay folder that has gone is told as it is at the start", async (t) => {
  const { server, overlay } = await start(t);
  rmSync(overlay, { recursive: true });
  const end = await reload(server);
  assert.equal(end.code, 3);
  assert.ok(end.stderr.includes(`${overlay}: is not a folder`), end.stderr);
  const anew = await run(["check", "--config", join(server.folder, "passerelle.toml"), "--data", server.data]);
  assert.ok(anew.stderr.includes(end.stderr.split("\n")[0]), `${anew.stderr} does not hold ${end.stderr}`);
  await ask(server, "Bonjour");
  await server.stop();
});

test("a demo does not take over the channels of a real association", async (t) => {
  const folder = temporaryFolder(t);
  const association = join(folder, "association");
  cpSync(join(repository, "config/associations/demo"), association, { recursive: true });
  const text = readFileSync(join(association, "association.yaml"), "utf8");
  const serious = text.replace(/^demo: true/m, "demo: false");
  assert.notEqual(serious, text);
  writeFileSync(join(association, "association.yaml"), serious);
  writeFileSync(join(folder, "token"), "a-token-of-a-test\n", { mode: 0o600 });
  const server = await Server.start({ folder, config: `
[server]
admin_listen = "127.0.0.1:0"
public_url = "https://sms.example.org"
[association]
dir = "${association}"
[[channel]]
name = "sms"
gateway = "twilio"
account = "AC00000000000000000000000000000001"
token_file = "token"
from = "+41798070000"
api_url = "https://api.example.com"
` });
  t.after(() => server.close());
  assert.equal((await reload(server)).code, 0);
  writeFileSync(join(association, "association.yaml"), text);
  const end = await reload(server);
  assert.equal(end.code, 3, end.stdout);
  assert.match(end.stderr, /passerelle\.toml:\d+:\d+: .*fictional demo and can never send for real/);
  await server.stop();
});

test("without a server 'reload' says so", async (t) => {
  const end = await run(["reload", "--data", temporaryFolder(t)]);
  assert.equal(end.code, 4);
  assert.match(end.stderr, /^passerelle: no server answers/);
});

test("under load no request fails while the content changes again and again", async (t) => {
  const { server, overlay } = await start(t);
  let over = false;
  let asked = 0;
  const seen = new Set();
  const talk = async (number) => {
    for (let turn = 0; !over; ++turn) {
      const answer = await ask(server, "Bonjour", `+41790${number}${1000 + turn}`);
      seen.add(/version \d+/.exec(answer)?.[0] ?? "shipped");
      ++asked;
    }
  };
  const talkers = [11, 12, 13, 14, 15, 16, 17, 18].map(talk);
  const rounds = sanitized ? 5 : 20;
  for (let round = 1; round <= rounds; ++round) {
    put(overlay, "locales/fr.json", round % 5 === 4 ? "{" : frenchWith(`{association} : ceci est la version ${round}.`));
    const end = await reload(server);
    assert.equal(end.code, round % 5 === 4 ? 3 : 0, end.stderr);
  }
  over = true;
  await Promise.all(talkers);
  assert.ok(seen.size >= (sanitized ? 2 : 8), [...seen].join(", "));
  console.log(`${asked} messages, each answered, while the content was read ${rounds} times (${seen.size} versions seen)`);
  await server.stop();
});
