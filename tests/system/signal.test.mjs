// Signal through the real binary: messages that are asked for or brought, answers, receipts, and what a crash can cost.
// signal-cli-rest-api is played by support/signal.mjs; nothing official can run without Signal's servers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { query } from "./support/database.mjs";
import { eventually, office } from "./support/gateway.mjs";
import { holds, questions, share } from "./support/sentences.mjs";
import { pause, Server, temporaryFolder } from "./support/server.mjs";
import { byWebhook, configuration, enveloped, newPerson, number, push, receipt, received, secret, SignalApi } from "./support/signal.mjs";

const utf8 = (hex) => Buffer.from(hex, "hex").subarray(4).toString();  // after its key id: store/sealed.hpp
const texts = (server) => query(server.data, "SELECT hex(text) FROM inbound ORDER BY id").map(([hex]) => utf8(hex));
const rowOf = (server, text) => query(server.data, "SELECT state, why, hex(text) FROM outbound ORDER BY id")
  .filter(([, , hex]) => utf8(hex) === text).map(([state, why]) => (why === null || why === "" ? state : `${state} ${why}`)).join();

async function start(suite, { api, folder = temporaryFolder(suite), args = [], channel = "" } = {}) {
  const server = await Server.start({ folder, args, config: configuration(folder, api, { channel }) });
  suite.after(() => server.close());
  return server;
}

const shows = (api, person, count, server) =>
  eventually(() => api.shown(person).length >= count || `${api.shown(person).length} of ${count} messages\n${server.text.stderr.slice(-2000)}`);
const send = (server, to, text) => office(server, "send", { to: `signal:${to}`, text, language: "fr" });
const becomes = (server, text, state) => eventually(() => rowOf(server, text) === state || `${rowOf(server, text)}\n${server.text.stderr.slice(-1500)}`);

test("a number whose messages are asked for", async (suite) => {
  const api = await SignalApi.start(suite);
  const server = await start(suite, { api, channel: 'at_once = "10"\n' });
  const stateOf = (text) => rowOf(server, text);

  for (const locale of ["en", "ar", "ti"]) {
    await suite.test(`a first text in ${locale} is answered in ${locale}, delivered and read`, async () => {
      const [script, words] = questions[locale];
      const person = newPerson();
      api.queue(received(person, words));
      await shows(api, person, 1, server);
      const [{ text, stamp }] = api.sent.filter(({ to }) => to === person);
      assert.ok(holds(text, locale, "first_contact.hello"), text);
      assert.ok(share(text, script) > 0.6, text);
      await eventually(() => stateOf(text) === "sent" || stateOf(text));
      api.queue(receipt(person, "delivered", stamp));
      await eventually(() => stateOf(text) === "delivered" || stateOf(text));
      api.queue(enveloped(person, { typingMessage: { action: "STARTED" } }), receipt(person, "read", stamp), receipt(person, "delivered", stamp));
      await eventually(() => stateOf(text) === "read" || stateOf(text));
    });
  }

  await suite.test("several messages of one answer are taken in their order, and what comes twice takes one turn", async () => {
    const before = texts(server).length;
    const person = newPerson();
    const words = Array.from({ length: 25 }, (_, i) => `Bonjour numero ${i}`);
    const all = words.map((text) => received(person, text));
    api.queue(...all, ...all.slice(3, 9));
    await eventually(() => (api.waiting.length === 0 && texts(server).length >= before + 25) || `${texts(server).length - before} of 25`);
    const last = received(person, "la fin");
    api.queue(last);
    await eventually(() => texts(server).at(-1) === "la fin" || texts(server).at(-1));
    assert.deepEqual(texts(server).slice(before), [...words, "la fin"]);
    assert.deepEqual([...api.urls], ["?timeout=1&max_messages=10&ignore_stories=true"]);
  });

  await suite.test("photos and calls are kept; groups, reactions, edits and other accounts are not", async () => {
    const person = newPerson();
    const before = texts(server).length;
    api.queue(
      received(person, { message: "un", groupInfo: { groupId: "Zm9v", type: "DELIVER" } }),
      received(person, { reaction: { emoji: "👍", targetSentTimestamp: 5 } }),
      enveloped(person, { editMessage: { dataMessage: { message: "deux" } } }),
      enveloped(person, { syncMessage: {} }), received(person, "trois", { account: "+41790000002" }),
      received(person, { message: "mon permis", attachments: [{ contentType: "image/jpeg", id: "abc.jpg" }] }),
      enveloped(person, { callMessage: { offerMessage: { id: 5, type: "AUDIO_CALL" } } }));
    await eventually(() => texts(server).length === before + 2 || `${texts(server).slice(before)}`);
    const kept = query(server.data, "SELECT kind, hex(text), hex(attachments) FROM inbound ORDER BY id DESC LIMIT 2").reverse();
    assert.deepEqual(kept.map(([kind, text]) => [kind, utf8(text)]), [["media", "mon permis"], ["missed_call", ""]]);
    assert.deepEqual(JSON.parse(utf8(kept[0][2]))[0].url, `${api.url}/v1/attachments/abc.jpg`);
    await eventually(() => (api.waiting.length === 0 && texts(server).length === before + 2) || "more came");
  });

  await suite.test("no webhook is heard beside it", async () => {
    assert.equal((await push(server.port, received(newPerson(), "x"))).status, 404);
    assert.equal((await push(server.port, received(newPerson(), "x"), { path: "/hooks/signal" })).status, 404);
  });

  await suite.test("the server stops at once, and its log tells nobody's words or ids", async () => {
    const end = await server.stop();
    const people = api.sent.map(({ to }) => to);
    for (const word of ["Bonjour", "mon permis", ...people]) assert.ok(!(end.stdout + end.stderr).includes(word), word);
  });
});

