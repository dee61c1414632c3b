// What people write first, and how to tell that an answer is in their language. Reads the catalogues as plain JSON.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./server.mjs";

/** A first text in each language: its script, and somebody's words. */
export const questions = {
  fr: ["Latin", "Bonjour, je voudrais savoir quand le bureau est ouvert"],
  en: ["Latin", "Hello, I would like to know when the office is open"],
  ar: ["Arabic", "مرحبا، أريد أن أعرف متى يفتح المكتب"],
  ti: ["Ethiopic", "ሰላም፡ ቤት ጽሕፈት መዓስ ከም ዝኽፈት ክፈልጥ ደልየ ኣለኹ"],
  uk: ["Cyrillic", "Добрий день, підкажіть, будь ласка, коли відчинений офіс"],
  "fa-AF": ["Arabic", "سلام، من تازه به این شهر آمده‌ام و یک سوال دارم"],
};

/** A sentence of the catalogue, as translators wrote it. */
export const sentence = (locale, key) => JSON.parse(readFileSync(join(repository, `locales/${locale}.json`)))[key].defaultMessage;

/** Whether a text holds a sentence of the catalogue, whatever stands in its {places}. */
export function holds(text, locale, key) {
  const plain = text.replace(/[\u2066-\u2069\u200e\u200f]/g, "");
  return sentence(locale, key).replaceAll("''", "'").split(/\{[^}]*\}|\n/).map((piece) => piece.trim())
    .filter((piece) => piece.length > 3).every((piece) => plain.includes(piece));
}

/** The share of a text's letters that belong to a script. */
export function share(text, script) {
  const letters = text.match(/\p{L}/gu) ?? [];
  return letters.filter((letter) => new RegExp(`\\p{Script=${script}}`, "u").test(letter)).length / letters.length;
}
