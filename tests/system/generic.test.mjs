// A gateway that no line of code knows is added by a block of TOML, and carries conversations; webhooks that npm messagebird
// and npm standardwebhooks sign are believed, and those that they refuse are not.
import assert from "node:assert/strict";
import { createHash, createSecretKey } from "node:crypto";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { SignJWT } from "jose";
import { verify } from "messagebird/lib/webhook-signature-jwt.js";
import { Webhook } from "standardwebhooks";
import { value } from "./support/database.mjs";
import { Peer, apiKey, block, configuration, key, oldKey, publicUrl, webhook } from "./support/described.mjs";
import { eventually } from "./support/gateway.mjs";
import { messages, taken } from "./support/ledger.mjs";
import { holds, questions, share } from "./support/sentences.mjs";
import { Server, run, temporaryFolder } from "./support/server.mjs";
import { send } from "./support/twilio.mjs";

let people = 0;
const newPhone = () => `+3363998${String(++people).padStart(4, "0")}`;
let numbers = 0;
const textFrom = (who, words, number = `in-${++numbers}`) =>
  ({ kind: "text", number, who: who.slice(1), words, when: new Date().toISOString(), unknown: { to: "us" } });

test("a gateway that only a block of TOML describes", async (suite) => {
  const folder = temporaryFolder(suite);
  const peer = await Peer.start(suite);
  const secrets = { api_key: apiKey, signing_key: key, old_signing_key: oldKey };
  const server = await Server.start({ folder, config: configuration(folder, block(peer.url), secrets) });
  suite.after(() => server.close());
  const post = (request) => send(server.port, request);
  const of = (phone) => messages(server.data).filter(({ to }) => to === phone);
  const becomes = (phone, state) =>
    eventually(() => (of(phone).length > 0 && of(phone).every((one) => one.state === state)) || JSON.stringify(of(phone)), { every: 100 });
  const fates = (phone, fate, more = {}) =>
    peer.of(phone).map(({ body, number }) => ({ kind: "fate", mark: body.mark, number: String(number), fate, ...more }));

  for (const locale of ["en", "ar", "ti"]) {
    await suite.test(`a text in ${locale} is answered in ${locale}, and its receipt is believed`, async () => {
      const [script, words] = questions[locale];
      const phone = newPhone();
      const answer = await post(webhook([textFrom(phone, words)]));
      assert.deepEqual([answer.status, answer.body], [200, "heard"]);
      await becomes(phone, "sent");
      const arrived = peer.of(phone);
      const reply = arrived.map(({ body }) => body.content.words).join("\n");
      assert.ok(holds(reply, locale, "first_contact.hello"), reply);
      assert.ok(share(reply, script) > 0.6, reply);
      for (const { path, headers, body } of arrived) {
        assert.equal(path, "/v2/texts");
        assert.equal(headers["x-tamtam-key"], apiKey);
        assert.equal(body.sender, "Asso");
        if (locale !== "en") assert.equal(body.content.alphabet, "all");
      }
      assert.deepEqual(arrived.map(({ body }) => body.mark), of(phone).map(({ ref }) => ref));
      assert.equal((await post(webhook(fates(phone, "travelling")))).status, 200);
      assert.equal((await post(webhook(fates(phone, "arrived")))).status, 200);
      await becomes(phone, "delivered");
    });
  }

  await suite.test("a batch holds texts of several people and receipts at once, and one bad event hides none", async () => {
    const [first, second] = [newPhone(), newPhone()];
    await post(webhook([textFrom(first, questions.en[1])]));
    await becomes(first, "sent");
    const events = [{ kind: "text", words: "from nobody" }, textFrom(second, questions.ar[1]), ...fates(first, "lost", { why: "E7" }), { kind: "weather" }];
    assert.equal((await post(webhook(events))).status, 200);
    await becomes(first, "failed");
    await becomes(second, "sent");
  });

  await suite.test("a repeated webhook takes no second turn", async () => {
    const phone = newPhone();
    const request = webhook([textFrom(phone, questions.fr[1])]);
    for (let i = 0; i < 3; ++i) assert.equal((await post(request)).status, 200);
    await becomes(phone, "sent");
    assert.equal(taken(server.data).filter(({ from }) => from === phone).length, 1);
    assert.equal(peer.of(phone).length, of(phone).length);
  });

  await suite.test("during a rotation the former key is believed, too", async () => {
    assert.equal((await post(webhook([textFrom(newPhone(), "Bonjour")], { secret: oldKey }))).status, 200);
  });

  await suite.test("what is forged, changed, old or elsewhere is refused without a word", async () => {
    const before = value(server.data, "SELECT count(*) FROM inbound");
    const good = webhook([textFrom(newPhone(), "Bonjour")]);
    const now = Math.floor(Date.now() / 1000);
    const bad = {
      "another key": webhook([textFrom(newPhone(), "x")], { secret: "guess" }),
      "another body": { ...good, body: good.body.replace("Bonjour", "Bonsoir") },
      "no signature": { ...good, headers: { ...good.headers, "X-Tamtam-Signature": "" } },
      "no prefix": { ...good, headers: { ...good.headers, "X-Tamtam-Signature": good.headers["X-Tamtam-Signature"].slice(3) } },
      "upper case": { ...good, headers: { ...good.headers, "X-Tamtam-Signature": good.headers["X-Tamtam-Signature"].toUpperCase() } },
      "another time": { ...good, headers: { ...good.headers, "X-Tamtam-Time": String(now - 1) } },
      "an old time": webhook([textFrom(newPhone(), "x")], { at: now - 400 }),
      "a time to come": webhook([textFrom(newPhone(), "x")], { at: now + 400 }),
    };
    for (const [what, request] of Object.entries(bad)) {
      const answer = await post(request);
      assert.deepEqual([what, answer.status, answer.body], [what, 403, ""]);
    }
    assert.equal((await post({ ...good, path: "/hooks/sms/x" })).status, 404);
    assert.equal(value(server.data, "SELECT count(*) FROM inbound"), before);
    assert.equal((await post(good)).status, 200, "unspoiled it is taken");
  });

  await suite.test("the gateway's own words decide what becomes of a message", async () => {
    const refused = newPhone();
    const stopped = newPhone();
    const problems = { [refused.slice(1)]: "nobody", [stopped.slice(1)]: "stopped" };
    peer.script = ({ body }) => problems[body.receiver] && { status: 422, body: JSON.stringify({ problem: problems[body.receiver] }) };
    await post(webhook([textFrom(refused, questions.en[1]), textFrom(stopped, questions.en[1])]));
    await becomes(refused, "failed");
    await becomes(stopped, "failed");
    assert.deepEqual([of(refused)[0].why, of(stopped)[0].why], ["nobody", "opted_out"]);
    peer.script = () => null;
  });
});

