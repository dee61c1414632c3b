// A server with a channel of every gateway, at log level debug, in good days and bad ones: none of its secrets is ever
// in what it prints, measures, tells staff or keeps, in any spelling.
import assert from "node:assert/strict";
import http from "node:http";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { eventually, office } from "./support/gateway.mjs";
import { exchange } from "./support/raw.mjs";
import { questions } from "./support/sentences.mjs";
import { Echo, filesOf, found, planted, secretKeys, spellings } from "./support/secrets.mjs";
import { Server, run, temporaryFolder } from "./support/server.mjs";
import { send } from "./support/twilio.mjs";
import { bring, configuration, publicUrl, startPeers, wires } from "./support/wires.mjs";

const host = new URL(publicUrl).host;
// What a channel has no use for: nobody calls a bot that asks, and the block of TOML signs in by one key.
const optional = ["signal.hook_secret", "signal.old_hook_secret", "signal-webhook.old_hook_secret", "telegram-polling.hook_secret", "telegram-polling.old_hook_secret",
  ...["api_secret", "consumer_key", "hook_secret", "old_hook_secret"].map((key) => `generic.${key}`)];

/** Anything at the admin socket, whatever it answers. */
const atSocket = (server, method, path, body = "") => new Promise((settle, fail) => {
  const headers = { Host: "localhost", "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
  const request = http.request({ socketPath: `${server.data}/admin.sock`, method, path, headers }, (response) => {
    const parts = [];
    response.on("data", (part) => parts.push(part));
    response.on("end", () => settle(`${JSON.stringify(response.headers)}\n${Buffer.concat(parts)}`));
  });
  request.on("error", fail);
  request.end(body);
});

/** All that staff and a monitor can ask for. */
async function tellAll(server) {
  const get = (path) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
  const told = [];
  for (const path of ["/livez", "/readyz", "/metrics", "/nothing"]) {
    told.push((await exchange(server.adminPort, get(path))).text, await atSocket(server, "GET", path));
  }
  const ask = async (operation, args = {}) => told.push(await atSocket(server, "POST", `/office/${operation}`, JSON.stringify(args)));
  for (const operation of ["channel.list", "send.list", "send.phrases", "inbox.tasks", "inbox.cases", "contact.show", "appointment.list", "reload", "nothing"]) await ask(operation);
  for (const { name } of wires) await ask("channel.resume", { name });
  await ask("channel.resume", { name: "nothing" });
  return told.join("\n");
}

/** Requests of strangers that hold the secret: they have found it, or try where it goes. */
function strangers({ channel, text }) {
  const word = encodeURIComponent(text);
  const basic = Buffer.from(`x:${text}`).toString("base64");
  const headers = { Host: host, "Content-Type": "application/json" };
  const fields = { Authorization: `Bearer ${text}`, "X-Signature": text, "X-Hub-Signature-256": `sha256=${text}`, "X-Viber-Content-Signature": text,
    "X-Twilio-Signature": text, Cookie: `token=${text}`, "User-Agent": text, "X-Forwarded-For": text, "X-Request-Id": text };
  return [
    { path: `/hooks/${channel}`, headers: { ...headers, ...fields } },
    { path: `/hooks/${channel}`, headers: { ...headers, Authorization: `Basic ${basic}` } },
    { path: `/hooks/${channel}?token=${word}&hub.mode=subscribe&hub.verify_token=${word}x&hub.challenge=1`, headers, method: "GET" },
    { path: `/hooks/${channel}/${word}/${word}`, headers }, { path: `/${word}`, headers }, { path: `/hooks/${word}`, headers },
    { path: `/hooks/${channel}/status?ref=${word}&type=1`, headers }, { path: "/", headers: { ...headers, Host: `${word}.example` } },
    { path: `/hooks/${channel}`, headers, method: "PUT" },
  ].map((request) => ({ method: "POST", body: JSON.stringify({ token: text, text: "x" }), ...request }));
}

test("every secret that a gateway knows is planted, and the search is not blind", (t) => {
  assert.ok(wires.every(({ gateway }) => secretKeys().has(gateway)));
  const word = "s3cret:word/+é";
  for (const place of [word, `a=${encodeURIComponent(word)}`, Buffer.from(`user:${word}`).toString("base64"), Buffer.from(`us:${word}.`).toString("base64url"),
    Buffer.from(`u:${word}`).toString("base64"), Buffer.from(word).toString("hex")])
    assert.deepEqual(found([{ channel: "a", key: "b", text: word }], `x ${place} y`), ["a.b"], place);
  assert.ok(spellings(word).every((spelling) => spelling.length >= word.length - 1), "none so short that it is found by chance");
});

test("no secret is told", async (suite) => {
  const folder = temporaryFolder(suite);
  const peers = await startPeers(suite);
  const config = configuration(folder, peers, { server: 'log_level = "debug"' });
  const secrets = planted(folder, config, { optional });
  let server = await Server.start({ folder, config });
  let spoiled;
  suite.after(() => server.close());
  const sayAll = async (texts, i) => {
    for (const [at, wire] of wires.entries()) {
      if (!wire.says) {
        await office(server, "send", { to: `${wire.name}:${wire.person(at * 20 + i)}`, text: texts, language: "fr", class: "crisis" });
        continue;
      }
      const message = await wire.says(texts, wire.person(at * 20 + i), peers.get(wire));
      assert.equal((await bring(wire, server, message, peers.get(wire))).status, 200, wire.name);
    }
  };
  const nothingIn = (where, place) => assert.deepEqual(found(secrets, place), [], where);
  const nothingTold = async (when) => {
    nothingIn(`${when}: what staff are told`, await tellAll(server));
    nothingIn(`${when}: stdout`, server.text.stdout);
    nothingIn(`${when}: stderr`, server.text.stderr);
    for (const [name, bytes] of filesOf(server.data)) nothingIn(`${when}: ${name}`, bytes);
  };

  await suite.test("while all is well", async () => {
    await sayAll(questions.fr[1], 0);
    for (const [at, wire] of wires.entries()) {
      if (wire.inline) continue;
      const shown = () => wire.shows(peers.get(wire), wire.person(at * 20));
      await eventually(() => shown().length > 0 || `${wire.name}: no answer`);
      for (const receipt of wire.delivered?.(shown()[0], 1) ?? []) assert.equal((await send(server.port, await receipt)).status, 200);
    }
    await nothingTold("well");
  });

  await suite.test("to strangers, or when they try", async () => {
    for (const secret of secrets) {
      for (const request of strangers(secret)) {
        const answer = await send(server.port, request);
        assert.ok(answer.status >= 400, `${request.path}: ${answer.status}`);
        nothingIn(`to a stranger at ${request.path}`, JSON.stringify(answer.headers) + answer.body);
      }
      nothingIn("to who speaks no HTTP", (await exchange(server.port, `${secret.text} /${secret.text} HTTP/9\r\n${secret.text}\r\n\r\n`)).text);
    }
    assert.ok(server.text.stderr.includes("webhook.rejected"), "it was told that somebody tried");
    await nothingTold("strangers");
  });

  await suite.test("when gateways refuse, and repeat in their refusal what they were asked", async () => {
    await server.stop();
    nothingIn("the end", server.text.stdout + server.text.stderr);
    const echoes = new Map();
    for (const wire of wires) echoes.set(wire, await Echo.start(suite));
    spoiled = config.split("[[channel]]").map((section) => {
      const wire = wires.find(({ name }) => section.includes(`\nname = "${name}"\n`));
      return wire ? section.replace(/^api_url = .*$/m, `api_url = "${echoes.get(wire).url}"`) : section;
    }).join("[[channel]]");
    server = await Server.start({ folder, config: spoiled });
    for (const wire of wires) wire.spoil?.(peers.get(wire), secrets.filter(({ channel }) => channel === wire.name).map(({ text }) => text).join(" "));
    const asked = wires.filter((wire) => !wire.inline && !wire.bring && !wire.spoil);
    for (const [round, status] of [400, 401, 403, 404, 302, 200, 429, 500].entries()) {
      await tellAll(server); // channels that stopped go on
      const before = new Map([...echoes].map(([wire, echo]) => [wire, echo.requests]));
      for (const echo of echoes.values()) echo.status = status;
      await sayAll(questions.fr[1], round + 1);
      await eventually(async () => {
        const silent = asked.filter((wire) => echoes.get(wire).requests === before.get(wire));
        // What waited from the round before may have stopped the channel once more.
        for (const { name } of silent) await atSocket(server, "POST", "/office/channel.resume", JSON.stringify({ name }));
        return silent.length === 0 || `${status}: not asked: ${silent.map(({ name }) => name)}\n${server.text.stderr.slice(-1500)}`;
      }, { every: 100 });
      await nothingTold(`refused with ${status}`);
    }
    assert.ok(server.text.stderr.includes("evt=link.trouble"), "polling was refused too");
    for (const wire of asked) assert.notDeepEqual(found(secrets, echoes.get(wire).told), [], `${wire.name}: what it was asked, and repeated, holds a secret`);
    await Promise.all([...echoes.values()].map((echo) => echo.close()));
  });

  await suite.test("when gateways cannot be reached", async () => {
    await server.stop();
    nothingIn("the end", server.text.stdout + server.text.stderr);
    server = await Server.start({ folder, config: spoiled });
    await sayAll(questions.fr[1], 15);
    await eventually(() => /why="?connect/.test(server.text.stderr) || server.text.stderr.slice(-1500));
    await nothingTold("unreachable");
    await server.stop();
    nothingIn("the end", server.text.stdout + server.text.stderr);
  });

  await suite.test("when the configuration has mistakes beside it", async () => {
    const file = join(folder, "mistaken.toml");
    const each = (change) => config.split("[[channel]]").map((section) => {
      const own = secrets.filter(({ channel }) => section.includes(`\nname = "${channel}"\n`));
      return own.length > 0 ? change(section, own.map(({ text }) => text)) : section;
    }).join("[[channel]]");
    const mistakes = {
      "a space in it": each((section, own) => own.reduce((text, one) => text.replaceAll(one, `${one} x`), section)),
      "in an address": each((section, own) => section.replace(/^api_url = .*$/m, `api_url = "ftp://${own.join("/")}"`)),
      "in an address, as a user": each((section, own) => section.replace(/^callback_url = .*$/m, "").replace(/^name = /m, `callback_url = "https://u:${own[0]}@host"\nname = `)),
      "in place of the gateway": each((section, own) => section.replace(/^gateway = .*$/m, `gateway = [${JSON.stringify(own.join())}]`)),
      "no TOML": `${config}\nx = "${secrets[0].text}" x\n`,
    };
    for (const [name, mistaken] of Object.entries(mistakes)) {
      writeFileSync(file, mistaken);
      const { code, stdout, stderr } = await run(["check", "--config", file]);
      assert.notEqual(code, 0, name);
      nothingIn(`check: ${name}`, stdout + stderr);
    }
  });
});
