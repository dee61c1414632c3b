// What a message costs, by where it goes and how it is spelt: told before it leaves, counted when it does.
import assert from "node:assert/strict";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { Gateway, configuration, eventually } from "./support/gateway.mjs";
import { run, Server, temporaryFolder } from "./support/server.mjs";

const monday = ["--clock", "2027-03-22T09:00:00Z"];  // 10:00 in Valmoret: no quiet hours
const here = "+33639980001", tunis = "+21620000001", ooredoo = "+21650000001";

// The demo association with more languages, and what it says of spellings.
function association(folder, languages, more = "") {
  const own = `${folder}/association`;
  cpSync("config/associations/demo", own, { recursive: true });
  rmSync(`${own}/pages`, { recursive: true });  // they are in the demo's languages
  const file = `${own}/association.yaml`;
  writeFileSync(file, readFileSync(file, "utf8").replace(/^languages: .*$/m, `languages: [${languages}]`) + more);
  return own;
}

async function start(suite, { channel, languages = "fr, en, ku, tr, vi, es", more = "" }) {
  const folder = temporaryFolder(suite);
  const gateway = await Gateway.start(suite);
  const own = association(folder, languages, more);
  const config = configuration(folder, gateway, { channel }).replace("config/associations/demo", own);
  const server = await Server.start({ folder, config, args: monday });
  suite.after(() => server.close());
  return { folder, gateway, config, server };
}

async function ask(server, ...words) {
  const end = await run([...words, "--data", server.data, "--config", `${server.folder}/passerelle.toml`, "--json"]);
  assert.equal(end.code, 0, end.stderr + end.stdout);
  return JSON.parse(end.stdout);
}

const send = (server, to, text, lang, ...more) => ask(server, "send", "--to", `sms:${to}`, "--text", text, "--lang", lang, ...more);
const spent = async (server) => (await ask(server, "channel", "list")).channels[0].spent_this_month;

const prices = `price = "0.065 CHF"\nprice_for = [ "+33 0.072 CHF", "+216 0.09 CHF", "+2165 0.1 CHF" ]\nmonthly_cap = "0.40 CHF"`;

test("a message costs what its country costs, until the month's cap", async (suite) => {
  const { server, gateway } = await start(suite, { channel: prices });
  const [channel] = (await ask(server, "channel", "list")).channels;
  assert.deepEqual([channel.price, channel.price_for], ["0.065 CHF", ["+33 0.072 CHF", "+216 0.09 CHF", "+2165 0.10 CHF"]]);
  for (const [to, cost] of [[here, "0.072 CHF"], [tunis, "0.09 CHF"], [ooredoo, "0.10 CHF"], ["+41790000001", "0.065 CHF"]])
    assert.equal((await send(server, to, "Bonjour", "fr", "--preview")).cost, cost, to);
  assert.equal(await spent(server), "0.00 CHF", "a preview costs nothing");

  assert.equal((await send(server, here, "Bonjour", "fr")).cost, "0.072 CHF");
  const dear = await send(server, tunis, "L’eau sera coupée demain, de 8 h à 10 h. Remplissez un seau ce soir, s’il vous plaît.", "fr");
  assert.deepEqual([dear.segments, dear.cost], [2, "0.18 CHF"]);
  assert.equal(await spent(server), "0.252 CHF");
  await eventually(() => gateway.accepted.length === 2 || `${gateway.accepted.length} messages`);

  await send(server, ooredoo, "Bonjour", "fr");
  assert.equal(await spent(server), "0.352 CHF");
  const over = await send(server, here, "Bonsoir", "fr", "--preview");
  assert.deepEqual([over.cost, over.leaves, over.why], ["0.072 CHF", "not at all", "monthly_cap"], "0.424 is more than 0.40");
  assert.equal((await send(server, here, "Bonsoir", "fr")).state, "withheld");
  assert.equal(await spent(server), "0.352 CHF");
});

