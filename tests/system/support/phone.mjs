// The phones behind Kannel's fakesmsc: writes what people send in its line format, and reads what reaches them.
// Nothing here is ours: coding is told by fakesmsc, or found from the bytes where it does not tell.
import assert from "node:assert/strict";

const utf16 = (text) => Buffer.from(text, "utf16le").swap16();
const fromUtf16 = (bytes) => Buffer.from(bytes).swap16().toString("utf16le");
const escaped = (bytes) => Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");

/** Kannel writes a space as +, and bytes that are letters as they are. */
export function unescaped(text) {
  const bytes = [];
  for (let at = 0; at < text.length; ++at) {
    if (text[at] === "%") {
      bytes.push(parseInt(text.slice(at + 1, at + 3), 16));
      at += 2;
    } else {
      bytes.push(...Buffer.from(text[at] === "+" ? " " : text[at]));
    }
  }
  return Buffer.from(bytes);
}

/**
 * A text as lines for fakesmsc: as "text" if it can be, else as UCS-2.
 * @param {number} [parts] sends it in so many parts joined by a UDH, in reverse order; plain ASCII only, since fakesmsc
 *   knows no UCS-2 with a UDH
 */
export function linesOf(from, to, text, { parts = 1, ref = 0x2a, coding } = {}) {
  if (parts > 1) {
    assert.match(text, /^[ -~]+$/);
    const size = Math.ceil(text.length / parts);
    return Array.from({ length: parts }, (_, i) => {
      const udh = escaped([5, 0, 3, ref, parts, i + 1]);
      return `${from} ${to} udh-text ${udh} ${text.slice(i * size, (i + 1) * size)}`;
    }).reverse();
  }
  const plain = /^[ -~]+$/.test(text);
  if (coding === "data") return [`${from} ${to} data ${escaped(Buffer.from(text))}`];
  return [coding !== "ucs2" && plain ? `${from} ${to} text ${text}` : `${from} ${to} ucs2 ${escaped(utf16(text))}`];
}

/** A part in a UDH comes without its coding. No part of a text in UCS-2 is UTF-8 without control characters. */
function decoded(bytes) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f]/.test(text)) return text;
  } catch {}
  if (bytes.length % 2 === 1) throw new Error(`neither UTF-8 nor UCS-2: ${bytes.toString("hex")}`);
  return fromUtf16(bytes);
}

/** The UDH that joins parts: [ref, total, number], with a reference of 8 or of 16 bits. */
function joined(header) {
  if (header.length === 6 && header.subarray(0, 3).equals(Buffer.from([5, 0, 3]))) return [...header.subarray(3)];
  if (header.length === 7 && header.subarray(0, 3).equals(Buffer.from([6, 8, 4]))) return [header.readUInt16BE(3), header[5], header[6]];
  throw new Error(`no UDH that joins parts: ${header.toString("hex")}`);
}

/** Everything that reached any phone, put together as a phone does it. */
export class Phones {
  /** Whole texts, in the order in which their last part came: {from, to, text, parts, at}; pieces: each part's bytes. */
  texts = [];
  /** Parts that came twice while their text was not whole: a phone shows such a text once, but it was paid twice. */
  doubled = [];
  /** What no phone could show. A test asserts that there is none. */
  problems = [];
  #open = new Map();

  /** One message of fakesmsc. */
  take(line) {
    try {
      this.#take(line);
    } catch (error) {
      this.problems.push(error.message);
    }
  }

  #take(line) {
    const [, from, to, kind, rest] = /^(\S+) (\+?\d+) (text|data|ucs-2|udh) (.*)$/s.exec(line) ?? [];
    if (kind === undefined) this.#goOn(line);
    else if (kind === "text") this.#whole({ from, to, text: rest, parts: 1, open: true });
    else if (kind === "ucs-2") this.#whole({ from, to, text: fromUtf16(unescaped(rest)), parts: 1 });
    else if (kind === "data") this.#whole({ from, to, text: decoded(unescaped(rest)), parts: 1 });
    else this.#part(from, to, rest);
  }

  /** Kannel's fake driver does not escape the line breaks of a "text": what begins with no numbers belongs to the last. */
  #goOn(line) {
    const last = this.texts.at(-1);
    if (!last?.open) throw new Error(`unknown: ${line}`);
    last.text += `\n${line}`;
  }

  #whole(message) {
    this.texts.push({ at: Date.now(), ...message });
  }

  #part(from, to, rest) {
    const [udh, , body] = rest.split(" ");
    const [ref, total, number] = joined(unescaped(udh));
    if (number < 1 || number > total) throw new Error(`part ${number} of ${total}`);
    const key = `${from} ${to} ${ref} ${total}`;
    const parts = this.#open.get(key) ?? new Map();
    if (parts.has(number)) this.doubled.push({ from, to, ref, number });
    this.#open.set(key, parts.set(number, unescaped(body)));
    if (parts.size < total) return;
    this.#open.delete(key);
    const pieces = Array.from({ length: total }, (_, i) => parts.get(i + 1));
    this.#whole({ from, to, text: decoded(Buffer.concat(pieces)), parts: total, pieces });
  }

  /** Texts of which some part is missing, as "from to ref total". */
  get incomplete() {
    return [...this.#open.keys()];
  }

  /** What reached one number. */
  of(number) {
    return this.texts.filter((message) => message.to === number);
  }
}
