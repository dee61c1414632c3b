// Telephone numbers of every numbering plan of npm libphonenumber-js, right and nearly right, as people write them.
import { createRequire } from "node:module";

const metadata = createRequire(import.meta.url)("libphonenumber-js/metadata.max.json");

export const plans = { ...metadata.countries, ...metadata.nonGeographic };
export const codes = { ...metadata.country_calling_codes };
for (const code of Object.keys(metadata.nonGeographic)) codes[code] = [code];

// The same numbers in every run (mulberry32).
export function random(seed) {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

// One text that the pattern takes.
function sample(pattern, below) {
  let at = 0;
  const digits = () => {
    let text = "";
    while (/\d/.test(pattern[at])) text += pattern[at++];
    return Number(text);
  };
  const choice = () => {
    let all = "";
    for (++at; pattern[at] !== "]"; ++at) {
      if (pattern[at + 1] === "-") {
        for (let digit = Number(pattern[at]); digit <= Number(pattern[at + 2]); ++digit) all += digit;
        at += 2;
      } else all += pattern[at];
    }
    ++at;
    return () => all[below(all.length)];
  };
  const atom = () => {
    if (pattern[at] === "[") return choice();
    if (pattern[at] === "(") {
      at += pattern.startsWith("(?:", at) ? 3 : 1;
      const inner = either();
      ++at;
      return inner;
    }
    if (pattern.startsWith("\\d", at)) {
      at += 2;
      return () => String(below(10));
    }
    const digit = pattern[at++];
    return () => digit;
  };
  const counted = (make) => {
    let [least, most] = [1, 1];
    if (pattern[at] === "?") [least, at] = [0, at + 1];
    else if (pattern[at] === "{") {
      ++at;
      most = least = digits();
      if (pattern[at] === ",") ++at, (most = digits());
      ++at;
    }
    return () => Array.from({ length: least + below(most - least + 1) }, make).join("");
  };
  const sequence = () => {
    const parts = [];
    while (at < pattern.length && pattern[at] !== "|" && pattern[at] !== ")") parts.push(counted(atom()));
    return () => parts.map((part) => part()).join("");
  };
  const either = () => {
    const ways = [sequence()];
    while (pattern[at] === "|") ++at, ways.push(sequence());
    return () => ways[below(ways.length)]();
  };
  return either()();
}

// Of one of its kinds; one in three is then spoilt: a digit more, one less, or another one.
function national(plan, below) {
  const types = (plan[11] || []).filter((type) => type && type[0]);
  const pattern = types.length > 0 && below(5) > 0 ? types[below(types.length)][0] : plan[2];
  const number = sample(pattern, below);
  if (below(3) > 0) return number;
  const at = below(number.length);
  return number.slice(0, at) + ["", String(below(10)), `${below(10)}${number[at]}`][below(3)] + number.slice(at + 1);
}

const zeros = ["0", "0", "0", "٠", "۰", "०", "০", "၀", "０", "߀"];
const marks = ["", "", " ", "-", ".", "\u00a0", "/"];

// In some script's digits, grouped somehow; and the same in ours.
function written(digits, below) {
  const zero = zeros[below(zeros.length)].codePointAt(0);
  const mark = marks[below(marks.length)];
  const latin = [...digits].map((digit, i) => (i > 0 && below(3) === 0 ? mark : "") + digit).join("");
  return [latin.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit))), latin];
}

// [region, text, the same in the digits 0-9]: with +, with what is dialled before a number abroad, as at home, or with
// the code alone.
export function numbers(count, seed) {
  const below = random(seed);
  const ids = Object.keys(plans);
  return Array.from({ length: count }, (_, i) => {
    const id = ids[i % ids.length];
    const plan = plans[id];
    const number = national(plan, below);
    const ofNoCountry = /^\d/.test(id);
    const form = below(ofNoCountry ? 2 : 4);
    const trunk = plan[5] && below(4) > 0 ? plan[5] : "";
    const before = [plan[0], `00${plan[0]}`, trunk, plan[0]][form];
    const region = ofNoCountry || form === 1 ? "CH" : id;
    return [region, ...written(before + number, below).map((text) => (form === 0 ? "+" : "") + text)];
  });
}
