// Questions in people's own words, in every language: begun, asked back about, or answered with the menu; rarely wrong.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const rows = readFileSync(new URL("../language/questions.tsv", import.meta.url), "utf8")
  .split("\n").filter((line) => line && !line.startsWith("#")).map((line) => line.split("\t"));
// The confidence was fitted on the other pairs of lines.
const held = rows.filter((_, i) => Math.floor(i / 2) % 2 === 1);

function answers(of) {
  const input = of.map(([locale, , text]) => `${locale}\t${text}\n`).join("");
  const run = spawnSync(process.env.PASSERELLE, ["questions"], { input, encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(run.status, 0, run.stderr);
  const lines = run.stdout.split("\n").slice(0, -1);
  assert.equal(lines.length, of.length);
  return lines.map((line) => line.split("\t"));
}

/** What became of a question about 'topic': right, asked (the topic is offered), unsure (the menu, or others), wrong. */
function outcome(topic, [what, first, , second]) {
  const is = (name) => name === `examples.${topic}`;
  if (what === "begin") return is(first) ? "right" : "wrong";
  return what === "ask" && (is(first) || is(second)) ? "asked" : "unsure";
}

const share = (counts, ...names) => {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return all ? (100 * names.reduce((sum, name) => sum + (counts[name] ?? 0), 0)) / all : 0;
};

test("questions that nobody wrote for the examples are understood, asked back about, or left to the menu", () => {
  const all = {};
  const noise = {};
  const byLocale = {};
  answers(held).forEach((answer, i) => {
    const [locale, topic] = held[i];
    const into = topic === "-" ? noise : (byLocale[locale] ??= {});
    const what = topic === "-" ? (answer[0] === "begin" ? "wrong" : "unsure") : outcome(topic, answer);
    into[what] = (into[what] ?? 0) + 1;
    if (topic !== "-") all[what] = (all[what] ?? 0) + 1;
  });
  for (const [locale, counts] of Object.entries(byLocale)) {
    console.log(`${locale}: right ${share(counts, "right").toFixed(0)} %, asked ${share(counts, "asked").toFixed(0)} %, wrong ${share(counts, "wrong").toFixed(1)} %`);
  }
  console.log(`${held.length} phrases, right ${share(all, "right").toFixed(1)} %, asked ${share(all, "asked").toFixed(1)} %, ` +
    `unsure ${share(all, "unsure").toFixed(1)} %, wrong ${share(all, "wrong").toFixed(1)} %; of other talk ${share(noise, "wrong").toFixed(1)} % wrong`);
  assert.ok(share(all, "right") >= 55, "understood at once");
  assert.ok(share(all, "wrong") <= 2);
  assert.ok(share(noise, "wrong") <= 8, "talk about nothing gets the menu");
});

test("no phrase of the measure is an example", () => {
  const taken = new Set();
  for (const locale of new Set(rows.map(([of]) => of))) {
    const file = JSON.parse(readFileSync(new URL(`../../locales/${locale}.json`, import.meta.url), "utf8"));
    for (const [key, { defaultMessage }] of Object.entries(file)) {
      if (key.startsWith("examples.")) defaultMessage.split("|").forEach((text) => taken.add(`${locale} ${text.toLowerCase()}`));
    }
  }
  const same = rows.filter(([locale, , text]) => taken.has(`${locale} ${text.toLowerCase()}`));
  assert.deepEqual(same, []);
});
