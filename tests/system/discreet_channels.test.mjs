// A discreet contact and a channel that shows who writes, before anything is opened: they do not go together, neither by
// the hand of staff nor after a change of the configuration.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Gateway, office } from "./support/gateway.mjs";
import * as meta from "./support/graph.mjs";
import { run, Server, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";
import * as whatsapp from "./support/whatsapp.mjs";

const monday = "2027-03-22T09:00:00Z"; // 10:00 in Valmoret: no quiet hours
const chat = "chat:+33639980001";
const sms = "sms:+33639980002";

const configuration = (graph, gateway, { channel = "", from = twilio.number } = {}) => `
${whatsapp.configuration(graph.url).replace("[association]", `hosts = ["${new URL(twilio.publicUrl).host}"]\n[association]`)}${channel}
[[channel]]
name = "sms"
gateway = "twilio"
account = "${twilio.account}"
token = "${twilio.token}"
from = "${from}"
api_url = "${gateway.url}"
callback_url = "${twilio.publicUrl}${twilio.hook}"
reply = "api"
`;

async function start(suite, options = {}) {
  const folder = options.folder ?? temporaryFolder(suite);
  const gateway = options.gateway ?? await Gateway.start(suite);
  const graph = options.graph ?? await whatsapp.startGraph(suite);
  const server = await Server.start({ folder, config: configuration(graph, gateway, options), args: ["--clock", options.at ?? monday] });
  suite.after(() => server.close());
  const contact = (...args) => run(["contact", "set", ...args, "--data", server.data]);
  return { folder, gateway, graph, server, contact };
}

test("by the hand of staff", async (suite) => {
  const { server, contact } = await start(suite);
  const refused = async (...args) => {
    const { code, stderr } = await contact(...args);
    assert.equal(code, 1, stderr);
    assert.match(stderr, /shows who writes before it is opened.*profile_names_us = false for the channel 'chat'/s);
  };

  await suite.test("discretion is refused where a profile tells who we are, and says what to do", async () => {
    await refused(chat, "--discreet", "yes");
    assert.equal((await office(server, "contact.show", { address: chat }, { refused: true })).where, "address", "nothing was recorded");
  });

  await suite.test("where only a number shows, it is turned on", async () => {
    assert.equal((await contact(sms, "--discreet", "yes")).code, 0);
    assert.equal((await office(server, "contact.show", { address: sms })).discreet, true);
  });

  await suite.test("no such channel becomes a discreet contact's next address", async () => {
    await refused(sms, "--then", chat);
    assert.equal((await office(server, "contact.show", { address: sms })).then, undefined);
  });

  await suite.test("nor does discretion come to an order that holds one, at either end", async () => {
    const other = "sms:+33639980003";
    assert.equal((await contact(other, "--then", "chat:+33639980004")).code, 0);
    await refused(other, "--discreet", "yes");
    assert.equal((await contact(other, "--then", "none", "--discreet", "yes")).code, 0);
  });

  await suite.test("a number with a messenger's profile on a channel of telephones is such an address, too", async () => {
    const { code, stderr } = await contact("sms:whatsapp:+33639980005", "--discreet", "yes");
    assert.equal(code, 1, stderr);
  });

  await suite.test("what else is recorded of a contact is not looked at", async () => {
    assert.equal((await contact(chat, "--readers", "own")).code, 0);
    assert.equal((await contact(sms, "--safe-hours", "09:00-17:00", "--discreet", "no")).code, 0);
  });
});

test("a sender's name instead of a number shows who writes", async (suite) => {
  const { contact } = await start(suite, { from: "ACCUEIL" });
  const { code, stderr } = await contact(sms, "--discreet", "yes");
  assert.equal(code, 1);
  assert.match(stderr, /channel 'sms'/);
});

test("a neutral profile is the operator's word, and nothing is sent once it is taken back", async (suite) => {
  const first = await start(suite, { channel: "profile_names_us = false\n" });
  assert.equal((await first.contact(chat, "--discreet", "yes")).code, 0);
  await meta.deliver(first.server, whatsapp.text("Bonjour", { from: chat.slice(6), at: Date.parse(monday) }));
  await office(first.server, "contact.set", { address: chat, paused: false });
  await office(first.server, "appointment.add", { to: chat, at: "2027-03-24 14:30", place: "rivebelle", with: "Anne", language: "fr" });
  await first.server.stop();
  const sentBefore = first.graph.accepted.length;

  const second = await start(suite, first);
  await office(second.server, "clock", { time: "2027-03-24T15:00:00Z" });
  assert.equal(first.graph.accepted.length, sentBefore, "no reminder left");
  const { tasks } = await office(second.server, "inbox.tasks", { limit: 100, kind: "private" });
  assert.ok(tasks.some(({ address }) => address === chat), "staff call, in the safe hours");
});
