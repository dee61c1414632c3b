// A modem through Gammu's own SMS daemon and the real binary: what arrives is read from its inbox, answers go into its
// outbox, and the files that it has dealt with are receipts.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { query } from "./support/database.mjs";
import { configuration, marked, Smsd, unmarked } from "./support/gammu.mjs";
import { eventually as within, office } from "./support/gateway.mjs";
import { holds, questions, share } from "./support/sentences.mjs";
import { pause, Server, temporaryFolder } from "./support/server.mjs";

const utf8 = (hex) => Buffer.from(hex, "hex").subarray(4).toString();  // after its key id: store/sealed.hpp
const texts = (server) => query(server.data, "SELECT hex(text) FROM inbound ORDER BY id").map(([hex]) => utf8(hex));
const outbound = (server, to) => query(server.data,
  "SELECT hex(a.user), o.state, o.ref, hex(o.text), o.why FROM outbound o JOIN address a ON a.id = o.address ORDER BY o.id")
  .filter(([user]) => utf8(user) === to).map(([, state, ref, text, why]) => ({ state, ref, text: utf8(text), why }));
const receipts = (server, ref) => query(server.data, "SELECT state FROM receipt WHERE ref = ?", [ref]).map(([state]) => state);

const eventually = (condition) => within(condition, { within: 30_000, every: 50 });

let phones = 0;
const newNumber = () => `+4179${String(3_000_000 + ++phones)}`;

async function start(suite, spool, folder = temporaryFolder(suite)) {
  const server = await Server.start({ folder, config: configuration(spool) });
  suite.after(() => server.close());
  return server;
}

test("Gammu's SMS daemon", async (suite) => {
  const smsd = await Smsd.start(suite, temporaryFolder(suite));
  const server = await start(suite, smsd.spool);
  const told = () => `${JSON.stringify(["inbox", "outbox", "sent", "error"].map((folder) => smsd.names(folder)))}\n${server.text.stderr.slice(-1500)}\n${smsd.log}`;
  const kept = (count) => eventually(() => texts(server).length >= count || told());

  for (const locale of ["en", "ar", "ti"]) {
    await suite.test(`a text in ${locale} is answered in ${locale}, and the daemon sends the answer`, async () => {
      const [script, words] = questions[locale];
      const from = newNumber();
      smsd.arrives(from, words, { parts: words.length > 60 ? [words.slice(0, 60), words.slice(60)] : [words] });
      await eventually(() => outbound(server, from).length > 0 || told());
      assert.equal(texts(server).at(-1), words);
      const [{ text, ref }] = outbound(server, from);
      assert.ok(holds(text, locale, "first_contact.hello"), text);
      assert.ok(share(text, script) > 0.6, text);
      await eventually(() => receipts(server, ref).includes("sent") || told());
      assert.equal(outbound(server, from)[0].state, "sent");
    });
  }

  await suite.test("what the daemon takes is our text, letter by letter", async () => {
    const from = newNumber();
    await smsd.down();
    writeFileSync(join(smsd.spool, "inbox", `IN20261122_003000_00_${from}_00.txt`), marked(questions.ar[1]));
    await eventually(() => smsd.names("outbox").length === 1 || told());
    const [name] = smsd.names("outbox");
    assert.match(name, new RegExp(`^OUT[A-E]\\d{8}_\\d{6}_00_\\${from}(_T\\d+)?_[0-9a-f]{32}\\.txt$`));
    assert.equal(unmarked(readFileSync(join(smsd.spool, "outbox", name))), outbound(server, from).at(-1).text);
    smsd.up();
    await eventually(() => smsd.names("outbox").length === 0 || told());
  });

  await suite.test("a text of three parts is one message, with an emoji on the border of two", async () => {
    const from = newNumber();
    const words = `${"a".repeat(66)}😀${"b".repeat(66)} fin`;
    const before = texts(server).length;
    smsd.arrives(from, words, { parts: [words.slice(0, 67), words.slice(67, 134), words.slice(134)] });
    await kept(before + 1);
    assert.deepEqual(texts(server).slice(before), [words]);
  });

  await suite.test("two texts of one second are two messages, also under a name that was used before", async () => {
    const from = newNumber();
    const before = texts(server).length;
    smsd.arrives(from, "un");
    smsd.arrives(from, "deux");
    await kept(before + 2);
    await eventually(() => smsd.names("inbox").length === 0 || told());
    smsd.arrives(from, "un");
    await kept(before + 3);
    assert.deepEqual(texts(server).slice(before), ["un", "deux", "un"]);
  });

  await suite.test("a name that answers to nobody is not answered", async () => {
    const before = texts(server).length;
    smsd.arrives("INFO", "Votre solde");
    await kept(before + 1);
    assert.equal(outbound(server, "INFO").length, 0);
  });

  await suite.test("all folders are empty in the end, and the log tells nobody's words or numbers", async () => {
    await eventually(() => ["inbox", "outbox", "sent", "error"].every((folder) => smsd.names(folder).length === 0) || told());
    const end = await server.stop();
    for (const word of ["Bonjour", "Votre solde", "+4179300"]) assert.ok(!(end.stdout + end.stderr).includes(word), word);
  });
});

