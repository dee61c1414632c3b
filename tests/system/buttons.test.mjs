// Answers to press, through the real binary and the wire formats of the gateways that show them, in French, Arabic and
// Tigrinya: what a press does at once, late, twice and after its question has gone; and the numbered text where labels
// are too long.
import assert from "node:assert/strict";
import { test } from "node:test";
import { shows } from "./support/buttons.mjs";
import { eventually, office } from "./support/gateway.mjs";
import { taken } from "./support/ledger.mjs";
import { holds, sentence } from "./support/sentences.mjs";
import { Server, temporaryFolder } from "./support/server.mjs";
import { bring, configuration, startPeers, wires } from "./support/wires.mjs";

const monday = "2027-03-22T09:00:00Z"; // 10:00 in Valmoret
const reminded = "2027-03-22T13:31:00Z"; // two days before 14:30
const first = {
  fr: "Bonjour",
  ar: "السلام عليكم، أريد معلومات عن الجمعية من فضلكم",
  ti: "ሰላም፣ ብዛዕባ እዚ ማሕበር ሓበሬታ ክረክብ እደሊ ኣለኹ",
};
const withButtons = wires.filter(({ name }) => shows[name]);
/** "1 = je viens": what stands behind the number in a sentence of the catalogue. */
const answersOf = (locale, key) => sentence(locale, key).split("\n").map((line) => /^(\d+) = (.*)$/.exec(line)?.[2]).filter(Boolean);

/** Somebody with a telephone of that gateway. */
function phoneOf(server, wire, peer, person, now) {
  const inbox = () => wire.shows(peer, person);
  const hand = async (webhook) => {
    const before = inbox().length;
    const answer = await bring(wire, server, webhook, peer);
    assert.equal(answer.status, 200, `${wire.name}: ${answer.body}`);
    return before;
  };
  const next = async (before) => {
    await eventually(() => inbox().length > before || `${wire.name}: no answer\n${server.text.stderr.slice(-1500)}`);
    return inbox()[before];
  };
  return {
    person, user: wire.user(person), address: `${wire.name}:${wire.user(person)}`,
    next, inbox, hand,
    buttons: (message) => shows[wire.name].buttons(message),
    webhook: async (message, label) => {
      const button = shows[wire.name].buttons(message).find((one) => one.label === label);
      assert.ok(button, `${wire.name}: no ${label} in ${JSON.stringify(shows[wire.name].buttons(message))}`);
      return shows[wire.name].press(message, button, person, now(), peer);
    },
    async press(message, label) { return next(await hand(await this.webhook(message, label))); },
    say: async (words) => next(await hand(await wire.says(words, person, peer, now()))),
  };
}

async function start(suite) {
  const folder = temporaryFolder(suite);
  const peers = await startPeers(suite, withButtons);
  const server = await Server.start({ folder, config: configuration(folder, peers), args: ["--clock", monday] });
  suite.after(() => server.close());
  let clock = monday;
  let people = 40;
  const phone = (wire) => phoneOf(server, wire, peers.get(wire), wire.person(++people), () => Date.parse(clock));
  const pass = async (time) => {
    clock = time;
    await office(server, "clock", { time });
  };
  return { server, phone, pass };
}

const responseOf = async (server, phone, day = "2027-03-24") => {
  const { appointments } = await office(server, "appointment.list", { day });
  return appointments.find(({ address }) => address === phone.address)?.response;
};
const tasksOf = async (server, phone, kind) =>
  (await office(server, "inbox.tasks", { kind })).tasks.filter(({ address }) => address === phone.address).length;

