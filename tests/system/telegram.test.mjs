// A Telegram bot by webhook, through the real binary: from an update to what phones show, and everything that must not
// get an answer. The Bot API is played by support/telegram.mjs; npm grammy and node-telegram-bot-api judge it and us.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { Bot, webhookCallback } from "grammy";
import { Api } from "node-telegram-bot-api";
import { query, value } from "./support/database.mjs";
import { eventually, office } from "./support/gateway.mjs";
import { holds, questions, share } from "./support/sentences.mjs";
import { Server, temporaryFolder } from "./support/server.mjs";
import { BotApi, byWebhook, configuration, oldSecret, secret, token } from "./support/telegram.mjs";

let people = 1_000_000;
const newPerson = () => ++people;
const utf8 = (hex) => Buffer.from(hex, "hex").subarray(4).toString();  // after its key id: store/sealed.hpp

async function start(suite, { args = [], channel = "" } = {}) {
  const folder = temporaryFolder(suite);
  const api = await BotApi.start(suite);
  const server = await Server.start({ folder, args, config: configuration(folder, api, { channel: byWebhook + channel }) });
  suite.after(() => server.close());
  const shows = (person, count) =>
    eventually(() => api.shown(person).length >= count || `${api.shown(person).length} of ${count} messages\n${server.text.stderr.slice(-2000)}`);
  /** Somebody writes; what their phone then shows. */
  const say = async (person, fields) => {
    const before = api.shown(person).length;
    const answer = await api.push(server.port, api.message(person, fields));
    assert.deepEqual([answer.status, answer.body], [200, "{}"]);
    await shows(person, before + 1);
    return api.shown(person).slice(before).join("\n");
  };
  const stateOf = (text) => query(server.data, "SELECT state, hex(text) FROM outbound ORDER BY id")
    .filter(([, hex]) => utf8(hex) === text).map(([state]) => state);
  return { folder, api, server, say, shows, stateOf };
}

