// An Android phone as gateway: signed webhooks in, answers out through its API, receipts for each part. The app's
// official client (npm android-sms-gateway) is the judge of what we send and of the peer that we send it to.
import assert from "node:assert/strict";
import { test } from "node:test";
import Client, { WebHookEventType } from "android-sms-gateway";
import { query, value } from "./support/database.mjs";
import { eventually, office } from "./support/gateway.mjs";
import { holds, questions, share } from "./support/sentences.mjs";
import { Server, temporaryFolder } from "./support/server.mjs";
import * as smsgate from "./support/smsgate.mjs";
import { send } from "./support/twilio.mjs";

let phones = 0;
const newNumber = () => `+4179${String(2_000_000 + ++phones)}`;
const json = (url, options) => fetch(url, options).then((response) => response.json());
const httpClient = {
  get: (url, headers) => json(url, { headers }),
  post: (url, body, headers) => json(url, { method: "POST", headers, body: JSON.stringify(body) }),
};

test("SMSGate", async (suite) => {
  const folder = temporaryFolder(suite);
  const phone = await smsgate.Phone.start(suite);
  const config = smsgate.configuration(folder, phone);
  let server = await Server.start({ folder, config });
  suite.after(() => server.close());
  const say = async (text, from, more) => {
    const answer = await smsgate.deliver(server.port, smsgate.received(text, from, more));
    assert.deepEqual([answer.status, answer.body], [200, "{}"]);
  };
  const answered = (from, count = 1) => eventually(() => phone.of(from).length >= count || `${phone.of(from).length} answers`);
  const row = (id) => query(server.data, "SELECT state, segments, why FROM outbound WHERE ref = ?", [id])[0];
  const becomes = (id, state) => eventually(() => row(id)[0] === state || `${row(id)}`);
  const tell = async (name, message, more = {}, id = undefined, webhook = undefined) => {
    const payload = { messageId: message.id, sender: null, recipient: message.phoneNumbers[0], phoneNumber: message.phoneNumbers[0], simNumber: 1, ...more };
    assert.equal((await smsgate.deliver(server.port, smsgate.event(name, payload, id, webhook))).status, 200);
  };
  const inbound = () => value(server.data, "SELECT count(*) FROM inbound");

  for (const locale of ["en", "ar", "ti"]) {
    await suite.test(`a text in ${locale} is answered in ${locale}, and delivered when every part of the answer is`, async () => {
      const from = newNumber();
      const [script, words] = questions[locale];
      await say(words, from);
      await answered(from);
      const [message] = phone.of(from);
      const { text } = message.textMessage;
      assert.ok(holds(text, locale, "first_contact.hello"), text);
      assert.ok(share(text, script) > 0.6, text);
      await becomes(message.id, "sent");
      const [, segments] = row(message.id);
      assert.ok(segments > 1 || locale === "en", "long enough to be parted by the phone");
      await tell("sms:sent", message, { partsCount: segments, sentAt: new Date().toISOString() });
      const ids = Array.from({ length: segments }, smsgate.newEvent);
      for (const id of ids.slice(0, -1)) {
        await tell("sms:delivered", message, { deliveredAt: new Date().toISOString() }, id);
        await tell("sms:delivered", message, { deliveredAt: new Date().toISOString() }, id); // a repeat
        await tell("sms:delivered", message, { deliveredAt: new Date().toISOString() }, undefined, "Wh0002"); // registered twice
      }
      assert.equal(row(message.id)[0], "sent", "its last part is still on the way");
      await tell("sms:delivered", message, { deliveredAt: new Date().toISOString() }, ids.at(-1));
      assert.equal(row(message.id)[0], "delivered");
    });
  }

  await suite.test("a number as it is dialled at home is the same person", async () => {
    const from = newNumber();
    await say("Bonjour", from.replace("+41", "0"));
    await answered(from);
    assert.deepEqual(phone.of(from)[0].phoneNumbers, [from]);
  });

  await suite.test("a repeated webhook, and the same text by a second webhook, take no second turn", async () => {
    const from = newNumber();
    const at = new Date();
    const first = smsgate.received(questions.fr[1], from, { at });
    await smsgate.deliver(server.port, first);
    await answered(from);
    const turns = () => query(server.data, "SELECT count(*), (SELECT sum(version) FROM conversation) FROM inbound")[0];
    const before = turns();
    for (let i = 0; i < 3; ++i) assert.equal((await smsgate.deliver(server.port, first)).status, 200);
    await say(questions.fr[1], from, { at, id: smsgate.newEvent() });
    assert.deepEqual(turns(), before);
    assert.equal(phone.of(from).length, 1);
  });

  await suite.test("a forged or old webhook gets a bare 403 and leaves no trace", async () => {
    const before = inbound();
    const from = newNumber();
    const spoiled = {
      "a changed body": (request) => (request.body = request.body.replace("Bonjour", "Bonsoir")),
      "another time": (request) => (request.headers["X-Timestamp"] = String(Number(request.headers["X-Timestamp"]) + 1)),
      "no signature": (request) => delete request.headers["X-Signature"],
      "no time": (request) => delete request.headers["X-Timestamp"],
      "capital digits": (request) => (request.headers["X-Signature"] = request.headers["X-Signature"].toUpperCase()),
      "another key": (request, body) => Object.assign(request, smsgate.signed(body, { secret: "guess" })),
      "ten minutes ago": (request, body) => Object.assign(request, smsgate.signed(body, { at: Date.now() - 600_000 })),
      "in ten minutes": (request, body) => Object.assign(request, smsgate.signed(body, { at: Date.now() + 600_000 })),
    };
    for (const [name, spoil] of Object.entries(spoiled)) {
      const body = smsgate.received("Bonjour", from);
      const request = smsgate.signed(body);
      spoil(request, body);
      const answer = await send(server.port, request);
      assert.deepEqual([name, answer.status, answer.body], [name, 403, ""]);
    }
    assert.equal(inbound(), before);
  });

  await suite.test("the former key still opens during a rotation", async () => {
    const from = newNumber();
    const answer = await smsgate.deliver(server.port, smsgate.received("Bonjour", from), { secret: smsgate.oldKey });
    assert.equal(answer.status, 200);
    await answered(from);
  });

  await suite.test("when the key is replaced, what is listed again takes no second turn", async () => {
    const from = newNumber();
    const at = new Date();
    await say(questions.fr[1], from, { at });
    await answered(from);
    phone.missed(questions.fr[1], from, at);
    await server.stop();
    const before = phone.listed;
    const rotated = smsgate.configuration(folder, phone, { keys: [smsgate.newKey, smsgate.key] });
    server = await Server.start({ folder, config: rotated });
    await eventually(() => phone.listed > before || "not listed yet");
    const other = newNumber();
    assert.equal((await smsgate.deliver(server.port, smsgate.received("Bonjour", other), { secret: smsgate.newKey })).status, 200);
    await say("Bonjour", other); // by the former key
    await answered(other, 2);
    const texts = value(server.data, "SELECT count(DISTINCT i.id) FROM inbound i JOIN outbound o ON o.address = i.address WHERE o.ref = ?", [phone.of(from)[0].id]);
    assert.deepEqual([texts, phone.of(from).length], [1, 1]);
  });

  await suite.test("an answer that was lost is asked for again under the same id, and sent once", async () => {
    const from = newNumber();
    phone.script = ({ phoneNumbers }) => (phoneNumbers.includes(from) && phone.of(from).length === 0 ? "lose" : "accept");
    await say("Bonjour", from);
    await answered(from);
    const [message] = phone.of(from);
    await becomes(message.id, "sent");
    assert.equal(phone.requests.filter(({ body }) => body.id === message.id).length, 2);
    assert.equal(phone.of(from).length, 1, "the second was refused with 409");
    phone.script = () => "accept";
  });

  await suite.test("a text that the phone could not send is failed, with its code", async () => {
    const from = newNumber();
    await say("Bonjour", from);
    await answered(from);
    const [message] = phone.of(from);
    await becomes(message.id, "sent");
    await tell("sms:failed", message, { failedAt: new Date().toISOString(), reason: "Send result: RESULT_ERROR_LIMIT_EXCEEDED" });
    assert.deepEqual([row(message.id)[0], row(message.id)[2]], ["failed", "RESULT_ERROR_LIMIT_EXCEEDED"]);
  });

  await suite.test("a photo, a ping and an event of next year are answered 200", async () => {
    const mms = { messageId: "m1", transactionId: "T1", sender: newNumber(), subject: null, size: 9, receivedAt: new Date().toISOString() };
    for (const body of [smsgate.event("mms:received", mms), smsgate.event("system:ping", {}), smsgate.event("call:missed", {})])
      assert.equal((await smsgate.deliver(server.port, body)).status, 200);
    await answered(mms.sender);
  });

  await suite.test("the official client would send the same, and reads what our peer says", async () => {
    const from = newNumber();
    await say("Bonjour", from);
    await answered(from);
    const [ours] = phone.of(from);
    const request = phone.requests.find(({ body }) => body.id === ours.id);
    let theirs;
    const judge = new Client(smsgate.username, smsgate.password, { post: async (url, body, headers) => (theirs = { url, body, headers }) }, phone.url);
    await judge.send({ id: ours.id, message: ours.textMessage.text, phoneNumbers: ours.phoneNumbers, ttl: ours.ttl, withDeliveryReport: true });
    assert.equal(request.headers.authorization, theirs.headers.Authorization);
    assert.equal(request.headers["content-type"], theirs.headers["Content-Type"]);
    // It still writes the text as 'message', which the app calls deprecated; everything else is as with us.
    const { message, ...others } = theirs.body;
    const { textMessage, priority, ...same } = ours;
    assert.deepEqual(same, others);
    assert.ok(ours.ttl > 80_000 && ours.ttl < 86_401, "an answer is of use for a day");
    assert.equal(textMessage.text, message);
    const state = await new Client(smsgate.username, smsgate.password, httpClient, phone.url).getState(ours.id);
    assert.deepEqual([state.id, state.state, state.recipients[0].phoneNumber], [ours.id, "Pending", from]);
    assert.deepEqual(Object.values(WebHookEventType).sort(), ["sms:delivered", "sms:failed", "sms:received", "sms:sent", "system:ping"]);
  });

  await suite.test("what was written while we were away is fetched, in order, and what did come takes no second turn", async () => {
    const from = newNumber();
    const [first, second, third] = [3_000, 2_000, 1_000].map((ago) => new Date(Date.now() - ago));
    await say("Bonjour", from, { at: first });
    await answered(from);
    await server.stop();
    phone.missed("Bonjour", from, first);
    phone.missed("1", from, second);
    phone.missed("STOP", from, third);
    server = await Server.start({ folder, config });
    const texts = () => query(server.data, "SELECT i.text FROM inbound i JOIN outbound o ON o.address = i.address WHERE o.ref = ? GROUP BY i.id ORDER BY i.id", [phone.of(from)[0].id])
      .map(([hex]) => Buffer.from(hex, "hex").toString("utf8"));
    await eventually(() => texts().length === 3 || JSON.stringify(texts()));
    assert.deepEqual(texts().map((text) => text.replace(/^[^A-Z0-9]*/, "")), ["Bonjour", "1", "STOP"]);
  });

  await suite.test("a server that lists nothing is not asked", async () => {
    await server.stop();
    const before = phone.listed;
    server = await Server.start({ folder, config: smsgate.configuration(folder, phone, { mode: "server" }) });
    const from = newNumber();
    await say("Bonjour", from);
    await answered(from);
    assert.equal(phone.listed, before);
  });

  await suite.test("a phone that is away is asked again later, and nothing fails", async () => {
    const from = newNumber();
    phone.script = () => ({ status: 503, body: { error: "QueueLimitExceeded", message: "queue limits exceeded: too old pending message" } });
    await say("Bonjour", from);
    await eventually(() => phone.requests.some(({ body }) => body.phoneNumbers.includes(from)) || "no request");
    await eventually(async () => {
      const waiting = query(server.data, "SELECT state, why FROM outbound WHERE why IS NOT NULL ORDER BY id DESC LIMIT 1")[0];
      return (waiting?.[0] === "queued" && waiting[1] === "QueueLimitExceeded") || JSON.stringify(waiting);
    });
    assert.ok((await office(server, "channel.list")).channels.every((channel) => !channel.paused));
  });

  await suite.test("no text, number or secret is in the log", async () => {
    const end = await server.stop();
    const log = end.stdout + end.stderr;
    for (const secret of [smsgate.key, smsgate.oldKey, smsgate.password, "+4179", "Bonjour"]) assert.ok(!log.includes(secret), `the log holds ${secret}`);
  });
});
