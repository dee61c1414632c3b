// The simulator page in Debian's Chromium: talked to in French, Arabic and Tigrinya, with mouse and with keyboard.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { browse, Visitor } from "./support/browser.mjs";
import { holds } from "./support/sentences.mjs";
import { repository, run, Server, temporaryFolder } from "./support/server.mjs";

const config = (association = "config/associations/demo", more = "") => `
[server]
admin_listen = "127.0.0.1:0"
[association]
dir = "${association}"
${more}
[[channel]]
name = "phone"
gateway = "simulator"
`;

async function start(t, text = config()) {
  const server = await Server.start({ folder: temporaryFolder(t), config: text });
  t.after(() => server.close());
  return server;
}

const people = [
  { lang: "fr", text: "Bonjour", dir: "ltr" },
  { lang: "ar", text: "مرحبا", dir: "rtl" },
  { lang: "ti", text: "ሰላም ከመይ ኣለኻ", dir: "ltr" },
];

test("a visit in French, Arabic and Tigrinya, from the first word to the reminder and the task", async (t) => {
  const server = await start(t);
  const visitor = await Visitor.open(await browse(t), server);
  for (const { lang, text, dir } of people) {
    await visitor.newPhone({ language: lang });
    assert.ok(holds(await visitor.say(text), lang, "first_contact.menu"), `a menu in ${lang}`);
    const bubble = await visitor.lastOfOurs();
    assert.deepEqual([bubble.lang, bubble.dir, bubble.direction], [lang, dir, dir]);
    assert.match(await visitor.text("#messages > li.us .meta"), lang === "fr" ? /GSM-7 · 2 segments/ : /UCS-2 · [23] segments/);
    const glosses = await visitor.page.locator("#messages .gloss[lang=fr]").allTextContents();
    if (lang === "fr") assert.deepEqual(glosses, [], "French is its own gloss");
    else assert.ok(holds(glosses.join("\n"), "fr", "first_contact.menu"), `the menu in French under ${lang}: ${glosses}`);
    assert.match(await visitor.text("#session"), /first_contact\/hello/);
    assert.match(await visitor.text("#log"), /first_contact\.hello first_contact\.menu/);

    await visitor.click("#appoint button[type=submit]");
    assert.match(await visitor.text("#appointment"), /\d\d\.\d\d\.\d{4} 14:30[\s\S]*pas encore/);
    await visitor.click("[data-pass=reminder]");
    assert.ok(holds((await visitor.lastOfOurs()).text, lang, "reminder.answer"), `a reminder in ${lang}`);
    assert.match(await visitor.text("#now"), / 14:30$/, "two days before, at the same hour");
    assert.ok(holds(await visitor.say("2"), lang, "reminder.declined"));
    assert.match(await visitor.text("#tasks"), /Rappeler la personne[\s\S]*2/);
    assert.match(await visitor.text("#appointment"), /ne vient pas/);

    await visitor.shoot(`${lang}-1280`);
    const file = await visitor.save(server.folder, `${lang}.transcript`);
    assert.match(readFileSync(file, "utf8"), /^start .*\n(do .*\n)?/);
    const replayed = await run(["dialogs", "test", file]);
    assert.equal(replayed.code, 0, `${replayed.stderr}${replayed.stdout}${readFileSync(file, "utf8")}`);
    assert.match(replayed.stdout, /1 passed, 0 failed/);
  }
  const real = await run(["inbox", "tasks", "--json", "--data", server.data]);
  assert.deepEqual(JSON.parse(real.stdout).tasks.filter((task) => task.address), [], "nothing of it is in the store");
  assert.doesNotMatch(server.text.stderr, /appointment|turn\.|inbound/, "nor in the log");
  visitor.quiet();
  await server.stop();
});

test("what somebody writes stays text", async (t) => {
  const server = await start(t);
  const visitor = await Visitor.open(await browse(t), server);
  const attack = '<script>window.broken = 1</script><img src=x onerror="window.broken = 1"><b>gras</b>';
  await visitor.say(attack);
  await visitor.say("2");
  await visitor.page.locator("#with").fill("<i>Anne</i>");
  await visitor.click("#appoint button[type=submit]");
  await visitor.page.locator("#action").fill("<script>window.broken = 1</script>");
  await visitor.click("#act button");
  assert.match(await visitor.error(), /staff can do appointment/);
  await visitor.page.locator("#action").fill("");
  assert.ok((await visitor.text("#messages")).includes(attack));
  const made = await visitor.page.evaluate(() => [typeof window.broken, document.querySelectorAll("main script, main img, main b, main i").length]);
  assert.deepEqual(made, ["undefined", 0]);
  // Nor would a hole in the page be enough: its policy runs no script that is not a file of ours.
  const ran = await visitor.page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "window.broken = 2";
    document.body.append(script);
    const blocked = await fetch("https://example.com/").then(() => false, () => true);
    return [typeof window.broken, blocked];
  });
  assert.deepEqual(ran, ["undefined", true]);
  await server.stop();
});

