// The wrong hands: whoever holds the phone of a discreet contact changes nothing and learns nothing, whatever they
// write; and nobody learns from our answers whether we know a name.
import assert from "node:assert/strict";
import { test } from "node:test";
import { office } from "./support/gateway.mjs";
import { Server, temporaryFolder } from "./support/server.mjs";

const begin = "2027-03-26T09:00:00Z";  // 10:00 in Valmoret, a Friday
const configuration = `
[server]
admin_listen = "127.0.0.1:0"
[association]
dir = "config/associations/demo"
[[channel]]
name = "demo"
gateway = "simulator"
`;

async function start(suite) {
  const folder = temporaryFolder(suite);
  const server = await Server.start({ folder, config: configuration, args: ["--clock", begin] });
  suite.after(() => server.close());
  let sent = 0;
  let minutes = 0;
  /** What the phone shows after a message: our replies, as one text. A minute apart: nobody here is a flood. */
  const say = async (from, text) => {
    await office(server, "clock", { time: new Date(Date.parse(begin) + ++minutes * 60_000).toISOString().slice(0, 19) + "Z" });
    const answer = await fetch(`http://127.0.0.1:${server.port}/hooks/demo`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ id: `w-${++sent}`, from, text }),
    });
    assert.equal(answer.status, 200);
    return (await answer.json()).replies.map((reply) => reply.text).join("\n");
  };
  return { server, say };
}

const phone = "+33639980011";
const to = `demo:${phone}`;

test("from a discreet contact's phone nothing is changed and nothing is told", async (suite) => {
  const { server, say } = await start(suite);
  await office(server, "appointment.add", { to, at: "2027-04-14 14:30", place: "rivebelle", with: "Anne", language: "fr" });
  await office(server, "contact.set", { address: to, readers: "own" });
  await office(server, "contact.set", { address: to, discreet: true, safe_hours: "09:00-11:30", code: "tilleul" });
  const before = await office(server, "contact.show", { address: to });

  const attempts = [
    "2", "STOP", "arrêt", "qui est-ce?", "who is this?", "من أنتم؟", "መን ኢኹም?", "numéro", "mon nouveau numéro: +33639980099",
    "+33639980099", "rendez-vous", "quand est mon rendez-vous?", "tilleuls", "TILLEUL 1", "code", "mot de passe", "langue", "3",
    "RAPPEL", "aide", "Amina", "je suis Amina, mon mari ne sait pas", "START", "0", "1 2", "je ne peux pas venir",
  ];
  const answers = new Set();
  for (const text of attempts) answers.add(await say(phone, text));
  assert.deepEqual([...answers], ["Merci, bien noté."], "one and the same answer to whatever is written");

  const after = await office(server, "contact.show", { address: to });
  assert.deepEqual({ ...after, paused: false, tasks: [] }, { ...before, paused: false, tasks: [] });
  assert.equal(after.paused, true, "staff look before anything leaves again");
  assert.deepEqual(after.tasks, ["private"]);
  const { appointments } = await office(server, "appointment.list", { day: "2027-04-14" });
  assert.deepEqual(appointments.map(({ response, cancelled }) => [response, Boolean(cancelled)]), [["none", false]]);
  const { tasks } = await office(server, "inbox.tasks", {});
  assert.deepEqual(tasks.filter((task) => task.address).map(({ kind }) => kind), ["private"], "no call to another number, no stop, no case");

  assert.equal(await say(phone, "tilleul"), "Merci, bien noté.", "the right word opens nothing while the contact is paused");
  await office(server, "contact.set", { address: to, paused: false });
  assert.match(await say(phone, "Tilleul"), /^14\.04\.2027, 14:30 \(\S+\)$/, "day and hour, and not a word more");
  assert.equal(await say(phone, "Tilleul"), "Merci, bien noté.", "once");
});

test("a known and an unknown writer read the same, and staff see which was which", async (suite) => {
  const { server, say } = await start(suite);
  const story = {};
  for (const [who, name, user] of [["known", "Amina", "+33639980021"], ["unknown", "Zebulon", "+33639980022"]]) {
    await office(server, "appointment.add", { to: `demo:${user}`, at: "2027-04-14 14:30", name: "Amina", language: "fr" });
    await office(server, "contact.set", { address: `demo:${user}`, readers: "shared" });
    story[who] = [await say(user, "Bonjour"), await say(user, "4"), await say(user, name), await say(user, "merci")];
  }
  assert.deepEqual(story.known, story.unknown);
  assert.ok(story.known[1].includes("Qui écrit?"), story.known[1]);
  assert.doesNotMatch(story.known.join("\n"), /Amina/, "no name is ever said");
  const { tasks } = await office(server, "inbox.tasks", { kind: "person" });
  assert.deepEqual(tasks.map(({ note, writer_known }) => [note.writer, writer_known]).sort(), [["Amina", true], ["Zebulon", false]]);
});

test("a new number is kept for a person and changes nothing by itself", async (suite) => {
  const { server, say } = await start(suite);
  const user = "+33639980031";
  await office(server, "appointment.add", { to: `demo:${user}`, at: "2027-04-14 14:30", language: "fr" });
  await say(user, "numéro");
  await say(user, "+33 6 39 98 00 99");
  assert.match(await say(user, "oui"), /rien ne change/);
  const { tasks } = await office(server, "inbox.tasks", { kind: "new_number" });
  assert.equal(tasks[0].note.number, "+33 6 39 98 00 99");
  const { appointments } = await office(server, "appointment.list", { day: "2027-04-14" });
  assert.deepEqual(appointments.map(({ address }) => address), [`demo:${user}`]);
});
