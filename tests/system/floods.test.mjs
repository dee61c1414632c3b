// S10 with the real program: floods, machines that answer our answers, countries and premium numbers, and a monthly cap.
import assert from "node:assert/strict";
import { test } from "node:test";
import { query, value } from "./support/database.mjs";
import { Gateway, eventually, office } from "./support/gateway.mjs";
import { Server, temporaryFolder } from "./support/server.mjs";
import { hurl } from "./support/storm.mjs";
import * as twilio from "./support/twilio.mjs";

let people = 0;
const newPhone = () => `+4179${7_000_000 + ++people}`;

/** A server at its usual limits, whose clock the test moves. */
async function start(t) {
  const folder = temporaryFolder(t);
  const clock = { now: Date.parse("2027-03-22T09:00:00Z") };
  const instant = () => `${new Date(clock.now).toISOString().slice(0, 19)}Z`;
  const config = twilio.configuration(folder, { demo: true }).replace("flood = 0\n", "");
  const server = await Server.start({ folder, config, args: ["--clock", instant()] });
  t.after(() => server.close());
  clock.pass = async (ms) => {
    clock.now += ms;
    await office(server, "clock", { time: instant() });
  };
  const say = async (text, from) => twilio.readTwiml(await twilio.text(server.port, text, { from })).map((reply) => reply.text);
  return { server, clock, say };
}

const flooding = (server) => office(server, "inbox.tasks", { kind: "flood" });

test("a thousand messages of one sender in a minute: three answers, one word that a person reads, and silence", async (t) => {
  const { server, clock, say } = await start(t);
  const from = newPhone();
  const answers = [];
  const beat = 20; // messages of each 1.2 s
  for (let i = 0; i < 1_000; i += beat) {
    await hurl(Array.from({ length: beat }, (_, k) => String((i + k) % 7)), async (text) => answers.push(...(await say(text, from))), { connections: 8 });
    await clock.pass(1_200);
  }
  t.diagnostic(`1,000 messages in a minute: ${answers.length} answers`);
  assert.ok(answers.length >= 1 && answers.length <= 4, JSON.stringify(answers));
  assert.equal(value(server.data, "SELECT count(*) FROM inbound"), 1_000, "all are kept");
  assert.equal((await flooding(server)).open, 1, "staff see it, once");
  assert.notDeepEqual(await say("STOP", from), [], "a STOP is heard all the same");
  await clock.pass(20_000);
  const other = newPhone();
  assert.notDeepEqual(await say("Bonjour", other), [], "and others were never kept waiting");
});

const machines = {
  "is away": () => "Je suis absent jusqu'au 12. Merci de rappeler plus tard.",
  "thanks for the message": () => "Merci pour votre message ! Nous vous répondrons dans les plus brefs délais.",
  "counts tickets": (_, i) => `Ticket ${1_000 + i} ouvert, nous vous contacterons`,
  "answers in Arabic": () => "شكرا لرسالتكم سنرد عليكم قريبا",
  "says hello": () => "Bonjour",
  "presses 0": () => "0",
  "repeats what it hears": (heard) => heard,
};

for (const [what, machine] of Object.entries(machines)) {
  test(`a machine that ${what} gets five answers at the most`, async (t) => {
    const { server, clock, say } = await start(t);
    const from = newPhone();
    let heard = "Bonjour";
    let answers = 0;
    for (let i = 0; i < 60; ++i) {
      await clock.pass(5_000);
      const told = await say(machine(heard, i), from);
      answers += told.length;
      if (told.length > 0) heard = told.at(-1);
    }
    t.diagnostic(`${answers} answers to 60 messages`);
    assert.ok(answers >= 1 && answers <= 5, `${answers} answers`);
    assert.equal(value(server.data, "SELECT count(*) FROM inbound WHERE state = 'processed'"), 60, "each is kept");
    const open = query(server.data, "SELECT kind FROM task WHERE closed IS NULL").flat();
    assert.ok(open.length > 0, "somebody will look at it");
  });
}

