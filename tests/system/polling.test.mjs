// A box without a public address: the real binary asks a Bot API on loopback for messages (getUpdates), through
// crashes, outages and other readers, and every message is processed once, in its order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Bot } from "grammy";
import { Bot as OtherBot } from "node-telegram-bot-api";
import { query } from "./support/database.mjs";
import { eventually, office } from "./support/gateway.mjs";
import { holds, questions, share } from "./support/sentences.mjs";
import { atMost, Server, temporaryFolder } from "./support/server.mjs";
import { BotApi, configuration, token } from "./support/telegram.mjs";

const utf8 = (hex) => Buffer.from(hex, "hex").subarray(4).toString();  // after its key id: store/sealed.hpp
const texts = (server) => query(server.data, "SELECT hex(text) FROM inbound ORDER BY id").map(([hex]) => utf8(hex));
const countOf = (server) => query(server.data, "SELECT count(*), count(DISTINCT provider_id) FROM inbound")[0];

async function start(suite, { api, folder = temporaryFolder(suite), args = [] } = {}) {
  const server = await Server.start({ folder, args, config: configuration(folder, api, { channel: 'receive = "polling"\n' }) });
  suite.after(() => server.close());
  return server;
}

const shows = (api, person, count, server) =>
  eventually(() => api.shown(person).length >= count || `${api.shown(person).length} of ${count} messages\n${server.text.stderr.slice(-2000)}`);
const settled = (api) => eventually(() => api.waiting.length === 0 || `${api.waiting.length} updates are not acknowledged`);

test("a bot that asks for its messages", async (suite) => {
  const api = await BotApi.start(suite);
  const server = await start(suite, { api });

  for (const locale of ["en", "ar", "ti"]) {
    await suite.test(`a first text in ${locale} is answered in ${locale}`, async () => {
      const [script, words] = questions[locale];
      const person = 2_000_000 + script.length;
      const asked = performance.now();
      api.queue(api.message(person, words));
      await shows(api, person, 1, server);
      assert.ok(performance.now() - asked < 5_000, "the question is open: nobody waits for the next one");
      const [reply] = api.shown(person);
      assert.ok(holds(reply, locale, "first_contact.hello"), reply);
      assert.ok(share(reply, script) > 0.6, reply);
    });
  }

  await suite.test("three hundred updates are taken in their order, and acknowledged", async () => {
    const words = Array.from({ length: 300 }, (_, i) => `Bonjour numero ${i}`);
    const before = texts(server).length;
    api.queue(...words.map((text, i) => api.message(3_000_000 + (i % 30), text)));
    await settled(api);
    assert.deepEqual(texts(server).slice(before), words);
    assert.equal(api.acknowledged, api.nextUpdate);
  });

  await suite.test("buttons are heard; edits, groups and what is broken are acknowledged and left", async () => {
    const before = texts(server).length;
    const edit = api.message(4_000_000, "x");
    api.queue(
      { update_id: edit.update_id, edited_message: edit.message }, { update_id: api.nextUpdate++, message: { from: "?" } },
      { update_id: api.nextUpdate++, message: { ...edit.message, chat: { id: -5, type: "group" } } },
      api.press(4_000_000, "Oui, je viens", "opt:1"));
    await settled(api);
    assert.deepEqual(texts(server).slice(before), ["Oui, je viens"]);
    assert.equal(api.calls.answerCallbackQuery, 1, "the button stops to wait");
  });

  await suite.test("no webhook is heard beside it", async () => {
    assert.equal((await api.push(server.port, api.message(5_000_000, "x"))).status, 404);
  });

  await suite.test("the server stops at once, though a question is open, and its log holds no token", async () => {
    const begun = performance.now();
    const end = await server.stop();
    assert.ok(performance.now() - begun < 5_000, `${performance.now() - begun} ms`);
    for (const word of [token, token.split(":")[1], "Bonjour", "2000005"]) assert.ok(!(end.stdout + end.stderr).includes(word), word);
  });
});

test("after a crash before the acknowledgement the same updates come again, and take no second turn", async (suite) => {
  const api = await BotApi.start(suite);
  const folder = temporaryFolder(suite);
  let server = await start(suite, { api, folder });
  for (let round = 0; round < 5; ++round) {
    const from = 6_000_000 + round;
    const asked = api.calls.getUpdates ?? 0;
    // The next question would acknowledge; it is never answered, as if the way were cut just after the commit.
    api.script = (method, { offset }) => (method === "getUpdates" && offset > api.nextUpdate - 2 ? "reset" : undefined);
    api.queue(api.message(from, "Bonjour"), api.message(from, "RAPPEL"));
    await eventually(() => countOf(server)[0] === 2 * (round + 1) || `${countOf(server)}, asked ${api.calls.getUpdates - asked} times`);
    assert.ok(api.waiting.length > 0, "not acknowledged yet");
    await server.kill();
    api.script = () => undefined;
    server = await start(suite, { api, folder });
    await settled(api);
    assert.deepEqual(countOf(server), [2 * (round + 1), 2 * (round + 1)]);
  }
  assert.deepEqual(query(server.data, "SELECT DISTINCT state FROM inbound"), [["processed"]]);
  const [replies, causes] = query(server.data, "SELECT count(*), count(DISTINCT cause) FROM outbound")[0];
  assert.equal(replies, causes);
});

