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

/** How many texts there were of each alphabet and number of parts. */
function compare(texts) {
  const lines = ours(texts);
  assert.equal(lines.length, texts.length);
  const counted = new Map();
  texts.forEach((text, i) => {
    const right = calculators(text);
    assert.equal(lines[i], right, JSON.stringify(text));
    const kind = right.replace('\t', ' in ');
    counted.set(kind, (counted.get(kind) ?? 0) + 1);
  });
  return counted;
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
  pashto: [...'ستاسو ليدنه ده، ټپوس ډېر ښه ږغ ۱۲ '],
  sorani: [...'چاوپێکەوتنەکەت ڕۆژی ١٢ ە، '],
  kurmanji: [...'Hevdîtina we îro ye, çawa ş û ê '],
  turkish: [...'Randevunuz yarın saat üçte İğşç '],
  albanian: [...'Takimi juaj është nesër, ç ë '],
  vietnamese: [...'Cuộc hẹn của bạn lúc chín giờ ỹ đ ơ'],
  bambara: [...'Aw ka bɔ kɛ ŋ ɲ '],
  iberian: [...'¿Mañana está, você não ações í ó ú '],
  georgian: [...'შეხვედრა ხვალ ', ...'Ողջույն '],
  bengali: ['ক্ষ', 'আপনার ', 'স্ত্রী', 'ได้ ', 'ཀྱི་', 'မြန်မာ '],
  chinese: [...'您的预约在明天上午九点。', ...'かなカナ', ...'각갂힣'],
  hebrew: [...'הפגישה שלך מחר ', 'שָׁ'],
  astral: ['𝔸', '𐎠', '𞤀𞤣', '𠀀', '𝟙', '🄰', '\u{10ffff}', '\u{1f1e6}'],
  bidi: ['\u200e', '\u200f', '\u2068', '\u2069', '\u061c', '+41 32 421 12 12', 'مكتب'],
  plain: [...'abcdefghij klmnopqrst', '\u000c', '€'],
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
  ['pashto', 'emoji'],
  ['sorani', 'bidi'],
  ['kurmanji'],
  ['turkish', 'lines'],
  ['albanian', 'french'],
  ['vietnamese', 'marks'],
  ['bambara', 'latin'],
  ['iberian', 'escapes'],
  ['georgian', 'lines', 'emoji'],
  ['bengali', 'marks', 'tamil'],
  ['chinese', 'astral'],
  ['hebrew', 'latin', 'bidi'],
  ['astral', 'cyrillic'],
  ['bidi', 'arabic', 'emoji'],
  ['plain'],
];

// What fills so many parts; three and four are rare, since the calculator takes its time for long texts.
const full = { 'GSM-7': [160, 306, 459], 'UCS-2': [70, 134, 201] };

const septets = new Map();  // by character; none: it is in no such alphabet
const costs = (text) =>
  [...text].reduce((sum, point) => {
    if (!septets.has(point)) {
      const alone = new SegmentedMessage(point, 'auto');
      septets.set(point, alone.encodingName === 'GSM-7' ? alone.totalSize / 7 : NaN);
    }
    return sum + septets.get(point);
  }, 0);

const plainMixtures = new Set(
  mixtures.filter((mixture) => mixture.every((pool) => pools[pool].every((piece) => costs(piece) > 0))),
);

// Half of the texts end within four units of a boundary of their alphabet, whatever the mixture made of them.
function generate(count, seed) {
  const below = random(seed);
  return Array.from({ length: count }, (_, i) => {
    const mixture = mixtures[i % mixtures.length];
    const plain = plainMixtures.has(mixture);
    const parts = Math.min(2, Math.floor(below(9) / 4));
    const length = below(2) === 0 ? full[plain ? 'GSM-7' : 'UCS-2'][parts] - 4 + below(8) : below(90);
    let text = '';
    for (let size = 0; size < length; ) {
      const pool = pools[mixture[below(mixture.length)]];
      const piece = pool[below(pool.length)];
      text += piece;
      size += plain ? costs(piece) : piece.length;
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

test('50,000 generated texts in all scripts are counted as the calculator counts them', (suite) => {
  const texts = generate(50_000, 20270328);
  const counted = compare(texts);
  suite.diagnostic(`${texts.length} texts: ${[...counted].sort().map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
  for (const encoding of ['GSM-7', 'UCS-2']) {
    for (const parts of [1, 2, 3, 4])
      assert.ok(counted.get(`${encoding} in ${parts}`) > 100, `too few texts of ${parts} parts in ${encoding}`);
  }
});

test('a text that is no JSON string ends with an error', () => {
  const run = spawnSync(process.env.PASSERELLE, ['segments'], { input: 'hello\n', encoding: 'utf8' });
  assert.notEqual(run.status, 0);
  assert.notEqual(run.stderr, '');
});