test("Telegram by webhook", async (suite) => {
  const { api, server, say, shows } = await start(suite);
  const texts = () => query(server.data, "SELECT i.provider_id, i.kind, hex(i.text) FROM inbound i ORDER BY i.id").map(([id, kind, text]) => [id, kind, utf8(text)]);

  for (const [locale, [script, words]] of Object.entries(questions)) {
    await suite.test(`a first text in ${locale} is answered in ${locale}`, async () => {
      const reply = await say(newPerson(), words);
      assert.ok(holds(reply, locale, "first_contact.hello"), reply);
      assert.ok(share(reply, script) > 0.6, `${share(reply, script)} of the letters are ${script}:\n${reply}`);
    });
  }

  await suite.test("who presses Start is asked for a language, and then goes on", async () => {
    const person = newPerson();
    assert.match(await say(person, "/start"), /1 = Français[^]*3 = العربية[^]*4 = ትግርኛ/);
    assert.ok(holds(await say(person, "4"), "ti", "first_contact.hello"));
  });

  await suite.test("after STOP the Start button alone opens nothing again", async () => {
    const person = newPerson();
    await say(person, questions.ar[1]);
    assert.ok(holds(await say(person, "STOP"), "ar", "stop.confirmed"));
    assert.ok(holds(await say(person, "/start"), "ar", "stop.hint"));
    assert.ok(holds(await say(person, "START"), "ar", "start.welcome_back"));
  });

  await suite.test("an update that comes again, five times at once or late, takes one turn", async () => {
    const person = newPerson();
    const update = api.message(person, questions.ti[1]);
    const answers = await Promise.all(Array.from({ length: 5 }, () => api.push(server.port, update)));
    for (const answer of answers) assert.deepEqual([answer.status, answer.body], [200, "{}"]);
    await shows(person, 1);
    await say(person, "RAPPEL");
    assert.equal((await api.push(server.port, update)).status, 200);
    assert.equal(value(server.data, "SELECT count(*) FROM inbound WHERE provider_id = ?", [`123456789-${update.update_id}`]), 1);
    await say(person, "0");
    assert.equal(api.shown(person).length, 3);
  });

  await suite.test("a forged update gets a bare 403 and leaves no trace", async () => {
    const before = texts().length;
    const update = api.message(newPerson(), "x");
    for (const withSecret of [null, "", "x", secret + "x", secret.slice(1), secret.toUpperCase(), token]) {
      const answer = await api.push(server.port, update, { withSecret });
      assert.deepEqual([answer.status, answer.body], [403, ""], String(withSecret));
    }
    for (let i = 0; i < secret.length; ++i) {
      const withSecret = secret.slice(0, i) + (secret[i] === "A" ? "B" : "A") + secret.slice(i + 1);
      assert.equal((await api.push(server.port, update, { withSecret })).status, 403, `digit ${i} of the secret`);
    }
    for (const path of ["/hooks/telegram/status", `/hooks/telegram/${secret}`]) {
      assert.equal((await api.push(server.port, update, { path })).status, 403, path);
    }
    assert.equal((await api.push(server.port, "[]")).status, 200, "refused, it would come again for a day");
    assert.equal(texts().length, before);
  });

  await suite.test("the former secret still opens during a rotation", async () => {
    const person = newPerson();
    assert.equal((await api.push(server.port, api.message(person, "Bonjour"), { withSecret: oldSecret })).status, 200);
    await shows(person, 1);
  });

  await suite.test("photos, voices, places, numbers and buttons are kept, edits and groups are not", async () => {
    const person = newPerson();
    await say(person, "Bonjour");
    const before = texts().length;
    await say(person, { photo: [{ file_id: "small" }, { file_id: "AgAC-large" }] });
    await say(person, { voice: { file_id: "AwAC_1", mime_type: "audio/ogg" } });
    const other = newPerson(); // the same answer is not said to anybody a third time
    await say(other, { location: { latitude: 47.3658, longitude: 7.3445 } });
    await say(other, { contact: { phone_number: "41791234567", first_name: "A", user_id: other } });
    const pressed = api.press(person, "Oui, je viens", "opt:1");
    const confirmation = { method: "answerCallbackQuery", callback_query_id: pressed.callback_query.id };
    assert.deepEqual(JSON.parse((await api.push(server.port, pressed)).body), confirmation, "the button stops to wait");
    const edit = api.message(person, "Bonsoir");
    const ignored = [
      { update_id: edit.update_id, edited_message: edit.message },
      { update_id: api.nextUpdate++, message: { ...edit.message, chat: { id: -5, type: "group" } } },
      { update_id: api.nextUpdate++, my_chat_member: { new_chat_member: { status: "kicked" } } },
    ];
    for (const update of ignored) assert.deepEqual(await api.push(server.port, update), { status: 200, body: "{}" });
    const added = texts().slice(before).map(([, kind, text]) => [kind, text]);
    assert.deepEqual(added, [["media", ""], ["media", ""], ["location", "geo:47.3658,7.3445"], ["text", "tel:+41791234567"], ["text", "Oui, je viens"]]);
    const kept = query(server.data, "SELECT hex(attachments) FROM inbound WHERE attachments IS NOT NULL").map(([hex]) => utf8(hex));
    assert.deepEqual(kept.map((text) => JSON.parse(text)[0].url), [`${api.url}/getFile?file_id=AgAC-large`, `${api.url}/getFile?file_id=AwAC_1`]);
  });

  await suite.test("grammY reads the same updates as the same texts, and refuses the same strangers", async (t) => {
    const heard = [];
    const bot = new Bot(token, { client: { apiRoot: api.url } });
    bot.on("message:text", (context) => void heard.push([context.update.update_id, context.from.id, context.message.text]));
    const port = await listen(t, webhookCallback(bot, "http", { secretToken: secret }));
    for (const words of ["Bonjour é", "مرحبا", "ሰላም፡ ሕቶ ኣለኒ", "😀👩‍👩‍👧", "a\r\nb\t<b>{x}</b>"]) {
      const person = newPerson();
      const update = api.message(person, words);
      for (const withSecret of [secret, secret + "x", null]) {
        const theirs = await api.push(port, update, { withSecret });
        const ours = await api.push(server.port, update, { withSecret });
        assert.equal(theirs.status < 300, ours.status < 300, `${withSecret}: ${theirs.status} and ${ours.status}`);
      }
      assert.deepEqual(heard.pop(), [update.update_id, person, words]);
      assert.deepEqual(heard, []);
      const [id, kind, text] = texts().at(-1);
      assert.deepEqual([id, kind, text], [`123456789-${update.update_id}`, "text", words.replace("\r", "")]);
    }
  });

  await suite.test("node-telegram-bot-api finds a Bot API where our peer is", async () => {
    const bot = new Api(token, { apiRoot: api.url });
    assert.equal((await bot.getMe()).id, 123456789);
    const person = newPerson();
    await say(person, "Bonjour");
    assert.equal((await bot.sendMessage({ chat_id: person, text: "ሰላም" })).text, "ሰላም");
    assert.equal(api.shown(person).at(-1), "ሰላም");
    api.blocked.add(person);
    await assert.rejects(bot.sendMessage({ chat_id: person, text: "x" }), (error) => error.errorCode === 403);
  });

  await suite.test("neither the token nor a secret, a text or an id of a person is in the log, nor the token on disk", async () => {
    assert.deepEqual(query(server.data, "SELECT DISTINCT state FROM inbound"), [["processed"]]);
    const end = await server.stop();
    assert.ok(end.stderr.includes("webhook.rejected"), "the log was looked at");
    for (const word of [token, token.split(":")[1], secret, oldSecret, "Bonjour", "100000"]) {
      assert.ok(!(end.stdout + end.stderr).includes(word), `the log holds ${word}`);
    }
    for (const file of readdirSync(server.data)) {
      assert.ok(!readFileSync(join(server.data, file)).includes(token.split(":")[1]), `${file} holds the token`);
    }
  });
});

