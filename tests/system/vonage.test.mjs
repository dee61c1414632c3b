// Vonage's two APIs: signed webhooks in, answers out, receipts back. Its own packages (@vonage/sms, @vonage/jwt,
// @vonage/messages) judge what is signed, what we send, and the peer that we send it to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Messages } from "@vonage/messages";
import { SMS } from "@vonage/sms";
import { query, value } from "./support/database.mjs";
import { eventually, office } from "./support/gateway.mjs";
import { holds, questions, share } from "./support/sentences.mjs";
import { Server, temporaryFolder } from "./support/server.mjs";
import * as vonage from "./support/vonage.mjs";

let phones = 0;
const newNumber = () => `+4179${String(3_000_000 + ++phones)}`;
const callback = (name) => `${vonage.publicUrl}/hooks/${name}/status`;

test("Vonage", async (suite) => {
  const folder = temporaryFolder(suite);
  const gateway = await vonage.Gateway.start(suite);
  const server = await Server.start({ folder, config: vonage.configuration(folder, gateway) });
  suite.after(() => server.close());
  const post = async (request, wanted = [200, ""]) => {
    const answer = await vonage.send(server.port, request);
    assert.deepEqual([answer.status, answer.body], wanted);
  };
  const say = (words, from, { way = "json", ...more } = {}) => post(vonage.carried(vonage.sign(vonage.text(words, from, more)), way));
  const answered = (from, count = 1) => eventually(() => gateway.of(from).length >= count || `${gateway.of(from).length} answers`);
  const row = (ref) => query(server.data, "SELECT state, segments, why FROM outbound WHERE ref = ?", [ref])[0];
  const becomes = (ref, state) => eventually(() => row(ref)[0] === state || `${row(ref)}`);
  const inbound = () => value(server.data, "SELECT count(*) FROM inbound");
  const turns = () => query(server.data, "SELECT count(*), (SELECT sum(version) FROM conversation) FROM inbound")[0];
  const textsOf = (ids) => ids.map((id) => query(server.data, "SELECT text FROM inbound WHERE provider_id = ?", [id])[0])
    .map(([hex]) => Buffer.from(hex, "hex").subarray(4).toString("utf8")); // behind the id of the key
  const lastOf = () => query(server.data, "SELECT ref, state, why FROM outbound ORDER BY id DESC LIMIT 1")[0];

  for (const [i, locale] of ["en", "ar", "ti"].entries()) {
    const way = vonage.ways[i];
    await suite.test(`SMS API, ${way}: a text in ${locale} is answered in ${locale}, and delivered when every part is`, async () => {
      const from = newNumber();
      const [script, words] = questions[locale];
      await say(words, from, { way });
      await answered(from);
      const [sent] = gateway.of(from);
      assert.ok(holds(sent.text, locale, "first_contact.hello"), sent.text);
      assert.ok(share(sent.text, script) > 0.6, sent.text);
      assert.equal(sent.callback, callback("texts"));
      await becomes(sent.ref, "sent");
      assert.equal(row(sent.ref)[1], sent.ids.length, "we count the segments that Vonage makes");
      assert.ok(sent.ids.length > 1 || locale === "en");
      const tell = (id, state) => post(vonage.carried(vonage.sign(vonage.receipt(id, sent.ref, state)), way, "/hooks/texts/status"));
      await tell(sent.ids[0], "buffered");
      for (const id of sent.ids.slice(1)) {
        await tell(id, "delivered");
        await tell(id, "delivered"); // a repeat
      }
      assert.equal(row(sent.ref)[0], "sent", "one part is still on its way");
      await tell(sent.ids[0], "delivered");
      assert.equal(row(sent.ref)[0], "delivered");
    });

    await suite.test(`Messages API: a text in ${locale} is answered in ${locale}, delivered and read`, async () => {
      const from = newNumber();
      const [script, words] = questions[locale];
      await post(vonage.bearing(vonage.message(words, from)));
      await answered(from);
      const [sent] = gateway.of(from);
      assert.ok(holds(sent.text, locale, "first_contact.hello"), sent.text);
      assert.ok(share(sent.text, script) > 0.6, sent.text);
      assert.deepEqual([sent.channel, sent.callback], ["sms", callback("messages")]);
      await becomes(sent.ref, "sent");
      for (const state of ["delivered", "submitted", "read"]) {
        await post(vonage.bearing(vonage.status(sent, state, { sms: { count_total: "2" } }), { path: "/hooks/messages/status" }));
        assert.equal(row(sent.ref)[0], state === "read" ? "read" : "delivered");
      }
    });
  }

  await suite.test("a repeated webhook takes no second turn, by either API", async () => {
    const [texter, messenger] = [newNumber(), newNumber()];
    const text = vonage.text(questions.fr[1], texter);
    const message = vonage.message(questions.fr[1], messenger);
    await post(vonage.carried(vonage.sign(text), "form"));
    await post(vonage.bearing(message));
    await answered(texter);
    await answered(messenger);
    const before = turns();
    for (let i = 0; i < 3; ++i) {
      await post(vonage.carried(vonage.sign(text), vonage.ways[i]));
      await post(vonage.bearing(message));
    }
    assert.deepEqual(turns(), before);
    assert.deepEqual([gateway.of(texter).length, gateway.of(messenger).length], [1, 1]);
  });

  await suite.test("a webhook that Vonage still tries after 23 hours is heard", async () => {
    const from = newNumber();
    await post(vonage.carried(vonage.sign(vonage.text("Bonjour", from), { at: Date.now() - 23 * 3_600_000 }), "form"));
    await answered(from);
  });

  await suite.test("a forged or old webhook gets a bare 403 and leaves no trace", async () => {
    const before = inbound();
    const from = newNumber();
    const refused = [403, ""];
    const good = vonage.sign(vonage.text("Bonjour", from));
    await post(vonage.carried({ ...good, text: "Bonsoir" }, "json"), refused);
    await post(vonage.carried({ ...good, more: "1" }, "get"), refused);
    await post(vonage.carried({ ...good, sig: "" }, "form"), refused);
    await post(vonage.carried({ ...good, timestamp: String(Number(good.timestamp) + 1) }, "form"), refused);
    await post(vonage.carried(vonage.sign(vonage.text("Bonjour", from), { with: "guess" }), "form"), refused);
    await post(vonage.carried(vonage.sign(vonage.text("Bonjour", from), { at: Date.now() - 26 * 3_600_000 }), "form"), refused);
    const content = vonage.message("Bonjour", from);
    const other = vonage.bearing(content);
    await post({ ...other, body: other.body.replace("Bonjour", "Bonsoir") }, refused);
    await post({ ...other, headers: { ...other.headers, Authorization: "" } }, refused);
    const [, claims] = other.headers.Authorization.split(".");
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
    await post({ ...other, headers: { ...other.headers, Authorization: `Bearer ${none}.${claims}.` } }, refused);
    for (const spoiled of [{ with: "guess-guess" }, { at: Date.now() - 26 * 3_600_000 }, { at: Date.now() + 600_000 }, { payload_hash: undefined },
      { api_key: "other" }, { application_id: "other" }]) await post(vonage.bearing(content, spoiled), refused);
    await post({ ...vonage.carried(good, "form"), path: "/hooks/messages" }, refused);
    assert.equal(inbound(), before);
  });

  await suite.test("the former secret still opens during a rotation", async () => {
    const [texter, messenger] = [newNumber(), newNumber()];
    await post(vonage.carried(vonage.sign(vonage.text("Bonjour", texter), { with: vonage.oldSigner }), "get"));
    await post(vonage.bearing(vonage.message("Bonjour", messenger), { with: vonage.oldSigner }));
    await answered(texter);
    await answered(messenger);
  });

  await suite.test("a long text in parts is kept whole, as that many messages", async () => {
    const from = newNumber();
    const parts = ["Bonjour, je voudrais ", "savoir quand le bureau ", "est ouvert"].map((words, i) =>
      vonage.text(words, from, { concat: "true", "concat-ref": "7", "concat-total": "3", "concat-part": String(i + 1) }));
    for (const part of [parts[2], parts[0], parts[1], parts[0]]) await post(vonage.carried(vonage.sign(part), "json"));
    const kept = textsOf(parts.map((part) => `${part.messageId}-${part["concat-part"]}`));
    assert.deepEqual(kept, parts.map((part) => part.text));
  });

  await suite.test("the dashboard's empty request is answered", async () => {
    await post({ method: "GET", path: "/hooks/texts", headers: {}, body: "" });
  });

  await suite.test("an answer that was lost leaves it uncertain, and the receipt settles it", async () => {
    const from = newNumber();
    gateway.script = (fields) => (fields.to === from.slice(1) ? "lose" : "accept");
    await say("Bonjour", from);
    await answered(from);
    const [sent] = gateway.of(from);
    await becomes(sent.ref, "uncertain");
    gateway.script = () => "accept";
    for (const id of sent.ids) await post(vonage.carried(vonage.sign(vonage.receipt(id, sent.ref, "delivered")), "json", "/hooks/texts/status"));
    assert.equal(row(sent.ref)[0], "delivered");
    assert.equal(gateway.of(from).length, 1, "no machine sent it again");
  });

  await suite.test("success is read from the body: refused, throttled, and taken in part", async () => {
    const answer = (...codes) => ({ status: 200, body: { "message-count": String(codes.length), messages: codes.map((status) => ({ status, "error-text": "x", "message-id": "0A1" })) } });
    for (const [codes, state, why] of [[["7"], "failed", "7"], [["0", "1"], "uncertain", "part-1"], [["1"], "queued", "1"]]) {
      const from = newNumber();
      gateway.script = () => answer(...codes);
      await say("Bonjour", from);
      await eventually(() => (lastOf()[1] === state && lastOf()[2] === why) || JSON.stringify(lastOf()));
    }
    gateway.script = () => "accept";
    const [ref] = lastOf();
    await becomes(ref, "sent"); // what was throttled is tried again
  });

  await suite.test("WhatsApp: a button is its words, a photo is kept, the answer goes back there", async () => {
    const from = newNumber();
    await post(vonage.bearing(vonage.message({ message_type: "reply", reply: { id: "1", title: questions.en[1] } }, from, "whatsapp")));
    await answered(from);
    const [sent] = gateway.of(from);
    assert.equal(sent.channel, "whatsapp");
    assert.ok(holds(sent.text, "en", "first_contact.hello"), sent.text);
    const { id, title } = sent.shown.action.buttons?.[0].reply ?? sent.shown.action.sections[0].rows[0];
    assert.ok(sent.text.includes(`1 = ${title}`), sent.text);
    const press = vonage.message({ message_type: "reply", reply: { id, title } }, from, "whatsapp");
    await post(vonage.bearing(press));
    await eventually(() => gateway.of(from).length === 2 || "no answer to the press");
    assert.equal(value(server.data, "SELECT payload FROM inbound WHERE provider_id = ?", [press.message_uuid]), id);
    const photo = { message_type: "image", image: { url: "https://api-eu.nexmo.com/v3/media/1b456509-974c-458b-aafa-45fc48a4d976" } };
    const content = vonage.message(photo, from, "whatsapp");
    await post(vonage.bearing(content));
    assert.equal(value(server.data, "SELECT kind FROM inbound WHERE provider_id = ?", [content.message_uuid]), "media");
  });

  await suite.test("somebody who has stopped us at Vonage is not written to again, and a number that is none has stopped nothing", async () => {
    const isStopped = async (to) =>
      (await office(server, "send.preview", { to: `messages:${to}`, text: "Bonjour", language: "fr", class: "reminder" })).leaves === "not at all";
    for (const [detail, stopped] of [["Illegal Number", false], ["The recipient has opted out", true]]) {
      const from = newNumber();
      await post(vonage.bearing(vonage.message("Bonjour", from)));
      await answered(from);
      assert.equal(await isStopped(from), false);
      const [sent] = gateway.of(from);
      const error = { type: "https://developer.vonage.com/api-errors/messages#1240", title: 1240, detail };
      await post(vonage.bearing(vonage.status(sent, "rejected", { error }), { path: "/hooks/messages/status" }));
      assert.deepEqual([row(sent.ref)[0], row(sent.ref)[2]], ["failed", "1240"]);
      assert.equal(await isStopped(from), stopped, detail);
    }
  });

  await suite.test("half of a long text is no command, and staff are told of it", async () => {
    const from = newNumber();
    await say("Bonjour", from);
    await answered(from);
    const part = (words, number) => vonage.text(words, from, { concat: "true", "concat-ref": "9", "concat-total": "2", "concat-part": String(number) });
    await post(vonage.carried(vonage.sign(part("STOP", 2)), "json"));
    const { leaves } = await office(server, "send.preview", { to: `texts:${from}`, text: "Bonjour", language: "fr", class: "reminder" });
    assert.notEqual(leaves, "not at all");
    const tasks = () => value(server.data, "SELECT count(DISTINCT t.id) FROM task t JOIN outbound o ON o.address = t.address WHERE o.ref = ?", [gateway.of(from)[0].ref]);
    assert.equal(tasks(), 1);
    await say("STOP", from);
    assert.equal((await office(server, "send.preview", { to: `texts:${from}`, text: "Bonjour", language: "fr", class: "reminder" })).leaves, "not at all");
  });

  await suite.test("Vonage's own SDK would send the same, and reads what our peer says", async () => {
    const [texter, messenger, judge] = [newNumber(), newNumber(), newNumber()];
    await say("Bonjour", texter);
    await post(vonage.bearing(vonage.message("Bonjour", messenger)));
    await answered(texter);
    await answered(messenger);
    const ours = (to) => gateway.requests.find(({ fields }) => fields.to === to.slice(1));
    const options = { apiKey: vonage.key, apiSecret: vonage.secret };
    const hosts = { restHost: gateway.url, apiHost: gateway.url };
    const { fields: text, headers } = ours(texter);
    const sent = await new SMS(options, hosts).send({
      to: judge.slice(1), from: text.from, text: text.text, type: text.type, clientRef: text["client-ref"], callback: text.callback,
      ttl: Number(text.ttl), statusReportReq: true,
    });
    assert.ok(sent.messages.every(({ status }) => status === "0"));
    const theirs = ours(judge);
    assert.equal(theirs.headers.authorization, headers.authorization);
    const loose = (fields) => Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, String(one).replace("true", "1")]));
    assert.deepEqual(loose({ ...theirs.fields, to: "" }), loose({ ...text, to: "" }));

    const other = newNumber();
    const { fields: message, headers: same } = ours(messenger);
    const answer = await new Messages(options, hosts).send({
      messageType: "text", channel: "sms", to: other.slice(1), from: message.from, text: message.text, clientRef: message.client_ref,
      webhookUrl: message.webhook_url, webhookVersion: "v1", ttl: message.ttl, sms: { encodingType: message.sms.encoding_type },
    });
    assert.equal(answer.messageUUID, gateway.of(other)[0].uuid);
    const again = ours(other);
    assert.equal(again.headers.authorization, same.authorization);
    assert.deepEqual({ ...again.fields, to: "" }, { ...message, to: "" });
  });

  await suite.test("no text, number or secret is in the log", async () => {
    const end = await server.stop();
    const log = end.stdout + end.stderr;
    for (const word of [vonage.secret, vonage.signer, vonage.oldSigner, "4179", "Bonjour", "bureau"]) assert.ok(!log.includes(word), `the log holds ${word}`);
  });
});
