// Gateways repeat themselves and overtake each other: 10,000 webhooks, each sent one to five times, in any order, are
// 10,000 turns (2,000 in the sanitized builds, which are slower).
import assert from "node:assert/strict";
import http from "node:http";
import { test } from "node:test";
import { query, value } from "./support/database.mjs";
import { Server, sanitized, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";

const count = sanitized ? 2_000 : 10_000;
const phones = 400;
const words = ["Bonjour, une question", "1", "Hello, I have a question", "2", "مرحبا، عندي سؤال", "RAPPEL", "ሰላም፡ ሕቶ ኣለኒ", "STOP", "Добрий день", "START"];

/** The same order in every run, and no order that the server could profit from. */
function shuffle(list) {
  const keyed = list.map((item, i) => [Math.imul(i + 1, 2_654_435_761) >>> 0, item]);
  return keyed.sort((a, b) => a[0] - b[0]).map(([, item]) => item);
}

test("webhooks sent one to five times and shuffled are processed once each", async (suite) => {
  const folder = temporaryFolder(suite);
  const server = await Server.start({ folder, config: twilio.configuration(folder, { demo: true }) });
  suite.after(() => server.close());
  const messages = Array.from({ length: count }, (_, i) => {
    const params = twilio.message(words[i % words.length], { from: `+4178${1_000_000 + (i % phones)}` });
    return { sid: params.MessageSid, request: twilio.signed(params) };
  });
  const queue = shuffle(messages.flatMap((message, i) => Array(1 + (i % 5)).fill(message)));
  const bodies = new Map();
  let requests = 0;
  const agent = new http.Agent({ keepAlive: true, maxSockets: 32 });
  await Promise.all(Array.from({ length: 32 }, async () => {
    for (let message = queue.pop(); message; message = queue.pop()) {
      const answer = await twilio.send(server.port, message.request, { agent, within: 60_000 });
      ++requests;
      assert.equal(answer.status, 200);
      assert.equal(answer.body, bodies.get(message.sid) ?? answer.body, "a repeat gets the same bytes");
      bodies.set(message.sid, answer.body);
    }
  }));
  agent.destroy();
  assert.equal(requests, count * 3);
  assert.equal(bodies.size, count);
  assert.equal(value(server.data, "SELECT count(*) FROM inbound"), count);
  assert.equal(value(server.data, "SELECT count(*) FROM inbound WHERE state <> 'processed'"), 0);
  for (const [version, received] of query(server.data,
    "SELECT c.version, (SELECT count(*) FROM inbound i WHERE i.address = c.address) FROM conversation c"))
    assert.equal(version, received, "one turn a message");
  const replies = query(server.data, "SELECT count(*), count(DISTINCT cause) FROM outbound")[0];
  assert.equal(replies[0], replies[1]);
  console.log(`${requests} requests for ${count} messages of ${phones} phones: ${count} turns, ${replies[0]} replies`);
});
