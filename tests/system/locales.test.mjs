// Lint, figures and samples of the language files: `passerelle locales lint|stats|samples|accept|pseudo`.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import test from "node:test";
import { Desk, locales, sentences, source, translations } from "./support/locales.mjs";
import { repository } from "./support/server.mjs";

const { IntlMessageFormat } = await import(createRequire(import.meta.url).resolve("intl-messageformat"));

test("the shipped languages have every sentence and no mistake", (suite) => {
  const desk = new Desk(suite);
  const lint = desk.run("lint");
  assert.equal(lint.code, 0, lint.err);
  assert.match(lint.out, new RegExp(`^locales: ${locales.length} languages, \\d+ sentences, 0 findings, \\d+ notes$`, "m"));
  const stats = desk.run("stats", "--json");
  assert.equal(stats.code, 0, stats.err);
  const rows = JSON.parse(stats.out);
  assert.deepEqual(rows.map((row) => row.locale).sort(), [...locales].sort());
  for (const row of rows) {
    assert.equal(row.percent, 100, row.locale);
    assert.equal(row.stale, 0, row.locale);
    assert.ok(row.keywords > 0 && row.sms_parts >= 1, JSON.stringify(row));
  }
});

test("without locales/ here, those in the program are looked at", (suite) => {
  const desk = new Desk(suite);
  rmSync(desk.path("locales"), { recursive: true });
  const { code, out, err } = desk.run("lint");
  assert.equal(code, 0, err);
  assert.match(out, /^the locales of this program: \d+ languages, .* 0 findings/m);
  assert.match(desk.run("stats").out, /^the locales of this program\n/);
});

const mistakes = {
  "a sentence that is missing": [(file) => delete file["help.text"], /ti\.json: the sentence 'help\.text' is missing/],
  "a sentence that French lacks": [(file) => (file["help.txt"] = { defaultMessage: "ሕ" }), /fr has no sentence 'help\.txt'; did you mean 'help\.text'/],
  "another argument": [(file) => (file["danger.phone"].defaultMessage = "ሕ {fone}"), /ti\.json:\d+:\d+: 'danger\.phone' uses the arguments \{fone\}/],
  "no other": [(file) => (file["flat.noted"].defaultMessage = "{people, plural, one {ሕ}}"), /other/],
  "a sentence that is too long": [(file) => (file["help.text"].defaultMessage += " ሕ".repeat(120)), /'help\.text' takes \d+ SMS; say it shorter: \d are the most/],
  "a forbidden word": [(file) => (file["common.human"].defaultMessage = "ዑቕባ"), /'common\.human' says 'ዑቕባ', which tells a stranger too much/],
  "a doctor in a reminder": [(file) => (file["reminder.two_days"].defaultMessage = "ሓኪም {when}"), /'reminder\.two_days' says 'ሓኪም'/],
  "a direction typed by hand": [(file) => (file["common.human"].defaultMessage = "ሕ\u200E"), /invisible control character/],
  "French among Tigrinya": [(file) => (file["common.human"].defaultMessage = "Une personne de notre équipe va lire votre message et vous répondre."), /'common\.human' is the French sentence/],
  "what nobody translates, translated": [(file) => (file["common.latin_line"].defaultMessage = "ሕ"), /is the same in every language/],
  "an odd status": [(file) => (file["locale.status"].defaultMessage = "fertig"), /neither draft nor reviewed/],
};

test("each mistake is found where it stands", (suite) => {
  for (const [name, [change, says]] of Object.entries(mistakes)) {
    const desk = new Desk(suite);
    desk.edit("locales/ti.json", change);
    const { code, findings } = desk.run("lint");
    assert.equal(code, 1, name);
    assert.match(findings.join("\n"), says, name);
    assert.equal(desk.run("stats").code, 1, `${name}: stats fails as well`);
  }
});