const cheaper = async (server, text, lang) => (await send(server, here, text, lang, "--preview")).cheaper_text;
const texts = {
  fr: "Le rendez-vous de l’école est reporté à la même heure, vendredi prochain. À bientôt.",
  ku: "Hevdîtina we ji bo roja înê hat guhertin. Ji kerema xwe re demjimêr dehan werin vir.",
  tr: "Randevunuz cuma gününe alındı. Lütfen saat onda buraya gelin, kartınızı da getirin.",
  vi: "Cuộc hẹn của bạn được dời sang thứ sáu. Xin vui lòng đến đây lúc mười giờ sáng nhé.",
};

test("a cheaper spelling is offered where a language can bear it, and never used unasked", async (suite) => {
  const { server, gateway } = await start(suite, { channel: prices });
  const french = await send(server, here, texts.fr, "fr", "--preview");
  assert.equal(french.cheaper_text, "Le rendez-vous de l'école est reporté à la meme heure, vendredi prochain. A bientot.");
  assert.deepEqual([french.segments, french.cost, french.cheaper_segments, french.cheaper_cost], [2, "0.144 CHF", 1, "0.072 CHF"]);
  assert.equal(await cheaper(server, texts.ku, "ku"), texts.ku.replaceAll("î", "i").replaceAll("ê", "e"));
  assert.equal(await cheaper(server, texts.tr, "tr"), undefined);
  assert.equal(await cheaper(server, texts.tr.replaceAll("ı", "i").replace(". ", "… "), "tr"),
    texts.tr.replaceAll("ı", "i").replace(". ", "... "), "quotes and dots mean the same in every language");
  assert.equal(await cheaper(server, texts.vi, "vi"), undefined);
  await send(server, here, texts.ku, "ku");
  await eventually(() => gateway.accepted.length === 1 || "nothing yet");
  assert.equal(gateway.accepted[0].text, texts.ku);
});

test("an association chooses which languages may be spelt more cheaply", async (suite) => {
  const more = "\ncheaper_spelling:\n  fr: marks\n  tr: letters\n";
  const { server } = await start(suite, { channel: prices, more });
  assert.equal(await cheaper(server, texts.fr, "fr"), undefined);
  assert.equal(await cheaper(server, texts.tr, "tr"), texts.tr.replaceAll("ı", "i"));
});

test("a mistake in the choice or in the prices is told at its place", async (suite) => {
  const folder = temporaryFolder(suite);
  const gateway = await Gateway.start(suite);
  const check = async (channel, more) => {
    const own = association(folder, "fr", more);
    const config = configuration(folder, gateway, { channel }).replace("config/associations/demo", own);
    writeFileSync(`${folder}/passerelle.toml`, config);
    const end = await run(["check", "--config", `${folder}/passerelle.toml`]);
    return { code: end.code, text: end.stdout + end.stderr };
  };
  assert.equal((await check(prices, "\ncheaper_spelling: {fr: never}\n")).code, 0);
  const wish = await check(prices, "\ncheaper_spelling:\n  vi: letters\n");
  assert.equal(wish.code, 3);
  assert.match(wish.text, /association\.yaml:\d+:3: nobody has said which letters 'vi' may write plainly; write marks/);
  const price = await check('price = "0.065 CHF"\nprice_for = ["0033 0.07 CHF"]', "");
  assert.equal(price.code, 3);
  assert.match(price.text, /passerelle\.toml:\d+:14: '0033 0\.07 CHF' of 'price_for' is not the beginning of a number and a price/);
});

test("a dialog whose message takes many SMS is told, with all that it says together", async (suite) => {
  const folder = temporaryFolder(suite);
  writeFileSync(`${folder}/help.yaml`,
    "dialog: help\nabout: Many sentences in one message.\nsteps:\n  text:\n    say: [first_contact.hello, first_contact.menu]\n    then: more\n" +
    "  more:\n    say: [first_contact.menu, first_contact.menu]\n");
  const end = await run(["dialogs", "lint", `${folder}/help.yaml`, "--json"]);
  const { findings, notes } = JSON.parse(end.stdout);
  assert.deepEqual([end.code, findings], [0, []]);
  assert.equal(notes.length, 1);
  assert.deepEqual([notes[0].line, notes[0].column], [4, 3]);
  const parts = Number(/'text' takes (\d+) SMS in '[\w-]+'/.exec(notes[0].what)[1]);
  assert.ok(parts > 6, `three menus of about three SMS each, not ${parts}`);
});
