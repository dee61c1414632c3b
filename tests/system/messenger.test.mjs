// Messenger, from the signed webhook through the outbox to the delivery; @octokit's signatures judge what comes in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { verify } from "@octokit/webhooks-methods";
import { WhatsAppAPI } from "whatsapp-api-js";
import { value } from "./support/database.mjs";
import { eventually, office } from "./support/gateway.mjs";
import * as meta from "./support/graph.mjs";
import { messages, taken } from "./support/ledger.mjs";
import { batch, configuration, delivery, echo, event, newMid, newPerson, startGraph, text } from "./support/messenger.mjs";
import { holds, questions, share } from "./support/sentences.mjs";
import { Server, temporaryFolder } from "./support/server.mjs";
import { send } from "./support/twilio.mjs";

test("Messenger", async (suite) => {
  const folder = temporaryFolder(suite);
  const graph = await startGraph(suite);
  const server = await Server.start({ folder, config: configuration(graph.url) });
  suite.after(() => server.close());

  const deliver = async (body, options) => {
    const answer = await meta.deliver(server, body, options);
    assert.deepEqual([answer.status, answer.body], [200, ""]);
  };
  const to = (person) => graph.accepted.filter(({ body }) => body.recipient.id === person);
  const ours = (person) => messages(server.data).filter((message) => message.to === person);
  /** Every message to the person is in this state. */
  const become = (person, state) => eventually(() => {
    const states = ours(person).map((message) => message.state);
    return (states.length > 0 && states.every((each) => each === state)) || JSON.stringify(states);
  });
  const ask = async (words) => {
    const from = newPerson();
    await deliver(text(words, { from }));
    await become(from, "sent");
    return from;
  };

  await suite.test("the handshake is answered", async () => {
    const query = { "hub.mode": "subscribe", "hub.verify_token": meta.verifyToken, "hub.challenge": "1158201444" };
    assert.deepEqual([(await meta.shakeHands(server, query)).status, (await meta.shakeHands(server, query)).body], [200, "1158201444"]);
    assert.equal((await meta.shakeHands(server, { ...query, "hub.verify_token": "guess" })).status, 403);
  });

  for (const [locale, [script, words]] of Object.entries(questions)) {
    await suite.test(`a first text in ${locale} is answered in ${locale}, and known to be delivered`, async () => {
      const from = await ask(words);
      const reply = to(from).map(({ body }) => body.message.text).join("\n");
      assert.ok(holds(reply, locale, "first_contact.hello"), reply);
      assert.ok(share(reply, script) > 0.6, reply);
      assert.ok(to(from).every(({ body }) => body.messaging_type === "RESPONSE"));
      await deliver(batch(event(from, { read: { watermark: Date.now() } }), event(from, { delivery: { watermark: Date.now() } })));
      await become(from, "sent"); // a watermark names no message
      await deliver(delivery(...to(from)));
      await become(from, "delivered");
    });
  }

  await suite.test("the words of a quick reply and of a button are what the person says", async () => {
    const from = await ask(questions.fr[1]);
    await deliver(text("Bonjour", { from, quick_reply: { payload: "CHOICE" } }));
    await deliver(batch(event(from, { postback: { title: "Merci", payload: "THANKS" } })));
    assert.deepEqual(taken(server.data).filter((one) => one.from === from).map((one) => one.text), [questions.fr[1], "Bonjour", "Merci"]);
  });

  await suite.test("no button ends a STOP: not the one with which everybody begins, nor any other", async () => {
    const from = await ask(questions.fr[1]);
    const leaves = async () => (await office(server, "send.preview", { to: `chat:${from}`, text: "Bonjour", language: "fr", class: "reminder" })).leaves;
    assert.notEqual(await leaves(), "not at all");
    await deliver(text("STOP", { from }));
    for (const [title, payload] of [["Démarrer", "GET_STARTED"], ["Get Started", "GET_STARTED"], ["START", "another payload"]]) {
      await deliver(batch(event(from, { postback: { mid: newMid(), title, payload } })));
      assert.equal(await leaves(), "not at all", `${title} ${payload}`);
    }
    await deliver(text("START", { from }));
    assert.notEqual(await leaves(), "not at all", "by writing it");
  });

  await suite.test("a repeated webhook, alone and five at once, takes no second turn", async () => {
    const from = newPerson();
    const body = text(questions.en[1], { from });
    await deliver(body);
    await become(from, "sent");
    const before = graph.accepted.length;
    await Promise.all(Array.from({ length: 5 }, () => deliver(body)));
    assert.equal(taken(server.data).filter((one) => one.from === from).length, 1);
    assert.deepEqual([ours(from).length, graph.accepted.length], [to(from).length, before]);
  });

  await suite.test("a batch of people, deliveries and other pages is taken whole", async () => {
    const [one, two] = [newPerson(), newPerson()];
    const asked = await ask(questions.en[1]);
    const body = batch(...text("Bonjour", { from: one }).entry[0].messaging, ...delivery(...to(asked)).entry[0].messaging);
    body.entry.push({ id: "999", messaging: [{ ...event(two, { message: { mid: newMid(), text: "not ours" } }), recipient: { id: "999" } }] });
    body.entry.push(...text("Hello", { from: two }).entry);
    await deliver(body);
    await become(one, "sent");
    await become(two, "sent");
    await become(asked, "delivered");
    assert.deepEqual([one, two].map((from) => taken(server.data).filter((each) => each.from === from).map((each) => each.text)), [["Bonjour"], ["Hello"]]);
  });

  await suite.test("a forged or spoiled webhook gets a bare 403 and leaves no trace", async () => {
    const stored = () => value(server.data, "SELECT (SELECT count(*) FROM inbound) + (SELECT count(*) FROM receipt)");
    const before = stored();
    const judge = new WhatsAppAPI({ token: "t", appSecret: meta.appSecret, v: meta.version });
    const spoiled = {
      "another secret": (request, other) => (request.headers["X-Hub-Signature-256"] = other),
      "a changed body": (request) => (request.body = request.body.replace("Bonjour", "bonjour")),
      "no signature": (request) => delete request.headers["X-Hub-Signature-256"],
    };
    for (const [name, spoil] of Object.entries(spoiled)) {
      const body = text("Bonjour é", { from: newPerson() });
      const request = await meta.signed(body);
      assert.ok(await verify(meta.appSecret, request.body, request.headers["X-Hub-Signature-256"]));
      spoil(request, (await meta.signed(body, { secret: "guess" })).headers["X-Hub-Signature-256"]);
      const answer = await send(server.port, request);
      assert.deepEqual([name, answer.status, answer.body], [name, 403, ""]);
      const given = request.headers["X-Hub-Signature-256"];
      if (given) assert.deepEqual([await verify(meta.appSecret, request.body, given), await judge.verifyRequestSignature(request.body, given)], [false, false]);
    }
    assert.equal(stored(), before);
    await deliver(text("Bonjour", { from: newPerson() }), { secret: meta.oldAppSecret }); // during a rotation
  });

  await suite.test("what Meta refuses is known by its reason", async () => {
    const refusals = [[10, 2018278, "needs_template"], [551, 1545041, "551-1545041"], [100, 2018001, "100-2018001"]];
    for (const [code, error_subcode, wanted] of refusals) {
      graph.script = () => ({ status: 400, body: { error: { code, error_subcode, message: "…" } } });
      const from = newPerson();
      await deliver(text("Bonjour", { from }));
      await become(from, "failed");
      assert.equal(ours(from)[0].why, wanted);
      graph.script = () => "accept";
    }
  });

  await suite.test("a lost answer is settled by the echo of our message, and the delivery follows", async () => {
    graph.script = () => "lose";
    const from = newPerson();
    await deliver(text("Bonjour", { from }));
    await become(from, "uncertain");
    graph.script = () => "accept";
    for (const message of to(from)) await deliver(echo(message));
    await become(from, "sent");
    await deliver(delivery(...to(from)));
    await become(from, "delivered");
    assert.equal(to(from).length, ours(from).length, "and it was not sent twice");
  });

  await suite.test("no person, text or secret is in the log", async () => {
    const { stdout, stderr } = await server.stop();
    for (const secret of [meta.appSecret, meta.oldAppSecret, meta.verifyToken, meta.token, "54000000000", "bureau"])
      assert.ok(!(stdout + stderr).includes(secret), secret);
  });
});