test("what Signal answers decides what becomes of a message", async (suite) => {
  const api = await SignalApi.start(suite);
  const server = await start(suite, { api, args: ["--clock", "2027-03-22T09:00:00Z"] });
  const person = newPerson();
  api.queue(received(person, "Bonjour"));
  await shows(api, person, 1, server);
  const answers = async (text, told, state) => {
    api.script = (message) => (message.text === text ? told : undefined);
    await send(server, person, text);
    await becomes(server, text, state);
  };

  await suite.test("taken", () => answers("Venez demain", undefined, "sent"));
  await suite.test("nobody there: refused for good", () =>
    answers("A personne", { status: 400, body: { error: `Failed to send message: Unregistered user "${person}"` } }, "failed unregistered"));
  await suite.test("another key: refused, and staff are told why", () =>
    answers("Autre cle", { status: 400, body: { error: "Failed to send message due to untrusted identities" } }, "failed untrusted_identity"));
  await suite.test("a failure beside the moment", () =>
    answers("En partie", { status: 201, body: { timestamp: "5", errors: { recipients: [{ reason: "UNREGISTERED_FAILURE" }] } } }, "failed unregistered"));

  for (const [text, told] of [["Perdu", "lose"], ["Echec", { status: 400, body: { error: "Failed to send message" } }],
    ["Trop vite", { status: 429, body: { error: "rate limiting", challenge_tokens: [""] } }]]) {
    await suite.test(`${text}: nobody knows, so that no machine sends it again`, async () => {
      let asked = 0;
      api.script = (message) => (message.text === text && ++asked ? told : undefined);
      await send(server, person, text);
      await eventually(() => rowOf(server, text).startsWith("uncertain") || rowOf(server, text));
      await office(server, "clock", { time: "2027-03-22T10:00:00Z" });
      assert.equal(asked, 1);
    });
  }

  await suite.test("nobody's address: a message to nobody", async () => {
    api.script = () => undefined;
    await send(server, "group.Zm9vYmFy", "Au groupe");
    await becomes(server, "Au groupe", "failed recipient");
  });

  await suite.test("a riddle: the channel stops, and goes on when a person has solved it", async () => {
    api.script = () => ({ status: 429, body: { error: "rate limiting", challenge_tokens: ["ae19341a-839a-4b9a-9019-863775ae2630"], account: number } });
    await send(server, person, "Plus tard");
    await eventually(async () => {
      const [row] = (await office(server, "channel.list")).channels;
      return (row.paused && row.why === "captcha") || JSON.stringify(row);
    });
    api.script = () => undefined;
    await office(server, "channel.resume", { name: "signal" });
    await becomes(server, "Plus tard", "sent");
  });
});