test("a mistake in the block is told at its place before anything starts", async (suite) => {
  const folder = temporaryFolder(suite);
  const spoiled = block("http://127.0.0.1:9").replace("{to_digits}", "{to_digit}").replace('then = "refused"', 'then = "refuse"');
  const config = configuration(folder, spoiled, { api_key: apiKey, signing_key: key });
  const line = (words) => config.split("\n").findIndex((text) => text.includes(words)) + 1;
  writeFileSync(`${folder}/p.toml`, config);
  const end = await run(["check", "--config", `${folder}/p.toml`]);
  assert.equal(end.code, 3, end.stdout);
  assert.ok(end.stderr.includes(`p.toml:${line("{to_digit}")}:12: there is no field {to_digit} here; did you mean 'to_digits'?`), end.stderr);
  assert.ok(end.stderr.includes(`p.toml:${line('"refuse"')}:44: 'refuse' is no word for 'then'`), end.stderr);
});

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

test("webhooks of MessageBird: its own npm package and we agree", async (suite) => {
  const folder = temporaryFolder(suite);
  const peer = await Peer.start(suite);
  peer.script = () => ({ status: 201, body: '{"id":"mb-9"}' });
  const signing = "messagebird-signing-key-0123456789";
  const config = configuration(folder, `preset = "messagebird"\napi_url = "${peer.url}"\nfrom = "+33639980000"\n`, { api_key: apiKey, signing_key: signing });
  const server = await Server.start({ folder, config });
  suite.after(() => server.close());
  const secret = createSecretKey(Buffer.from(signing));

  const form = (id, words) => new URLSearchParams({ id, recipient: "33639980000", originator: "33639980777", body: words,
    createdDatetime: new Date().toISOString().replace(/\.\d+Z/, "+00:00") }).toString();
  const token = (claims, { by = secret, alg = "HS256", from = 0, until = 60 } = {}) => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ jti: "j", iss: "MessageBird", ...claims }).setProtectedHeader({ alg, typ: "JWT" })
      .setNotBefore(now + from).setExpirationTime(now + until).sign(by);
  };
  const judge = (url, body, jwt) => verify(url, Buffer.from(body), jwt, secret).then(() => true, () => false);

  const url = `${publicUrl}/hooks/sms`;
  const body = form("mb-1", "Hello, when is the office open?");
  const hashes = { url_hash: sha256(url), payload_hash: sha256(body) };
  const other = createSecretKey(Buffer.from("another-key-0123456789-0123456789"));
  const cases = {
    "as it should be": [token(hashes)],
    "HS512": [token(hashes, { alg: "HS512" })],
    "another key": [token(hashes, { by: other })],
    "another address": [token({ ...hashes, url_hash: sha256(`${url}?x=1`) })],
    "no address": [token({ payload_hash: sha256(body) })],
    "no body hash": [token({ url_hash: sha256(url) })],
    "another body": [token(hashes), body.replace("Hello", "Hallo")],
    "no body": [token(hashes), ""],
    "over": [token(hashes, { from: -120, until: -60 })],
    "not yet": [token(hashes, { from: 60, until: 120 })],
    "another issuer": [token({ ...hashes, iss: "Messagebird" })],
    "no token": ["a.b.c"],
  };
  for (const [what, [made, sent = body]] of Object.entries(cases)) {
    const jwt = await made;
    const expected = await judge(url, sent, jwt);
    const answer = await send(server.port, { method: "POST", path: "/hooks/sms", body: sent,
      headers: { "Content-Type": "application/x-www-form-urlencoded", "MessageBird-Signature-JWT": jwt } });
    assert.deepEqual([what, answer.status], [what, expected ? 200 : 403]);
    if (expected) assert.equal(answer.body, "OK");
  }
  await eventually(() => peer.requests.length > 0 || "nothing was sent");
  const { headers, body: sent } = peer.requests[0];
  assert.equal(headers.authorization, `AccessKey ${apiKey}`);
  assert.deepEqual([sent.recipients, sent.reportUrl], [["33639980777"], `${publicUrl}/hooks/sms/status`]);
  const query = `?id=1&reference=${sent.reference}&recipient=33639980777&status=delivered`;
  const report = await token({ url_hash: sha256(`${publicUrl}/hooks/sms/status${query}`) });
  const get = (path) => send(server.port, { method: "GET", path, body: "", headers: { "MessageBird-Signature-JWT": report } });
  assert.equal((await get(`/hooks/sms/status${query}&more=1`)).status, 403);
  assert.equal((await get(`/hooks/sms/status${query}`)).status, 200);
  await eventually(() => messages(server.data).some(({ ref, state }) => ref === sent.reference && state === "delivered") || "not delivered");
});