test("axe-core finds nothing, wide and narrow, light and dark, in French and English", async (t) => {
  const server = await start(t);
  const browser = await browse(t);
  for (const [name, options, lang] of [["clair", {}, "ar"], ["sombre", { dark: true }, "ti"], ["anglais", { query: "?lang=en" }, "fr"],
    ["étroit", { width: 360, height: 740 }, "ar"], ["étroit et sombre", { width: 360, height: 740, dark: true }, "ti"]]) {
    const visitor = await Visitor.open(browser, server, options);
    await visitor.accessible(`${name}, au début`);
    await visitor.newPhone({ language: lang });
    await visitor.say("STOP");
    await visitor.say("danger");
    await visitor.click("#appoint button[type=submit]");
    await visitor.page.locator("#discreet").check();
    await visitor.idle();
    await visitor.say("2");
    await visitor.page.locator("#action").fill("dance");
    await visitor.click("#act button");
    await visitor.accessible(`${name}, au milieu`);
    await visitor.fits(name);
    await visitor.shoot(`${lang}-${options.width ?? 1280}${options.dark ? "-dark" : ""}${options.query ? "-en" : ""}-axe`);
    visitor.quiet({ refused: true });
    await visitor.context.close();
  }
  await server.stop();
});

test("everything can be done with the keyboard", async (t) => {
  const server = await start(t);
  const visitor = await Visitor.open(await browse(t), server);
  const { page } = visitor;
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.dataset.pass || document.activeElement.type || document.activeElement.tagName);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter"); // the link that skips to the message
  assert.equal(await focused(), "text");
  await page.keyboard.type("Bonjour");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("merci");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll("#messages > li").length === 2);
  await visitor.idle();
  assert.equal(await page.locator("#messages > li.person .text").textContent(), "Bonjour\nmerci");
  assert.equal(await focused(), "text", "one can go on writing");
  const reached = new Set();
  for (let i = 0; i < 60; ++i) {
    await page.keyboard.press("Tab");
    reached.add(await focused());
  }
  for (const control of ["ring", "language", "number", "latin_only", "reminder", "due", "hour", "day", "place", "with", "move", "cancel", "discreet", "action", "save"])
    assert.ok(reached.has(control), `Tab reaches ${control}: ${[...reached].join(" ")}`);
  await page.locator("[data-pass=day]").focus();
  const before = await visitor.text("#now");
  await page.keyboard.press("Space");
  await page.waitForFunction((now) => document.getElementById("now").textContent !== now, before);
  visitor.quiet();
  await server.stop();
});

test("the page tells when the content has changed, and begins anew with it", async (t) => {
  const folder = temporaryFolder(t);
  const association = join(folder, "association");
  cpSync(join(repository, "config/associations/demo"), association, { recursive: true });
  const overlay = join(folder, "overlay");
  mkdirSync(join(overlay, "locales"), { recursive: true });
  const server = await start(t, config(association, `[content]\ndirs = ["${overlay}"]`));
  const visitor = await Visitor.open(await browse(t), server);
  await visitor.say("Bonjour");
  const french = JSON.parse(readFileSync(join(repository, "locales/fr.json"), "utf8"));
  french["first_contact.hello"].defaultMessage = "{association} : soyez le bienvenu ici.";
  writeFileSync(join(overlay, "locales/fr.json"), JSON.stringify(french));
  assert.equal((await run(["reload", "--data", server.data])).code, 0);
  const banner = visitor.page.locator("#reloaded");
  await banner.getByText("Les contenus ont changé").waitFor({ timeout: 20_000 });
  assert.doesNotMatch(await visitor.say("0"), /soyez le bienvenu/, "what has begun goes on as it was");
  await banner.getByRole("button").click();
  await visitor.page.waitForFunction(() => document.querySelectorAll("#messages > li").length === 0);
  assert.equal(await banner.textContent(), "");
  assert.match(await visitor.say("Bonjour"), /soyez le bienvenu ici/);
  visitor.quiet();
  await server.stop();
});

test("a tab that is loaded again goes on, and another tab has its own phone", async (t) => {
  const server = await start(t);
  const browser = await browse(t);
  const visitor = await Visitor.open(browser, server);
  await visitor.say("Bonjour");
  await visitor.page.reload();
  await visitor.page.locator("#messages > li").first().waitFor();
  assert.equal(await visitor.page.locator("#messages > li").count(), 2);
  const other = await Visitor.open(browser, server, { query: "?lang=en" });
  assert.equal(await other.page.locator("#messages > li").count(), 0);
  assert.equal(await other.page.locator("html").getAttribute("lang"), "en");
  await other.click("#ring");
  assert.match(await other.text("#tasks"), /Call the person back/);
  assert.match(await visitor.text("#tasks"), /Aucune tâche/);
  visitor.quiet();
  other.quiet();
  await server.stop();
});
