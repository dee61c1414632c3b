// R18: thirty people write by three gateways while the server is killed and frozen, its clock leaps, and its gateways
// fail in every way. NEMESIS_RUNS and NEMESIS_SECONDS are 100 and 60 in script/soak; SEED repeats a run's dice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "./support/history.mjs";
import { House } from "./support/nemesis.mjs";
import { sanitized, temporaryFolder } from "./support/server.mjs";

const runs = Number(process.env.NEMESIS_RUNS ?? 5);
const seconds = Number(process.env.NEMESIS_SECONDS ?? 2);
const first = Number(process.env.SEED ?? Date.now() % 1_000_000);

for (let run = 0; run < runs; ++run) {
  const seed = first + run;
  test(`a nemesis for ${seconds} s, dice ${seed}: nothing lost, nothing twice, each in order, and a STOP is kept`, async (t) => {
    const house = await House.start(t, { folder: temporaryFolder(t), seed });
    await house.run(seconds, seconds >= 30 ? 5_000 : 300);
    const history = house.history();
    const wrote = history.people.reduce((sum, person) => sum + person.wrote.length, 0);
    const states = history.people.flatMap(({ rows }) => rows).reduce((all, { state }) => ({ ...all, [state]: (all[state] ?? 0) + 1 }), {});
    t.diagnostic(`SEED=${seed}: ${wrote} messages, ${JSON.stringify(states)}; ${JSON.stringify(house.done)}; requests in trouble ${JSON.stringify(house.proxied)}; ` +
      `${history.notes.length} notes of staff, ${history.notes.filter(({ afterStop }) => afterStop).length} to people who had stopped us`);
    assert.deepEqual(violations(history).slice(0, 5), []);
    assert.ok(wrote > 50 && (states.sent ?? 0) > 50, "people were served");
    await house.server.stop();
  });
}

test("the check of a history would notice each violation", () => {
  const row = (text, state = "sent", cause = "in:1:0") => ({ text, state, cause });
  const good = () => ({
    sound: "ok", uneven: [], mixed: [], inbound: [{ user: "7", text: "Bonjour", state: "processed" }, { user: "7", text: "1", state: "processed" }],
    people: [{ name: "telegram:7", wrote: ["Bonjour", "1"], rows: [row("A"), row("B"), row("Note 1.", "sent", "send:1")], shown: ["A", "B", "Note 1."] }],
    notes: [{ token: "Note 1.", to: "telegram:7", afterStop: false, kept: true }],
  });
  assert.deepEqual(violations(good()), []);
  const spoiled = (change) => {
    const history = good();
    change(history, history.people[0]);
    return violations(history).length;
  };
  assert.ok(spoiled((history) => history.inbound.pop()), "lost");
  assert.ok(spoiled((history) => history.inbound.push(history.inbound[1])), "taken twice");
  assert.ok(spoiled((history) => (history.inbound[0].state = "stuck")), "stuck");
  assert.ok(spoiled((_, person) => person.shown.push("B")), "at the phone twice");
  assert.ok(spoiled((_, person) => person.shown.reverse()), "in another order");
  assert.ok(spoiled((_, person) => (person.shown = ["A", "Note 1."])), "sent, and not there");
  assert.ok(spoiled((_, person) => (person.rows[1].state = "failed")), "there, and not sent");
  assert.ok(spoiled((history) => (history.notes[0].afterStop = true)), "after a STOP");
  assert.ok(spoiled((history) => (history.notes[0].withheld = true)), "withheld without a STOP");
  assert.ok(spoiled((history, person) => person.rows.pop()), "promised to staff and lost");
  assert.ok(spoiled((history) => (history.notes[0].to = "telegram:8")), "to somebody else");
  assert.ok(spoiled((history) => (history.sound = "row missing")), "a broken database");
});