test("the plural forms are those of CLDR, and no million in French", (suite) => {
  const lint = (locale, pattern) => {
    const desk = new Desk(suite);
    desk.edit(`locales/${locale}.json`, (file) => (file["flat.noted"].defaultMessage = pattern));
    return desk.run("lint").findings.filter((finding) => finding.includes("lacks the plural form"));
  };
  assert.equal(lint("ar", "{people, plural, one {a} other {b}}").length, 4, "zero, two, few, many");
  assert.equal(lint("ar", "{people, plural, =0 {z} =1 {a} =2 {b} few {c} many {d} other {e}}").length, 0, "=0 is zero");
  assert.equal(lint("uk", "{people, plural, =1 {a} other {b}}").length, 3, "one (21), few, many");
  assert.equal(lint("en", "{people, plural, =0 {z} =1 {a} other {b}}").length, 0, "one is 1 and nothing else");
  assert.equal(lint("uk", "{people, plural, =0 {z} other {#}}").length, 0);
  assert.equal(lint("uk", "{people, plural, one {a} few {b} other {c}}").length, 1, "many");
  assert.equal(lint("fr", "{people, plural, one {a} other {b}}").length, 0);
  assert.equal(lint("ti", "{people, plural, other {#}}").length, 0, "no word changes");
});

test("a curly quote that doubles the price is found, one that costs nothing is not", (suite) => {
  const desk = new Desk(suite);
  desk.edit("locales/en.json", (file) => (file["common.human"].defaultMessage = "We’ll answer."));
  assert.match(desk.run("lint").findings.join(), /a quote, dash or blank of 'common\.human' doubles what it costs/);
  desk.edit("locales/en.json", (file) => (file["common.human"].defaultMessage = "We’ll answer. ê"));
  const plain = desk.run("lint");
  assert.equal(plain.code, 0);
  assert.match(plain.out, /^note: locales\/sq\.json:\d+:\d+: \d+ sentences would cost fewer SMS without( .)*? ë( .)*, '/m);
  assert.doesNotMatch(plain.out, /(tr|vi)\.json.*would cost fewer/, "where a letter without its mark is another one");
});

test("a language that ICU does not know, a key that is given twice and broken JSON are told with their places", (suite) => {
  const desk = new Desk(suite);
  cpSync(desk.path("locales/ti.json"), desk.path("locales/prs.json"));
  assert.match(desk.run("lint").findings.join("\n"), /prs\.json:1:1: there is no language 'prs'.*write 'fa-AF'/);
  desk.write("locales/prs.json", "{");
  assert.match(desk.run("lint").findings.join("\n"), /prs\.json:1:2: this is no JSON/);
  rmSync(desk.path("locales/prs.json"));
  desk.write("locales/ti.json", desk.text("locales/ti.json").replace(/\n\}\s*$/, ',\n  "help.text": {"defaultMessage": "ሕ"}\n}\n'));
  assert.match(desk.run("lint").findings.join("\n"), /ti\.json:\d+:3: the key 'help\.text' is given twice/);
});

