// What the real program sends in every right-to-left language, as a phone shows it: measured glyph by glyph, and
// compared with the same content in proper markup.
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { browse } from "./support/browser.mjs";
import { Bubble, leftToRight, rightLetter, withoutMarks } from "./support/layout.mjs";
import { locales } from "./support/locales.mjs";
import { repository, run, Server, temporaryFolder } from "./support/server.mjs";
import { send } from "./support/twilio.mjs";

const rightToLeft = locales.filter((locale) => new Intl.Locale(locale).textInfo.direction === "rtl");

/** The demo association, which speaks all of them. */
function association(t) {
  const folder = join(temporaryFolder(t), "association");
  cpSync(join(repository, "config/associations/demo"), folder, { recursive: true });
  const file = join(folder, "association.yaml");
  const text = readFileSync(file, "utf8");
  const spoken = new Set([...text.match(/^languages: \[(.*?)\]/m)[1].split(", "), ...rightToLeft]);
  writeFileSync(file, text.replace(/^languages: .*$/m, `languages: [${[...spoken].join(", ")}]`));
  return folder;
}

async function start(t) {
  const config = `[server]\nadmin_listen = "127.0.0.1:0"\n[association]\ndir = "${association(t)}"\n[[channel]]\nname = "phone"\ngateway = "simulator"\n`;
  const server = await Server.start({ folder: temporaryFolder(t), config, args: ["--clock", "2026-11-29T10:00:00Z"] }); // a Sunday: what opens when is told, too
  t.after(() => server.close());
  return server;
}

// Address and hours, the phone, towns and services, two reminders, the numbers in danger, and the end.
const conversation = ["hello", "1", "1", "2", "1", "hello", "1", "2", "1", "hello", "5", "1", "1", "1", "1", "2",
  { action: "appointment 2026-12-11 14:30 site=rivebelle with=Anne bring=papers" }, { to: "reminder" }, { to: "reminder" }, "danger", "STOP"];

async function talk(server, language, steps) {
  const ask = async (operation, given) => {
    const headers = { Host: `127.0.0.1:${server.adminPort}`, "Content-Type": "application/json" };
    const answer = await send(server.adminPort, { method: "POST", path: `/simulator/${operation}`, body: JSON.stringify(given), headers });
    assert.equal(answer.status, 200, `${language} ${JSON.stringify(given)}: ${answer.body}`);
    return JSON.parse(answer.body);
  };
  let page = await ask("begin", { language });
  for (const step of steps) {
    if (typeof step === "string") page = await ask("say", { id: page.id, text: step });
    else page = await ask(step.to ? "pass" : "act", { id: page.id, ...step });
  }
  return page;
}

async function messagesIn(server, language) {
  const { messages } = await talk(server, language, conversation);
  return messages.filter((message) => message.us && message.dir === "rtl").map((message) => message.text);
}

const numbers = /\+\d[\d ]*\d|\d\d:\d\d-\d\d:\d\d|\d\d\.\d\d\.\d{4}|\d\d:\d\d/g;
const names = [...new Set([
  ...readFileSync(join(repository, "config/associations/demo/association.yaml"), "utf8").matchAll(/^ +(?:name|address): (.*)$/gm),
].map(([, name]) => name))];
// What is an argument, told without our program: the demo's names and addresses, numbers, and other latin words.
const alone = new RegExp([...names.map((name) => name.replace(/[.()]/g, "\\$&")), numbers.source, "\\d+(?:, \\d+)+",
  "[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ0-9'., -]*[A-Za-zÀ-ÿ0-9]"].join("|"), "g");

const startOfLine = new RegExp(`^[\u200E\u200F]*(?:${alone.source}|\\d+|.)`, "u");

/** The message in markup. Lines all in latin letters are laid out from the left, but for the first. */
function markup(plain) {
  return plain.split("\n").map((line, index) => {
    if (index > 0 && !rightLetter.test(line)) return { dir: "ltr", parts: [{ text: line }] };
    const parts = [];
    let from = 0;
    for (const match of line.matchAll(alone)) {
      parts.push({ text: line.slice(from, match.index) }, { text: match[0], alone: true });
      from = match.index + match[0].length;
    }
    return { dir: "rtl", parts: [...parts, { text: line.slice(from) }] };
  });
}

/** Numbers run from left to right, and lines begin at the right edge. */
function checkGlyphs(text, glyphs, what) {
  const place = new Map(); // of a character of the text among the visible ones
  [...text].forEach((character, at) => /[\u200C-\u200F\s]/.test(character) || place.set(at, place.size));
  const visible = (from, to) => glyphs.filter((_, index) => index >= from && index < to);
  const between = (begin, end) => [...place].filter(([at]) => at >= begin && at < end).map(([, index]) => index);
  let checked = 0;
  for (const { 0: number, index } of text.matchAll(numbers)) {
    const found = between(index, index + number.length);
    leftToRight(visible(found[0], found.at(-1) + 1), `${what}: ${number}`);
    ++checked;
  }
  let begin = 0;
  for (const [index, line] of text.split("\n").entries()) {
    if (index === 0 || rightLetter.test(line)) {
      const first = line.match(startOfLine)[0].length; // a latin name as a whole: it ends at the edge
      const edge = Math.max(...between(begin, begin + first).map((at) => glyphs[at][2]));
      assert.ok(edge >= 338, `${what}: the line '${line}' begins at ${edge}, not at the right edge`);
    }
    begin += line.length + 1;
  }
  return checked;
}