test("folders without a daemon", async (suite) => {
  const spool = join(temporaryFolder(suite), "spool");
  for (const folder of ["inbox", "outbox", "sent", "error"]) mkdirSync(join(spool, folder), { recursive: true });
  const names = (folder) => Smsd.prototype.names.call({ spool }, folder);
  const folder = temporaryFolder(suite);
  let server = await start(suite, spool, folder);
  const told = () => `${JSON.stringify(["inbox", "outbox", "sent", "error", "aside"].map(names))}\n${server.text.stderr.slice(-1500)}`;
  const says = (word) => eventually(() => server.text.stderr.includes(word) || told());
  const arrive = (name, bytes) => writeFileSync(join(spool, "inbox", name), bytes);

  await suite.test("a file that grows is read when it grows no more", async () => {
    const from = newNumber();
    const file = `IN20261122_003000_00_${from}_00.txt`;
    const words = "Bonjour, une phrase";
    const bytes = marked(words);
    for (let at = 3; at < bytes.length; at += 3) {
      arrive(file, bytes.subarray(0, at));
      await pause(150);
      assert.deepEqual(texts(server), []);
    }
    arrive(file, bytes);
    await eventually(() => texts(server).length === 1 || told());
    assert.deepEqual(texts(server), [words]);
    await eventually(() => names("inbox").length === 0 || told());
  });

  await suite.test("what cannot be read is set aside and told, and holds up nobody", async () => {
    arrive("IN20261122_003000_00_+41793999999_00.bin", "x");
    arrive("IN20261122_003000_00_+41793999999_00.txt", Buffer.from("caf\xe9", "latin1"));
    arrive("IN20261122_003000_00_+41793999998_02.txt", "a part without a beginning");
    arrive("notes of somebody", "x");
    arrive(`IN20261122_003000_00_${newNumber()}_00.txt`, "ሰላም");
    await eventually(() => texts(server).length === 2 || told());
    await says("why=set_aside");
    assert.match(server.text.stderr, /remedy="a file of the inbox is no text that can be read/);
    await eventually(() => names("aside").length === 3 || told());
    assert.deepEqual(names("inbox"), ["notes of somebody"]);
  });

  await suite.test("a file that comes to 'error' is a message that was not sent", async () => {
    await eventually(() => names("outbox").length >= 2 || told());
    const [name] = names("outbox");
    const [, to] = /_00_(\+\d+)_/.exec(name);
    renameSync(join(spool, "outbox", name), join(spool, "error", name));
    await eventually(() => outbound(server, to)[0].state === "failed" || told());
    assert.equal(outbound(server, to)[0].why, "not_sent");
    await eventually(() => names("error").length === 0 || told());
  });

  await suite.test("after crashes nothing is lost, read twice or put twice", async () => {
    const before = texts(server).length;
    const words = [];
    const put = new Map();
    const look = () => names("outbox").forEach((name) => put.set(/_([0-9a-f]{32})\.txt$/.exec(name)[1], name));
    for (let round = 0; round < 5; ++round) {
      for (let i = 0; i < 20; ++i) {
        words.push(`${round}-${i}`);
        const from = newNumber();
        arrive(`IN20261122_003000_00_${from}_00.txt`, marked(`${round}-`));
        arrive(`IN20261122_003002_00_${from}_01.txt`, marked(`${i}`));
      }
      await eventually(() => texts(server).length > before + 20 * round || told());
      look();
      await server.kill();
      server = await start(suite, spool, folder);
    }
    await eventually(() => names("inbox").length === 1 || told());
    assert.deepEqual(texts(server).slice(before).sort(), words.sort());
    await eventually(() => query(server.data, "SELECT count(*) FROM outbound WHERE state = 'queued'")[0][0] === 0 || told());
    look();
    const refs = names("outbox").map((name) => /_([0-9a-f]{32})\.txt$/.exec(name)[1]);
    assert.equal(refs.length, new Set(refs).size);
    const sent = query(server.data, "SELECT ref FROM outbound WHERE state = 'sent'").map(([ref]) => ref);
    for (const ref of sent) assert.ok(put.has(ref), ref);
    const [replies, causes] = query(server.data, "SELECT count(*), count(DISTINCT cause) FROM outbound")[0];
    assert.equal(replies, causes);
  });

  await suite.test("a folder that goes is told, and work goes on when it is back", async () => {
    renameSync(join(spool, "inbox"), join(spool, "elsewhere"));
    await says("why=no_folder");
    assert.match(server.text.stderr, /remedy="inbox, outbox, sent or error is missing/);
    renameSync(join(spool, "elsewhere"), join(spool, "inbox"));
    await says("evt=link.well");
    const before = texts(server).length;
    arrive(`IN20261122_003000_00_${newNumber()}_00.txt`, "de retour");
    await eventually(() => texts(server).length === before + 1 || told());
  });

  await suite.test("an outbox that is missing stops the channel, and nothing is lost", async () => {
    const from = newNumber();
    await office(server, "channel.pause", { name: "modem" });
    arrive(`IN20261122_003000_00_${from}_00.txt`, "Bonjour");
    await eventually(() => outbound(server, from).length === 1 || told());
    renameSync(join(spool, "outbox"), join(spool, "gone"));
    await office(server, "channel.resume", { name: "modem" });
    await eventually(async () => {
      const [row] = (await office(server, "channel.list")).channels;
      return (row.paused && row.why === "outbox_missing") || JSON.stringify(row);
    });
    assert.equal(outbound(server, from)[0].state, "queued");
    renameSync(join(spool, "gone"), join(spool, "outbox"));
    await office(server, "channel.resume", { name: "modem" });
    await eventually(() => outbound(server, from)[0].state === "sent" || told());
    assert.ok(names("outbox").some((name) => name.includes(from)));
  });

  await suite.test("no webhook is heard", async () => {
    const answer = await fetch(`http://127.0.0.1:${server.port}/hooks/modem`, { method: "POST", body: "{}" });
    assert.equal(answer.status, 404);
  });
});
