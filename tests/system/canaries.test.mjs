// S13: names, numbers, texts and codes of people are planted everywhere they may come in, by every gateway and by staff, in
// good days and bad ones. None stands in logs at level debug, figures, answers to strangers, the process's arguments and
// environment, temporary files, or a core file.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { value } from "./support/database.mjs";
import { eventually, office } from "./support/gateway.mjs";
import { exchange } from "./support/raw.mjs";
import { Echo, filesOf, found } from "./support/secrets.mjs";
import { Server, repository, temporaryFolder } from "./support/server.mjs";
import { send } from "./support/twilio.mjs";
import { bring, configuration, publicUrl, startPeers, wires } from "./support/wires.mjs";

const host = new URL(publicUrl).host;
const word = (i) => `canari${String(i).padStart(2, "0")}xq`;
const spoken = wires.filter((wire) => wire.says);

/** What must not be found: {channel, key, text}, as found() names it. */
function plant() {
  const canaries = [];
  const add = (channel, key, text) => (canaries.push({ channel, key, text }), text);
  let count = 0;
  const told = new Map(wires.map((wire, i) => {
    const person = wire.person(3_000 + i);
    add(wire.name, "number", wire.user(person).replace(/^\+/, ""));
    return [wire, { person, text: add(wire.name, "text", word(++count)), sent: add(wire.name, "staff's text", word(++count)) }];
  }));
  const staff = Object.fromEntries(["name", "with", "code", "reason", "search", "mistake"].map((key) => [key, add("staff", key, word(++count))]));
  const stranger = Object.fromEntries(["path", "query", "field", "cookie", "agent", "body", "host", "origin"].map((key) => [key, add("stranger", key, word(++count))]));
  return { canaries, told, staff, stranger };
}

const get = (path, more = "") => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${more}Connection: close\r\n\r\n`;

/** Requests of people who are lost or try: what they bring may be somebody's, too. */
const strangers = ({ path, query, field, cookie, agent, body, host: name, origin }) => [
  { path: `/${path}`, method: "GET", body: "", headers: { Host: host } },
  { path: `/hooks/${path}?from=${query}&text=${query}`, method: "GET", body: "", headers: { Host: host } },
  ...wires.map((wire) => ({
    path: `/hooks/${wire.name}/${path}?from=${query}`, method: "POST", body: JSON.stringify({ from: body, text: body, name: body }),
    headers: { Host: host, "Content-Type": "application/json", "X-Name": field, Cookie: `a=${cookie}`, "User-Agent": agent, Origin: `https://${origin}.example` },
  })),
  { path: "/hooks/twilio", method: "POST", body: `From=${body}&Body=${body}`, headers: { Host: `${name}.example`, "Content-Type": "application/x-www-form-urlencoded" } },
];

