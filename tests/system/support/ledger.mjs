// Compares what we say of our messages with what really reached the phones.
import assert from "node:assert/strict";
import { query } from "./database.mjs";

const unsealed = (hex) => Buffer.from(hex, "hex").subarray(4).toString("utf8"); // four bytes name the key

/**
 * Every message that leaves through a channel's API: {channel, ref, to, text, state, segments, requests, why}, oldest first.
 * @param {boolean} [all] those too that stood in the answer to a webhook
 */
export function messages(data, { all = false } = {}) {
  // A message in parts that was interrupted in its first one does not know yet that each part is a request.
  const sql = `SELECT a.channel, o.ref, a.user, o.text, o.state, o.segments, max(o.requests, (SELECT count(*) FROM part p WHERE p.outbound = o.id)),
    o.why FROM outbound o JOIN address a ON a.id = o.address ${all ? "" : "WHERE o.via = 'api'"} ORDER BY o.id`;
  return query(data, sql).map(([channel, ref, user, text, ...more]) => {
    const [state, segments, requests, why] = more;
    return { channel, ref, to: unsealed(user), text: unsealed(text), state, segments, requests, why };
  });
}

/** Texts that we have: {id, from, text, state}. */
export const taken = (data) =>
  query(data, "SELECT i.provider_id, a.user, i.text, i.state FROM inbound i JOIN address a ON a.id = i.address ORDER BY i.id")
    .map(([id, user, text, state]) => ({ id, from: unsealed(user), text: unsealed(text), state }));

const receipts = (data, ref) =>
  query(data, "SELECT r.state, r.moved, r.at - o.state_at FROM receipt r JOIN outbound o ON o.id = r.outbound WHERE o.ref = ? ORDER BY r.id", [ref]);

const count = (list, key) => list.reduce((all, one) => all.set(key(one), (all.get(key(one)) ?? 0) + 1), new Map());

/**
 * Nothing that we said yes to is lost or without an answer, nothing is twice at a phone, and "delivered" is true.
 * @param {import("./phone.mjs").Phones} phones
 * @param {import("./witness.mjs").Witness} witness
 * @returns {Map<string, number>} how many messages are in each state
 */
export function audit(data, phones, witness) {
  const ours = messages(data);
  const texts = taken(data);
  const key = (one) => `${one.to} ${one.text}`;
  const arrived = count(phones.texts, key);
  const written = count(ours, key);
  assert.deepEqual([phones.problems, phones.doubled], [[], []]);
  for (const [which, times] of arrived) assert.ok(times <= (written.get(which) ?? 0), `${times} times at the phone: ${which}`);
  const reported = ({ ref, requests }) => (witness.delivered.get(ref)?.size ?? 0) === requests;
  for (const one of ours) {
    if (one.state === "delivered") assert.ok(arrived.has(key(one)) && reported(one), `a false 'delivered': ${key(one)}`);
  }
  const lost = ours.filter((one) => reported(one) && one.state !== "delivered");
  assert.deepEqual(lost.map(({ ref, state, why }) => [state, why, receipts(data, ref)]), [], "reports that we took and lost");
  const uncertain = new Set(ours.filter(({ state }) => state === "uncertain").map(({ to }) => to));
  assert.deepEqual(phones.incomplete.filter((one) => !uncertain.has(one.split(" ")[1])), [], "half a text");
  const ids = new Set(texts.map(({ id }) => id));
  assert.deepEqual([...witness.texts].filter((id) => !ids.has(id)), [], "texts that we took and lost");
  for (const one of texts) {
    assert.equal(one.state, "processed", one.text);
    assert.ok(ours.some((message) => message.to === one.from), `no answer to ${one.from}`);
  }
  return count(ours, (one) => one.state);
}
