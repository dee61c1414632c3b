// Staff who do not speak the language write with the phrasebook: typed fields in, a sentence in the person's language out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Gateway, configuration, eventually } from "./support/gateway.mjs";
import { run, Server, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";

const monday = ["--clock", "2027-03-22T09:00:00Z"]; // 10:00 in Valmoret: no quiet hours
const hello = {
  fr: "Bonjour, je vous écris pour la première fois",
  ar: "السلام عليكم، أريد أن أسأل عن شيء",
  ti: "ሰላም፣ ብዛዕባ እዚ ማሕበር ሓበሬታ ክረክብ እደሊ ኣለኹ",
};

async function start(suite) {
  const folder = temporaryFolder(suite);
  const gateway = await Gateway.start(suite);
  const server = await Server.start({ folder, config: configuration(folder, gateway, {}), args: monday });
  suite.after(() => server.close());
  return { gateway, server };
}

async function ask(server, ...words) {
  const end = await run([...words, "--data", server.data, "--json"]);
  assert.equal(end.code, 0, end.stderr + end.stdout);
  return JSON.parse(end.stdout);
}

async function refusal(server, ...words) {
  const end = await run([...words, "--data", server.data]);
  assert.equal(end.code, 1, end.stdout);
  return end.stderr;
}

const marks = /[\u200E\u200F]/g;
const fields = "building=Rue du Pont 5; from=2027-03-28 08:00; to=2027-03-28 12:00";

test("a water cut is told to each person in their language, and staff read what it means", async (suite) => {
  const { gateway, server } = await start(suite);
  const phones = { fr: "+33639980001", ar: "+33639980002", ti: "+33639980003" };
  let count = 0;
  for (const [locale, phone] of Object.entries(phones)) {
    await twilio.text(server.port, hello[locale], { from: phone });
    await eventually(() => gateway.accepted.length === count + 1 || `${gateway.accepted.length} messages`);
    const words = ["send", "--to", `sms:${phone}`, "--phrase", "water_cut", "--fields", fields];
    const preview = await ask(server, ...words, "--preview");
    assert.deepEqual([preview.reads, preview.language], [locale, locale]);
    assert.match(preview.draft, /no native speaker/);
    assert.equal(preview.means?.includes("Pas d'eau") ?? false, locale !== "fr");
    await ask(server, ...words);
    await eventually(() => gateway.accepted.length === count + 2 || `${gateway.accepted.length} messages`);
    const { text, to } = gateway.accepted[count + 1];
    assert.deepEqual([to, text], [phone, preview.text]);
    const plain = text.replace(marks, "");
    for (const told of ["Rue du Pont 5", "28.03.2027", "08:00", "12:00"]) assert.ok(plain.includes(told), `${told}: ${text}`);
    if (locale !== "fr") assert.doesNotMatch(text, /Pas d'eau/);
    count += 2;
  }
});

test("a field that is missing, unknown or mistyped is told with the way it is written", async (suite) => {
  const { gateway, server } = await start(suite);
  const words = (phrase, given) => ["send", "--to", "sms:+33639980001", "--phrase", phrase, ...(given ? ["--fields", given] : [])];
  assert.match(await refusal(server, ...words("water_cut", "building=Rue du Pont 5")), /the field 'from' is missing: write 2027-03-28 08:00/);
  assert.match(await refusal(server, ...words("water_cut", `${fields}; form=x`)), /has no field 'form'.*'from'/);
  assert.match(await refusal(server, ...words("rubbish", "day=demain; hour=07:00")), /'demain' cannot stand for 'day': write 2027-03-28/);
  assert.match(await refusal(server, ...words("late", "minutes=-3")), /'-3' cannot stand for 'minutes'/);
  assert.match(await refusal(server, ...words("water_cuts", fields)), /there is no phrase 'water_cuts'.*water_cut/);
  assert.match(await refusal(server, "send", "--to", "sms:+33639980001", "--text", "Oui", "--fields", fields), /'fields' belong to a 'phrase'/);
  assert.equal(gateway.requests, 0);
});

test("the phrasebook is listed with its fields", async (suite) => {
  const { server } = await start(suite);
  const { phrases } = await ask(server, "send", "phrases");
  assert.ok(phrases.length >= 60, `${phrases.length} phrases`);
  const water = phrases.find(({ phrase }) => phrase === "water_cut");
  assert.deepEqual(water.fields, ["building", "from", "to"]);
  assert.match(water.text, /Pas d'eau/);
});
