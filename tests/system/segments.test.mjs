// `passerelle segments` counts as Twilio's own calculator does: the same alphabet and the same number of parts.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import test from 'node:test';

const { SegmentedMessage } = createRequire(import.meta.url)('sms-segments-calculator');

function ours(texts) {
  const input = texts.map((text) => JSON.stringify(text)).join('\n') + '\n';
  const run = spawnSync(process.env.PASSERELLE, ['segments'], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout.split('\n').slice(0, -1);
}

function calculators(text) {
  const message = new SegmentedMessage(text, 'auto');
  return `${message.encodingName}\t${message.segmentsCount}`;
}

function compare(texts) {
  const lines = ours(texts);
  assert.equal(lines.length, texts.length);
  texts.forEach((text, i) => assert.equal(lines[i], calculators(text), JSON.stringify(text)));
}

// The same texts in every run (mulberry32).
function random(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return (limit) => Math.floor(next() * limit);
}

const pools = {
  latin: [...'abcdefgh XYZ 0123456789.,:;!?'],
  accents: [...'éèàùìòÇÑñäöüßåøæ¿¡§£¥¤@_ΔΩΨΦ'],
  escapes: [...'€[]{}|\\^~\f'],
  lines: ['\r\n', '\n', '\r'],
  french: [...'êçëîïôûœâÀÊ’«»–…\u00a0\t`'],
  arabic: [...'موعدكم غداً الساعة ١٢٣، '],
  persian: ['می\u200cخواهم ', ...'چگونه ۰۱۲ '],
  tigrinya: [...'ሰላም ትግርኛ ቆጸራ ።'],
  cyrillic: [...'Привіт, як справи їєґ '],
  tamil: ['தமிழ் ', 'க்ஷி', 'वि', 'กำ'],
  marks: ['e\u0301', 'a\u0308\u0323', '\u1112\u1161\u11ab', '한', '\u200d', '\ufe0f', '\u0600', 'اً'],
  emoji: ['👍', '😀', '👍🏽', '❤️', '👨‍👩‍👧‍👦', '🇨🇭', '🇫🇷', '👩‍🚀', '🏳️‍🌈', '🤦🏾‍♂️', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
  newer: ['🥷🏽', '👩‍🦰', '🫱🏿‍🫲🏻', '🧑‍🤝‍🧑', '🫠', '🧑🏿'],
};
const mixtures = [
  ['latin'],
  ['latin', 'accents'],
  ['latin', 'escapes'],
  ['latin', 'accents', 'escapes', 'lines'],
  ['latin', 'french', 'lines'],
  ['arabic', 'latin'],
  ['persian', 'latin'],
  ['tigrinya', 'emoji'],
  ['cyrillic', 'escapes'],
  ['tamil', 'latin'],
  ['marks', 'arabic'],
  ['latin', 'emoji'],
  ['emoji'],
  ['newer', 'emoji', 'arabic'],
  ['marks', 'newer', 'latin'],
];

// Half of the texts end near a boundary: 70, 134, 160, 201 and 306 units.
function generate(count, seed) {
  const below = random(seed);
  return Array.from({ length: count }, (_, i) => {
    const mixture = mixtures[i % mixtures.length];
    const near = [70, 134, 160, 201, 306][below(5)] - 4 + below(8);
    const length = below(2) === 0 ? near : below(500);
    let text = '';
    while (text.length < length) {
      const pool = pools[mixture[below(mixture.length)]];
      text += pool[below(pool.length)];
    }
    return text;
  });
}

test('the documented boundaries are counted as the calculator counts them', () => {
  const family = '👨‍👩‍👧‍👦';
  const lengths = [0, 1, 69, 70, 71, 134, 135, 152, 153, 154, 159, 160, 161, 201, 202, 305, 306, 307, 459, 460];
  const texts = ['a', 'é', 'Ç', 'ç', 'م', 'ሰ', 'ж', '\n', '`'].flatMap((letter) => lengths.map((n) => letter.repeat(n)));
  texts.push(...[75, 76, 77, 80, 81, 152, 153, 154].map((n) => '€'.repeat(n)));
  texts.push(...[33, 34, 35, 36, 66, 67].map((n) => '👍'.repeat(n)), family.repeat(10), '\r\n'.repeat(80), '\r\n'.repeat(81));
  texts.push('', 'l’été', "l'été", 'e\u0301', 'ж'.repeat(66) + '😀' + 'ж'.repeat(66), '€'.repeat(80) + 'A');
  compare(texts);
});

test('every character of the basic plane is of the same alphabet', () => {
  const points = Array.from({ length: 0xd800 }, (_, point) => point).concat(Array.from({ length: 0x2000 }, (_, i) => 0xe000 + i));
  compare(points.map((point) => String.fromCodePoint(point)));
});

test('3,000 generated texts in many scripts are counted as the calculator counts them', () => {
  compare(generate(3000, 20270328));
});

test('a text that is no JSON string ends with an error', () => {
  const run = spawnSync(process.env.PASSERELLE, ['segments'], { input: 'hello\n', encoding: 'utf8' });
  assert.notEqual(run.status, 0);
  assert.notEqual(run.stderr, '');
});
