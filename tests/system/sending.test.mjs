// What staff send at the command line: from the preview to the receipt, through a gateway that follows a script.
import assert from "node:assert/strict";
import { test } from "node:test";
import { value } from "./support/database.mjs";
import { Gateway, configuration, eventually } from "./support/gateway.mjs";
import { run, Server, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";

const monday = ["--clock", "2027-03-22T09:00:00Z"];  // 10:00 in Valmoret: no quiet hours
const phone = "+33639980001";
const channel = `price = "0.065 CHF"\nmonthly_cap = "200 CHF"\nper_hour = 3600`;

async function start(suite, { args = monday } = {}) {
  const folder = temporaryFolder(suite);
  const gateway = await Gateway.start(suite);
  const config = configuration(folder, gateway, { channel });
  const server = await Server.start({ folder, config, args });
  suite.after(() => server.close());
  return { folder, gateway, config, server };
}

/** A command of the office, by its words, and its answer. */
async function ask(server, ...words) {
  const end = await run([...words, "--data", server.data, "--config", `${server.folder}/passerelle.toml`, "--json"]);
  assert.equal(end.code, 0, end.stderr + end.stdout);
  return JSON.parse(end.stdout);
}

/** …that is refused: what it tells. */
async function refusal(server, ...words) {
  const end = await run([...words, "--data", server.data]);
  assert.equal(end.code, 1, end.stdout);
  return end.stderr;
}

const send = (server, text, ...more) => ask(server, "send", "--to", `sms:${phone}`, "--text", text, "--lang", "fr", ...more);
const listed = async (server) => (await ask(server, "send", "list")).messages;
const says = (server, words) => twilio.text(server.port, words, { from: phone });
const accepted = (gateway, count) =>
  eventually(() => gateway.accepted.length === count || `${gateway.accepted.length} messages`);
const becomes = (server, state) =>
  eventually(async () => (await listed(server))[0].state === state || JSON.stringify((await listed(server))[0]), { every: 100 });

test("a message is previewed, sent, and delivered when its receipt says so", async (suite) => {
  const { server, gateway } = await start(suite);
  const words = "L’eau sera coupée demain matin de 8 h à 10 h. Remplissez un seau ce soir.";
  const preview = await send(server, words, "--preview");
  assert.deepEqual([preview.encoding, preview.segments, preview.cost, preview.leaves], ["UCS-2", 2, "0.13 CHF", "now"]);
  assert.deepEqual([preview.spent_this_month, preview.monthly_cap], ["0.00 CHF", "200.00 CHF"]);
  assert.equal(preview.ends_here, "22.03.2027 10:00");
  assert.equal(preview.cheaper_text, words.replace("’", "'"));
  assert.equal(value(server.data, "SELECT count(*) FROM outbound"), 0);
  assert.equal(gateway.requests, 0, "a preview sends nothing");

  const sent = await send(server, preview.cheaper_text, "--key", "water");
  assert.equal(sent.segments, 1);
  assert.equal((await send(server, preview.cheaper_text, "--key", "water")).ref, sent.ref, "the same key sends once");
  await accepted(gateway, 1);
  assert.deepEqual([gateway.accepted[0].to, gateway.accepted[0].text], [phone, preview.cheaper_text]);
  await becomes(server, "sent");
  await gateway.receipt(server, gateway.accepted[0], "delivered");
  const [message] = await listed(server);
  assert.deepEqual([message.ref, message.state, message.receipts], [sent.ref, "delivered", ["delivered"]]);

  const table = await run(["send", "list", "--data", server.data]);
  assert.match(table.stdout, /^REF {7}STATE {6}WHY\b/);
  assert.match(table.stdout, new RegExp(`^${sent.ref.slice(0, 8)} {2}delivered `, "m"));
});

test("a paused channel keeps what is queued until it is resumed, and what is cancelled never leaves", async (suite) => {
  const { server, gateway } = await start(suite);
  assert.equal((await ask(server, "channel", "pause", "sms")).paused, true);
  const cancelled = await send(server, "Non");
  await send(server, "Oui");
  const [row] = (await ask(server, "channel", "list")).channels;
  assert.deepEqual([row.paused, row.why, row.waiting, row.segments_this_month], [true, "staff", 2, 2]);
  assert.equal((await send(server, "Oui", "--preview")).channel_paused, "staff");
  assert.equal((await ask(server, "send", "cancel", cancelled.ref.slice(0, 8))).state, "stopped");
  assert.equal(gateway.requests, 0);
  await ask(server, "channel", "resume", "sms");
  await accepted(gateway, 1);
  await becomes(server, "sent");
  assert.equal(gateway.accepted[0].text, "Oui");
  assert.match(await refusal(server, "send", "cancel", cancelled.ref), /it is stopped: only what is queued can be stopped/);
});

test("what a pause kept until the night waits for the morning", async (suite) => {
  const { server, gateway } = await start(suite);
  const at = (time) => ask(server, "clock", time);
  await ask(server, "channel", "pause", "sms");
  await send(server, "Bonjour");
  await at("2027-03-22T20:30:00Z");  // half past nine
  await ask(server, "channel", "resume", "sms");
  await at("2027-03-23T06:59:00Z");
  assert.equal(gateway.requests, 0);
  assert.deepEqual((await listed(server)).map(({ state, why }) => [state, why]), [["queued", "quiet_hours"]]);
  await at("2027-03-23T07:00:00Z");
  await accepted(gateway, 1);
});

test("a lost answer leaves it uncertain until staff send it again, knowing the risk", async (suite) => {
  const { server, gateway } = await start(suite);
  gateway.script = () => "lose";
  const sent = await send(server, "Bonjour");
  await becomes(server, "uncertain");
  gateway.script = () => "accept";
  assert.equal(gateway.requests, 1, "no machine sends it again");
  const again = await ask(server, "send", "again", sent.ref);
  assert.equal(again.was, "uncertain");
  assert.match(again.risk, /may get it twice/);
  await accepted(gateway, 2);
  await becomes(server, "sent");
  assert.equal(gateway.accepted[1].ref, sent.ref);
  assert.match(await refusal(server, "send", "again", sent.ref), /it is sent: only what is uncertain, failed or expired/);
});

test("turning discretion on tells which texts name us, and nobody writes freely there any more", async (suite) => {
  const { server, gateway } = await start(suite);
  await says(server, "Bonjour, je cherche des informations");
  await accepted(gateway, 1);
  await becomes(server, "sent");
  const set = await ask(server, "contact", "set", `sms:${phone}`, "--discreet", "yes", "--safe-hours", "09:00-11:30");
  assert.equal(set.texts_that_name_us.length, 1);
  assert.match(set.texts_that_name_us[0].text, /Maison du Pont/);
  assert.match(await refusal(server, "send", "--to", `sms:${phone}`, "--text", "Venez", "--lang", "fr"), /this is a discreet contact/);
  await says(server, "je ne peux pas venir");
  await accepted(gateway, 2);
  assert.doesNotMatch(gateway.accepted[1].text, /Pont/);
  const shown = await ask(server, "contact", "show", `sms:${phone}`);
  assert.deepEqual([shown.discreet, shown.paused, shown.safe_hours, shown.tasks], [true, true, "09:00-11:30", ["private"]]);
});

test("after a STOP nothing is sent, a task says so, and only a reason opens again", async (suite) => {
  const { server, gateway } = await start(suite);
  await says(server, "Bonjour, je cherche des informations");
  await says(server, "STOP");
  await accepted(gateway, 2);
  const withheld = await send(server, "Venez demain");
  assert.deepEqual([withheld.state, withheld.why], ["withheld", "consent"]);
  const { tasks } = await ask(server, "inbox", "tasks", "--kind", "call_or_letter");
  assert.deepEqual(tasks.map((task) => [task.kind, task.address]), [["call_or_letter", `sms:${phone}`]]);
  assert.match(await refusal(server, "contact", "set", `sms:${phone}`, "--consent", "open"), /with a reason only/);
  await ask(server, "contact", "set", `sms:${phone}`, "--consent", "open", "--reason", "asked at the desk");
  await send(server, "Venez demain");
  await accepted(gateway, 3);
  assert.equal(gateway.accepted[2].text, "Venez demain");
});

test("a message that is sent while no server runs leaves at the next start", async (suite) => {
  const { folder, config, server, gateway } = await start(suite, { args: [] });
  await server.stop();
  const sent = await send(server, "Sortez du bâtiment", "--class", "crisis");  // at any hour of the day
  assert.equal(sent.state, "queued");
  assert.equal(gateway.requests, 0);
  const next = await Server.start({ folder, config });
  suite.after(() => next.close());
  await accepted(gateway, 1);
  assert.equal(gateway.accepted[0].ref, sent.ref);
  await becomes(next, "sent");
});

test("a message over which the server stumbled is answered once its content is mended", async (suite) => {
  const folder = temporaryFolder(suite);
  const gateway = await Gateway.start(suite);
  const config = configuration(folder, gateway);
  const broken = await Server.start({ folder, args: monday, config: config.replace("config/associations/demo", "tests/support/broken_association") });
  suite.after(() => broken.close());
  await says(broken, "Bonjour, je cherche des informations");
  await accepted(gateway, 1);
  await broken.stop();
  const server = await Server.start({ folder, args: monday, config });
  suite.after(() => server.close());
  const [task] = (await ask(server, "inbox", "tasks", "--kind", "stuck")).tasks;
  assert.equal(task.kind, "stuck");
  const { messages } = await ask(server, "inbox", "retry", "--ref", task.ref.slice(0, 8));
  assert.deepEqual(messages.map((message) => [message.address, message.state]), [[`sms:${phone}`, "processed"]]);
  await accepted(gateway, 2);
  assert.match(gateway.accepted[1].text, /Maison du Pont/);
  assert.equal((await ask(server, "inbox", "tasks", "--kind", "stuck")).open, 0);
});