test("answers are pressed by every gateway that shows them", async (suite) => {
  const { server, phone, pass } = await start(suite);
  const talks = withButtons.flatMap((wire) => Object.keys(first).map((locale) => ({ wire, locale, phone: phone(wire) })));
  const all = (what, work) => Promise.all(talks.map((talk) => suite.test(`${talk.wire.name}, ${talk.locale}: ${what}`, () => work(talk))));

  await all("the menu can be pressed, and typed", async (talk) => {
    const { locale, wire, phone: person } = talk;
    talk.menu = await person.say(first[locale]);
    const labels = person.buttons(talk.menu).map(({ label }) => label);
    const answers = answersOf(locale, "first_contact.menu");
    assert.deepEqual(labels, wire.name === "messenger" ? answers.map((label) => label.replace(/ \(.*\)$/, (end) => (label.length > 20 ? "" : end))) : answers);
    assert.ok(holds(talk.menu.text, locale, "first_contact.menu"), "the numbers stand in the text, too");
    const information = await person.press(talk.menu, labels[0]);
    assert.ok(holds(information.text, locale, "information.menu"), information.text);
    const privacy = await person.say("4");
    assert.ok(holds(privacy.text, locale, "information.clear"), privacy.text);
    const [yes] = answersOf(locale, "information.clear");
    talk.clear = [privacy, yes];
    const thanks = await person.press(privacy, yes);
    assert.ok(holds(thanks.text, locale, "information.thanks"), thanks.text);
    const seen = taken(server.data).filter(({ from }) => from === person.user).map(({ text }) => text);
    assert.deepEqual(seen, [first[locale], labels[0], "4", yes], "staff read the words");
  });

  await all("an appointment is entered", ({ locale, phone: person }) =>
    office(server, "appointment.add", { to: person.address, at: "2027-03-24 14:30", language: locale }));
  const before = new Map(talks.map((talk) => [talk, talk.phone.inbox().length]));
  await pass(reminded);

  await all("a reminder is answered late, twice, and after a menu was asked since", async (talk) => {
    const { locale, phone: person } = talk;
    talk.reminder = await person.next(before.get(talk));
    const [coming, declined, call] = answersOf(locale, "reminder.answer");
    assert.deepEqual(person.buttons(talk.reminder).map(({ label }) => label), [coming, declined, call]);
    const menu = await person.say("START");
    assert.ok(holds(menu.text, locale, "first_contact.menu"), menu.text);
    assert.ok(holds((await person.press(talk.reminder, declined)).text, locale, "reminder.declined"));
    assert.equal(await responseOf(server, person), "declined", "the second answer of the reminder, not of the menu");
    const webhook = await person.webhook(talk.reminder, coming);
    assert.ok(holds((await person.next(await person.hand(webhook))).text, locale, "reminder.coming"));
    const told = person.inbox().length;
    await person.hand(webhook); // the gateway brings it again
    assert.equal(await responseOf(server, person), "coming");
    const [message, yes] = talk.clear; // an old "yes", to whether something was clear
    const again = await person.press(message, yes);
    assert.equal(person.inbox().length, told + 1, "the repeated webhook told nothing");
    assert.ok(holds(again.text, locale, "first_contact.menu") || holds(again.text, locale, "information.thanks"), again.text);
    assert.equal(await responseOf(server, person), "coming");
    const information = await person.press(talk.menu, answersOf(locale, "first_contact.menu")[0]);
    assert.ok(holds(information.text, locale, "information.menu"), "an old menu still opens what it names");
  });

  await all("the time has been moved: the old yes is for a person", async ({ locale, phone: person, reminder }) => {
    const { appointments } = await office(server, "appointment.list", { day: "2027-03-24" });
    const { ref } = appointments.find(({ address }) => address === person.address);
    const shown = person.inbox().length;
    await office(server, "appointment.move", { ref, at: "2027-03-25 09:30" });
    const news = await person.next(shown);
    const [coming] = answersOf(locale, "reminder.answer");
    const tasks = await tasksOf(server, person, "person");
    assert.ok(holds((await person.press(reminder, coming)).text, locale, "common.human"));
    assert.equal(await tasksOf(server, person, "person"), tasks + 1);
    assert.notEqual(await responseOf(server, person, "2027-03-25"), "coming");
    assert.ok(holds((await person.press(news, coming)).text, locale, "reminder.coming"), "the new question is open");
    assert.equal(await responseOf(server, person, "2027-03-25"), "coming");
  });
});

test("labels that are too long leave the numbered text alone, and it is answered", async (suite) => {
  const { phone } = await start(suite);
  const longest = Math.max(...answersOf("en", "information.menu").map((label) => label.length));
  assert.ok(longest > 20, "else this test shows nothing");
  for (const wire of withButtons) {
    await suite.test(wire.name, async () => {
      const person = phone(wire);
      await person.say("Good morning");
      const menu = await person.say("1");
      assert.ok(holds(menu.text, "en", "information.menu"), menu.text);
      const labels = person.buttons(menu).map(({ label }) => label);
      if (wire.name === "messenger") {
        assert.deepEqual(labels, [], "20 letters are its most");
        assert.ok(holds((await person.say("2")).text, "en", "information.phone"));
        return;
      }
      assert.deepEqual(labels, answersOf("en", "information.menu"));
      const answer = await person.press(menu, labels.find((label) => label.length === longest));
      assert.ok(holds(answer.text, "en", "information.clear"), answer.text);
    });
  }
});
