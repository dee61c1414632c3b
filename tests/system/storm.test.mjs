// Webhooks by three gateways at once, each sent one to five times, up to 30 seconds late and so in another order than
// people wrote: each is one turn, turns run in the order of arrival, no phone shows an answer twice, and the time that
// the gateway told is kept. STORM is how many messages (10,000 in script/soak), STORM_SEED the order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { query } from "./support/database.mjs";
import { eventually } from "./support/gateway.mjs";
import { messages } from "./support/ledger.mjs";
import { Server, sanitized, temporaryFolder } from "./support/server.mjs";
import { hurl, scattered, words } from "./support/storm.mjs";
import { send } from "./support/twilio.mjs";
import { configuration, startPeers, wireOf } from "./support/wires.mjs";

const count = Number(process.env.STORM ?? (sanitized ? 600 : 3_000));
const seed = Number(process.env.STORM_SEED ?? 7);
const each = 15;            // messages of a person
const span = 120_000;       // milliseconds in which all was written…
const late = 30_000;        // …and by which one comes later at the most
const carriers = ["smsgate", "telegram", "whatsapp"].map(wireOf);
const simulator = wireOf("simulator");
const unsealed = (hex) => Buffer.from(hex, "hex").subarray(4).toString("utf8"); // four bytes name the key

/** What people wrote: person by person, in the order of their time. */
async function written(peers, begin) {
  const people = Array.from({ length: Math.ceil(count / each) }, (_, i) => {
    const wire = carriers[i % carriers.length];
    return { wire, person: wire.person(i), user: wire.user(wire.person(i)), wrote: [], shift: i };
  });
  for (let i = 0; i < count; ++i) {
    const author = people[i % people.length];
    const at = begin + Math.floor((i * span) / count);
    const text = words[(author.shift + author.wrote.length) % words.length];
    const request = await author.wire.says(text, author.person, peers.get(author.wire), at);
    author.wrote.push({ author, text, at, request, kept: at - (at % author.wire.grain), sent: Infinity, answered: Infinity });
  }
  return people;
}

/** Every message that we keep, in the order in which we took them, with its author's. */
function kept(server, people) {
  const authors = new Map(people.map((author) => [`${author.wire.name} ${author.user}`, author]));
  const sql = `SELECT i.channel, a.user, i.text, i.sent_at, i.state, c.version FROM inbound i JOIN address a ON a.id = i.address
    LEFT JOIN conversation c ON c.address = i.address WHERE i.channel <> 'simulator' ORDER BY i.id`;
  return query(server.data, sql).map(([channel, user, text, at, state, version]) =>
    ({ author: authors.get(`${channel} ${unsealed(user)}`), text: unsealed(text), at, state, version }));
}

test(`${count} messages by three gateways, each sent one to five times, up to 30 s late`, async (suite) => {
  const folder = temporaryFolder(suite);
  const peers = await startPeers(suite, [simulator, ...carriers]);
  const server = await Server.start({ folder, config: configuration(folder, peers) });
  suite.after(() => server.close());
  const people = await written(peers, Date.now() - span - late);
  const all = people.flatMap(({ wrote }) => wrote);
  let requests = 0;
  let again = 0;

  await suite.test("each is acknowledged; who is told to come again does", async () => {
    await hurl(scattered(all, { seed, late }), async (message, agent, queue) => {
      message.sent = Math.min(message.sent, performance.now());
      const { status } = await send(server.port, message.request, { agent, within: 60_000 });
      ++requests;
      if (status === 200) message.answered = Math.min(message.answered, performance.now());
      else {
        assert.equal(status, 503);
        ++again;
        queue.unshift(message);
      }
    });
    assert.ok(all.every(({ answered }) => answered < Infinity));
  });

  const of = ({ wire, user }, ours) => ours.filter((one) => one.channel === wire.name && one.to === user);
  await suite.test("all answers leave", () => eventually(() => {
    const waiting = query(server.data, "SELECT state, count(*) FROM outbound WHERE via = 'api' AND state <> 'sent' GROUP BY state");
    return waiting.length === 0 || JSON.stringify(waiting);
  }, { within: 240_000, every: 200 }));

  const rows = kept(server, people);
  const taken = new Map(people.map((author) => [author, rows.filter((row) => row.author === author)]));

  await suite.test("each is processed once", () => {
    assert.equal(rows.length, count);
    for (const [{ wrote, user }, theirs] of taken) {
      assert.deepEqual(theirs.map(({ text }) => text).sort(), wrote.map(({ text }) => text).sort(), user);
      for (const { state, version } of theirs) assert.deepEqual([state, version], ["processed", wrote.length], "one turn a message");
    }
  });

  await suite.test("each keeps the time that its gateway told, so that a thread can be shown as it was written", () => {
    for (const [{ wrote, user }, theirs] of taken) {
      const thread = [...theirs].sort((a, b) => a.at - b.at).map(({ at, text }) => [at, text]);
      assert.deepEqual(thread, wrote.map((one) => [one.kept, one.text]), user);
    }
    const disordered = [...taken.values()].filter((theirs) => theirs.some(({ at }, i) => i > 0 && at < theirs[i - 1].at));
    assert.ok(disordered.length > people.length / 3, "and it was a storm");
  });

  await suite.test("turns run in the order of arrival", () => {
    for (const [{ wrote, user }, theirs] of taken) {
      let begun = 0; // of those before: the last moment at which one was first sent
      for (const row of theirs) {
        const { sent, answered } = wrote.find(({ kept: at }) => at === row.at);
        begun = Math.max(begun, sent);
        assert.ok(begun < answered, `${user}: ${row.text} was answered before one of those ahead of it had been sent`);
      }
    }
  });

  await suite.test("no phone shows an answer twice, and each shows them in our order", () => {
    const ours = messages(server.data);
    assert.deepEqual(query(server.data, "SELECT count(*) FROM outbound WHERE requests > 1"), [[0]]);
    for (const author of people) {
      const shown = author.wire.shows(peers.get(author.wire), author.person).map(({ text }) => text);
      assert.deepEqual(shown, of(author, ours).map(({ text }) => text), author.user);
    }
    suite.diagnostic(`${requests} requests (${again} told to come again) for ${count} messages of ${people.length} people: ${ours.length} answers`);
  });

  await suite.test("somebody who writes the same in that order, alone, is told the same", async () => {
    for (const [i, author] of people.entries()) {
      if (i % Math.ceil(people.length / 12) !== 0) continue;
      const told = [];
      for (const { text } of taken.get(author)) {
        const answer = await send(server.port, simulator.says(text, simulator.person(i)));
        told.push(...simulator.inline(answer).map((reply) => reply.text));
      }
      assert.deepEqual(told, author.wire.shows(peers.get(author.wire), author.person).map(({ text }) => text), author.user);
    }
  });
});
