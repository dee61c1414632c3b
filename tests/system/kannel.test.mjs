// Done 1 of the issue 'Delivery': Debian's real bearerbox, smsbox and fakesmsc with the configuration that we ship, and
// each of them, and ourselves, killed in between. What is only Kannel's business: kannel_facts.test.mjs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Kannel, configuration, freePort, newPhone, number, secrets, until } from "./support/kannel.mjs";
import { audit, messages, taken } from "./support/ledger.mjs";
import { holds, questions, share } from "./support/sentences.mjs";
import { Server, pause, temporaryFolder } from "./support/server.mjs";
import { Witness } from "./support/witness.mjs";

const locales = Object.keys(questions);

/** So many people with a first text, in all the languages. */
const people = (count) => Array.from({ length: count }, (_, i) => ({ from: newPhone(), locale: locales[i % locales.length] }));

test("Kannel", async (suite) => {
  const folder = temporaryFolder(suite);
  const port = await freePort();
  const witness = await Witness.start(suite, { to: port });
  const kannel = await Kannel.start(suite, { hookUrl: `http://127.0.0.1:${witness.port}/hooks/kannel/${secrets.hook}` });
  const options = { folder, port, config: configuration(kannel, witness.port) };
  let server = await Server.start(options);
  suite.after(() => server.close());

  const ask = ({ from, locale }, more) => kannel.say(from, questions[locale][1], more);
  const of = ({ from }) => messages(server.data).filter((message) => message.to === from);
  const states = (person) => of(person).map(({ state }) => state);
  const shown = ({ from }) => kannel.phones.of(from);
  const check = () => audit(server.data, kannel.phones, witness);

  /** Everybody has a whole answer, and we know it. */
  const answered = (group, within = 75_000) =>
    until(() => JSON.stringify(group.map((person) => [of(person), shown(person)])), () => group.every((person) => {
      const ours = of(person);
      return ours.length > 0 && ours.every(({ state }) => state === "delivered") && shown(person).length === ours.length;
    }), within);

  /** Nothing moves any more, for a while: neither here, nor in Kannel, nor between. */
  const calm = async (within = 75_000) => {
    let since = Infinity;
    const rests = async () => (await kannel.status()).stored === 0 && witness.waiting.size === 0 &&
      messages(server.data).every(({ state }) => state !== "queued");
    await until(() => JSON.stringify(messages(server.data)), async () => {
      since = (await rests()) ? Math.max(Math.min(since, Date.now()), witness.last) : Infinity;
      return Date.now() - since > 1_500;
    }, within);
  };

  await suite.test("six languages in: each is answered in its own, in parts that fit, once, and known to be delivered", async () => {
    const group = people(6);
    for (const person of group) await ask(person);
    await answered(group);
    for (const person of group) {
      assert.deepEqual(shown(person).map(({ text }) => text), of(person).map(({ text }) => text), "as we wrote it, in our order");
      assert.deepEqual(shown(person).map(({ parts }) => parts), of(person).map(({ segments }) => segments));
      const reply = shown(person).map(({ text }) => text).join("\n");
      assert.ok(holds(reply, person.locale, "first_contact.hello"), reply);
      assert.ok(share(reply, questions[person.locale][0]) > 0.6, reply);
      assert.ok(shown(person).every((message) => message.from === number));
    }
    assert.ok(kannel.phones.texts.some(({ parts }) => parts > 1));
    assert.deepEqual([...check().keys()], ["delivered"]);
  });

  await suite.test("a text in parts is one text", async () => {
    const person = { from: newPhone(), locale: "fr" };
    await ask(person, { parts: 3 });
    await answered([person]);
    assert.deepEqual(taken(server.data).filter(({ from }) => from === person.from).map(({ text }) => text), [questions.fr[1]]);
  });

  await suite.test("smsbox is killed while texts and answers are on their way", async () => {
    for (const moment of [5, 25, 60]) {
      const asking = Promise.all(people(2).map((person) => ask(person)));
      await pause(moment);
      await kannel.killSmsbox();
      witness.waiting.clear(); // it will not bring these again
      await asking; // bearerbox keeps the others
      await kannel.startSmsbox();
      const next = people(1);
      await ask(next[0]);
      await answered(next); // five failures in a row would make us wait a minute
    }
    await calm();
    check();
  });

  await suite.test("bearerbox is killed while it keeps texts and answers", async () => {
    await kannel.killSmsbox();
    const group = people(3);
    for (const person of group) await ask(person);
    // Without the line no answer is between bearerbox and a phone when it dies: there Kannel may send twice, not we.
    await kannel.stopPhones();
    await kannel.startSmsbox();
    await until("bearerbox keeps most of the answers' parts", async () => (await kannel.status()).outQueue >= 4);
    await kannel.killBearerbox();
    await kannel.startBearerbox();
    await kannel.startPhones();
    await kannel.comeBack();
    await until("everybody has been heard", () => group.every((person) => of(person).length > 0));
    await calm();
    check();
    assert.ok(group.filter((person) => states(person).every((state) => state === "delivered")).length >= 2);
  });

  await suite.test("we are killed while texts and answers are on their way", async () => {
    const group = [];
    for (const moment of [5, 40]) {
      const some = people(3);
      group.push(...some);
      const asking = Promise.all(some.map((person) => ask(person)));
      await pause(moment);
      await server.kill();
      await asking;
      server = await Server.start(options);
    }
    await until("everybody has been heard", () => group.every((person) => of(person).length > 0));
    await calm();
    check();
  });

  await suite.test("an answer that smsbox never read stays 'uncertain', and is not sent again", async () => {
    const [person] = people(1);
    witness.beforeText = () => kannel.freeze("smsbox");
    await ask(person);
    await until("our answer is on its way", () => of(person).length > 0);
    await kannel.killSmsbox();
    await until("nobody knows", () => states(person).every((state) => state === "uncertain"));
    await kannel.startSmsbox();
    const next = people(1);
    await ask(next[0]);
    await answered(next);
    await calm();
    assert.deepEqual([states(person), shown(person)], [["uncertain"], []]);
    check();
  });

  await suite.test("an answer that arrived though nobody told us is 'uncertain' until its report comes, and arrives once", async () => {
    const [person] = people(1);
    witness.beforeText = () => kannel.freeze("bearerbox");
    await kannel.say(person.from, "RAPPEL");  // the answer is one part: smsbox has all of it at once
    await until("smsbox has handed our answer on", () => kannel.unreadByBearerbox() > 250);
    await kannel.killSmsbox();
    await until("nobody knows", () => states(person).length > 0 && states(person).every((state) => state === "uncertain"));
    kannel.thaw("bearerbox");
    await kannel.startSmsbox();
    await answered([person]);
    await calm();
    check();
  });

  await suite.test("an answer that the operator took is not 'delivered' before a phone has it", async () => {
    const [person] = people(1);
    witness.lost = "1";
    await ask(person);
    await until("it arrives", () => shown(person).length > 0);
    await calm();
    witness.lost = "";
    assert.deepEqual(states(person), ["sent"]);
    check();
  });

  await suite.test("what Kannel forgets stays 'sent', though it arrived", async () => {
    const [person] = people(1);
    await kannel.killSmsbox();
    await ask(person);
    await kannel.stopPhones();
    await kannel.startSmsbox();
    await until("our answer waits for the line", () => states(person).length > 0 && states(person).every((state) => state === "sent"));
    await server.kill();
    await kannel.startPhones();
    await until("it arrives", () => shown(person).length > 0);
    await until("smsbox has the reports", async () => (await kannel.status()).stored === 0);
    await kannel.killSmsbox(); // and forgets them
    witness.waiting.clear();
    server = await Server.start(options);
    await kannel.startSmsbox();
    const next = people(1); // the road is open again, and still no more is heard of the other
    await ask(next[0]);
    await answered(next);
    assert.deepEqual([...new Set(states(person))], ["sent"]);
    check();
  });

  await suite.test("in the end all that waited has left, and no number, text or secret is in the log", async () => {
    const counts = check();
    suite.diagnostic(`messages by state: ${JSON.stringify(Object.fromEntries(counts))}; texts taken: ${witness.texts.size}`);
    assert.deepEqual([...counts.keys()].filter((state) => !["delivered", "sent", "uncertain"].includes(state)), []);
    const { stdout, stderr } = await server.stop();
    for (const secret of [...Object.values(secrets), "+3363998", "bureau"]) assert.ok(!(stdout + stderr).includes(secret), secret);
  });
});
