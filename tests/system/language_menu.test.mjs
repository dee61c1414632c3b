// The menu of languages of an association that writes all of them, through the real binary: the likely ones first, two
// SMS at most, the others behind a number; ten lines where they can be pressed; and STOP, which tells no language.
import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { shows } from "./support/buttons.mjs";
import { eventually } from "./support/gateway.mjs";
import { holds, sentence } from "./support/sentences.mjs";
import { Server, temporaryFolder } from "./support/server.mjs";
import { bring, configuration, startPeers, wires } from "./support/wires.mjs";
import { spawnSync } from "node:child_process";

const locales = readdirSync("locales").filter((name) => /^[a-zA-Z-]+\.json$/.test(name)).map((name) => name.slice(0, -5));
const nameOf = (locale) => sentence(locale, "locale.name");

/** The demo association, speaking every language that we ship. */
function polyglot(folder) {
  const own = join(folder, "association");
  cpSync("config/associations/demo", own, { recursive: true });
  const file = join(own, "association.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace(/\nlanguages: [^\n]*/, `\nlanguages: [${locales.join(", ")}]`));
  return own;
}

async function start(suite, named) {
  const folder = temporaryFolder(suite);
  const own = polyglot(folder);
  const used = wires.filter(({ name }) => named.includes(name));
  const peers = await startPeers(suite, used);
  const config = configuration(folder, peers).replace("config/associations/demo", own);
  assert.ok(config.includes(own), config);
  const server = await Server.start({ folder, config });
  suite.after(() => server.close());
  let count = 70;
  return (name, from) => {
    const wire = used.find((each) => each.name === name);
    const person = from ?? wire.person(++count);
    const peer = peers.get(wire);
    const bringIn = async (request) => {
      const before = wire.shows?.(peer, person).length ?? 0;
      const answer = await bring(wire, server, request, peer);
      assert.equal(answer.status, 200, answer.body);
      if (wire.inline) return wire.inline(answer)[0];
      await eventually(() => wire.shows(peer, person).length > before || `no answer\n${server.text.stderr.slice(-1500)}`);
      return wire.shows(peer, person)[before];
    };
    return {
      say: async (words) => bringIn(await wire.says(words, person, peer, Date.now())),
      press: async (message, button) => bringIn(await shows[name].press(message, button, person, Date.now(), peer)),
    };
  };
}

/** The lines "3 = ትግርኛ" of a menu. */
const linesOf = (text) => [...text.replace(/[\u2066-\u2069\u200e\u200f]/g, "").matchAll(/^(\d+) = (.*)$/gm)].map(([, number, name]) => ({ number, name: name.trim() }));
function segments(text) {
  const end = spawnSync(process.env.PASSERELLE, ["segments"], { input: JSON.stringify(text) + "\n", encoding: "utf8" });
  return Number(end.stdout.trim().split("\t")[1]);
}
const more = (locale) => sentence(locale, "language.more");

test("by SMS the likely languages come first, in two SMS, and a number shows the others", async (suite) => {
  const person = await start(suite, ["simulator"]);
  const strangers = [
    ["+33639981001", "selam", []],
    ["+33639981002", "ሰላም", ["ti", "am"]],
    ["+33639981003", "سلام", ["ar", "fa", "fa-AF", "ps", "ckb"]],
    ["+33639981004", "🙂🙂", []],
    ["+33639981005", "merhaba", []],
  ];
  for (const [from, words, likely] of strangers) {
    const phone = person("simulator", from);
    const { text } = await phone.say(words);
    const seen = linesOf(text);
    if (!likely.length && seen.at(-1)?.name.replace(/\s+/g, " ") !== more("fr")) continue; // it was sure of the language
    assert.ok(segments(text) <= 2, `${words}: ${segments(text)} SMS\n${text}`);
    assert.deepEqual(seen.slice(0, likely.length).map(({ name }) => name).sort(), likely.map(nameOf).sort(), text);
    // All of them, in two SMS each, and every number means one thing.
    const numbers = new Map(seen.map(({ number, name }) => [number, name]));
    const others = seen.at(-1);
    assert.equal(others.name.replace(/\s+/g, " "), more("fr"), text);
    for (let part = 0; part < 8 && numbers.size < locales.length + 1; ++part) {
      const next = (await phone.say(others.number)).text;
      assert.ok(segments(next) <= 2, next);
      for (const { number, name } of linesOf(next)) {
        assert.equal(numbers.get(number) ?? name, name);
        numbers.set(number, name);
      }
    }
    const names = [...numbers.values()].filter((name) => name !== others.name);
    assert.deepEqual(names.sort(), locales.map(nameOf).sort());
    const wanted = [...numbers].find(([, name]) => name === nameOf("ti"))[0];
    assert.ok(holds((await phone.say(wanted)).text, "ti", "first_contact.hello"), "a number of another part");
  }
});

test("where they can be pressed, ten lines are shown, and an old button still means its own language", async (suite) => {
  const person = await start(suite, ["whatsapp", "telegram"]);
  for (const name of ["whatsapp", "telegram"]) {
    const phone = person(name);
    const first = await phone.say("🙂🙂");
    const buttons = shows[name].buttons(first);
    assert.equal(buttons.length, 10, JSON.stringify(buttons));
    const second = await phone.press(first, buttons.at(-1));
    const others = shows[name].buttons(second);
    assert.equal(others.length, 10);
    assert.equal(others.filter((one) => buttons.some(({ label }) => label === one.label)).length, 1, "only the line that leads on");
    const chosen = others[2].label;
    const locale = locales.find((each) => nameOf(each) === chosen);
    const greeted = await phone.press(second, others[2]);
    assert.ok(holds(greeted.text ?? "", locale, "first_contact.hello"), `${chosen}: ${greeted.text}`);
    // The question has gone; its first menu can still be pressed.
    const old = buttons.findIndex(({ label }) => label === nameOf("de"));
    const again = await phone.press(old < 0 ? second : first, old < 0 ? others.find(({ label }) => label === nameOf("de")) : buttons[old]);
    assert.ok(holds(again.text ?? "", "de", "first_contact.menu"), again.text);
  }
});

test("STOP tells no language: it is answered in the site's, or in the one of the telephone's country", async (suite) => {
  const person = await start(suite, ["simulator"]);
  const answers = [["+33639981011", "fr"], ["+41791230011", "fr"], ["+2917123456", "ti"], ["+380501234567", "uk"]];
  for (const [from, locale] of answers) {
    const { text } = await person("simulator", from).say("STOP");
    assert.ok(holds(text, locale, "stop.confirmed"), `${from}: ${text}`);
    if (locale !== "fr") assert.ok(holds(text, "fr", "stop.confirmed"), `the site's words stand beside a draft: ${text}`);
  }
  const asked = person("simulator", "+33639981012");
  await asked.say("🙂🙂");
  assert.ok(holds((await asked.say("STOP")).text, "fr", "stop.confirmed"));
});
