// WhatsApp's Cloud API, from the signed webhook through the outbox to the status; npm's whatsapp-api-js and @octokit's
// signatures judge both directions.
import assert from "node:assert/strict";
import { test } from "node:test";
import { verify } from "@octokit/webhooks-methods";
import { WhatsAppAPI } from "whatsapp-api-js";
import { ActionList, Body, Interactive, ListSection, Row, Text } from "whatsapp-api-js/messages";
import { value } from "./support/database.mjs";
import { eventually } from "./support/gateway.mjs";
import * as meta from "./support/graph.mjs";
import { messages, taken } from "./support/ledger.mjs";
import { holds, questions, share } from "./support/sentences.mjs";
import { run, Server, temporaryFolder } from "./support/server.mjs";
import { send } from "./support/twilio.mjs";
import { batch, configuration, newPhone, numberId, said, scopedId, startGraph, status, text, words as wordsOf } from "./support/whatsapp.mjs";

test("WhatsApp", async (suite) => {
  const folder = temporaryFolder(suite);
  const graph = await startGraph(suite);
  const config = configuration(graph.url);
  const server = await Server.start({ folder, config });
  suite.after(() => server.close());
  const judge = new WhatsAppAPI({ token: meta.token, appSecret: meta.appSecret, webhookVerifyToken: meta.verifyToken, v: meta.version });

  const deliver = async (body, options) => {
    const answer = await meta.deliver(server, body, options);
    assert.deepEqual([answer.status, answer.body], [200, ""]);
  };
  const to = (phone) => graph.accepted.filter(({ body }) => body.to === phone || body.recipient === phone);
  const ours = (address) => messages(server.data).filter((message) => message.to === address);
  /** Every message to the person is in this state. */
  const become = (address, state) => eventually(() => {
    const states = ours(address).map((message) => message.state);
    return (states.length > 0 && states.every((each) => each === state)) || JSON.stringify(states);
  });
  const ask = async (words) => {
    const from = newPhone();
    await deliver(text(words, { from }));
    await become(`+${from}`, "sent");
    return from;
  };

  await suite.test("the handshake is answered as whatsapp-api-js answers it", async () => {
    const query = { "hub.mode": "subscribe", "hub.verify_token": meta.verifyToken, "hub.challenge": "1158201444" };
    const answer = await meta.shakeHands(server, query);
    assert.deepEqual([answer.status, answer.body], [200, judge.get(query)]);
    const wrong = { ...query, "hub.verify_token": "guess" };
    assert.throws(() => judge.get(wrong));
    assert.deepEqual([(await meta.shakeHands(server, wrong)).status, (await meta.shakeHands(server, wrong)).body], [403, ""]);
  });

  for (const [locale, [script, words]] of Object.entries(questions)) {
    await suite.test(`a first text in ${locale} is answered in ${locale}, and known to be read`, async () => {
      const from = await ask(words);
      const reply = to(from).map(wordsOf).join("\n");
      assert.ok(holds(reply, locale, "first_contact.hello"), reply);
      assert.ok(share(reply, script) > 0.6, reply);
      assert.deepEqual(ours(`+${from}`).map((message) => message.text), to(from).map(wordsOf));
      for (const state of ["delivered", "read"]) {
        for (const message of to(from)) await deliver(status(message, state));
        await become(`+${from}`, state);
      }
      for (const message of to(from)) await deliver(status(message, "sent"));
      await become(`+${from}`, "read"); // a late one changes nothing
    });
  }

  await suite.test("whatsapp-api-js reads the same sender and words out of the same bytes", async () => {
    const from = newPhone();
    const request = await meta.signed(text("ሰላም/é", { from }));
    judge.on.message = ({ from: sender, message }) => `+${sender} ${message.text.body}`;
    const read = await judge.post(JSON.parse(request.body), request.body, request.headers["X-Hub-Signature-256"]);
    assert.equal((await send(server.port, request)).status, 200);
    assert.deepEqual(taken(server.data).filter((one) => one.from === `+${from}`).map((one) => `${one.from} ${one.text}`), [read]);
  });

  await suite.test("what we send is what whatsapp-api-js would send", async () => {
    const written = [];
    const theirs = new WhatsAppAPI({ token: meta.token, secure: false, v: meta.version, ponyfill: {
      fetch: async (url, options) => {
        written.push({ path: new URL(url).pathname, body: JSON.parse(options.body) });
        return new Response(JSON.stringify({ messages: [{ id: "x" }] }));
      },
    } });
    const from = await ask(questions.ti[1]);
    const [menu] = to(from);
    const { button, sections: [{ rows }] } = menu.body.interactive.action;
    const list = new ActionList(button, new ListSection(undefined, ...rows.map(({ id, title }) => new Row(id, title))));
    const asList = new Interactive(list, new Body(wordsOf(menu)));
    await deliver(text("4", { from }));
    await eventually(() => to(from).length === 2 || "no second message");
    const plain = to(from)[1];
    for (const [message, theirOwn] of [[menu, asList], [plain, new Text(wordsOf(plain), false)]]) {
      await theirs.sendMessage(numberId, { phone: from }, theirOwn, undefined, message.body.biz_opaque_callback_data);
    }
    const same = ({ path, body }) => JSON.parse(JSON.stringify({ path, body: { ...body, ...(body.text && { text: { preview_url: false, ...body.text } }) } }));
    assert.deepEqual([same(menu), same(plain)], written.map(same));
  });

  await suite.test("somebody who hides the number is answered by the id", async () => {
    await deliver(text(questions.en[1], { scoped: scopedId }));
    await become(`bsuid:${scopedId}`, "sent");
    assert.ok(to(scopedId).length > 0 && to(scopedId).every(({ body }) => body.to === undefined && body.recipient_type === "individual"));
    assert.ok(holds(to(scopedId).map(wordsOf).join("\n"), "en", "first_contact.hello"));
    const sent = await run(["send", "--to", `chat:bsuid:${scopedId}`, "--text", "Hello again", "--lang", "en", "--data", server.data]);
    assert.equal(sent.code, 0, sent.stderr); // staff may write there, too; at night it waits for the morning
    assert.ok(ours(`bsuid:${scopedId}`).some((message) => message.text === "Hello again"));
  });

  await suite.test("a repeated webhook, alone and five at once, takes no second turn", async () => {
    const from = newPhone();
    const body = text(questions.fr[1], { from });
    await deliver(body);
    await become(`+${from}`, "sent");
    const before = graph.accepted.length;
    await Promise.all(Array.from({ length: 5 }, () => deliver(body)));
    assert.equal(taken(server.data).filter((one) => one.from === `+${from}`).length, 1);
    assert.equal(ours(`+${from}`).length, to(from).length);
    assert.equal(graph.accepted.length, before);
  });

  await suite.test("a batch of people, statuses and other numbers is taken whole", async () => {
    const [one, two] = [newPhone(), newPhone()];
    const asked = await ask(questions.en[1]);
    const twice = said("Bonjour", { from: one });
    const body = batch(
      { messages: [twice, twice, { ...said("x", { from: one }), type: "reaction", reaction: { emoji: "👍" } }] },
      { messages: [said("Hello", { from: two })], statuses: status(to(asked)[0], "delivered").entry[0].changes[0].value.statuses },
      { metadata: { phone_number_id: "999" }, messages: [said("not ours", { from: two })] });
    await deliver(body);
    for (const phone of [one, two]) await become(`+${phone}`, "sent");
    assert.deepEqual([one, two].map((phone) => taken(server.data).filter((each) => each.from === `+${phone}`).map((each) => each.text)), [["Bonjour"], ["Hello"]]);
    assert.equal(ours(`+${asked}`)[0].state, "delivered");
  });

  await suite.test("a forged or spoiled webhook gets a bare 403 and leaves no trace", async () => {
    const stored = () => value(server.data, "SELECT (SELECT count(*) FROM inbound) + (SELECT count(*) FROM receipt)");
    const before = stored();
    const spoiled = {
      "another secret": (request, other) => (request.headers["X-Hub-Signature-256"] = other),
      "a changed body": (request) => (request.body = request.body.replace("Bonjour", "bonjour")),
      "the same JSON, unescaped": (request) => (request.body = JSON.stringify(JSON.parse(request.body))),
      "no signature": (request) => delete request.headers["X-Hub-Signature-256"],
      "only the old SHA-1": (request) => {
        request.headers["X-Hub-Signature"] = request.headers["X-Hub-Signature-256"].replace("sha256", "sha1");
        delete request.headers["X-Hub-Signature-256"];
      },
      "capitals": (request) => (request.headers["X-Hub-Signature-256"] = request.headers["X-Hub-Signature-256"].toUpperCase().replace("SHA", "sha")),
    };
    for (const [name, spoil] of Object.entries(spoiled)) {
      const body = text("Bonjour é", { from: newPhone() });
      const request = await meta.signed(body);
      assert.ok(await verify(meta.appSecret, request.body, request.headers["X-Hub-Signature-256"]));
      spoil(request, (await meta.signed(body, { secret: "guess" })).headers["X-Hub-Signature-256"]);
      const answer = await send(server.port, request);
      assert.deepEqual([name, answer.status, answer.body], [name, 403, ""]);
      const given = request.headers["X-Hub-Signature-256"];
      if (given && name !== "capitals") assert.equal(await verify(meta.appSecret, request.body, given), false, name);
    }
    assert.equal(stored(), before);
    await deliver(text("Bonjour", { from: newPhone() }), { secret: meta.oldAppSecret }); // during a rotation
  });

  await suite.test("what Meta refuses is known by its reason", async () => {
    const refusals = { 131047: ["failed", "needs_template"], 131026: ["failed", "131026"], 131050: ["failed", "opted_out"] };
    for (const [code, wanted] of Object.entries(refusals)) {
      graph.script = () => ({ status: 400, body: { error: { code: Number(code), message: "…" } } });
      const from = newPhone();
      await deliver(text("Bonjour", { from }));
      await become(`+${from}`, "failed");
      const [first] = ours(`+${from}`);
      assert.deepEqual([first.state, first.why], wanted);
      graph.script = () => "accept";
    }
    const from = await ask("Bonjour"); // it was taken, and the reason comes later
    await deliver(status(to(from)[0], "failed", { errors: [{ code: 131047, title: "Re-engagement message" }] }));
    assert.deepEqual([ours(`+${from}`)[0].state, ours(`+${from}`)[0].why], ["failed", "needs_template"]);
  });

  await suite.test("too fast is tried again, and a lost answer is settled by the first status", async () => {
    let slowed = 0;
    graph.script = () => (++slowed === 1 ? { status: 400, body: { error: { code: 131056 } } } : "accept");
    await ask("Bonjour");
    assert.ok(slowed > 1);
    graph.script = (_, request) => (request > 0 ? "lose" : "accept");
    const from = newPhone();
    await deliver(text("Bonjour", { from }));
    await become(`+${from}`, "uncertain");
    graph.script = () => "accept";
    for (const message of to(from)) await deliver(status(message, "sent"));
    await become(`+${from}`, "sent");
    assert.equal(to(from).length, ours(`+${from}`).length, "and it was not sent twice");
  });

  await suite.test("a batch beyond the usual size of a webhook is taken whole", async () => {
    const before = taken(server.data).length;
    const people = Array.from({ length: 500 }, () => newPhone());
    const body = batch({ messages: people.map((from) => said(questions.ti[1], { from })) });
    assert.ok(meta.written(body).length > 100_000);
    await deliver(body);
    assert.equal(taken(server.data).length, before + people.length);
    const request = await meta.signed(body);
    request.body += " ".repeat(3 * 1024 * 1024);
    assert.equal((await send(server.port, request)).status, 413);
  });

  await suite.test("no number, text or secret is in the log", async () => {
    const { stdout, stderr } = await server.stop();
    for (const secret of [meta.appSecret, meta.oldAppSecret, meta.verifyToken, meta.token, "336399", scopedId, "bureau"])
      assert.ok(!(stdout + stderr).includes(secret), secret);
  });
});
