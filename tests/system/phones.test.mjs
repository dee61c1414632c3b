// `passerelle phones` reads telephone numbers as two libraries do that were written by others: npm libphonenumber-js, from
// whose metadata ours are made, and Debian's python3-phonenumbers, whose metadata are of another year.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { python } from "./support/python.mjs";
import { codes, numbers, plans } from "./support/phone_numbers.mjs";
import { binary } from "./support/server.mjs";

const { parsePhoneNumberFromString } = createRequire(import.meta.url)("libphonenumber-js/max");
const count = 20_000;
const cases = numbers(count, 20270329); // [region, text, the same in digits 0-9]

function lines(program, options, input) {
  const run = spawnSync(program, options, { input, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout.split("\n").slice(0, -1);
}

const filter = (list) => lines(binary(), ["phones"], list.map(([region, text]) => `${region}\t${text}\n`).join(""));
const ours = filter(cases).map((line) => {
  const [number, region, kind, people] = line.split("\t");
  return { number, region, kind, people, line };
});

// What one says of a number, in the words of another. A number of no known range is none, and so is what both libraries
// let through with more than the 15 digits of E.164.
const known = ({ number, kind }) => (number === "-" || kind === "unknown" || number.length > 16 ? "-" : `${number} ${kind}`);

function tell(name, agree, of, differ) {
  console.log(`${name}: ${agree} of ${of} agree${differ.length > 0 ? `; ${differ.length} differ, such as\n  ${differ.slice(0, 12).join("\n  ")}` : ""}`);
}

const kindsOfNpm = {
  FIXED_LINE: "fixed", MOBILE: "mobile", FIXED_LINE_OR_MOBILE: "fixed_or_mobile", TOLL_FREE: "toll_free", PREMIUM_RATE: "premium", SHARED_COST: "shared_cost",
  VOIP: "internet", PERSONAL_NUMBER: "personal", PAGER: "pager", UAN: "company", VOICEMAIL: "voicemail",
};

// It knows few scripts. Tristan da Cunha has no mobile numbers, which it takes for "the same as the fixed ones".
const npms = cases.map(([region, , latin]) => parsePhoneNumberFromString(latin, region));
const kindOfNpm = (read) => (read.country === "TA" ? "fixed" : kindsOfNpm[read.getType()] ?? "unknown");

// Both libraries take Belarus' prefix of home, an 8, off its dear numbers +375 810…, too, and find none; we leave it.
const isDearInBelarus = ({ number }) => number.startsWith("+375810");

test("20,000 numbers of all plans are read as npm libphonenumber-js reads them", () => {
  const differ = [];
  let agree = 0;
  let valid = 0;
  cases.forEach(([region, typed], i) => {
    const read = npms[i];
    const theirs = read?.isValid() ? { number: read.number, kind: kindOfNpm(read) } : { number: "-" };
    if (theirs.number !== "-") ++valid;
    if (known(theirs) === known(ours[i])) ++agree;
    else differ.push(`${region} ${typed}: ${known(theirs)}, ours ${ours[i].line}`);
  });
  const belarus = differ.filter((one) => one.includes(": -, ours +375810"));
  tell(`npm libphonenumber-js, the same metadata, ${valid} valid`, agree, count, differ);
  assert.ok(valid > count / 3);
  assert.ok(belarus.length < 10);
  assert.deepEqual(differ, belarus);
});

// Of a plan: what is dialled before a number abroad, its pattern, the prefix at home and what becomes of it, the first
// digits, and the patterns of the ten kinds.
const text = (value) => value || null;
function plan(id) {
  const [, away, number, , , trunk, , parsing, transform, , leading, types] = plans[id];
  const kinds = Array.from({ length: 10 }, (_, i) => (types?.[i] ? text(types[i][0]) ?? text(types[0]?.[0]) : null));
  return [away, number, parsing || trunk, transform, leading, ...kinds].map(text);
}
const matches = (pattern, digits) => pattern !== null && new RegExp(`^(?:${pattern})$`).test(digits);
const codeOf = (number) => [1, 2, 3].map((length) => number.slice(1, 1 + length)).find((code) => codes[code]);

// Whether a plan has changed between the two metadata in what it says of this very number.
function changed(old, region, number) {
  const code = codeOf(number);
  const digits = number.slice(1 + code.length);
  const dialling = (id, from) => [0, 2, 3].some((i) => plan(id)[i] !== text(old[id]?.[i])?.replace(/\\(\d)/g, "$$$1") && i >= from);
  if (dialling(region, 0) || dialling(codes[code][0], 1)) return true;
  return codes[code].some((id) => {
    const [before, now] = [old[id]?.map(text), plan(id)];
    if (!before || before[4] !== now[4]) return true;
    return [1, ...now.keys()].filter((i) => i === 1 || i > 4).some((i) => matches(before[i], digits) !== matches(now[i], digits));
  });
}

test("20,000 numbers of all plans are read as python3-phonenumbers reads them, but where a plan has changed", () => {
  const script = fileURLToPath(new URL("support/phone_oracle.py", import.meta.url));
  const { version, plans: old } = JSON.parse(lines(python, [script, "plans"], "").join("\n"));
  const theirs = lines(python, [script], cases.map(([region, typed]) => `${region}\t${typed}\n`).join("")).map((line) => {
    const [number, kind] = line.split("\t");
    return { number, kind };
  });
  const differ = [];
  const renewed = [];
  cases.forEach(([region, typed], i) => {
    if (known(theirs[i]) === known(ours[i])) return;
    const both = [theirs[i], ours[i]].filter((read) => known(read) !== "-");
    const into = both.some(({ number }) => changed(old, region, number)) ? renewed : differ;
    into.push(`${region} ${typed}: ${known(theirs[i])}, ours ${ours[i].line}`);
  });
  const read = ours.filter((one) => known(one) !== "-").length;
  tell(`python3-phonenumbers ${version}, ${read} valid`, count - differ.length - renewed.length, count, differ);
  console.log(`…and ${renewed.length} numbers whose plan has changed since, such as\n  ${renewed.slice(0, 5).join("\n  ")}`);
  assert.deepEqual(differ, []);
  assert.ok(renewed.length < count / 10);
});

test("numbers are grouped for people as npm libphonenumber-js groups them", () => {
  const plain = (text) => text.replace(/[^\d+]+/g, " ");
  let compared = 0;
  ours.forEach((one, i) => {
    if (known(one) === "-" || (isDearInBelarus(one) && !npms[i].isValid())) return;
    assert.equal(plain(one.people), plain(npms[i].formatInternational()), one.number);
    ++compared;
  });
  console.log(`${compared} numbers are grouped alike`);
});

test("what has been read reads as itself again", () => {
  const read = ours.filter((one) => known(one) !== "-");
  const again = filter(read.map(({ number }) => ["", number]));
  read.forEach((one, i) => assert.equal(again[i], one.line));
});

test("what is no number says what it lacks", () => {
  const told = (region, text) => filter([[region, text]])[0];
  assert.equal(told("CH", "079 123 45 67"), "+41791234567\tCH\tmobile\t+41 79 123 45 67");
  assert.equal(told("CH", "+41 (0)79/123.45.67"), told("CH", "tel:+41-79-123-45-67"));
  assert.equal(told("TN", "٩٨ ٧٦٥ ٤٣٢"), "+21698765432\tTN\tmobile\t+216 98 765 432");
  assert.equal(told("FR", "\u202a+33\u00a06\u202f12 34 56 78\u202c"), "+33612345678\tFR\tmobile\t+33 6 12 34 56 78");
  assert.equal(told("CH", "0900 123 456"), "+41900123456\tCH\tpremium\t+41 900 123 456");
  assert.equal(told("CH", "36105"), "-\tis too short for a number of +41: after the country's code it needs 9 or 12 digits and has 5");
  assert.equal(told("CH", "EVAM"), "-\tholds more than the digits of a telephone number");
  assert.equal(told("ET", "፱፩፩"), "-\tis written in Ethiopic numerals, which are not dialled");
  assert.equal(told("", "079 123 45 67"), "-\tlacks the country's code");
  const unknown = spawnSync(binary(), ["phones"], { input: "CH\t117\nXX\t1\n", encoding: "utf8" });
  assert.equal(unknown.status, 1);
  assert.match(unknown.stderr, /^passerelle: line 2 does not begin with a region/);
});

test("the committed numbering plans are what the tool makes of the package", () => {
  const tool = fileURLToPath(new URL("../../script/phone-metadata", import.meta.url));
  const run = spawnSync(process.execPath, [tool, "-"], { encoding: "utf8", maxBuffer: 1 << 24 });
  assert.equal(run.status, 0, run.stderr);
  const committed = readFileSync(new URL("../../server/domain/phone_metadata.cpp", import.meta.url), "utf8");
  assert.ok(run.stdout === committed, "run script/phone-metadata and commit server/domain/phone_metadata.cpp");
});
