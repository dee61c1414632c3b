// What cannot be told to one address of a person is told to the next one, once, and in the end a person is asked to
// call: WhatsApp, then SMS, through two gateways that follow scripts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { value } from "./support/database.mjs";
import { Gateway, eventually } from "./support/gateway.mjs";
import * as meta from "./support/graph.mjs";
import { run, Server, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";

const monday = "2027-03-22T09:00:00Z"; // 10:00 in Valmoret: no quiet hours
const numberId = "109000000000001";
const chat = "chat:+33639980001";
const sms = "sms:+33639980002";
const needsTemplate = { status: 400, body: { error: { code: 131047, message: "Re-engagement message" } } };
const refusal = { status: 400, body: { code: 21211, status: 400 } };

const configuration = (graph, gateway, { limit = 0 } = {}) => `
[server]
admin_listen = "127.0.0.1:0"
public_url = "${meta.publicUrl}"
hosts = ["${new URL(twilio.publicUrl).host}"]
[association]
dir = "config/associations/demo"
[limits]
flood = 0
[[channel]]
name = "chat"
gateway = "whatsapp"
phone_number_id = "${numberId}"
app_secret = "${meta.appSecret}"
verify_token = "${meta.verifyToken}"
token = "${meta.token}"
api_url = "${graph.url}"
receipt_minutes = ${limit}
profile_names_us = false
[[channel]]
name = "sms"
gateway = "twilio"
account = "${twilio.account}"
token = "${twilio.token}"
from = "${twilio.number}"
api_url = "${gateway.url}"
callback_url = "${twilio.publicUrl}${twilio.hook}"
reply = "api"
`;

async function start(suite, options = {}) {
  const folder = temporaryFolder(suite);
  const gateway = await Gateway.start(suite);
  const graph = await meta.Graph.start(suite, {
    path: `/${meta.version}/${numberId}/messages`, prefix: "wamid.OUT",
    success: (id, { to }) => ({ messaging_product: "whatsapp", contacts: [{ input: to, wa_id: to }], messages: [{ id }] }),
  });
  const config = configuration(graph, gateway, options);
  const server = await Server.start({ folder, config, args: ["--clock", monday] });
  suite.after(() => server.close());
  const all = { folder, gateway, graph, config, server };
  await ask(all, "contact", "set", chat, "--then", sms);
  return all;
}

async function ask({ folder, server }, ...words) {
  const end = await run([...words, "--data", server.data, "--config", `${folder}/passerelle.toml`, "--json"]);
  assert.equal(end.code, 0, `${words.join(" ")}: ${end.stderr}${end.stdout}`);
  return JSON.parse(end.stdout);
}

let count = 0;
const batch = (part) => ({
  object: "whatsapp_business_account",
  entry: [{ id: "208000000000001", changes: [{ field: "messages", value: {
    messaging_product: "whatsapp", metadata: { display_phone_number: "33639980099", phone_number_id: numberId }, ...part } }] }],
});
/** The person writes on WhatsApp, which opens its window for a day. */
async function writes({ server, graph }, at = monday, words = "Bonjour, je cherche des informations") {
  const asked = graph.requests;
  const from = chat.replace("chat:+", "");
  const message = { from, id: `wamid.IN${process.pid}${++count}`, timestamp: String(Date.parse(at) / 1000), type: "text", text: { body: words } };
  const answer = await meta.deliver(server, batch({ contacts: [{ profile: { name: "Amina" }, wa_id: from }], messages: [message] }));
  assert.equal(answer.status, 200);
  await eventually(() => graph.requests > asked || "no reply"); // by the same channel, as always
  await eventually(() => value(server.data, "SELECT count(*) FROM outbound WHERE state = 'queued'") === 0 || "still queued");
}
const status = ({ server }, message, state) => meta.deliver(server, batch({ statuses: [{
  id: message.id, status: state, timestamp: String(Date.parse(monday) / 1000), recipient_id: message.body.to,
  biz_opaque_callback_data: message.body.biz_opaque_callback_data }] }));

const send = (all, words, ...more) => ask(all, "send", "--to", chat, "--text", words, "--lang", "fr", "--class", "reminder", ...more);
const listed = async (all) => (await ask(all, "send", "list")).messages;
/** Of the messages with these words: where they went, what became of them, and instead of what. */
const story = async (all, words) => (await listed(all)).filter(({ text }) => text === words).reverse()
  .map(({ address, state, instead_of, because }) => [address, state, ...(because ? [instead_of, because] : [])]);
const becomes = (all, words, wanted) => eventually(async () => {
  const seen = JSON.stringify(await story(all, words));
  return seen === JSON.stringify(wanted) || seen;
}, { every: 100, within: 20_000 });
const tasks = async (all) => (await ask(all, "inbox", "tasks", "--kind", "call_or_letter")).tasks.map(({ address }) => address);
const at = (all, time) => ask(all, "clock", time);

test("WhatsApp asks for a template: the SMS goes out once, and a restart changes nothing", async (suite) => {
  const all = await start(suite);
  await writes(all);
  all.graph.script = () => needsTemplate;
  const asked = all.graph.requests;
  await send(all, "Venez demain");
  await becomes(all, "Venez demain", [[chat, "failed"], [sms, "sent", chat, "failed"]]);
  assert.equal(all.graph.requests, asked + 1);
  assert.deepEqual(all.gateway.accepted.map(({ to, text }) => [to, text]), [["+33639980002", "Venez demain"]]);
  assert.deepEqual(await tasks(all), [], "somebody has been reached");
  assert.deepEqual((await ask(all, "contact", "show", chat)).then, [sms]);
  await all.server.kill();
  all.server = await Server.start({ folder: all.folder, config: all.config, args: ["--clock", monday] });
  suite.after(() => all.server.close());
  await at(all, "2027-03-22T18:00:00Z");
  assert.equal(all.gateway.requests, 1);
  assert.equal(all.graph.requests, asked + 1);
});

test("the SMS is refused too: a person is asked to call, and nothing is tried a second time", async (suite) => {
  const all = await start(suite);
  await writes(all);
  all.graph.script = () => needsTemplate;
  all.gateway.script = () => refusal;
  await send(all, "Venez demain");
  await becomes(all, "Venez demain", [[chat, "failed"], [sms, "failed", chat, "failed"]]);
  await eventually(async () => (await tasks(all)).length === 1 || "no task");
  assert.deepEqual(await tasks(all), [sms]);
  await at(all, "2027-03-22T18:00:00Z");
  assert.equal(all.gateway.requests, 1);
});

test("outside of WhatsApp's day the SMS goes out at once, and inside of it WhatsApp is used", async (suite) => {
  const all = await start(suite);
  const row = await send(all, "Un");
  assert.deepEqual([row.address, row.instead_of, row.because], [sms, chat, "window_closed"], "never heard of there");
  await becomes(all, "Un", [[sms, "sent", chat, "window_closed"]]);
  assert.equal(all.graph.requests, 0);
  await writes(all);
  await send(all, "Deux");
  await becomes(all, "Deux", [[chat, "sent"]]);
  await at(all, "2027-03-23T09:00:00Z"); // a day later, to the second
  await send(all, "Trois");
  await becomes(all, "Trois", [[sms, "sent", chat, "window_closed"]]);
  assert.deepEqual(all.gateway.accepted.map(({ text }) => text), ["Un", "Trois"]);
});

test("a receipt that does not come in time: the SMS goes out, and says that it may be the second", async (suite) => {
  const all = await start(suite, { limit: 60 });
  await writes(all);
  await send(all, "Arrivé");
  await becomes(all, "Arrivé", [[chat, "sent"]]);
  await status(all, all.graph.accepted.at(-1), "delivered");
  await send(all, "Perdu ?");
  await becomes(all, "Perdu ?", [[chat, "sent"]]);
  await at(all, "2027-03-22T09:59:59Z");
  assert.equal(all.gateway.requests, 0);
  await at(all, "2027-03-22T10:00:01Z");
  await becomes(all, "Perdu ?", [[chat, "sent"], [sms, "sent", chat, "receipt_stalled"]]);
  const [last] = (await listed(all)).filter(({ text }) => text === "Perdu ?");
  assert.match(last.because_meaning, /it may have been told twice/);
  assert.deepEqual(all.gateway.accepted.map(({ text }) => text), ["Perdu ?"], "what arrived is told once");
});

test("an answer that was lost is held for staff, and goes on when its hour is over; a late failure tells nothing twice", async (suite) => {
  const all = await start(suite, { limit: 60 });
  await writes(all);
  all.graph.script = () => "lose";
  await send(all, "Perdu");
  await becomes(all, "Perdu", [[chat, "uncertain"]]);
  await at(all, "2027-03-22T09:59:59Z");
  assert.equal(all.gateway.requests, 0);
  await at(all, "2027-03-22T10:00:01Z");
  await becomes(all, "Perdu", [[chat, "uncertain"], [sms, "sent", chat, "receipt_stalled"]]);
  await status(all, all.graph.accepted.at(-1), "failed");
  await becomes(all, "Perdu", [[chat, "failed"], [sms, "sent", chat, "receipt_stalled"]]);
  await at(all, "2027-03-22T12:00:00Z");
  assert.equal(all.gateway.requests, 1);
  assert.deepEqual(await tasks(all), []);
});

test("a receipt that comes while the SMS still waits stops it", async (suite) => {
  const all = await start(suite, { limit: 60 });
  await writes(all);
  await send(all, "Lent");
  await becomes(all, "Lent", [[chat, "sent"]]);
  await ask(all, "channel", "pause", "sms");
  await at(all, "2027-03-22T10:00:01Z");
  await becomes(all, "Lent", [[chat, "sent"], [sms, "queued", chat, "receipt_stalled"]]);
  await status(all, all.graph.accepted.at(-1), "read");
  await becomes(all, "Lent", [[chat, "read"], [sms, "stopped", chat, "receipt_stalled"]]);
  await ask(all, "channel", "resume", "sms");
  await at(all, "2027-03-22T12:00:00Z");
  assert.equal(all.gateway.requests, 0);
});

test("a gateway that tells nothing of five people's messages is left out until it tells something again", async (suite) => {
  const all = await start(suite, { limit: 60 });
  await writes(all);
  for (let i = 0; i < 5; ++i) {
    const person = `chat:+3363998001${i}`;
    await ask(all, "send", "--to", person, "--text", "Bonjour", "--lang", "fr", "--class", "reminder");
  }
  await eventually(() => all.graph.accepted.filter(({ body }) => body.text?.body === "Bonjour").length === 5 || "not all are there");
  const silent = async () => (await ask(all, "channel", "list")).channels.find(({ name }) => name === "chat").silent ?? false;
  assert.equal(await silent(), false);
  await at(all, "2027-03-22T10:00:01Z");
  assert.equal(await silent(), true);
  await send(all, "Ailleurs");
  await becomes(all, "Ailleurs", [[sms, "sent", chat, "channel_silent"]]);
  await status(all, all.graph.accepted.at(-1), "delivered");
  assert.equal(await silent(), false);
  await send(all, "Ici");
  await becomes(all, "Ici", [[chat, "sent"]]);
});

test("a gateway that takes nothing for an hour loses the message to the next, which is told once", async (suite) => {
  const all = await start(suite, { limit: 60 });
  await writes(all);
  all.graph.script = () => ({ status: 503 });
  await send(all, "En panne");
  await at(all, "2027-03-22T10:05:00Z"); // a request may be under way when the hour is over
  await becomes(all, "En panne", [[chat, "stopped"], [sms, "sent", chat, "not_taken"]]);
  all.graph.script = () => "accept";
  const accepted = all.graph.accepted.length;
  await at(all, "2027-03-22T18:00:00Z");
  assert.equal(all.graph.accepted.length, accepted, "WhatsApp does not get it any more");
});

test("the question of a reminder goes along: “2” by SMS declines the appointment", async (suite) => {
  const all = await start(suite);
  await writes(all, "2027-03-22T09:00:00Z");
  await ask(all, "appointment", "add", "--to", chat, "--at", "2027-03-24 14:30", "--lang", "fr");
  all.graph.script = () => needsTemplate;
  await at(all, "2027-03-22T14:00:00Z");
  await eventually(() => all.gateway.accepted.length === 1 || JSON.stringify(all.gateway.accepted));
  assert.match(all.gateway.accepted[0].text, /24\.03\.2027/);
  const [planned] = (await ask(all, "appointment", "list", "--day", "2027-03-24")).appointments;
  assert.equal(planned.reminders.find(({ reminder }) => reminder === "two_days").state, "sent");
  await twilio.text(all.server.port, "2", { from: "+33639980002" });
  await eventually(async () => (await ask(all, "appointment", "list", "--day", "2027-03-24")).appointments[0].response === "declined" || "no answer");
});

test("a STOP, a discreet contact and a phone that others read are not got around", async (suite) => {
  const all = await start(suite);
  await ask(all, "contact", "set", chat, "--readers", "own");
  const closed = await send(all, "Pour vous seule");
  assert.equal(closed.address, chat, "the other phone may be read by others");
  await ask(all, "contact", "set", sms, "--readers", "own");
  assert.equal((await send(all, "Pour vous seule, aussi")).address, sms);
  await ask(all, "contact", "set", chat, "--consent", "stopped", "--reason", "said so at the desk");
  const stopped = await send(all, "Malgré tout");
  assert.deepEqual([stopped.state, stopped.why], ["withheld", "consent"]);
  await ask(all, "contact", "set", chat, "--consent", "open", "--reason", "said so at the desk");
  await ask(all, "contact", "set", sms, "--discreet", "yes");
  assert.equal((await send(all, "Encore")).address, chat);
  assert.ok(all.gateway.accepted.every(({ text }) => text === "Pour vous seule, aussi"));
});

test("an address belongs to one person's order", async (suite) => {
  const all = await start(suite);
  const end = await run(["contact", "set", "chat:+33639980007", "--then", sms, "--data", all.server.data]);
  assert.equal(end.code, 1);
  assert.match(end.stderr, /sms:\+33639980002 belongs to another person/);
  await ask(all, "contact", "set", chat, "--then", "none");
  assert.equal((await ask(all, "contact", "show", chat)).then, undefined);
  await ask(all, "contact", "set", "chat:+33639980007", "--then", sms);
});