test("a translation whose French has changed is stale until somebody accepts it", (suite) => {
  const desk = new Desk(suite);
  const all = desk.run("accept");
  assert.deepEqual(all.out.match(/^[\w-]+(?=: \d+ sentences fit today's French$)/gm).sort(), [...translations].sort());
  const tracked = desk.text("locales/translated_from/ti.tsv");
  assert.deepEqual(tracked.split("\n").filter(Boolean), tracked.split("\n").filter(Boolean).sort(), "sorted");
  desk.edit("locales/fr.json", (file) => (file["common.human"].defaultMessage = "Une personne va vous répondre."));
  const stale = desk.run("lint");
  assert.equal(stale.code, 1);
  assert.equal(stale.findings.filter((finding) => /ti\.json:\d+:\d+: the French of 'common\.human' has changed/.test(finding)).length, 1);
  const row = JSON.parse(desk.run("stats", "--json").out).find(({ locale }) => locale === "ti");
  assert.equal(row.stale, 1);
  assert.equal(desk.run("accept", "ti", "common.human").code, 0);
  assert.equal(desk.run("lint").findings.filter((finding) => finding.includes("/ti.json")).length, 0);
  assert.match(desk.run("lint").findings.join("\n"), /uk\.json.*has changed/, "each language for itself");
  assert.equal(desk.run("accept", "ti", "no.such").code, 2);
  assert.equal(desk.run("accept", "xx").code, 2);
  assert.equal(desk.run("accept", source).code, 2);
});

test("every sentence says the same through npm intl-messageformat", (suite) => {
  const desk = new Desk(suite);
  let compared = 0;
  const plain = (text) => text.replace(/[\u200e\u200f]/g, "");
  for (const locale of locales) {
    if (Intl.PluralRules.supportedLocalesOf(locale).length === 0) {
      suite.diagnostic(`${locale}: Node has no data for it`);
      continue;
    }
    const messages = sentences(desk.json(`locales/${locale}.json`));
    const { code, out, err } = desk.run("samples", "--locale", locale);
    assert.equal(code, 0, err);
    const samples = out.split("\n").filter(Boolean).map((line) => JSON.parse(line));
    const seen = new Set(samples.map(({ key }) => key));
    assert.deepEqual(Object.keys(messages).filter((key) => !key.startsWith("locale.") && !seen.has(key)), [], locale);
    for (const { key, values, text } of samples) {
      const format = new IntlMessageFormat(messages[key], `${locale}-u-nu-latn`, undefined, { ignoreTag: true });
      assert.equal(plain(text), plain(String(format.format(values))), `${locale} ${key} ${JSON.stringify(values)}`);
      ++compared;
    }
  }
  suite.diagnostic(`${compared} texts compared`);
  assert.ok(compared > 150 * locales.length);
});

test("FormatJS's own program reads the files, and finds the same keys and arguments in all", (suite) => {
  const desk = new Desk(suite);
  const formatjs = (...args) => {
    const ran = spawnSync(process.execPath, [join(repository, "tests/node_modules/.bin/formatjs"), ...args], { cwd: desk.folder, encoding: "utf8" });
    assert.equal(ran.status, 0, `${args.join(" ")}: ${ran.stdout}${ran.stderr}`);
  };
  mkdirSync(desk.path("compiled"));
  for (const locale of locales) {
    formatjs("compile", `locales/${locale}.json`, "--out-file", `compiled/${locale}.json`);
    assert.deepEqual(desk.json(`compiled/${locale}.json`), sentences(desk.json(`locales/${locale}.json`)), locale);
  }
  formatjs("verify", "--source-locale", source, "--missing-keys", "--extra-keys", "--structural-equality", "compiled/*.json");
});

test("the pseudo-locale keeps arguments, choices and lists, and can be talked to", (suite) => {
  const desk = new Desk(suite);
  const { code, out, err } = desk.run("pseudo");
  assert.equal(code, 0, err);
  const pseudo = sentences(JSON.parse(out));
  const french = sentences(desk.json("locales/fr.json"));
  assert.equal(pseudo["first_contact.language_words"], french["first_contact.language_words"]);
  assert.match(pseudo["callback.promised"], /^\[Ç'*é?st/i);
  assert.ok(pseudo["callback.promised"].length >= french["callback.promised"].length * 1.3);
  mkdirSync(desk.path("overlay/locales"), { recursive: true });
  desk.write("overlay/locales/en.json", out);
  const lint = desk.run("lint", "overlay");
  assert.deepEqual(lint.findings.filter((finding) => !/SMS|fewer|says/.test(finding)), [], "same arguments, same forms");
});

test("a glossary word that a sentence lacks is a note, and no mistake", (suite) => {
  const desk = new Desk(suite);
  desk.edit("locales/en.json", (file) => (file["reminder.two_days"].defaultMessage = "Meeting: {when}"));
  const { code, out } = desk.run("lint");
  assert.equal(code, 0);
  assert.match(out, /^note: .*en\.json:\d+:\d+: 'reminder\.two_days' does not say 'appointment' for 'rendez-vous'/m);
});