test("what is written during an outage comes after it, in its order", async (suite) => {
  const api = await BotApi.start(suite);
  const server = await start(suite, { api });
  const person = 7_000_000;
  api.queue(api.message(person, "Bonjour"));
  await shows(api, person, 1, server);
  await settled(api);
  await api.down();
  const words = ["STOP", "START", "1"];
  api.queue(...words.map((text) => api.message(person, text)));
  await eventually(() => server.text.stderr.includes("evt=link.trouble") || "no trouble is told");
  await api.up();
  await settled(api);
  assert.deepEqual(texts(server), ["Bonjour", ...words]);
  await eventually(() => server.text.stderr.includes("evt=link.well") || "it is not told that all is well again");
  await shows(api, person, 4, server);
});

test("a webhook that is set, another reader and a wrong token are told in plain words", async (suite) => {
  const api = await BotApi.start(suite);
  const server = await start(suite, { api });
  const says = (word) => eventually(() => server.text.stderr.includes(word) || server.text.stderr.slice(-1000));
  await eventually(() => api.calls.getUpdates > 0 || "not asked yet");

  await suite.test("another reader", async () => {
    const other = new Bot(token, { client: { apiRoot: api.url } });
    await other.api.getUpdates({ timeout: 0 });
    await says("why=other_reader");
    assert.match(server.text.stderr, /remedy="another program asks for the messages of this bot/);
  });

  await suite.test("a webhook", async (t) => {
    const place = await BotApi.start(t);
    const folder = temporaryFolder(t);
    const bot = new Bot(token, { client: { apiRoot: place.url } });
    await bot.api.setWebhook("https://bot.example.org/hooks/telegram", { secret_token: "fiction" });
    const late = await start(t, { api: place, folder });
    await eventually(() => late.text.stderr.includes("why=webhook_set") || late.text.stderr);
    const metrics = await (await fetch(`http://127.0.0.1:${late.adminPort}/metrics`)).text();
    assert.match(metrics, /^passerelle_link_troubles\{channel="telegram"\} [1-9]/m);
    assert.match(late.text.stderr, /remedy="a webhook is set for this bot, and Telegram brings its messages there and nowhere else/);
    assert.equal((await office(late, "channel.list")).channels[0].paused, false, "what leaves still leaves");
  });

  await suite.test("a token that Telegram does not know", async (t) => {
    const place = await BotApi.start(t);
    place.script = () => ({ status: 401, body: { ok: false, error_code: 401, description: "Unauthorized" } });
    const late = await start(t, { api: place });
    await eventually(() => late.text.stderr.includes("why=401") || late.text.stderr);
    assert.match(late.text.stderr, /remedy="Telegram does not know this token/);
  });
});

test("grammY and node-telegram-bot-api find the same messages where we ask for them", async (suite) => {
  const heard = async (name, make) => {
    const api = await BotApi.start(suite);
    const words = ["Bonjour é", "مرحبا", "ሰላም፡ ሕቶ ኣለኒ", "😀👩‍👩‍👧"];
    api.queue(...words.map((text, i) => api.message(8_000_000 + i, text)));
    const seen = [];
    const stop = await make(api, seen);
    await eventually(() => api.waiting.length === 0 || `${name}: ${api.waiting.length} are not acknowledged`);
    await stop();
    assert.deepEqual(await seenBy(seen, words), words, name);
    return api.acknowledged - 10_000;
  };
  const seenBy = async (seen, words) => {
    await atMost(5_000, eventually(() => seen.length >= words.length || String(seen)));
    return seen;
  };
  const grammy = await heard("grammY", async (api, seen) => {
    const bot = new Bot(token, { client: { apiRoot: api.url } });
    bot.on("message:text", (context) => void seen.push(context.message.text));
    const running = bot.start({ timeout: 2 });
    return async () => {
      await bot.stop();
      await running;
    };
  });
  const other = await heard("node-telegram-bot-api", async (api, seen) => {
    const bot = new OtherBot(token, { apiRoot: api.url });
    bot.on("message", (context) => void seen.push(context.message.text));
    const running = bot.startPolling(undefined, { timeout: 2 });
    return async () => {
      await bot.stop();
      await atMost(5_000, running);
    };
  });
  const ours = await heard("Passerelle", async (api, seen) => {
    const server = await start(suite, { api });
    return async () => {
      await server.stop();
      seen.push(...texts(server));
    };
  });
  assert.deepEqual([ours, other], [grammy, grammy], "all acknowledged as far");
});
