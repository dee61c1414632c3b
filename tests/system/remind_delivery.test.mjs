// A reminder's whole way, from the desk to the receipt, by a server whose clock the test moves and a gateway that fails
// as the test says. Figures are printed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { query, value } from "./support/database.mjs";
import { Gateway, configuration, eventually, office } from "./support/gateway.mjs";
import { Server, run, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";

const begin = "2027-03-22T08:00:00Z";  // a Monday, 09:00 in Valmoret
const minutes = (time, count) => new Date(Date.parse(time) + count * 60_000).toISOString();
const phone = (i) => `+336399${String(80_000 + i)}`;

async function start(suite, { channel = "", clock = begin } = {}) {
  const folder = temporaryFolder(suite);
  const gateway = await Gateway.start(suite);
  const config = configuration(folder, gateway, { channel });
  const server = await Server.start({ folder, config, args: ["--clock", clock] });
  suite.after(() => server.close());
  return { folder, gateway, config, server, clock: (time) => office(server, "clock", { time }) };
}

/** So many people with an appointment at this time of the place's clock. */
function appointments(server, count, at, more = "") {
  const [date, time] = at.split(" ");
  const rows = Array.from({ length: count }, (_, i) => `sms,${phone(i)},fr,${date},${time}`);
  return office(server, "appointment.import", { csv: `channel,address,language,date,time\n${rows.join("\n")}\n`, ...more });
}

const states = (server) => Object.fromEntries(query(server.data, "SELECT state, count(*) FROM outbound WHERE class = 2 GROUP BY state"));
const distinct = (gateway) => new Set(gateway.accepted.map((message) => message.ref)).size;

test("reminders: a caseworker's command, the right hour, an answer, a call-back", async (suite) => {
  const { folder, server, gateway, clock } = await start(suite);
  const command = (...args) => run([...args, "--data", server.data]);
  const added = await command("appointment", "add", "--to", `sms:${phone(1)}`, "--at", "2027-03-29 14:30", "--with", "Anne", "--lang", "ti");
  assert.equal(added.code, 0, added.stderr);
  await clock("2027-03-27T13:29:00Z");
  assert.equal(gateway.accepted.length, 0);
  await clock("2027-03-27T13:30:00Z");  // 14:30 there; the clocks change in the night after it
  assert.equal(gateway.accepted.length, 1);
  const [reminder] = gateway.accepted;
  assert.equal(reminder.to, phone(1));
  assert.match(reminder.text, /29\.03\.2027, 14:30/);
  assert.match(reminder.text, /\p{Script=Ethiopic}/u, "in the person's language");
  assert.match(reminder.text, /Rendez-vous: /, "and in the site's beside it, as long as it is a draft");
  assert.equal((await gateway.receipt(server, reminder, "delivered")).status, 200);
  assert.deepEqual(states(server), { delivered: 1 });
  await twilio.text(server.port, "፪", { from: phone(1) });  // an Ethiopic 2: cannot come
  await eventually(() => gateway.accepted.length === 2 || `${gateway.accepted.length} messages`);
  const tasks = await command("inbox", "tasks", "--json");
  assert.ok(JSON.parse(tasks.stdout).tasks.some((task) => task.kind === "call_back"), tasks.stdout);
  const listed = await command("appointment", "list", "--day", "2027-03-29", "--json");
  assert.equal(JSON.parse(listed.stdout).appointments[0].response, "declined", listed.stdout);
  await clock("2027-03-29T13:00:00Z");
  assert.equal(gateway.accepted.length, 2, "who cannot come is not reminded again");
  assert.ok(folder);
});

test("reminders survive an hour of 500s: none lost, none doubled, and the gateway is left in peace", async (suite) => {
  const { server, gateway, clock } = await start(suite);
  const count = 200;
  await appointments(server, count, "2027-03-25 14:00");
  gateway.script = () => ({ status: 500, body: {} });
  const due = "2027-03-23T13:00:00Z";
  for (let passed = 0; passed < 60; passed += 5) await clock(minutes(due, passed));
  const failed = gateway.requests;
  assert.equal(gateway.accepted.length, 0);
  assert.ok(failed <= 5 + 8 + 60, `${failed} requests in the hour`);
  gateway.script = () => "accept";
  await clock(minutes(due, 60));
  await clock(minutes(due, 90));
  assert.equal(gateway.accepted.length, count);
  assert.equal(distinct(gateway), count);
  assert.deepEqual(states(server), { sent: count });
  console.log(`an hour of 500s: ${count} reminders, ${failed} requests failed in the hour, ${gateway.accepted.length} accepted afterwards, 0 lost, 0 doubled`);
});

test("reminders wait as long as a 429 says", async (suite) => {
  const { server, gateway, clock } = await start(suite);
  await appointments(server, 20, "2027-03-25 14:00");
  gateway.script = () => ({ status: 429, headers: { "Retry-After": "1200" }, body: { code: 20429 } });
  const due = "2027-03-23T13:00:00Z";
  await clock(due);
  const asked = gateway.requests;
  assert.ok(asked >= 1 && asked <= 8, `${asked} requests were under way when the first answer came`);
  gateway.script = () => "accept";
  await clock(minutes(due, 19));
  assert.equal(gateway.requests, asked, "nothing before its time");
  await clock(minutes(due, 21));
  assert.equal(gateway.accepted.length, 20);
  assert.equal(distinct(gateway), 20);
  console.log(`429: ${asked} requests, then none for 20 minutes, then 20 reminders`);
});

test("reminders are never sent after the appointment, and a person is told to call", async (suite) => {
  const { server, gateway, clock } = await start(suite);
  const count = 50;
  await appointments(server, count, "2027-03-22 14:00");  // today: one reminder at once, one at noon
  gateway.script = () => ({ status: 503, body: {} });
  await clock("2027-03-22T12:59:00Z");
  gateway.script = () => "accept";
  await clock("2027-03-22T13:00:00Z");
  await clock("2027-03-22T15:00:00Z");
  assert.equal(gateway.accepted.length, 0, "14:00 there has come");
  assert.deepEqual(states(server), { expired: count, stopped: count }, "at noon the first gave way to the second");
  assert.equal(value(server.data, "SELECT count(*) FROM task WHERE kind = 'call_or_letter' AND closed IS NULL"), count);
  console.log(`after the appointment: ${2 * count} reminders, 0 sent, ${count} tasks to call`);
});

test("reminders stop with STOP, also those that wait for the gateway", async (suite) => {
  const { server, gateway, clock } = await start(suite);
  await appointments(server, 2, "2027-03-25 14:00");
  gateway.script = (message) => (message.text.includes("Rendez-vous: ") ? { status: 503, body: {} } : "accept");
  await clock("2027-03-23T13:00:00Z");
  await twilio.text(server.port, "STOP", { from: phone(0) });
  gateway.script = () => "accept";
  await clock("2027-03-25T14:00:00Z");
  const to = (i) => gateway.accepted.filter((message) => message.to === phone(i));
  assert.equal(to(0).length, 1, "the one confirmation");
  assert.equal(to(1).length, 2, "two days and two hours before");
  assert.equal(value(server.data, "SELECT count(*) FROM task WHERE kind = 'call_or_letter' AND closed IS NULL"), 1);
});

test("reminders of a server that was killed and started again leave once", async (suite) => {
  const first = await start(suite);
  const count = 100;
  await appointments(first.server, count, "2027-03-25 14:00");
  // Six of the eight requests that may be under way are for reminders.
  first.gateway.script = (message, n) => (n > 40 ? "hang" : "accept");
  const moved = office(first.server, "clock", { time: "2027-03-23T13:00:00Z" }).catch(() => {});
  await eventually(() => first.gateway.requests >= 46 || `${first.gateway.requests} requests`);
  await first.server.kill();
  await moved;
  first.gateway.script = () => "accept";
  const again = await Server.start({ folder: first.folder, config: first.config, args: ["--clock", "2027-03-23T13:00:01Z"] });
  suite.after(() => again.close());
  await office(again, "clock", { time: "2027-03-23T14:00:00Z" });
  const told = states(again);
  assert.equal(distinct(first.gateway), first.gateway.accepted.length, "none twice");
  assert.equal((told.sent ?? 0) + (told.uncertain ?? 0), count, JSON.stringify(told));
  assert.ok(told.uncertain >= 6 && told.uncertain <= 12, JSON.stringify(told));
  console.log(`kill -9 with 6 requests under way: ${told.sent} sent once, ${told.uncertain} uncertain and shown to staff, 0 doubled`);
});

