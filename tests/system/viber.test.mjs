// Viber, from the signed callback through the outbox to what was seen; Viber's own viber-bot judges both directions.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { value } from "./support/database.mjs";
import { eventually, office } from "./support/gateway.mjs";
import { messages, taken } from "./support/ledger.mjs";
import { holds, questions, share } from "./support/sentences.mjs";
import { Server, temporaryFolder } from "./support/server.mjs";
import { send } from "./support/twilio.mjs";
import * as viber from "./support/viber.mjs";

const require = createRequire(import.meta.url);
const part = (name) => require(`viber-bot/lib/${name}.js`);
const JSONBig = require("json-bigint")({ storeAsString: true }); // as viber-bot reads callbacks
const silent = { debug() {}, info() {}, warn() {}, error() {} };

let count = 0;
const newPerson = () => `${Buffer.from(`person ${++count}`).toString("base64")}`;

test("Viber", async (suite) => {
  const folder = temporaryFolder(suite);
  const peer = await viber.Viber.start(suite);
  const server = await Server.start({ folder, config: viber.configuration(peer.url) });
  suite.after(() => server.close());

  const deliver = async (body, options) => {
    const answer = await viber.deliver(server, body, options);
    assert.deepEqual([answer.status, answer.body], [200, ""]);
  };
  const to = (person) => peer.accepted.filter(({ body }) => body.receiver === person);
  const ours = (person) => messages(server.data).filter((message) => message.to === person);
  /** Every message to the person is in this state. */
  const become = (person, state) => eventually(() => {
    const states = ours(person).map((message) => message.state);
    return (states.length > 0 && states.every((each) => each === state)) || JSON.stringify(states);
  });
  const ask = async (words) => {
    const from = newPerson();
    await deliver(viber.text(words, { from }));
    await become(from, "sent");
    return from;
  };
  const tell = (event, { body, token }, more = {}) => deliver(viber.callback(event, { message_token: token, user_id: body.receiver, ...more }));

  await suite.test("the event by which Viber sets the webhook is acknowledged", async () => {
    await deliver('{"event":"webhook","timestamp":4977069964384421269,"message_token":1478683725125}');
  });

  for (const [locale, [script, words]] of Object.entries(questions)) {
    await suite.test(`a first text in ${locale} is answered in ${locale}, and known to be seen`, async () => {
      const from = await ask(words);
      const reply = to(from).map(({ body }) => body.text).join("\n");
      assert.ok(holds(reply, locale, "first_contact.hello"), reply);
      assert.ok(share(reply, script) > 0.6, reply);
      for (const [event, state] of [["delivered", "delivered"], ["seen", "read"], ["delivered", "read"]]) {
        for (const message of to(from)) await tell(event, message);
        await become(from, state);
      }
    });
  }

  await suite.test("viber-bot verifies the same bytes and reads the same words and token out of them", async () => {
    const Validator = part("message/message-validator");
    const Factory = part("message/message-factory");
    const from = newPerson();
    const request = viber.signed(viber.text("ሰላም é", { from }));
    assert.ok(new Validator(silent, viber.token).validateMessage(request.headers["X-Viber-Content-Signature"], request.body));
    const event = JSONBig.parse(request.body);
    const read = new Factory(silent).createMessageFromJson(event);
    assert.equal((await send(server.port, request)).status, 200);
    const stored = taken(server.data).filter((one) => one.from === from);
    assert.deepEqual(stored.map(({ id, text: words }) => [id, words]), [[read.token, read.text]]);
    assert.notEqual(String(Number(read.token)), read.token, "a double would have lost digits");
  });

  await suite.test("what we send is what viber-bot would send", async () => {
    const Client = part("viber-client");
    const TextMessage = part("message/text-message");
    const from = await ask(questions.ti[1]);
    const [{ body }] = to(from);
    const client = new Client(silent, { authToken: viber.token, name: viber.senderName, avatar: "" }, `${peer.url}/pa`, []);
    const answer = await client.sendMessage(from, "text", new TextMessage(body.text).toJson(), JSON.parse(body.tracking_data), body.keyboard, undefined, 1);
    assert.equal(answer.status, 0);
    const { sender, auth_token, ...theirs } = peer.accepted.pop().body;
    assert.equal(auth_token, viber.token); // ours stands in the header
    assert.equal(body.keyboard.Buttons.length, 6);
    assert.deepEqual(body, { ...theirs, sender: { name: sender.name } });
  });

  await suite.test("a repeated callback, alone and five at once, takes no second turn", async () => {
    const from = newPerson();
    const body = viber.text(questions.en[1], { from });
    await deliver(body);
    await become(from, "sent");
    const before = peer.accepted.length;
    await Promise.all(Array.from({ length: 5 }, () => deliver(body)));
    assert.equal(taken(server.data).filter((one) => one.from === from).length, 1);
    assert.deepEqual([ours(from).length, peer.accepted.length], [to(from).length, before]);
  });

  await suite.test("two tokens that are one double are two messages", async () => {
    const from = newPerson();
    for (const message_token of ["4912661846655238145", "4912661846655238146"]) await deliver(viber.text(`Bonjour ${message_token}`, { from, message_token }));
    assert.deepEqual(taken(server.data).filter((one) => one.from === from).map(({ id }) => id), ["4912661846655238145", "4912661846655238146"]);
  });

  await suite.test("a forged or spoiled callback gets a bare 403 and leaves no trace", async () => {
    const stored = () => value(server.data, "SELECT (SELECT count(*) FROM inbound) + (SELECT count(*) FROM receipt)");
    const before = stored();
    const header = "X-Viber-Content-Signature";
    const spoiled = {
      "another token": (request) => (request.headers[header] = viber.sign(request.body, "guess")),
      "a changed body": (request) => (request.body = request.body.replace("Bonjour", "bonjour")),
      "another message token": (request) => (request.body = request.body.replace(/"message_token":49/, '"message_token":48')),
      "no signature": (request) => delete request.headers[header],
      "the signature in the query": (request) => {
        request.path += `?sig=${request.headers[header]}`;
        delete request.headers[header];
      },
      "capitals": (request) => (request.headers[header] = request.headers[header].toUpperCase()),
    };
    for (const [name, spoil] of Object.entries(spoiled)) {
      const request = viber.signed(viber.text("Bonjour", { from: newPerson() }));
      spoil(request);
      const answer = await send(server.port, request);
      assert.deepEqual([name, answer.status, answer.body], [name, 403, ""]);
    }
    assert.equal(stored(), before);
    await deliver(viber.text("Bonjour", { from: newPerson() }), { secret: viber.oldToken }); // during a rotation
  });

  await suite.test("who unsubscribes has stopped us", async () => {
    const from = await ask("Bonjour");
    const leaves = async () => (await office(server, "send.preview", { to: `viber:${from}`, text: "Bonjour", language: "fr", class: "reminder" })).leaves;
    assert.notEqual(await leaves(), "not at all");
    await deliver(viber.callback("unsubscribed", { user_id: newPerson() })); // whom we never heard of
    await deliver(viber.callback("unsubscribed", { user_id: from }));
    assert.equal(await leaves(), "not at all");
  });

  await suite.test("200 is no success: the status in the body counts", async () => {
    for (const [status, wanted] of [[5, "5"], [6, "opted_out"], [11, "11"]]) {
      peer.script = () => status;
      const from = newPerson();
      await deliver(viber.text("Bonjour", { from }));
      await become(from, "failed");
      assert.equal(ours(from)[0].why, wanted);
      peer.script = () => "accept";
      await deliver(viber.text("Bonjour", { from })); // whoever comes back is answered
      await eventually(() => to(from).length > 0 || "no answer");
    }
    let slowed = 0;
    peer.script = () => (++slowed === 1 ? 12 : "accept");
    await ask("Bonjour");
    assert.ok(slowed > 1, "too many requests: tried again");
    peer.script = () => "accept";
    const from = await ask("Bonjour");
    await tell("failed", to(from)[0], { desc: "…" });
    assert.equal(ours(from)[0].state, "failed");
  });

  await suite.test("without money the channel waits for the operator, and nothing is lost", async () => {
    peer.script = () => 24;
    const from = newPerson();
    await deliver(viber.text("Bonjour", { from }));
    await eventually(async () => (await office(server, "channel.list")).channels[0].paused || "not paused");
    peer.script = () => "accept";
    await office(server, "channel.resume", { name: "viber" });
    await become(from, "sent");
  });

  await suite.test("no person, text or secret is in the log", async () => {
    const { stdout, stderr } = await server.stop();
    for (const secret of [viber.token, viber.oldToken, "Amina", "bureau", newPerson().slice(0, 8)])
      assert.ok(!(stdout + stderr).includes(secret), secret);
  });
});
