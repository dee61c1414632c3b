// `passerelle keywords` and `passerelle language` hear what people write, with the word lists inside the program.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'node:test';

function filter(command, lines) {
  const input = lines.join('\n') + '\n';
  const run = spawnSync(process.env.PASSERELLE, [command], { input, encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.equal(run.status, 0, run.stderr);
  const out = run.stdout.split('\n').slice(0, -1);
  assert.equal(out.length, lines.length);
  return out;
}

function heard(locale, texts) {
  return filter('keywords', texts.map((text) => `${locale}\t${text}`));
}

function allAre(expected, byLocale) {
  for (const [locale, texts] of Object.entries(byLocale)) {
    heard(locale, texts).forEach((intent, i) => assert.equal(intent, expected, `${locale}: ${texts[i]}`));
  }
}

function sentences(kind, locale) {
  const file = new URL(`../unit/language/sentences/${kind}.${locale}.txt`, import.meta.url);
  return readFileSync(file, 'utf8').split('\n').slice(0, -1);
}

for (const locale of ['fr', 'en', 'ar', 'ti', 'uk', 'fa-AF']) {
  test(`danger is heard, and only danger, in ${locale}`, () => {
    allAre('DANGER', { [locale]: sentences('danger', locale) });
    const harmless = sentences('harmless', locale);
    heard(locale, harmless).forEach((intent, i) => assert.notEqual(intent, 'DANGER', harmless[i]));
  });
}

test('misspelled cries and other endings are danger', () => {
  allAre('DANGER', {
    fr: ['mon mari me frape', 'il va me tué', 'ça sent le gas', 'j ai envi de mourir', 'insendie', 'ca brule!!!', 'c urgent police'],
    en: ['he is chocking me', 'sucide', 'my dad is hitting mom', 'i took pills'],
    ar: ['el7a2oni', 'njda', '3awnouni', 'يريد قتلي'],
    ti: ['ሓዊ ተተኺሉ', 'hawi', 'yiweqeani'],
    uk: ['він мене бьє', 'chcu vmerty'],
    'fa-AF': ['atash', 'خانه سوخت', 'mara mekushad'],
  });
});

test('a bare stop of any language stops for a person of any language', () => {
  const stops = ['STOP', 'CANCEL', 'CANCELAR', 'إلغاء', 'الغاء', 'لغو', 'İPTAL', 'СКАСУВАТИ', 'ОТМЕНА', 'ANULO', 'منسوخ', 'বাতিল',
    '取消', 'HỦY', 'ALTO', 'PARE', 'PARA', 'DUR', 'قطع', 'بس', 'arrête stp', 'fin des messages', 'إيقاف الرسائل', 'ደው በሉ'];
  // What a word means to the person goes first: بس is also "only" in Arabic and Dari, and asks there.
  const but = stops.filter((word) => word !== 'بس');
  allAre('STOP', { fr: stops, en: stops, ar: but, ti: stops, uk: stops, 'fa-AF': but });
});

test('what may be meant otherwise stops nothing by itself', () => {
  allAre('-', {
    fr: ['faux numéro', "c'est pas moi", 'laissez moi tranquille', "je suis à l'arrêt de bus"],
    en: ['wrong number', 'leave me alone', 'please stop the bus'],
    ar: ['الرقم خطأ', 'خلاص', 'بس'],
    uk: ['не той номер'],
    ta: ['வேண்டாம்'],
  });
});

test('an ordinary request for help is no danger', () => {
  allAre('HELP', { fr: ['aidez-moi', 'aide moi stp', 'aidez moi!!!!'], en: ['help me', 'help me please'], ar: ['ساعدوني'] });
});

test('the language of everyday words', () => {
  const spoken = { fr: ['salut', 'coucou', 'bsr', 'slt', 'rendez vous', "je m'appelle Amina"], en: ['hello'], uk: ['привіт'] };
  for (const [locale, texts] of Object.entries(spoken)) {
    filter('language', texts).forEach((line, i) => {
      const [code, confidence] = line.split('\t');
      assert.equal(code, locale, texts[i]);
      assert.ok(Number(confidence) >= 0.5, `${texts[i]}: ${confidence}`);
    });
  }
});
