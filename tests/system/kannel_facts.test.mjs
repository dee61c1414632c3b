// What we rely on in Kannel 1.4.5, seen on Debian's own, run with the configuration that we ship. Passerelle has no part
// in it: a web server that answers as told stands in its place. adapters/kannel/README.md tells the same in words.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { Hook } from "./support/hook.mjs";
import { Kannel, newPhone, number, secrets, until } from "./support/kannel.mjs";
import { pause } from "./support/server.mjs";

async function both(t, options = {}) {
  const hook = await Hook.start(t);
  const kannel = await Kannel.start(t, { hookUrl: hook.url, ...options });
  return { hook, kannel };
}

const sorted = (list) => [...list].sort();
const texts = (hook) => sorted(hook.texts.map((request) => request.body));

describe("Kannel", { concurrency: 3 }, () => {
  test("the shipped configuration listens on this machine only and keeps its queues and receipts on disk", async (t) => {
    const { kannel } = await both(t);
    assert.equal((await kannel.status()).dlrStorage, "spool");
    const sockets = readFileSync("/proc/net/tcp", "utf8").split("\n").map((line) => line.trim().split(/\s+/));
    const listening = sockets.filter((fields) => fields[3] === "0A").map((fields) => fields[1].split(":"));
    for (const [name, port] of Object.entries(kannel.ports)) {
      const addresses = listening.filter(([, hex]) => parseInt(hex, 16) === port).map(([address]) => address);
      assert.deepEqual(addresses, ["0100007F"], name); // 127.0.0.1
    }
  });

  test("a text comes as UTF-8 under an id of its own, whatever coding it had, and its parts as one", async (t) => {
    const { hook, kannel } = await both(t);
    const from = newPhone();
    const words = ["Bonjour", "Où êtes-vous ? ça va", "مرحبا 👍\nسلام", "ሰላም፡ ቤት", "коли відчинено"];
    for (const text of words) await kannel.say(from, text);
    await kannel.say(from, "one two three four", { parts: 3 });
    await until("six texts come", () => hook.requests.length >= 6);
    assert.deepEqual(texts(hook), sorted([...words, "one two three four"]));
    assert.equal(new Set(hook.requests.map((request) => request.query.id)).size, 6);
    for (const { headers, query } of hook.requests) {
      assert.match(query.id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      assert.deepEqual([headers["x-kannel-from"], headers["x-kannel-to"]], [from, number]);
      assert.equal(headers["content-type"], 'text/plain; charset="UTF-8"');
      assert.match(headers["x-kannel-time"], /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    }
  });

  test("a sendsms without a receiver tells whether smsbox knows us, and sends nothing", async (t) => {
    const { kannel } = await both(t);
    const ask = async (password) => {
      const headers = { "X-Kannel-Username": "passerelle", "X-Kannel-Password": password, "Content-Type": "text/plain; charset=UTF-8" };
      const answer = await fetch(`http://127.0.0.1:${kannel.ports.sendsms}/cgi-bin/sendsms`, { method: "POST", headers, body: "test" });
      return [answer.status, await answer.text()];
    };
    assert.deepEqual((await ask(secrets.sendsms))[0], 400);
    assert.deepEqual((await ask("guess"))[0], 403);
    assert.deepEqual(kannel.phones.texts, []);
  });

  test("nothing of an answer is texted to the person: neither words nor the lack of them", async (t) => {
    const { hook, kannel } = await both(t);
    await kannel.say(newPhone(), "one");
    await until("the text comes", () => hook.requests.length === 1);
    hook.body = "do not text me";
    await kannel.say(newPhone(), "two");
    await until("the text comes", () => hook.requests.length === 2);
    await kannel.sendsms(newPhone(), "the only one");
    await until("the last text comes", () => kannel.phones.texts.some(({ text }) => text === "the only one"));
    assert.deepEqual(kannel.phones.texts.map(({ text }) => text), ["the only one"]);
  });

  test("texts that found us down or busy all come within seconds after we are back, each under its first id", async (t) => {
    const { hook, kannel } = await both(t);
    hook.status = 503;
    await kannel.say(newPhone(), "busy");
    await until("the text comes", () => hook.requests.length === 1);
    const [{ query }] = hook.requests;
    await hook.down();
    hook.status = 200;
    const waiting = ["w1", "w2", "w3", "w4", "w5"];
    for (const text of waiting) await kannel.say(newPhone(), text);
    await pause(6_500); // longer than a round of attempts
    await hook.up();
    await until(() => `all come: ${texts(hook)}`, () => hook.texts.length === 6, 8_000);
    assert.deepEqual(texts(hook), ["busy", ...waiting]);
    assert.equal(hook.texts.find(({ body }) => body === "busy").query.id, query.id);
  });

  test("texts that bearerbox keeps outlive its crash", async (t) => {
    const { hook, kannel } = await both(t);
    await kannel.killSmsbox();
    for (const text of ["k1", "k2", "k3"]) await kannel.say(newPhone(), text);
    await until("all are in the store", async () => (await kannel.status()).stored === 3);
    await kannel.killBearerbox();
    await kannel.startBearerbox();
    await kannel.startSmsbox();
    await until("all come", () => hook.texts.length >= 3);
    assert.deepEqual(texts(hook), ["k1", "k2", "k3"]);
  });

  test("texts of ours that wait for the line outlive a crash, arrive once, and are reported", async (t) => {
    const { hook, kannel } = await both(t);
    await kannel.stopPhones();
    await until("the line is gone", async () => (await kannel.status()).line !== "online");
    const to = newPhone();
    for (const ref of ["a", "b", "c"]) {
      assert.deepEqual(await kannel.sendsms(to, ref, { headers: hook.asking(ref) }), { status: 202, body: "3: Queued for later delivery" });
    }
    await kannel.killSmsbox();
    await kannel.killBearerbox();
    await kannel.startBearerbox();
    await kannel.startSmsbox();
    await kannel.startPhones();
    await until("all arrive", () => kannel.phones.of(to).length >= 3);
    // Reports come on several connections at once, so 8 (taken by the SMSC) may come after 1 (delivered).
    for (const ref of ["a", "b", "c"]) {
      await until(`${ref} is reported`, () => hook.reports(ref).length >= 2);
      assert.deepEqual(sorted(hook.reports(ref)), ["1", "8"]);
    }
    assert.deepEqual(sorted(kannel.phones.of(to).map(({ text }) => text)), ["a", "b", "c"]);
  });

  test("reports that nobody could take yet outlive a crash", async (t) => {
    const { hook, kannel } = await both(t);
    await kannel.stopPhones();
    await until("the line is gone", async () => (await kannel.status()).line !== "online");
    await kannel.sendsms(newPhone(), "x", { headers: hook.asking("r") });
    await kannel.killSmsbox();
    await kannel.startPhones();
    await until("both reports are in the store", async () => (await kannel.status()).stored === 2);
    await kannel.killBearerbox();
    await kannel.startBearerbox();
    await kannel.startSmsbox();
    await until("both are told", () => hook.reports("r").length >= 2);
    assert.deepEqual(sorted(hook.reports("r")), ["1", "8"]);
  });

  test("without bearerbox sendsms takes nothing: the connection is refused or cut, never answered 202", async (t) => {
    const { hook, kannel } = await both(t);
    await kannel.killBearerbox();
    const answers = await Promise.all(Array.from({ length: 5 }, () => kannel.sendsms(newPhone(), "x").catch((error) => error.code)));
    for (const answer of answers) assert.match(`${answer}`, /^ECONN(REFUSED|RESET)$/);
    // smsbox starts itself anew, ten seconds later, and all is well.
    await kannel.startBearerbox();
    await kannel.startPhones();
    await until("smsbox is back", async () => (await kannel.status()).boxes === 1, 30_000);
    const to = newPhone();
    assert.equal((await kannel.sendsms(to, "again", { headers: hook.asking("s") })).status, 202);
    await until("it arrives", () => kannel.phones.of(to).length === 1);
  });

  test("our own concatenation header arrives as it is, in either coding, and only where the text fits", async (t) => {
    const { kannel } = await both(t);
    const to = newPhone();
    const part = (text, coding, udh) => kannel.sendsms(to, text, { coding, headers: { "X-Kannel-UDH": udh } });
    const shown = async (count) => {
      await until("it arrives", () => kannel.phones.of(to).length === count);
      return kannel.phones.of(to).at(-1);
    };
    await part("{Déjà} €\n", 0, "050003990201");
    await part("à 8 h", 0, "050003990202");
    assert.deepEqual((await shown(1)).text, "{Déjà} €\nà 8 h");
    await part(`${"م".repeat(66)}`, 2, "050003aa0201");
    await part("👍 ê", 2, "050003aa0202");
    assert.deepEqual((await shown(2)).text, `${"م".repeat(66)}👍 ê`);
    assert.equal((await part("x", 0, "0500039902")).status, 400, "a header that is too short");
    await part("b".repeat(154), 0, "050003bb0201"); // one character too many: Kannel puts its own header behind ours
    await until("both pieces arrive", () => kannel.phones.problems.length === 2);
    assert.match(kannel.phones.problems[0], /0a0003bb02010003/);
  });

  test("what goes wrong without a word, which is why we say coding and charset and count parts ourselves", async (t) => {
    const { kannel } = await both(t);
    const arrives = async (text, options) => {
      const to = newPhone();
      assert.equal((await kannel.sendsms(to, text, options)).status, 202);
      await until("it arrives", () => kannel.phones.of(to).length === 1);
      return kannel.phones.of(to)[0];
    };
    assert.equal((await arrives("ê ç م")).text, "? Ç ?", "not in GSM-7");
    assert.equal((await arrives("été", { coding: 2, headers: { "Content-Type": "text/plain" } })).text, "Ã©tÃ©", "no charset");
    assert.equal((await arrives("")).text, "", "an empty text is sent");
    const long = await arrives("x".repeat(153 * 255 + 50));
    assert.deepEqual([long.parts, long.text.length], [255, 153 * 255], "cut after max-messages");
    const cut = await arrives(`${"a".repeat(66)}👍${"b".repeat(20)}`, { coding: 2 });
    assert.deepEqual(cut.pieces.map((piece) => piece.readUInt16BE(piece.length - 2)), [0xd83d, 0x62], "an emoji is cut in two");
    const two = [newPhone(), newPhone()];
    await kannel.sendsms(two.join(" "), "x");
    await until("both arrive", () => two.every((to) => kannel.phones.of(to).length === 1));
  });
});