test("a person who asks for the same again later, or for something else, is answered", async (t) => {
  const { clock, say } = await start(t);
  const from = newPhone();
  for (let i = 0; i < 5; ++i) {
    assert.notDeepEqual(await say("0", from), [], `time ${i}`);
    await clock.pass(11 * 60_000);
  }
  const cries = newPhone();
  for (let i = 0; i < 6; ++i) assert.notDeepEqual(await say("au secours, il me frappe", cries), [], "a cry for help is never a loop");
});

test("a number of a country that is not served costs nothing: it is heard, staff see it, and nothing is sent there", async (t) => {
  const folder = temporaryFolder(t);
  const gateway = await Gateway.start(t);
  const config = twilio.configuration(folder, { demo: true, apiUrl: gateway.url, channel: 'reply = "api"\ncountries = ["CH", "FR"]' });
  const server = await Server.start({ folder, config });
  t.after(() => server.close());
  const far = ["+67570123456", "+8821612345678", "+12125550123", "+4915112345678"]; // pumped numbers are of any country
  for (const from of far) assert.deepEqual(twilio.readTwiml(await twilio.text(server.port, "Bonjour", { from })), []);
  await twilio.text(server.port, "au secours, il me frappe", { from: "+4915112345679" });
  for (const from of far) {
    const refused = await office(server, "send", { to: `sms:${from}`, text: "Bonjour", language: "fr", class: "notice" }, { refused: true });
    assert.match(JSON.stringify(refused), /country that 'sms' does not write to/);
  }
  assert.equal(value(server.data, "SELECT count(*) FROM inbound WHERE state = 'processed'"), far.length + 1);
  assert.equal(value(server.data, "SELECT count(*) FROM outbound"), 0);
  assert.equal((await office(server, "inbox.tasks", { kind: "other_country" })).open, far.length);
  assert.equal((await office(server, "inbox.tasks", { kind: "danger" })).open, 1, "a cry for help calls a person, from wherever");
  assert.equal(gateway.requests, 0);
  for (const from of ["+41791234567", "+33639980001"]) await twilio.text(server.port, "Bonjour", { from });
  await eventually(() => gateway.accepted.length >= 2 || gateway.requests);
});

test("a monthly cap holds: nothing that we start goes beyond it, replies stop a fifth later, and a crisis leaves", async (t) => {
  const folder = temporaryFolder(t);
  const gateway = await Gateway.start(t);
  const channel = 'reply = "api"\nprice = "0.10 CHF"\nmonthly_cap = "2 CHF"';
  const config = twilio.configuration(folder, { demo: true, apiUrl: gateway.url, channel });
  const server = await Server.start({ folder, config, args: ["--clock", "2027-03-22T09:00:00Z"] });
  t.after(() => server.close());
  const notice = (i, kind = "notice") => office(server, "send", { to: `sms:${newPhone()}`, text: `Note ${i}`, language: "fr", class: kind });
  const spent = () => Number(value(server.data, "SELECT coalesce(sum(micros), 0) FROM spending")) / 1e6;
  const idle = () => eventually(() => value(server.data, "SELECT count(*) FROM outbound WHERE state = 'queued' AND (next_at IS NULL OR next_at < 1806000000000)") === 0);
  for (let i = 0; i < 40; ++i) await notice(i);
  await idle();
  assert.equal(gateway.accepted.length, 20, "twenty of ten centimes");
  for (let i = 0; i < 40; ++i) await twilio.text(server.port, "Bonjour", { from: newPhone() });
  await idle();
  t.diagnostic(`cap 2 CHF: ${spent().toFixed(2)} CHF spent, ${gateway.accepted.length} requests to the gateway`);
  assert.ok(spent() <= 2.4 + 1e-9, `${spent()} CHF`);
  const before = gateway.accepted.length;
  await notice("crisis", "crisis");
  await eventually(() => gateway.accepted.length === before + 1 || gateway.accepted.length);
});
