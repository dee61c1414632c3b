// One conversation, written once, passes through the wire format of every gateway that the program knows, in English,
// Arabic and Tigrinya: what phones show is the same, whoever carries it. What each gateway does beside that is in its
// own test.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { query } from "./support/database.mjs";
import { eventually, office } from "./support/gateway.mjs";
import { messages, taken } from "./support/ledger.mjs";
import { holds, questions, share } from "./support/sentences.mjs";
import { Server, temporaryFolder } from "./support/server.mjs";
import { send } from "./support/twilio.mjs";
import { bring, configuration, registry, startPeers, wires } from "./support/wires.mjs";

const first = {
  en: "Good morning, my name is Anna and I am new here.",
  ar: "السلام عليكم، أريد معلومات عن الجمعية من فضلكم",
  ti: "ሰላም፣ ብዛዕባ እዚ ማሕበር ሓበሬታ ክረክብ እደሊ ኣለኹ",
};
const locales = Object.keys(first);

/** What somebody writes, and sentences that the answer holds. */
const conversation = [
  [(locale) => first[locale], ["first_contact.hello", "first_contact.menu"]],
  [() => "1", ["information.menu"]],
  [() => "3", ["information.cost"]],
  [() => "STOP", ["stop.confirmed"]],
  [() => "START", ["start.welcome_back", "first_contact.menu"]],
];

/** The whole conversation by one wire. @returns what the phone shows after each text, and what it shows in the end */
async function talk(server, wire, peer, person, locale) {
  const inline = [];
  const shown = () => (wire.inline ? inline : wire.shows(peer, person));
  const answers = [];
  for (const [words] of conversation) {
    const before = shown().length;
    const answer = await bring(wire, server, await wire.says(words(locale), person, peer), peer);
    assert.equal(answer.status, 200, `${wire.name}: ${answer.body}`);
    if (wire.inline) inline.push(...wire.inline(answer));
    await eventually(() => shown().length > before || `${wire.name}: no answer to ${words(locale)}\n${server.text.stderr.slice(-2000)}`);
    answers.push(shown().slice(before).map(({ text }) => text).join("\n"));
  }
  return { answers, shown: shown() };
}

test("every gateway that the program knows has a wire here, and no other", async (t) => {
  const known = await registry(temporaryFolder(t), writeFileSync);
  assert.deepEqual([...new Set(wires.map(({ gateway }) => gateway))].sort(), known.sort(), "a row in tests/system/support/wires.mjs");
});

test("one conversation by every wire", { concurrency: 3 }, async (suite) => {
  const folder = temporaryFolder(suite);
  const peers = await startPeers(suite);
  const server = await Server.start({ folder, config: configuration(folder, peers) });
  suite.after(() => server.close());
  const told = new Map(locales.map((locale) => [locale, []]));
  const of = (wire, user) => messages(server.data, { all: true }).filter((one) => one.channel === wire.name && one.to === user);

  for (const [number, wire] of wires.entries()) {
    if (!wire.says) continue;
    await Promise.all(locales.map((locale, i) =>
      suite.test(`${wire.name}, ${locale}`, async () => {
        const person = wire.person(number * 10 + i);
        const user = wire.user(person);
        const { answers, shown } = await talk(server, wire, peers.get(wire), person, locale);
        for (const [step, [words, sentences]] of conversation.entries()) {
          for (const key of sentences) assert.ok(holds(answers[step], locale, key), `${words(locale)}: ${key}\n${answers[step]}`);
        }
        assert.ok(share(answers[0], questions[locale][0]) > 0.5, answers[0]);
        told.get(locale).push([wire.name, answers]);
        assert.deepEqual(taken(server.data).filter((one) => one.from === user).map(({ text }) => text), conversation.map(([words]) => words(locale)));
        const became = (state) => eventually(() => of(wire, user).every((one) => one.state === state) || JSON.stringify(of(wire, user)), { every: 100 });
        await became("sent");
        assert.deepEqual(of(wire, user).map(({ text }) => text), shown.map(({ text }) => text), "what we keep is what the phone shows");
        if (!wire.delivered) return;
        for (const [at, message] of shown.entries()) {
          for (const receipt of wire.delivered(message, of(wire, user)[at].segments)) {
            assert.equal((await send(server.port, await receipt)).status, 200);
          }
        }
        await became("delivered");
      })));
  }

  for (const [number, wire] of wires.entries()) {
    if (wire.says) continue;
    await Promise.all(locales.map((locale, i) =>
      suite.test(`${wire.name}, ${locale}: by which nobody writes to us, carries what staff send`, async () => {
        const person = wire.person(number * 10 + i);
        const answers = told.get(locale)[0][1];
        for (const [at, text] of answers.entries()) {
          // At any hour, as a crisis; the kind of a message changes no word.
          await office(server, "send", { to: `${wire.name}:${person}`, text, language: locale, class: "crisis" });
          await eventually(() => wire.shows(peers.get(wire), person).length > at || `${wire.name}: nothing arrives\n${server.text.stderr.slice(-2000)}`);
        }
        told.get(locale).push([wire.name, wire.shows(peers.get(wire), person).map(({ text }) => text)]);
      })));
  }

  for (const locale of locales) {
    await suite.test(`the words in ${locale} are the same, whoever carries them`, () => {
      const [[, one], ...others] = told.get(locale);
      assert.equal(others.length, wires.length - 1);
      for (const [name, answers] of others) assert.deepEqual(answers, one, name);
    });
  }

  await suite.test("each text was taken once, each answer sent once", () => {
    const each = wires.filter(({ says }) => says).length * locales.length * conversation.length;
    assert.deepEqual(query(server.data, "SELECT count(*), count(DISTINCT channel || provider_id) FROM inbound WHERE state = 'processed'"), [[each, each]]);
    assert.deepEqual(query(server.data, "SELECT t.kind, a.channel FROM task t JOIN address a ON a.id = t.address"), []);
  });
});
