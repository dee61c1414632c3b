// Gateways repeat themselves and overtake each other: 10,000 webhooks, each sent one to five times, in any order, are
// 10,000 turns (2,000 in the sanitized builds, which are slower). Three gateways at once: storm.test.mjs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { query, value } from "./support/database.mjs";
import { Server, sanitized, temporaryFolder } from "./support/server.mjs";
import { hurl, scattered, words } from "./support/storm.mjs";
import * as twilio from "./support/twilio.mjs";

const count = sanitized ? 2_000 : 10_000;
const phones = 400;

test("webhooks sent one to five times and shuffled are processed once each", async (suite) => {
  const folder = temporaryFolder(suite);
  const server = await Server.start({ folder, config: twilio.configuration(folder, { demo: true }) });
  suite.after(() => server.close());
  const messages = Array.from({ length: count }, (_, i) => {
    const params = twilio.message(words[i % words.length], { from: `+4178${1_000_000 + (i % phones)}` });
    return { sid: params.MessageSid, request: twilio.signed(params) };
  });
  const bodies = new Map();
  let requests = 0;
  await hurl(scattered(messages, { seed: 1 }), async (message, agent) => {
    const answer = await twilio.send(server.port, message.request, { agent, within: 60_000 });
    ++requests;
    assert.equal(answer.status, 200);
    assert.equal(answer.body, bodies.get(message.sid) ?? answer.body, "a repeat gets the same bytes");
    bodies.set(message.sid, answer.body);
  });
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