test("Standard Webhooks: npm standardwebhooks and we agree", async (suite) => {
  const folder = temporaryFolder(suite);
  const signing = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const config = configuration(folder, `preset = "bird"\napi_url = "http://127.0.0.1:9"\naccount = "workspace"\nfrom = "channel"
[channel.verify]\nscheme = "standard-webhooks"\n`, { api_key: apiKey, signing_key: signing });
  const server = await Server.start({ folder, config });
  suite.after(() => server.close());
  const judge = new Webhook(signing);
  const body = JSON.stringify({ service: "channels", event: "sms.inbound", payload: { id: "b1", createdAt: new Date().toISOString(),
    sender: { contact: { identifierKey: "phonenumber", identifierValue: "+33639980778" } }, body: { type: "text", text: { text: "ሰላም" } } } });
  const ask = async (id, at, { signature = judge.sign(id, at, body), sent = body } = {}) => {
    const headers = { "webhook-id": id, "webhook-timestamp": String(Math.floor(at / 1000)), "webhook-signature": signature };
    let expected = 200;
    try {
      judge.verify(sent, headers);
    } catch {
      expected = 403;
    }
    const answer = await send(server.port, { method: "POST", path: "/hooks/sms", body: sent, headers: { ...headers, "Content-Type": "application/json" } });
    assert.deepEqual([id, answer.status], [id, expected]);
    return expected;
  };
  const now = new Date();
  const minutes = (count) => new Date(now.getTime() + count * 60_000);
  assert.equal(await ask("good", now), 200);
  assert.equal(await ask("several", now, { signature: `v1,AAAA v2,x ${judge.sign("several", now, body)}` }), 200);
  assert.equal(await ask("old", minutes(-6)), 403);
  assert.equal(await ask("to come", minutes(6)), 403);
  assert.equal(await ask("changed", now, { sent: `${body} ` }), 403);
  assert.equal(await ask("another's", now, { signature: judge.sign("good", now, body) }), 403);
  assert.equal(await ask("none", now, { signature: "" }), 403);
  await eventually(() => taken(server.data).length === 1 || JSON.stringify(taken(server.data)));
  assert.deepEqual(taken(server.data).map(({ from, text }) => [from, text]), [["+33639980778", "ሰላም"]]);
});