test("a crash loses at most what one answer held, and takes no turn twice", async (suite) => {
  const api = await SignalApi.start(suite);
  const folder = temporaryFolder(suite);
  let server = await start(suite, { api, folder });
  const written = [];
  const atRisk = new Set();
  for (let round = 0; round < 6; ++round) {
    const words = Array.from({ length: 60 }, (_, i) => `${round}-${i}`);
    written.push(...words);
    const before = api.told.length;
    api.queue(...words.map((text) => received(newPerson(), text)));
    await eventually(() => api.told.length > before + (round % 3) || "nothing was asked for");
    if (round % 2 === 1) await pause(round);
    await server.kill();
    for (const { envelope } of api.told.at(-1)) atRisk.add(envelope.dataMessage.message);
    server = await start(suite, { api, folder });
  }
  await eventually(() => api.waiting.length === 0 || `${api.waiting.length} were not asked for`);
  const known = () => new Set(texts(server));
  await eventually(() => written.every((text) => known().has(text) || atRisk.has(text)) || "some are missing");
  const kept = texts(server);
  assert.equal(kept.length, new Set(kept).size);
  const lost = written.filter((text) => !known().has(text));
  assert.ok(lost.length <= 6, `${lost.length} were lost`);
  suite.diagnostic(`${lost.length} of ${written.length} messages were lost in six crashes`);
  const [replies, causes] = query(server.data, "SELECT count(*), count(DISTINCT cause) FROM outbound")[0];
  assert.equal(replies, causes);
});

test("outages and mistakes are told in plain words", async (suite) => {
  const api = await SignalApi.start(suite);
  const server = await start(suite, { api });
  const says = (word) => eventually(() => server.text.stderr.includes(word) || server.text.stderr.slice(-1000));
  await eventually(() => api.questions > 0 || "not asked yet");
  await api.down();
  await says("evt=link.trouble");
  const person = newPerson();
  const words = ["STOP", "START", "1"];
  api.queue(received(person, "Bonjour"), ...words.map((text) => received(person, text)));
  await api.up();
  await eventually(() => texts(server).length === 4 || texts(server).join());
  assert.deepEqual(texts(server), ["Bonjour", ...words]);
  await says("evt=link.well");
  api.receiving = () => ({ status: 400, body: "Bad Request\n" });
  await says("why=wrong_mode");
  assert.match(server.text.stderr, /remedy="signal-cli-rest-api seems to run with MODE=json-rpc/);
});

test("a number whose messages are brought", async (suite) => {
  const api = await SignalApi.start(suite);
  const server = await start(suite, { api, channel: byWebhook });

  await suite.test("a message is answered, and one that comes again takes no second turn", async () => {
    const person = newPerson();
    const message = received(person, questions.ti[1]);
    for (let i = 0; i < 3; ++i) assert.deepEqual(await push(server.port, message), { status: 200, body: "{}" });
    await shows(api, person, 1, server);
    const [{ text, stamp }] = api.sent.filter(({ to }) => to === person);
    assert.ok(holds(text, "ti", "first_contact.hello"), text);
    await becomes(server, text, "sent");
    assert.equal((await push(server.port, receipt(person, "delivered", stamp))).status, 200);
    await becomes(server, text, "delivered");
    assert.equal((await push(server.port, received(person, "RAPPEL"))).status, 200);
    await shows(api, person, 2, server);
    assert.equal(texts(server).length, 2);
  });

  await suite.test("whoever does not know the path gets a bare 404", async () => {
    const message = received(newPerson(), "x");
    for (const path of ["/hooks/signal", "/hooks/signal/", `/hooks/signal/${secret}x`, `/hooks/signal/${secret.slice(1)}`, `/hooks/signal/${secret.toUpperCase()}`]) {
      assert.deepEqual(await push(server.port, message, { path }), { status: 404, body: "" }, path);
    }
    assert.equal((await push(server.port, "[]")).status, 400);
    assert.equal(texts(server).length, 2);
  });

  await suite.test("nothing is asked for, and the secret is not in the log", async () => {
    assert.equal(api.questions, 0);
    const end = await server.stop();
    assert.ok(!(end.stdout + end.stderr).includes(secret));
  });
});

test("without a secret only this machine is heard, and nobody through a proxy", async (suite) => {
  const api = await SignalApi.start(suite);
  const server = await start(suite, { api, channel: 'receive = "webhook"\n' });
  const path = "/hooks/signal";
  const person = newPerson();
  const strange = await push(server.port, received(newPerson(), "x"), { path, headers: { "X-Forwarded-For": "192.0.2.1" } });
  assert.equal(strange.status, 403);
  assert.equal((await push(server.port, received(person, "Bonjour"), { path })).status, 200);
  await shows(api, person, 1, server);
  assert.deepEqual(texts(server), ["Bonjour"]);
});
