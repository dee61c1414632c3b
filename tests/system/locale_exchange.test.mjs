// `passerelle locales export` and `import`: there and back without loss, all or nothing, and read by others.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { Desk, formats, sentences, translations } from "./support/locales.mjs";

/** What spreadsheets, XML, PO and JSON each stumble over. */
const awkward = {
  "awkward.lines": "Une ligne\nDeux lignes\n\nQuatre",
  "awkward.quotes": "\"Ici\" & <là>, c''est '{'vrai'}' \\ et \\n",
  "awkward.formula": "=1+1",
  "awkward.minus": "-5 = non\n+6 = oui\n@7",
  "awkward.apostrophe": "''=x",
  "awkward.list": "oui|d'accord|+1|=",
  "awkward.plural": "{people, plural, =0 {rien} one {# personne, {name}} other {# personnes, {name}}}",
  "awkward.separators": "a;b,c\td",
  "awkward.tags": "]]> &amp; <!-- x -->",
};

function withAwkward(desk) {
  for (const locale of ["fr", "ar"]) {
    desk.edit(`locales/${locale}.json`, (file) => {
      for (const [key, text] of Object.entries(awkward)) {
        const description = key.endsWith("list") ? "[words] A list; \"odd\" on purpose." : "Two\nlines: <odd> & \"quoted\".";
        file[key] = locale === "fr" ? { defaultMessage: text, description } : { defaultMessage: text.replace("people, plural, =0", "people, plural, zero {z} two {t} few {f} many {m} =0") };
      }
    });
  }
}

function emptied(desk, locale) {
  desk.edit(`locales/${locale}.json`, (file) => {
    for (const key of Object.keys(file)) if (!key.startsWith("locale.")) delete file[key];
  });
}

test("every language goes out and comes back in every format", (suite) => {
  let rounds = 0;
  for (const format of formats) {
    const desk = new Desk(suite);
    withAwkward(desk);
    for (const locale of translations) {
      const before = desk.text(`locales/${locale}.json`);
      assert.equal(desk.run("export", "--format", format, "--locale", locale, "--out", "sent").code, 0);
      const same = desk.run("import", "--format", format, "--locale", locale, "sent");
      assert.equal(same.out, `${locale}: 0 sentences changed\n`, same.err);
      assert.equal(desk.text(`locales/${locale}.json`), before, "not a byte");
      emptied(desk, locale);
      const back = desk.run("import", "--format", format, "--locale", locale, "sent");
      assert.equal(back.code, 0, `${format} ${locale}: ${back.err}`);
      assert.deepEqual(sentences(desk.json(`locales/${locale}.json`)), sentences(JSON.parse(before)), `${format} ${locale}`);
      ++rounds;
    }
  }
  suite.diagnostic(`${rounds} round trips`);
});

test("a byte order mark and lines that end as on Windows change nothing", (suite) => {
  const desk = new Desk(suite);
  withAwkward(desk);
  for (const format of formats) {
    const sent = desk.run("export", "--format", format, "--locale", "ar").out;
    desk.write("sent", `\uFEFF${sent.replace(/^\uFEFF/, "").replace(/\r?\n/g, "\r\n")}`);
    const back = desk.run("import", "--format", format, "--locale", "ar", "sent");
    assert.equal(back.out, "ar: 0 sentences changed\n", `${format}: ${back.err}`);
  }
});

test("one changed sentence is one changed line", (suite) => {
  const desk = new Desk(suite);
  const before = desk.text("locales/ar.json").split("\n");
  const po = desk.run("export", "--format", "po", "--locale", "ar").out;
  const old = desk.json("locales/ar.json")["common.stuck"].defaultMessage;
  desk.write("ar.po", po.replace(`msgstr "${old}"`, 'msgstr "وصلت \\"رسالتكم\\"."'));
  const { code, out } = desk.run("import", "--format", "po", "--locale", "ar", "ar.po");
  assert.equal(code, 0);
  assert.equal(out, "ar: 1 sentences changed: common.stuck\n");
  const after = desk.text("locales/ar.json").split("\n");
  assert.equal(after.length, before.length);
  assert.equal(after.filter((line, i) => line !== before[i]).length, 1);
  assert.equal(desk.json("locales/ar.json")["common.stuck"].defaultMessage, 'وصلت "رسالتكم".');
});

