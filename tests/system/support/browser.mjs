// Debian's Chromium, as somebody who uses the simulator page: what is asked of it is what one sees, reads and clicks.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** One browser a test file; it goes with the test. */
export async function browse(t) {
  const browser = await chromium.launch({ executablePath });
  t.after(() => browser.close());
  return browser;
}

/** A page in a window of its own; whatever its console complains of fails the test at 'quiet'. */
export class Visitor {
  static async open(browser, server, { query = "", width = 1280, height = 900, dark = false } = {}) {
    const visitor = new Visitor();
    visitor.context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? "dark" : "light", acceptDownloads: true });
    visitor.page = await visitor.context.newPage();
    visitor.complaints = [];
    visitor.page.on("console", (line) => line.type() === "error" && visitor.complaints.push(line.text()));
    visitor.page.on("pageerror", (error) => visitor.complaints.push(error.message));
    await visitor.page.goto(`http://127.0.0.1:${server.adminPort}/simulator${query}`);
    await visitor.page.locator("#now:not(:empty)").waitFor();
    return visitor;
  }

  async idle() {
    await this.page.waitForFunction(() => !document.body.hasAttribute("aria-busy"));
  }

  /** Writes and waits for the answer. @returns {Promise<string>} what came, all bubbles of it */
  async say(text) {
    const before = await this.page.locator("#messages > li").count();
    await this.page.locator("#text").fill(text);
    await this.page.locator("#text").press("Enter");
    await this.page.waitForFunction((count) => document.querySelectorAll("#messages > li").length > count, before);
    await this.idle();
    assert.equal(await this.error(), "");
    return this.since(before + 1);
  }

  /** The texts of our bubbles from this one on. */
  since(index) {
    return this.page.locator("#messages > li").evaluateAll((rows, from) =>
      rows.slice(from).filter((row) => row.classList.contains("us")).map((row) => row.querySelector(".text").textContent).join("\n"), index);
  }

  async click(selector) {
    await this.page.locator(selector).click();
    await this.idle();
  }

  async newPhone({ language = "", number = "+41790000001", latinOnly = false } = {}) {
    await this.page.locator("#language").selectOption(language);
    await this.page.locator("#number").fill(number);
    await this.page.locator("#latin_only").setChecked(latinOnly);
    await this.click("#begin button");
    assert.equal(await this.page.locator("#messages > li").count(), 0);
  }

  error() {
    return this.page.locator("#error").textContent();
  }

  text(selector) {
    return this.page.locator(selector).innerText();
  }

  /** The newest bubble of ours: its language, direction and text. */
  lastOfOurs() {
    return this.page.locator("#messages > li.us .text").last().evaluate((element) => ({
      lang: element.lang, dir: element.dir, text: element.textContent, direction: getComputedStyle(element).direction,
    }));
  }

  async save(folder, name) {
    const file = join(folder, name);
    const [download] = await Promise.all([this.page.waitForEvent("download"), this.page.locator("#save").click()]);
    assert.equal(download.suggestedFilename(), "conversation.transcript");
    await download.saveAs(file);
    return file;
  }

  /** What axe-core finds against: nothing. */
  async accessible(what) {
    // By the debugger: the page's own policy lets in no script but its own.
    await this.page.evaluate(axe);
    const { violations, passes } = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations", "passes"] }));
    const told = violations.map((each) => `${each.id}: ${each.help}\n  ${each.nodes.map((node) => node.html).join("\n  ")}`);
    assert.deepEqual(told, [], what);
    assert.ok(passes.length > 20, `${what}: axe looked at ${passes.length} rules only`);
  }

  /** Nothing is wider than the window. */
  async fits(what) {
    const { needed, given } = await this.page.evaluate(() => ({ needed: document.documentElement.scrollWidth, given: innerWidth }));
    assert.ok(needed <= given, `${what}: ${needed} px in a window of ${given} px`);
  }

  /** For eyes: SHOTS=folder keeps pictures. */
  async shoot(name) {
    if (process.env.SHOTS) await this.page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
  }

  /** 'refused': the server was asked for what it refuses, and Chromium tells that. */
  quiet({ refused = false } = {}) {
    assert.deepEqual(this.complaints.filter((line) => !(refused && line.includes("status of 400"))), []);
  }
}