test("nothing of people stands where it does not belong", async (suite) => {
  const folder = temporaryFolder(suite);
  const temporary = join(folder, "tmp");
  const cwd = join(folder, "cwd");
  mkdirSync(temporary);
  mkdirSync(cwd);
  const { canaries, told, staff, stranger } = plant();
  assert.ok(canaries.length >= 50 && new Set(canaries.map(({ text }) => text)).size === canaries.length, `${canaries.length} canaries`);
  const peers = await startPeers(suite);
  const home = (text) => text.replace('dir = "config/', `dir = "${repository}/config/`);
  const config = home(configuration(folder, peers, { server: 'log_level = "debug"' }));
  // A sanitizer would make a report and an exit of its own out of the signal.
  const options = { folder, cwd, env: { TMPDIR: temporary, ASAN_OPTIONS: "handle_segv=0" } };
  let server = await Server.start({ ...options, config });
  suite.after(() => server.close());

  const nothingIn = (where, place) => assert.deepEqual(found(canaries, place), [], where);
  const nothingTold = async (when) => {
    for (const path of ["/metrics", "/readyz", "/livez", `/${stranger.path}`]) nothingIn(`${when}: ${path}`, (await exchange(server.adminPort, get(path))).text);
    nothingIn(`${when}: stdout`, server.text.stdout);
    nothingIn(`${when}: stderr`, server.text.stderr);
    for (const file of ["cmdline", "environ"]) nothingIn(`${when}: ${file}`, readFileSync(`/proc/${server.pid}/${file}`));
    for (const place of [temporary, cwd]) assert.deepEqual(filesOf(place).map(([name]) => name), [], `${when}: a file in ${place}`);
  };
  const sayAll = async () => {
    for (const [wire, { person, text }] of told) {
      if (!wire.says) continue;
      const message = await wire.says(`Bonjour, ${text}`, person, peers.get(wire));
      assert.equal((await bring(wire, server, message, peers.get(wire))).status, 200, wire.name);
    }
  };
  const kept = (text) => eventually(() => {
    const hex = Buffer.from(text).toString("hex").toUpperCase();
    return value(server.data, `SELECT (SELECT count(*) FROM inbound WHERE hex(text) LIKE '%${hex}%') + (SELECT count(*) FROM outbound WHERE hex(text) LIKE '%${hex}%')`) > 0 || text;
  });

  await suite.test("people write, and staff", async () => {
    await sayAll();
    for (const [wire, { person, sent }] of told) {
      if (wire.inline) continue; // answers, and starts nothing
      await office(server, "send", { to: `${wire.name}:${wire.user(person)}`, text: `Voici ${sent}`, language: "fr", class: "crisis" });
    }
    const [{ name, user, person }] = spoken.map((wire) => ({ ...wire, person: told.get(wire).person }));
    const to = `${name}:${user(person)}`;
    await office(server, "appointment.add", { to, at: "2037-04-14 14:30", name: staff.name, with: staff.with, language: "fr" });
    await office(server, "contact.set", { address: to, readers: "own" });
    await office(server, "contact.set", { address: to, discreet: true, safe_hours: "09:00-11:30", code: staff.code, reason: staff.reason });
    for (const [wire, { text }] of told) if (wire.says) await kept(text);
    await nothingTold("well");
  });

  await suite.test("staff mistype", async () => {
    for (const [operation, args] of [["contact.show", { address: staff.search }], ["contact.show", { [staff.mistake]: 1 }], ["send", { to: `sms:${staff.search}`, text: staff.mistake }],
      [staff.mistake, {}], ["appointment.add", { to: staff.search, at: staff.mistake }]])
      await office(server, operation, args, { refused: true });
    const imported = await office(server, "appointment.import", { csv: `${staff.search},${staff.mistake}` });
    assert.equal(imported.added, 0);
    await nothingTold("mistyped");
  });

  await suite.test("strangers bring what is not theirs", async () => {
    for (const request of strangers(stranger)) {
      const answer = await send(server.port, request);
      assert.ok(answer.status >= 400, `${request.path}: ${answer.status}`);
      nothingIn(`to a stranger at ${request.path}`, JSON.stringify(answer.headers) + answer.body);
    }
    for (const bytes of [`${stranger.body} / HTTP/1.1\r\n\r\n`, `GET /${stranger.path} HTTP/1.1\r\n${stranger.field}\r\n\r\n`, `\x16\x03${stranger.body}`])
      nothingIn("to who speaks no HTTP", (await exchange(server.port, bytes)).text);
    await nothingTold("strangers");
  });

  await suite.test("gateways refuse, and repeat what they were told", async () => {
    await server.stop();
    nothingIn("the end", server.text.stdout + server.text.stderr);
    const echo = await Echo.start(suite);
    const spoiled = config.replaceAll(/^api_url = .*$/gm, `api_url = "${echo.url}"`);
    server = await Server.start({ ...options, config: spoiled });
    for (const status of [400, 429, 500, 200]) {
      echo.status = status;
      const before = echo.requests;
      await sayAll();
      await eventually(() => echo.requests > before || server.text.stderr.slice(-800));
    }
    await nothingTold("refused");
    await echo.close();
  });

  await suite.test("it dies", async () => {
    const limits = readFileSync(`/proc/${server.pid}/limits`, "utf8");
    assert.match(limits, /^Max core file size +0 +0 /m);
    process.kill(server.pid, "SIGSEGV");
    const end = await server.end;
    assert.equal(end.signal, "SIGSEGV");
    nothingIn("the end", end.stdout + end.stderr);
    assert.deepEqual(readdirSync(cwd), [], "no core file");
    server = await Server.start({ ...options, config });
    await nothingTold("after the restart");
  });

  await suite.test("the search is not blind", async () => {
    const { text } = told.get(spoken[0]);
    const data = filesOf(server.data).filter(([, bytes]) => found(canaries, bytes).length > 0).map(([name]) => name);
    assert.ok(data.some((name) => name.startsWith("passerelle.db")), "the database has them: texts are not encrypted yet");
    assert.ok(found(canaries, `text=${encodeURIComponent(text)}`).length > 0);
    suite.diagnostic(`${canaries.length} canaries by ${spoken.length} gateways, staff and strangers`);
  });
});
