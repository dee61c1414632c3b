// Debian's Kannel with the SMPP line of the configuration that we ship, to an SMSC by npm smpp: texts of people and
// answers in Arabic with emoji, in parts, and every word of the operator: delivered, undelivered, refused, not so fast.
import assert from "node:assert/strict";
import { test } from "node:test";
import smpp from "smpp";
import { eventually, office } from "./support/gateway.mjs";
import { Kannel, configuration, freePort, newPhone, number, secrets } from "./support/kannel.mjs";
import { messages, taken } from "./support/ledger.mjs";
import { holds, questions, share } from "./support/sentences.mjs";
import { Server, temporaryFolder } from "./support/server.mjs";
import { Smsc } from "./support/smsc.mjs";

test("Kannel over SMPP", async (suite) => {
  const port = await freePort();
  const smsc = await Smsc.start(suite);
  const kannel = await Kannel.start(suite, { hookUrl: `http://127.0.0.1:${port}/hooks/kannel/${secrets.hook}`, smpp: smsc });
  const server = await Server.start({ folder: temporaryFolder(suite), port, config: configuration(kannel, port) });
  suite.after(() => server.close());
  const of = (phone) => messages(server.data).filter(({ to }) => to === phone);
  const become = (phone, ...states) => eventually(() => {
    const found = of(phone);
    return (found.length > 0 && found.every(({ state }, i) => state === (states[i] ?? states.at(-1)))) || JSON.stringify(found);
  }, { every: 100 });
  const ask = async (phone, text = questions.fr[1]) => smsc.say(phone, number, text);
  const send = (phone, text, language) => office(server, "send", { to: `kannel:${phone}`, text, language, class: "crisis" });
  const heard = (phone) => taken(server.data).filter(({ from }) => from === phone).map(({ text }) => text);

  await suite.test("Kannel binds as the shipped configuration says", () => {
    assert.deepEqual(smsc.binds.map((bind) => [bind.system_id, bind.password, bind.system_type, bind.interface_version]), [[smsc.user, smsc.password, "", 0x34]]);
  });

  for (const locale of ["en", "ar", "ti"]) {
    await suite.test(`a text in ${locale} is answered in ${locale}, in parts that fit, and delivered when each part is`, async () => {
      const phone = newPhone();
      const words = `${questions[locale][1]} 👍🏽`;
      await ask(phone, words);
      await become(phone, "delivered");
      assert.deepEqual(heard(phone), [words]);
      const shown = smsc.of(phone);
      assert.deepEqual(shown.map(({ text }) => text), of(phone).map(({ text }) => text), "as we wrote it");
      assert.deepEqual(shown.map(({ parts }) => parts.length), of(phone).map(({ segments }) => segments));
      const reply = shown.map(({ text }) => text).join("\n");
      assert.ok(holds(reply, locale, "first_contact.hello"), reply);
      assert.ok(share(reply, questions[locale][0]) > 0.6, reply);
      for (const part of shown.flatMap(({ parts }) => parts)) {
        assert.equal(part.coding, locale === "en" ? 0 : 8);
        assert.equal(`+${part.from.replace("+", "")}`, number);
        assert.ok(locale === "en" ? part.octets <= (part.header ? 153 : 160) : part.octets + part.header <= 140, `${part.octets} octets`);
        assert.equal(part.registered & 1, 1, "a report is asked for on each part");
      }
    });
  }

  await suite.test("a long text of a person in Arabic, its emoji cut in two between parts, is one text", async () => {
    const phone = newPhone();
    const words = `${"م".repeat(66)}😀${" سلام 👨‍👩‍👧‍👦".repeat(8)}`;
    assert.ok((await ask(phone, words)) > 2);
    await become(phone, "delivered");
    assert.deepEqual(heard(phone), [words]);
  });

  await suite.test("a long text of ours in Arabic keeps its emoji whole, in each part and together", async () => {
    const phone = newPhone();
    await ask(phone, questions.ar[1]);
    await become(phone, "delivered");
    const words = `${"م".repeat(66)}😀 ${"ا".repeat(60)}👨‍👩‍👧‍👦 سلام 👍🏽`;
    await send(phone, words, "ar");
    await become(phone, "delivered");
    const [, { text, parts }] = smsc.of(phone);
    assert.deepEqual([text, of(phone)[1].segments], [words, parts.length]);
    for (const part of parts) assert.doesNotMatch(part.text, /^[\udc00-\udfff\u200d]|[\ud800-\udbff\u200d]$/, "half an emoji, or half a family");
  });

  await suite.test("UNDELIV: failed, with the operator's code, though it repeats our text; of one part, too", async () => {
    smsc.fate = ({ number: part }) => (part === 1 ? { stat: "UNDELIV", err: "011" } : { stat: "DELIVRD", err: "000" });
    for (const words of [questions.en[1], questions.ar[1]]) {
      const phone = newPhone();
      await ask(phone, words);
      await become(phone, "failed");
      assert.deepEqual(of(phone).map(({ why }) => why), ["UNDELIV-011"]);
    }
    smsc.fate = () => ({ stat: "DELIVRD", err: "000" });
  });

  await suite.test("EXPIRED and REJECTD: failed; ACCEPTD and then nothing: sent", async () => {
    for (const [stat, state, why] of [["EXPIRED", "failed", "EXPIRED"], ["REJECTD", "failed", "REJECTD"], ["ACCEPTD", "sent", null]]) {
      smsc.fate = () => ({ stat, err: "000" });
      const phone = newPhone();
      await ask(phone);
      await become(phone, state);
      assert.deepEqual(of(phone).map((one) => one.why), [why], stat);
    }
    smsc.fate = () => ({ stat: "DELIVRD", err: "000" });
  });

  await suite.test("NACK: a number that the operator does not know is failed, with its code", async () => {
    const phone = newPhone();
    smsc.script = ({ to }) => (phone.endsWith(to.replace("+", "")) ? smpp.ESME_RINVDSTADR : "take");
    await ask(phone);
    await become(phone, "failed");
    assert.deepEqual(of(phone).map(({ why }) => why), ["0x0000000b"]);
    assert.deepEqual(smsc.of(phone), []);
    smsc.script = () => "take";
  });

  await suite.test("not so fast: Kannel waits, and each part arrives once", async () => {
    const phone = newPhone();
    let throttled = 0;
    smsc.script = () => (++throttled <= 2 ? "throttle" : "take");
    await ask(phone, questions.ti[1]);
    await become(phone, "delivered");
    assert.ok(throttled > 2);
    const parts = smsc.parts.filter(({ to }) => phone.endsWith(to.replace("+", "")));
    assert.equal(parts.length, of(phone).reduce((sum, { segments }) => sum + segments, 0));
    smsc.script = () => "take";
  });

  await suite.test("no number, text or secret is in the log", async () => {
    const { stdout, stderr } = await server.stop();
    for (const secret of [...Object.values(secrets), smsc.password, "+3363998", "3363998", "bureau", "سلام"]) assert.ok(!(stdout + stderr).includes(secret), secret);
  });
});
