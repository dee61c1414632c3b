// What authors of dialogs use in the terminal: lint, graph and test, through the real binary.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "./support/server.mjs";

const dialogs = (...args) => {
  const done = spawnSync(process.env.PASSERELLE ?? "build/release/passerelle", ["dialogs", ...args], { encoding: "utf8" });
  return { code: done.status, out: done.stdout, err: done.stderr };
};
const lines = (text) => text.split("\n").filter((line) => line !== "");

const mistakes = "tests/dialogs/mistakes";
const association = ["--association", `${mistakes}/association`];

test("lint without a file checks what is shipped, and needs no configuration", () => {
  const { code, out, err } = dialogs("lint");
  assert.deepEqual([code, err], [0, ""]);
  assert.match(out, /^information: (\d+) sentences · fr \1 · en \1 · ar \1 · ti \1 · uk \1 · fa-AF \1$/m);
  const told = lines(out).filter((line) => !line.startsWith("note: "));
  assert.equal(told.length, readdirSync("dialogs").filter((file) => file.endsWith(".yaml")).length + 1);
});

test("lint finds every planted mistake at its place, with the way out of it", () => {
  const files = readdirSync(mistakes).filter((file) => file.endsWith(".yaml"));
  assert.ok(files.length >= 40, `${files.length} mistakes are planted`);
  for (const file of files) {
    const path = `${mistakes}/${file}`;
    const expected = lines(readFileSync(path, "utf8"))[0].replace("# finds ", `${path}:`);
    const { code, out, err } = dialogs("lint", ...association, path);
    assert.deepEqual([code, lines(err), out], [1, [expected], "1 findings\n"], file);
  }
});

test("lint tells programs the same as people", () => {
  const path = `${mistakes}/way_to_a_lost_step.yaml`;
  const bad = dialogs("lint", "--json", ...association, path);
  assert.deepEqual([bad.code, bad.err], [1, ""]);
  assert.deepEqual(JSON.parse(bad.out), {
    findings: [{ file: path, line: 7, column: 11, what: "there is no step 'adress'", remedy: "did you mean 'address'?" }],
    notes: [],
    dialogs: [],
  });
  const good = JSON.parse(dialogs("lint", "--json", "dialogs/human.yaml").out);
  assert.match(good.notes[0].what, /takes 3 SMS in 'fa-AF'/);
  assert.deepEqual({ ...good, notes: [] }, {
    findings: [],
    notes: [],
    dialogs: [{ dialog: "human", sentences: 3, languages: { fr: 3, en: 3, ar: 3, ti: 3, uk: 3, "fa-AF": 3 } }],
  });
});

test("a sentence that one language lacks is told in the file where it belongs", (suite) => {
  const folder = temporaryFolder(suite);
  mkdirSync(join(folder, "locales"));
  for (const locale of ["fr", "ti"]) {
    const file = JSON.parse(readFileSync(`locales/${locale}.json`, "utf8"));
    if (locale === "ti") delete file["help.text"];
    writeFileSync(join(folder, "locales", `${locale}.json`), JSON.stringify(file));
  }
  const { code, err } = dialogs("lint", "--content", folder);
  assert.equal(code, 1);
  assert.match(err, /ti\.json: the sentence 'help\.text' is missing; translate the one of .*fr\.json:\d+:\d+$/m);
  assert.equal(lines(err).length, 1, err);
});

test("a file that is not there is a finding, and no crash", () => {
  const { code, err } = dialogs("lint", "no/such.yaml");
  assert.equal(code, 1);
  assert.match(err, /^no\/such\.yaml: /m);
  assert.equal(dialogs("graph", "no/such.yaml").code, 1);
});

test("graph draws every shipped dialog, with keys or with the sentences of a language", () => {
  for (const file of readdirSync("dialogs").filter((name) => name.endsWith(".yaml"))) {
    const { code, out } = dialogs("graph", `dialogs/${file}`);
    assert.equal(code, 0, file);
    assert.ok(out.startsWith(`flowchart TD\n  b(["${file.replace(".yaml", "")}"])\n`), out);
  }
  assert.match(dialogs("graph", "dialogs/human.yaml").out, /s0\["call<br\/>☑ task person<br\/>common\.human/);
  const french = JSON.parse(readFileSync("locales/fr.json", "utf8"))["common.human"].defaultMessage;
  assert.ok(dialogs("graph", "--lang", "fr", "dialogs/human.yaml").out.includes(french));
  assert.equal(dialogs("graph", "--lang", "xx", "dialogs/human.yaml").code, 2);
  assert.equal(dialogs("graph", ...association, `${mistakes}/no_steps.yaml`).code, 1);
});

test("test tells which ways no transcript took, and fails for that when it is asked to", () => {
  const story = "tests/dialogs/story/fr.transcript";
  const some = dialogs("test", story);
  assert.equal(some.code, 0, some.err);
  assert.match(some.out, /^branches: \d+ of \d+; not taken: \S+\/\S+ [a-z]+( \d+)? \(line \d+\), .*, and \d+ more$/m);
  const all = dialogs("test", "--all-branches", story);
  assert.equal(all.code, 1);
  const [, taken, of, missing] = all.out.match(/^branches: (\d+) of (\d+); not taken: (.*)$/m);
  assert.equal(missing.split(", ").length, of - taken);
});