const wrongWithout = { "28.03.2027": false, "14:30": false, "+33 3 53 01 00 12": true, "08:30-11:30": true, "2026-10-05": true };

test("every right-to-left language is shown in the order of proper markup", async (t) => {
  assert.ok(rightToLeft.length >= 5 && rightToLeft.includes("fa-AF"), rightToLeft.join(" "));
  const server = await start(t);
  const bubble = await Bubble.open(await browse(t));
  const told = { messages: 0, numbers: 0, marks: 0, "wrong without": 0 };
  for (const language of rightToLeft) {
    const messages = await messagesIn(server, language);
    assert.ok(messages.length >= conversation.length - 2, `${messages.length} messages in ${language}`);
    for (const [index, text] of messages.entries()) {
      const what = `${language} ${index}: ${JSON.stringify(text)}`;
      const plain = withoutMarks(text);
      assert.doesNotMatch(text, /[\u202A-\u202E\u2066-\u2069]/, `old phones show these as boxes: ${what}`);
      await bubble.plain(text);
      const [glyphs, ours] = [await bubble.glyphs(), await bubble.picture()];
      told.numbers += checkGlyphs(text, glyphs, what);
      await bubble.marked(markup(plain));
      const [expected, proper] = [await bubble.glyphs(), await bubble.picture()];
      assert.deepEqual(glyphs, expected, what);
      assert.equal(await bubble.difference(ours, proper), 0, what);
      await bubble.plain(plain);
      const bare = await bubble.glyphs();
      if (text === plain) assert.deepEqual(bare, expected, what);
      else assert.notDeepEqual(bare, expected, `its marks change nothing: ${what}`);
      told.messages += 1;
      told.marks += text.length - plain.length;
      told["wrong without"] += text === plain ? 0 : 1;
    }
  }
  assert.ok(told.numbers > 20 * rightToLeft.length && told["wrong without"] > 4 * rightToLeft.length, JSON.stringify(told));
  t.diagnostic(Object.entries(told).map(([name, count]) => `${count} ${name}`).join(", "));
  await server.stop();
});

test("the measuring sees what turns around", async (t) => {
  const bubble = await Bubble.open(await browse(t));
  for (const [number, wrong] of Object.entries(wrongWithout)) {
    const seen = async (text) => {
      await bubble.plain(text);
      return (await bubble.glyphs()).filter(([character]) => /[\d+.:-]/.test(character));
    };
    const bare = await seen(`موعدكم ${number} هنا`);
    if (wrong) assert.throws(() => leftToRight(bare, number), /stands at/);
    else leftToRight(bare, number);
    leftToRight(await seen(`موعدكم \u200E${number} هنا`), number);
  }
});

test("what turns texts around is taken off what people type, before it is kept or told again", async (t) => {
  const server = await start(t);
  const page = await talk(server, "ar", ["رقم جديد", "\u202D+33 6 39 98 00 53\u202C", "1",
    "\u202Eأريد أن أتكلم مع شخص\u2069\u200F", { action: "appointment 2026-12-11 14:30 with=\u202EAnne\u2066" }, { to: "reminder" }]);
  const ours = page.messages.filter((message) => message.us).map((message) => message.text);
  assert.ok(ours.some((text) => text.includes("\u200E+33 6 39 98 00 53")), JSON.stringify(ours));
  assert.ok(ours.at(-1).includes("Anne"), ours.at(-1));
  const told = JSON.stringify({ ours, tasks: page.tasks, session: page.session, cases: page.cases });
  assert.match(told, /أريد أن أتكلم مع شخص/);
  assert.doesNotMatch(told, /[\u202A-\u202E\u2066-\u2069]/);
  assert.doesNotMatch(JSON.stringify([page.tasks, page.session, page.cases]), /[\u200E\u200F]/);

  // And by a gateway, into the store.
  const body = JSON.stringify({ from: "+33639980054", id: "m1", text: "\u202Eأريد أن أتكلم مع شخص\u2069\u200F" });
  const headers = { Host: `localhost:${server.port}`, "Content-Type": "application/json" };
  assert.equal((await send(server.port, { method: "POST", path: "/hooks/phone", body, headers })).status, 200);
  const { stdout } = await run(["inbox", "tasks", "--json", "--data", server.data]);
  assert.deepEqual(JSON.parse(stdout).tasks.map((task) => task.text).filter(Boolean), ["أريد أن أتكلم مع شخص"]);
  await server.stop();
});
