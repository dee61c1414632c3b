// One account under two names: people hide their number, show it, change it, and numbers find new owners. A STOP stays
// theirs, and nobody gets what was another's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, office } from "./support/gateway.mjs";
import * as meta from "./support/graph.mjs";
import { Server, temporaryFolder } from "./support/server.mjs";
import * as signal from "./support/signal.mjs";
import * as whatsapp from "./support/whatsapp.mjs";

const now = Date.parse("2027-03-22T09:00:00Z"); // 10:00 in Valmoret: no quiet hours
const clock = ["--clock", new Date(now).toISOString()];

const consentOf = async (server, address) => (await office(server, "contact.show", { address })).consent;
const tasksOf = async (server, kind) => (await office(server, "inbox.tasks", { kind, limit: 100 })).tasks.map(({ address }) => address);

test("WhatsApp: a number and the id that stands in for it", async (suite) => {
  const folder = temporaryFolder(suite);
  const graph = await whatsapp.startGraph(suite);
  const server = await Server.start({ folder, config: whatsapp.configuration(graph.url), args: clock });
  suite.after(() => server.close());
  let at = now;
  const deliver = async (body) => assert.equal((await meta.deliver(server, body)).status, 200);
  /** Who tells the number and the id; who hides the number. */
  const says = (words, from, scoped = whatsapp.scopedOf(from)) => deliver(whatsapp.text(words, { from, scoped, at: (at += 1_000) }));
  const hides = (words, scoped) => deliver(whatsapp.text(words, { scoped, at: (at += 1_000) }));
  const leaves = async (to) => (await office(server, "send.preview", { to: `chat:${to}`, text: "Bonjour", language: "fr", class: "reminder" })).leaves;

  await suite.test("a STOP without the number stops what is planned for the number, and START opens it again", async () => {
    const from = whatsapp.newPhone();
    await says("Bonjour", from);
    await office(server, "appointment.add", { to: `chat:+${from}`, at: "2027-03-24 14:30", place: "rivebelle", with: "Anne", language: "fr" });
    assert.notEqual(await leaves(`+${from}`), "not at all");
    await hides("STOP", whatsapp.scopedOf(from));
    assert.equal(await consentOf(server, `chat:+${from}`), "stopped");
    assert.equal(await leaves(`+${from}`), "not at all");
    const { appointments } = await office(server, "appointment.list", { day: "2027-03-24" });
    assert.equal(appointments.find(({ address }) => address === `chat:+${from}`).consent, "stopped");
    await hides("START", whatsapp.scopedOf(from));
    assert.equal(await consentOf(server, `chat:bsuid:${whatsapp.scopedOf(from)}`), "open");
    assert.notEqual(await leaves(`+${from}`), "not at all");
  });

  await suite.test("a number with a new owner: what was planned for the former one does not reach them", async () => {
    const from = whatsapp.newPhone();
    const former = whatsapp.scopedOf(from);
    const newer = `FR.${from}999`;
    await says("Bonjour", from, former);
    await says("STOP", from, former);
    await says("Bonjour", from, newer);
    assert.equal(await consentOf(server, `chat:+${from}`), "open", "the new owner has stopped nothing");
    assert.equal(await consentOf(server, `chat:bsuid:${former}`), "stopped");
    assert.deepEqual(await tasksOf(server, "number_moved"), [`chat:bsuid:${former}`]);
    await office(server, "contact.set", { address: `chat:bsuid:${former}`, consent: "open", reason: "by voice" });
    const before = graph.accepted.length;
    await office(server, "send", { to: `chat:bsuid:${former}`, text: "Votre dossier", language: "fr" });
    await eventually(() => graph.accepted.length > before || "not sent");
    const { body } = graph.accepted.at(-1);
    assert.deepEqual([body.recipient, body.to], [former, undefined], "to the account, not to the number");
  });

  await suite.test("two conversations of one account stay two, and a STOP is of both", async () => {
    const from = whatsapp.newPhone();
    const scoped = whatsapp.scopedOf(from);
    await office(server, "contact.set", { address: `chat:+${from}`, readers: "own" });
    await hides("Bonjour", scoped);
    await says("Bonjour", from);
    assert.deepEqual((await tasksOf(server, "two_threads")), [`chat:+${from}`]);
    await hides("STOP", scoped);
    for (const name of [`+${from}`, `bsuid:${scoped}`]) assert.equal(await consentOf(server, `chat:${name}`), "stopped", name);
    await hides("START", scoped);
    assert.equal(await consentOf(server, `chat:bsuid:${scoped}`), "open");
    assert.equal(await consentOf(server, `chat:+${from}`), "stopped", "only what the person said it to");
  });

  await suite.test("a recycled number of two conversations: the next holder gets neither, and stops nobody", async () => {
    const from = whatsapp.newPhone();
    const former = whatsapp.scopedOf(from);
    const next = `FR.${from}998`;
    await office(server, "contact.set", { address: `chat:+${from}`, readers: "own" });
    await office(server, "appointment.add", { to: `chat:+${from}`, at: "2027-03-25 10:15", place: "rivebelle", with: "Anne", language: "fr" });
    await hides("Bonjour", former);
    await says("Bonjour", from, former);
    const before = graph.accepted.length;
    await says("RDV", from, next);
    await eventually(() => graph.accepted.length > before || "no answer");
    for (const { body } of graph.accepted.slice(before)) assert.doesNotMatch(JSON.stringify(body), /10:15/, "another's appointment");
    const { appointments } = await office(server, "appointment.list", { day: "2027-03-25" });
    const [{ address, consent }] = appointments;
    assert.match(address, /^chat:former:\d+$/);
    assert.equal(consent, "stopped");
    assert.ok((await tasksOf(server, "number_moved")).includes(address), "staff look where it belongs now");
    await says("STOP", from, next);
    assert.equal(await consentOf(server, `chat:+${from}`), "stopped");
    assert.equal(await consentOf(server, `chat:bsuid:${former}`), "open", "the former holder's account goes on");
  });
});

test("Signal: who answers from a uuid is whom we wrote to by number", async (suite) => {
  const folder = temporaryFolder(suite);
  const api = await signal.SignalApi.start(suite);
  const server = await Server.start({ folder, config: signal.configuration(folder, api), args: clock });
  suite.after(() => server.close());
  const person = signal.newPerson();
  const phone = "+41790000077";
  let stamp = now;
  const says = (words, more = {}) => api.queue(signal.received(person, words, { stamp: (stamp += 1_000), ...more }));

  await office(server, "send", { to: `signal:${phone}`, text: "Bonjour, ici l'accueil", language: "fr" });
  await eventually(() => api.shown(phone).length === 1 || "not sent");
  says("Bonjour", { phone });
  await eventually(() => api.shown(phone).length === 2 || "no answer"); // by the name that the address has
  says("STOP");
  await eventually(async () => (await consentOf(server, `signal:${phone}`)) === "stopped" || "not stopped");
  assert.equal(await consentOf(server, `signal:${person}`), "stopped");
  const preview = await office(server, "send.preview", { to: `signal:${phone}`, text: "Rappel", language: "fr", class: "reminder" });
  assert.equal(preview.leaves, "not at all");
});