test("a language that has no file yet gets one, in the order of the French", (suite) => {
  const desk = new Desk(suite);
  const po = desk.run("export", "--format", "po", "--locale", "sw").out;
  desk.write("sw.po", po.replace(/(msgctxt "common\.stuck"\nmsgid .*\nmsgstr ")"/, '$1Ujumbe"').replace(/(msgctxt "common\.human"\nmsgid .*\nmsgstr ")"/, '$1Mtu"'));
  assert.equal(desk.run("import", "--format", "po", "--locale", "sw", "sw.po").code, 0);
  assert.deepEqual(Object.keys(desk.json("locales/sw.json")), ["locale.name", "locale.status", "common.human", "common.stuck"]);
});

const refused = [
  ["po", (text) => text.replace('msgctxt "common.stuck"', 'msgctxt "common.stuk"'), /^back:\d+:1: there is no sentence 'common\.stuk'; did you mean 'common\.stuck'/],
  ["po", (text) => text.replace(/msgstr ".*\{association\}.*"/, 'msgstr "{asociation}"'), /^back:\d+:1: 'first_contact\.hello' uses the arguments \{asociation\}; fr uses \{association\}/],
  ["po", (text) => text.replace(/(msgctxt "common\.stuck"\nmsgid ")/, "$1X"), /the French of 'common\.stuck' is another one now; export again/],
  ["po", (text) => text.replace(/(msgctxt "common\.stuck"\nmsgid .*\nmsgstr ").*"/, '$1{n, plural, one {x}}"'), /'common\.stuck': .*other/],
  ["po", (text) => text.replace(/(msgctxt "common\.stuck"\nmsgid .*\nmsgstr ").*"/, '$1x\u202E"'), /invisible control character/],
  ["po", (text) => text.replace("Language: ar", "Language: uk"), /the file is in 'uk', not in 'ar'/],
  ["po", (text) => text.replace(/msgctxt "common\.stuck"\n/, ""), /this entry has no msgctxt/],
  ["po", (text) => text.replace(/msgid "Votre message est bien/, "msgid Votre message est bien"), /between double quotes/],
  ["csv", (text) => text.replace("key,source", "cle,source"), /^back:1:1: row 1: there is no column 'key'/],
  ["csv", (text) => text + text.split("\r\n")[1] + "\r\n", /is given twice/],
  ["csv", (text) => text.replace(/,oui\|/, ',"oui|'), /row \d+/],
  ["csv", (text) => text.replace("common.stuck", ""), /has no key/],
  ["xliff12", (text) => text.replace("</body>", ""), /^back:\d+:\d+: this is no XML/],
  ["xliff12", (text) => text.replace('version="1.2"', 'version="1.1"'), /no XLIFF 1\.2 or 2\.0/],
  ["xliff12", (text) => text.replace(/(<target[^>]*>)/, "$1<ph id='1'/>"), /holds the element <ph>/],
  ["xliff20", (text) => text.replace("<xliff", '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><xliff'), /declares a document type/],
  ["xliff20", (text) => text.replace(/id="common\.stuck" name="common\.stuck"/, 'id="x"'), /there is no sentence 'x'/],
];

test("a file with a mistake changes nothing, and the mistake is told with its line", (suite) => {
  const desk = new Desk(suite);
  const before = desk.text("locales/ar.json");
  for (const [format, spoil, says] of refused) {
    const good = desk.run("export", "--format", format, "--locale", "ar").out;
    const bad = spoil(good);
    assert.notEqual(bad, good, String(says));
    desk.write("back", bad);
    const { code, findings, out } = desk.run("import", "--format", format, "--locale", "ar", "back");
    assert.equal(code, 1, String(says));
    assert.match(findings.join("\n"), says);
    assert.match(out, /nothing is changed/);
    assert.equal(desk.text("locales/ar.json"), before);
  }
  assert.equal(desk.run("export", "--format", "doc", "--locale", "ar").code, 2);
  assert.equal(desk.run("export", "--format", "po", "--locale", "fr").code, 2);
  assert.match(desk.run("export", "--format", "po", "--locale", "prs").err, /write 'fa-AF'/);
  assert.equal(desk.run("import", "--format", "po", "--locale", "ar", "no.such").code, 1);
  desk.write("back", "");
  for (const format of formats) assert.equal(desk.run("import", "--format", format, "--locale", "ar", "back").code, 1, format);
});

test("a spreadsheet runs nothing, and may save with semicolons", (suite) => {
  const desk = new Desk(suite);
  withAwkward(desk);
  const csv = desk.run("export", "--format", "csv", "--locale", "ar").out;
  assert.ok(csv.startsWith("\uFEFFkey,source,translation,note\r\n"));
  const cells = csv.match(/"(?:[^"]|"")*"|[^,\r\n]+/g).map((cell) => cell.replace(/^"/, ""));
  assert.deepEqual(cells.filter((cell) => /^[=+@-]/.test(cell)), []);
  desk.write("semicolons.csv", "key;source;translation\ncommon.stuck;" +
    `"${desk.json("locales/fr.json")["common.stuck"].defaultMessage}";"وصلت ; رسالتكم"\n`);
  const { code, err } = desk.run("import", "--format", "csv", "--locale", "ar", "semicolons.csv");
  assert.equal(code, 0, err);
  assert.equal(desk.json("locales/ar.json")["common.stuck"].defaultMessage, "وصلت ; رسالتكم");
});

/** Reads a file with a translator's own library; prints {key: [source, target, note]}. */
const readers = {
  po: `import polib
entries = {e.msgctxt: [e.msgid, e.msgstr, e.comment] for e in polib.pofile(path)}
assert all("icu-message-format" in e.flags for e in polib.pofile(path))`,
  xliff12: `from translate.storage.xliff import xlifffile
store = xlifffile.parsefile(path)
entries = {u.xmlelement.get("resname"): [str(u.source), str(u.target or ""), u.getnotes()] for u in store.units if not u.isheader()}`,
  xliff20: `import lxml.etree as etree
n = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
entries = {u.get("name"): ["".join(u.xpath("x:segment/x:source//text()", namespaces=n)), "".join(u.xpath("x:segment/x:target//text()", namespaces=n)),
  "".join(u.xpath("x:notes/x:note//text()", namespaces=n))] for u in etree.parse(path).iterfind(".//x:unit", n)}`,
  csv: `import csv
rows = list(csv.reader(open(path, encoding="utf-8-sig", newline="")))
entries = {r[0]: r[1:] for r in rows[1:]}`,
};
const python = (code, ...args) => spawnSync(interpreter, ["-c", code, ...args], { encoding: "utf8", maxBuffer: 1 << 26 });
// Debian's own Python has Debian's libraries; another one may come before it on the path.
const has = (name) => spawnSync(name, ["-c", "import polib, lxml, translate.storage.xliff"]).status === 0;
const found = ["python3", "/usr/bin/python3"].find(has);
const interpreter = found ?? "python3";

for (const format of formats) {
  const lacks = format === "csv" || found ? false : "python3-polib and python3-translate are not installed: script/setup test";
  test(`another reader of ${format} sees the same texts`, { skip: lacks }, (suite) => {
    const desk = new Desk(suite);
    if (format !== "csv") withAwkward(desk);
    desk.run("export", "--format", format, "--locale", "ar", "--out", "out");
    const ran = python(`import json, sys\npath = sys.argv[1]\n${readers[format]}\nprint(json.dumps(entries))`, desk.path("out"));
    assert.equal(ran.status, 0, ran.stderr);
    const read = JSON.parse(ran.stdout);
    const [french, arabic] = ["fr", "ar"].map((locale) => desk.json(`locales/${locale}.json`));
    const keys = Object.keys(french).filter((key) => !key.startsWith("locale."));
    assert.deepEqual(Object.keys(read), keys, "all, in the order of the French");
    const plain = (text) => text.replace(/^'(?=\s*[=+@|%-])/, "");
    for (const key of keys) {
      const [from, to, note] = read[key].map((text) => (format === "csv" ? plain(text) : text));
      assert.equal(from, french[key].defaultMessage, key);
      assert.equal(to, arabic[key].defaultMessage, key);
      assert.equal(note, french[key].description ?? "", key);
    }
  });
}

test("an association's own sentences and pages go the same way", (suite) => {
  const desk = new Desk(suite);
  const demo = desk.association();
  assert.equal(desk.run("lint", demo).code, 0, desk.run("lint", demo).err);
  const own = Object.keys(desk.json("demo/locales/fr.json")).filter((key) => !key.startsWith("locale."));
  assert.ok(own.length >= 2 && own.every((key) => key.startsWith("demo.")));
  for (const format of formats) {
    const sent = desk.run("export", "--format", format, "--locale", "uk", demo).out;
    for (const key of [...own, "page.laundry.title", "page.laundry.words", "page.old_bus.text"]) assert.ok(sent.includes(key), `${format} ${key}`);
    assert.ok(!sent.includes("common.stuck"), "ours are not theirs");
    desk.write("sent", sent);
    assert.equal(desk.run("import", "--format", format, "--locale", "uk", "sent", demo).out, "uk: 0 sentences changed\n");
  }

  const page = desk.text("demo/pages/laundry.yaml");
  const old = page.match(/ {2}uk:\n {4}title: "(.*)"\n/)[1];
  const po = desk.run("export", "--format", "po", "--locale", "uk", demo).out;
  desk.write("sent", po.replace(`msgstr "${old}"`, 'msgstr "прання: \\"тут\\""')
    .replace(/(msgctxt "page\.laundry\.words"\nmsgid .*\nmsgstr ").*"/, '$1прати|прання"')
    .replace(/(msgctxt "page\.old_bus\.title"\nmsgid .*\nmsgstr ")"/, '$1старий автобус"')
    .replace(/(msgctxt "page\.old_bus\.text"\nmsgid .*\nmsgstr ")"/, '$1Автобус о 19:10."')
    .replace(/(msgctxt "page\.old_bus\.again"\nmsgid .*\nmsgstr ")"/, '$1О 19:10."'));
  const back = desk.run("import", "--format", "po", "--locale", "uk", "sent", demo);
  assert.equal(back.code, 0, back.err);
  assert.match(back.out, /^uk: 5 sentences changed: page\.laundry\.title, page\.laundry\.words, page\.old_bus\.again/);
  assert.equal(desk.text("demo/pages/laundry.yaml").split("\n").filter((line, i) => line !== page.split("\n")[i]).length, 2);
  assert.match(desk.text("demo/pages/laundry.yaml"), / {4}title: "прання: \\"тут\\""\n/);
  assert.match(desk.text("demo/pages/old_bus.yaml"), / {2}uk:\n {4}title: "старий автобус"\n {4}text: "Автобус о 19:10."\n/);
  assert.equal(desk.run("lint", demo).code, 0, "and the program still reads them");
  const check = desk.run("samples", "--locale", "uk", "--folder", demo);
  assert.match(check.out, /"page\.old_bus\.text".*Автобус о 19:10\./);
});

test("the lint looks at an association's sentences and pages as at ours", (suite) => {
  const desk = new Desk(suite);
  const demo = desk.association();
  const key = Object.keys(desk.json("demo/locales/fr.json")).find((name) => name.startsWith("demo."));
  desk.edit("demo/locales/ti.json", (file) => delete file[key]);
  desk.write("demo/pages/laundry.yaml", desk.text("demo/pages/laundry.yaml").replace("ስምኩም", "ዑቕባ"));
  const { code, findings } = desk.run("lint", demo);
  assert.equal(code, 1);
  assert.match(findings.join("\n"), new RegExp(`demo/locales/ti\\.json: the sentence '${key.replace(".", "\\.")}' is missing`));
  assert.match(findings.join("\n"), /demo\/pages\/laundry\.yaml:\d+:\d+: 'page\.laundry\.text' says 'ዑቕባ'/);
  assert.equal(findings.length, 2, findings.join("\n"));
  assert.deepEqual(desk.run("lint", "no_such").findings, ["no_such: is not a folder; check the path"]);

  mkdirSync(desk.path("demo/dialogs"));
  desk.write("demo/dialogs/greet.yaml", `dialog: greet\nlanguages: [fr]\nsteps:\n  hello: {say: ${key}}\n`);
  assert.equal(desk.run("lint", demo).findings.length, 1, "a dialog in French needs its sentences in French");
  assert.ok(!existsSync(desk.path("demo/locales/translated_from")) && readFileSync(desk.path("locales/fr.json")));
});