function listen(test, handler) {
  const server = http.createServer(handler);
  test.after(() => new Promise((settle) => server.close(settle).closeAllConnections()));
  return new Promise((settle) => server.listen(0, "127.0.0.1", () => settle(server.address().port)));
}

const monday = ["--clock", "2027-03-22T09:00:00Z"];

test("what Telegram answers decides what becomes of a message", async (suite) => {
  const { api, server, say, shows, stateOf } = await start(suite, { args: monday });
  const send = (person, text) => office(server, "send", { to: `telegram:${person}`, text, language: "fr" });
  const becomes = (text, state) => eventually(() => stateOf(text).join() === state || `${stateOf(text)}\n${server.text.stderr.slice(-1500)}`);

  await suite.test("taken: it is sent, and no receipt is waited for", async () => {
    const person = newPerson();
    await say(person, "Bonjour");
    await send(person, "Venez demain");
    await shows(person, 2);
    await becomes("Venez demain", "sent");
  });

  await suite.test("429: it leaves after the time that Telegram names, once", async () => {
    const person = newPerson();
    await say(person, "Bonjour");
    let refusals = 0;
    api.script = (method, { text }) => text === "Doucement" && refusals++ === 0
      ? { status: 429, body: { ok: false, error_code: 429, description: "Too Many Requests: retry after 14", parameters: { retry_after: 14 } } } : undefined;
    await send(person, "Doucement");
    await eventually(() => refusals === 1 || "not asked yet");
    await office(server, "clock", { time: "2027-03-22T09:00:13Z" });
    assert.equal(refusals, 1, "not before the time that Telegram named");
    await office(server, "clock", { time: "2027-03-22T09:00:15Z" });
    await becomes("Doucement", "sent");
    assert.deepEqual(api.shown(person).slice(1), ["Doucement"]);
  });

  await suite.test("blocked: the person has stopped us", async () => {
    const person = newPerson();
    await say(person, "Bonjour");
    api.blocked.add(person);
    await send(person, "Encore nous");
    await becomes("Encore nous", "failed");
    const next = await send(person, "Et encore");
    assert.deepEqual([next.state, next.why], ["withheld", "consent"]);
  });

  await suite.test("nobody of that id, or a public channel's name: refused for good", async () => {
    await send(4_503_599_627_370_495, "A personne");
    await send("@somebody", "A une chaine");
    await becomes("A personne", "failed");
    await becomes("A une chaine", "failed");
    const why = query(server.data, "SELECT DISTINCT why FROM outbound WHERE state = 'failed' AND why <> 'opted_out'");
    assert.deepEqual(why, [["400_chat_not_found"]]);
  });

  await suite.test("a lost answer: uncertain, and no machine sends it again", async () => {
    const person = newPerson();
    await say(person, "Bonjour");
    let sent = 0;
    api.script = (method, { text }) => (text === "Perdu" && ++sent ? "lose" : undefined);
    await send(person, "Perdu");
    await becomes("Perdu", "uncertain");
    await office(server, "clock", { time: "2027-03-22T10:00:00Z" });
    assert.equal(sent, 1);
    api.script = () => undefined;
  });

  await suite.test("a 200 that does not say ok: uncertain, too", async () => {
    const person = newPerson();
    await say(person, "Bonjour");
    api.script = (method, { text }) => (text === "Portail" ? { status: 200, body: "<html>log in</html>" } : undefined);
    await send(person, "Portail");
    await becomes("Portail", "uncertain");
    api.script = () => undefined;
  });

  await suite.test("a token that is no longer good: the channel stops, and the message waits", async () => {
    const person = newPerson();
    await say(person, "Bonjour");
    api.script = () => ({ status: 401, body: { ok: false, error_code: 401, description: "Unauthorized" } });
    await send(person, "Plus tard");
    await eventually(async () => {
      const [row] = (await office(server, "channel.list")).channels;
      return (row.paused && row.why === "401") || JSON.stringify(row);
    });
    assert.deepEqual(stateOf("Plus tard"), ["queued"]);
    api.script = () => undefined;
    await office(server, "channel.resume", { name: "telegram" });
    await becomes("Plus tard", "sent");
  });
});
