// The main job, from a signed webhook to TwiML, in six languages; and everything that must not get an answer.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import http from "node:http";
import { test } from "node:test";
import { query, value } from "./support/database.mjs";
import { holds, questions as scripts, share } from "./support/sentences.mjs";
import { Server, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";

let phones = 0;
const newPhone = () => `+4179${String(1_000_000 + ++phones)}`;
const whole = (messages) => messages.map((message) => message.text).join("\n");
const utf8 = (hex) => Buffer.from(hex, "hex").toString("utf8");

test("Twilio", async (suite) => {
  const folder = temporaryFolder(suite);
  const server = await Server.start({ folder, config: twilio.configuration(folder, { demo: true }) });
  suite.after(() => server.close());
  const say = async (words, options) => twilio.readTwiml(await twilio.text(server.port, words, options));
  const stored = (sid) => value(server.data, "SELECT count(*) FROM inbound WHERE provider_id = ?", [sid]);

  for (const [locale, [script, words]] of Object.entries(scripts)) {
    await suite.test(`a first text in ${locale} is answered in ${locale}`, async () => {
      const reply = whole(await say(words, { from: newPhone() }));
      assert.ok(holds(reply, locale, "first_contact.hello"), reply);
      // The name of the association, RAPPEL and the line for old phones stay latin.
      assert.ok(share(reply, script) > 0.6, `${share(reply, script)} of the letters are ${script}:\n${reply}`);
    });
  }

  await suite.test("a conversation goes on where it was", async () => {
    const from = newPhone();
    await say("Bonjour", { from });
    assert.ok(holds(whole(await say("1", { from })), "fr", "information.menu"));
  });

  await suite.test("a repeated webhook gets the same bytes and takes no second turn", async () => {
    const from = newPhone();
    const request = twilio.signed(twilio.message(scripts.fr[1], { from, sid: twilio.newSid() }));
    const first = await twilio.send(server.port, request);
    const turns = () => query(server.data, "SELECT count(*), (SELECT sum(version) FROM conversation) FROM outbound")[0];
    const before = turns();
    for (let i = 0; i < 3; ++i) {
      const again = await twilio.send(server.port, request);
      assert.equal(again.status, 200);
      assert.equal(again.body, first.body);
    }
    assert.deepEqual(turns(), before);
    await say("1", { from });
    assert.equal((await twilio.send(server.port, request)).body, first.body, "after the next turn as well");
  });

  await suite.test("five copies at once are one message", async () => {
    const sid = twilio.newSid();
    const request = twilio.signed(twilio.message(scripts.uk[1], { from: newPhone(), sid }));
    const answers = await Promise.all(Array.from({ length: 5 }, () => twilio.send(server.port, request)));
    assert.equal(new Set(answers.map((answer) => answer.body)).size, 1);
    assert.ok(twilio.readTwiml(answers[0]).length > 0);
    assert.equal(stored(sid), 1);
  });

  await suite.test("two hundred webhooks, each sent one to five times and shuffled, are two hundred turns", async () => {
    const copies = Array.from({ length: 200 }, (_, i) => {
      const params = twilio.message(Object.values(scripts)[i % 6][1], { from: `+4178${1_000_000 + (i % 40)}` });
      return Array(1 + (i % 5)).fill({ sid: params.MessageSid, request: twilio.signed(params) });
    }).flat();
    // A fixed shuffle: by a hash of the place.
    copies.map((copy, i) => [(i * 2_654_435_761) % 4_294_967_296, copy]).sort((a, b) => a[0] - b[0]).forEach(([, copy], i) => (copies[i] = copy));
    const bodies = new Map();
    const queue = [...copies];
    const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
    await Promise.all(Array.from({ length: 16 }, async () => {
      for (let copy = queue.pop(); copy; copy = queue.pop()) {
        const answer = await twilio.send(server.port, copy.request, { agent });
        twilio.readTwiml(answer);
        assert.equal(answer.body, bodies.get(copy.sid) ?? answer.body);
        bodies.set(copy.sid, answer.body);
      }
    }));
    agent.destroy();
    assert.equal(bodies.size, 200);
    const turns = query(server.data, `SELECT c.version, (SELECT count(*) FROM inbound i WHERE i.address = c.address) FROM conversation c`);
    for (const [version, messages] of turns) assert.equal(version, messages);
  });

  await suite.test("a tampered request gets a bare 403 and leaves no trace", async () => {
    const count = () => value(server.data, "SELECT count(*) FROM inbound");
    const before = count();
    const spoiled = {
      "a changed body": (request) => (request.body = request.body.replace("ouvert", "fermé")),
      "an added parameter": (request) => (request.body += "&Extra=1"),
      "a removed parameter": (request) => (request.body = request.body.replace(/&ApiVersion=[^&]*/, "")),
      "an added query": (request) => (request.path += "?x=1"),
      "the status hook": (request) => (request.path += "/status"),
      "no signature": (request) => delete request.headers["X-Twilio-Signature"],
      "an empty signature": (request) => (request.headers["X-Twilio-Signature"] = ""),
      "a padded signature": (request) => (request.headers["X-Twilio-Signature"] += "="),
      "another token": (request, params) => (request.headers["X-Twilio-Signature"] = twilio.sign(params, { secret: "guess" })),
    };
    for (const [name, spoil] of Object.entries(spoiled)) {
      const params = twilio.message(scripts.fr[1], { sid: twilio.newSid() });
      const request = twilio.signed(params);
      spoil(request, params);
      const answer = await twilio.send(server.port, request);
      assert.deepEqual([name, answer.status, answer.body], [name, 403, ""]);
    }
    for (let i = 0; i < 28; ++i) {  // every digit of the signature
      const request = twilio.signed(twilio.message(scripts.fr[1]));
      const signature = request.headers["X-Twilio-Signature"];
      const other = signature[i] === "A" ? "B" : "A";
      request.headers["X-Twilio-Signature"] = signature.slice(0, i) + other + signature.slice(i + 1);
      assert.equal((await twilio.send(server.port, request)).status, 403, `digit ${i} of the signature`);
    }
    assert.equal(count(), before);
  });

  await suite.test("another account, though well signed, is refused", async () => {
    const params = twilio.message("x", { sid: twilio.newSid(), AccountSid: "AC00000000000000000000000000000002" });
    assert.equal((await twilio.send(server.port, twilio.signed(params))).status, 403);
    assert.equal(stored(params.MessageSid), 0);
  });

  await suite.test("the former token still opens during a rotation", async () => {
    const request = twilio.signed(twilio.message(scripts.en[1], { from: newPhone() }), { secret: twilio.oldToken });
    assert.ok(twilio.readTwiml(await twilio.send(server.port, request)).length > 0);
  });

  await suite.test("a receipt moves its message, and only forwards", async () => {
    const [reply] = await say(scripts.fr[1], { from: newPhone() });
    const tell = async (state, more) =>
      twilio.send(server.port, twilio.signed(twilio.status(state, more), { path: reply.statusPath }));
    const state = () => value(server.data, "SELECT state FROM outbound WHERE ref = ?", [reply.ref]);
    assert.deepEqual(twilio.readTwiml(await tell("delivered")), []);
    assert.equal(state(), "delivered");
    assert.equal((await tell("sent")).status, 200);
    assert.equal(state(), "delivered", "a late 'sent' changes nothing");
    assert.equal((await tell("read")).status, 200);
    assert.equal(state(), "read");
    const receipts = () => value(server.data, "SELECT count(*) FROM receipt");
    const before = receipts();
    assert.equal((await tell("teleported")).status, 200);
    assert.equal(receipts(), before, "an unknown status is acknowledged and ignored");
  });

  await suite.test("a forged receipt changes nothing", async () => {
    const [reply] = await say(scripts.fr[1], { from: newPhone() });
    const params = twilio.status("delivered");
    const elsewhere = twilio.signed(params, { path: reply.statusPath.replace(/.$/, (digit) => (digit === "0" ? "1" : "0")) });
    const answer = await twilio.send(server.port, { ...elsewhere, path: reply.statusPath });
    assert.deepEqual([answer.status, answer.body], [403, ""]);
    assert.notEqual(value(server.data, "SELECT state FROM outbound WHERE ref = ?", [reply.ref]), "delivered");
  });

  await suite.test("an undelivered reply is told as failed", async () => {
    const [reply] = await say(scripts.fr[1], { from: newPhone() });
    const params = twilio.status("undelivered", { ErrorCode: "30003" });
    await twilio.send(server.port, twilio.signed(params, { path: reply.statusPath }));
    const seen = query(server.data, "SELECT o.state, r.code FROM outbound o JOIN receipt r ON r.outbound = o.id WHERE o.ref = ?", [reply.ref]);
    assert.deepEqual(seen, [["failed", "30003"]]);
  });

  await suite.test("danger gets the numbers and a task, in the middle of anything", async () => {
    const from = newPhone();
    await say(scripts.fr[1], { from });
    const sid = twilio.newSid();
    const reply = whole(await say("Au secours !", { from, sid }));
    for (const wanted of ["117", "118", "144"]) assert.ok(reply.includes(wanted), reply);
    const tasks = query(server.data, "SELECT t.kind FROM task t JOIN inbound i ON t.inbound = i.id WHERE i.provider_id = ?", [sid]);
    assert.deepEqual(tasks, [["danger"]]);
  });

  await suite.test("STOP is confirmed once, and START brings the menu back", async () => {
    const from = newPhone();
    await say(scripts.fr[1], { from });
    const confirmed = await say("STOP", { from });
    assert.ok(holds(whole(confirmed), "fr", "stop.confirmed"), whole(confirmed));
    const back = whole(await say("START", { from }));
    assert.ok(holds(back, "fr", "start.welcome_back"), back);
  });

  await suite.test("hostile texts are kept, without what turns text around, and answered in good XML", async () => {
    const texts = [
      "<Message>&amp;]]></Message><Redirect>http://evil.example</Redirect>", "<![CDATA[x]]>&#0;&lol;", "😀👩‍👩‍👧‍👦🏳️‍🌈",
      "\u202Eabc\u2066def\u200F\u061C", "{phone} {0,number} {n, plural, other{#}} '{'", "${7*7} {{7*7}} <%= 7*7 %> #{7*7}",
      "%n%n%s%x", "'; DROP TABLE inbound; --", "\u0000\u0001\u001f", "\uFFFE\uFFFF", "a\r\nb\tc", "Z̸̢̛͇͉a̷͎͝l̶̰̈́g̸͙͝o̷͓̿".repeat(50),
      "ß".repeat(1600), "م".repeat(10_000), "x".repeat(50_000), " ", "",
    ];
    const sids = texts.map(() => twilio.newSid());
    for (const [i, words] of texts.entries()) {
      const reply = whole(await say(words, { from: newPhone(), sid: sids[i] }));
      assert.ok(!/evil\.example|\b49\b|\{/.test(reply), reply);
    }
    const rows = query(server.data, "SELECT text, state FROM inbound WHERE provider_id >= ? ORDER BY provider_id", [sids[0]]);
    assert.equal(rows.length, texts.length);
    for (const [i, [text, state]] of rows.entries()) {
      const shown = JSON.stringify(texts[i].slice(0, 60));
      const kept = texts[i].replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/g, "");
      assert.ok(utf8(text).endsWith(kept), `stored as it came: ${shown}`);
      assert.equal(state, "processed", shown);
    }
  });

  await suite.test("bytes that are no UTF-8 are mended, and the message is kept", async () => {
    const params = twilio.message("a?z", { from: newPhone(), sid: twilio.newSid() });
    const request = twilio.signed(params);
    // The SDK signs strings only; these bytes are none, so they are signed by hand.
    const text = Object.keys(params).sort().reduce((all, key) => all + key + params[key], twilio.publicUrl + request.path);
    const broken = Buffer.from(text.replace("a?z", "a\xffz"), "latin1");
    request.headers["X-Twilio-Signature"] = createHmac("sha1", twilio.token).update(broken).digest("base64");
    request.body = request.body.replace("a%3Fz", "a%FFz");
    assert.ok(twilio.readTwiml(await twilio.send(server.port, request)).length > 0);
    const kept = value(server.data, "SELECT text FROM inbound WHERE provider_id = ?", [params.MessageSid]);
    assert.ok(utf8(kept).endsWith("a\uFFFDz"), kept);
  });

  await suite.test("a photo, a place and a WhatsApp button are answered", async () => {
    const media = { NumMedia: "1", MediaUrl0: "https://api.twilio.com/2010-04-01/ME1", MediaContentType0: "image/jpeg" };
    assert.ok((await say("", { from: newPhone(), ...media })).length > 0);
    const from = `whatsapp:${newPhone()}`;
    assert.ok((await say("", { from, Latitude: "47.36", Longitude: "7.34" })).length > 0);
    assert.ok((await say("Oui", { from, ButtonText: "Oui", ButtonPayload: "yes" })).length > 0);
  });

  await suite.test("nothing went wrong on the way, and no text or number is in the log", async () => {
    const rows = query(server.data, "SELECT state, count(*) FROM inbound GROUP BY state");
    assert.deepEqual(rows.map((row) => row[0]), ["processed"], JSON.stringify(rows));
    assert.equal(value(server.data, "PRAGMA integrity_check"), "ok");
    const end = await server.stop();
    const log = end.stdout + end.stderr;
    for (const secret of [twilio.token, twilio.oldToken, "+4179", "secours", "bureau", "DROP TABLE"]) {
      assert.ok(!log.includes(secret), `the log holds ${secret}`);
    }
  });
});

test("a channel with an address of its own is verified over that one", async (t) => {
  const folder = temporaryFolder(t);
  const config = twilio.configuration(folder, { channel: 'callback_url = "https://proxy.example.org/asso/hooks/sms"\n' });
  const server = await Server.start({ folder, config });
  t.after(() => server.close());
  const params = twilio.message("Bonjour");
  const request = twilio.signed(params);
  assert.equal((await twilio.send(server.port, request)).status, 403, "signed for public_url");
  request.headers["X-Twilio-Signature"] = twilio.sign(params, { url: "https://proxy.example.org/asso/hooks/sms" });
  const answer = await twilio.send(server.port, request);
  assert.equal(answer.status, 200);
  assert.match(answer.body, /action="https:\/\/proxy\.example\.org\/asso\/hooks\/sms\/status\?ref=/);
});
