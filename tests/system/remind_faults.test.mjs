// What leaves when much waits and the gateway is at its worst: answers that are lost, connections that are reset, a
// backlog of 10,000, and messages that nobody brought us. Figures are printed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { query, value } from "./support/database.mjs";
import { Gateway, configuration, each, eventually, office } from "./support/gateway.mjs";
import { Server, sanitized, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";

const scale = sanitized ? 10 : 1;
const phone = (i) => `+336399${String(80_000 + i)}`;

async function start(suite, { channel = "", args = [] } = {}) {
  const folder = temporaryFolder(suite);
  const gateway = await Gateway.start(suite);
  const config = configuration(folder, gateway, { channel });
  const server = await Server.start({ folder, config, args });
  suite.after(() => server.close());
  return { folder, gateway, config, server };
}

// Monday, 10:00 in Valmoret: no quiet hours.
const monday = ["--clock", "2027-03-22T09:00:00Z"];
const send = (server, i, message_class, text = `Message ${i}`) =>
  office(server, "send", { to: `sms:${phone(i)}`, text, language: "fr", class: message_class });
const states = (server) => Object.fromEntries(query(server.data, "SELECT state, count(*) FROM outbound GROUP BY state"));
const waiting = (server) => states(server).queued ?? 0;
const distinct = (gateway) => new Set(gateway.accepted.map((message) => message.ref)).size;

test("a thousand answers lost after accept (remind): each is uncertain, none is sent again, receipts tell the truth", async (suite) => {
  const { server, gateway } = await start(suite, { args: monday });
  const count = 1_000 / scale;
  gateway.script = () => "lose";
  await each(Array(count).fill(0), (_, i) => send(server, i, "notice"));
  // A gateway that only loses answers is left in peace: one request a minute, until all have been tried.
  for (let minute = 1; waiting(server) > 0 && minute < 2_000; minute += 1)
    await office(server, "clock", { time: new Date(Date.parse("2027-03-22T09:00:00Z") + minute * 60_000).toISOString() });
  assert.equal(gateway.accepted.length, count);
  assert.equal(distinct(gateway), count, "none was sent twice");
  assert.deepEqual(states(server), { uncertain: count });
  await each(gateway.accepted, (message) => gateway.receipt(server, message, "delivered"));
  assert.deepEqual(states(server), { delivered: count });
  console.log(`answers lost after accept: ${count}, accepted ${gateway.accepted.length}, sent again 0, delivered by their receipts ${count}`);
});

test("a reset before the answer is uncertain, a refused connection is tried again (remind)", async (suite) => {
  const { server, gateway } = await start(suite, { args: monday });
  gateway.script = () => "reset";
  await send(server, 1, "notice");
  await eventually(() => states(server).uncertain === 1 || JSON.stringify(states(server)));
  assert.equal(gateway.requests, 1);
  await gateway.close();
  await send(server, 2, "notice");
  await office(server, "clock", { time: "2027-03-22T09:10:00Z" });
  assert.deepEqual(states(server), { uncertain: 1, queued: 1 });
});

test("with on_uncertain = resend_once a reminder is sent once more, and a notice is not (remind)", async (suite) => {
  const { server, gateway } = await start(suite, { args: monday, channel: 'on_uncertain = "resend_once"' });
  gateway.script = () => "lose";
  await send(server, 1, "reminder");
  await send(server, 2, "notice");
  await office(server, "clock", { time: "2027-03-22T12:00:00Z" });
  const times = (i) => gateway.accepted.filter((message) => message.to === phone(i)).length;
  assert.deepEqual([times(1), times(2)], [2, 1]);
  assert.deepEqual(states(server), { uncertain: 2 });
});

test("a backlog of ten thousand leaves in the order of its classes (remind)", async (suite) => {
  const { server, gateway } = await start(suite, { args: monday });
  const counts = { notice: 4_000 / scale, reminder: 4_000 / scale, crisis: 1_000 / scale, reply: 1_000 / scale };
  await office(server, "channel.pause", { name: "sms" });
  let i = 0;
  for (const message_class of ["notice", "reminder", "crisis"])
    await each(Array(counts[message_class]).fill(0), () => send(server, i++, message_class, `${message_class} ${i}`), 32);
  await each(Array(counts.reply).fill(0), () => twilio.text(server.port, "Bonjour", { from: phone(i++) }), 32);
  const count = i;
  const held = waiting(server);
  assert.equal(held, count, JSON.stringify(states(server)));
  const begun = performance.now();
  await office(server, "channel.resume", { name: "sms" });
  await eventually(() => gateway.accepted.length >= count || `${gateway.accepted.length} of ${count}`, { within: 120_000, every: 100 });
  await eventually(() => waiting(server) === 0 || `${waiting(server)} wait`);
  const seconds = (performance.now() - begun) / 1_000;
  assert.equal(gateway.accepted.length, count);
  assert.equal(distinct(gateway), count);
  // Eight requests are under way at a time, and are taken some dozens at a time: only neighbours may change places.
  const rank = { crisis: 0, reminder: 2, notice: 3 };
  const order = gateway.accepted.map((message) => rank[message.text.split(" ")[0]] ?? 1);
  const neighbours = 64;
  order.forEach((mine, place) => {
    const early = order.slice(0, Math.max(0, place - neighbours)).filter((other) => other > mine).length;
    assert.equal(early, 0, `message ${place} waited for ${early} less urgent ones`);
  });
  console.log(`backlog: ${count} messages in ${seconds.toFixed(1)} s, in class order, 0 lost, 0 doubled`);
});

test("five hundred messages that nobody brought us are fetched and answered once (remind)", async (suite) => {
  const { folder, server, gateway, config } = await start(suite);
  await eventually(() => query(server.data, "SELECT caught_up_to FROM channel_state WHERE caught_up_to IS NOT NULL").length === 1 || "not begun");
  await server.stop();
  const count = 500 / scale;
  const begun = new Date(Date.now() - 5_000);
  gateway.missed("START", phone(8_000), begun);
  const sids = Array.from({ length: count }, (_, i) => gateway.missed("Bonjour, une question", phone(i)));
  gateway.missed("STOP", phone(8_000));
  const old = gateway.missed("Vieux message", phone(9_000), new Date(Date.now() - 30 * 86_400_000));
  gateway.listed.push(gateway.listed.shift());  // the oldest is listed last
  const again = await Server.start({ folder, config });
  suite.after(() => again.close());
  // One person wrote START and then STOP, with a page of the list between them.
  // Twilio brings some of them after all, at the same time.
  await each(sids.slice(0, 50 / scale), (sid, i) => twilio.text(again.port, "Bonjour, une question", { from: phone(i), sid }));
  await eventually(() => gateway.accepted.length >= count + 2 || `${gateway.accepted.length} answers`, { within: 90_000, every: 100 });
  assert.equal(value(again.data, "SELECT count(*) FROM inbound WHERE state = 'processed'"), count + 2);
  assert.equal(value(again.data, "SELECT count(*) FROM inbound WHERE provider_id = ?", [old]), 0, "from before our time");
  const perPhone = new Map();
  for (const message of gateway.accepted.filter(({ to }) => to !== phone(8_000))) perPhone.set(message.to, (perPhone.get(message.to) ?? 0) + 1);
  assert.equal(perPhone.size, count);
  assert.ok([...perPhone.values()].every((times) => times === 1));
  const last = query(again.data, "SELECT c.state FROM conversation c JOIN inbound i ON i.address = c.address WHERE hex(i.text) LIKE '%53544F50'")[0][0];
  assert.match(Buffer.from(last, "hex").toString("utf8"), /"consent":"stopped"/, "STOP was written last, and is heard last");
  console.log(`missed messages: ${count} fetched and answered once each, ${50 / scale} of them brought by webhook as well`);
});
