// `passerelle keywords` and `passerelle language` hear what people write, with the keywords and the model inside the program.
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

test('`passerelle language` tells the thirty languages and two in latin letters, a code and a confidence a line', () => {
  const lines = {
    am: 'ቀጠሮዬ መቼ እንደሆነ ማወቅ እፈልጋለሁ', ar: 'أريد أن أعرف متى موعدي مع الطبيب', 'ar-Latn': 'wa9tech el mawaed m3a tbib ya khouya',
    bm: 'n bɛ fɛ ka dɔn ne ka dɔgɔtɔrɔ bɛ tuma jumɛn', bn: 'ডাক্তারের সাথে আমার দেখা কখন', bs: 'želim znati kada imam termin kod doktora',
    ckb: 'دەمەوێت بزانم کەی چاوپێکەوتنم لەگەڵ پزیشک هەیە', de: 'ich möchte wissen wann mein Termin beim Arzt ist',
    en: 'I would like to know when I see the doctor', es: 'quiero saber cuándo es mi cita con el médico',
    'fa-AF': 'می‌خواهم بدانم وقت ملاقات من با داکتر چه وقت است', 'fa-Latn': 'mikham bedunam vaghte doctor man key hast',
    fr: 'je voudrais savoir quand je vois le médecin', ha: 'ina so in san yaushe zan ga likita', it: 'vorrei sapere quando vedo il medico',
    ku: 'ez dixwazim bizanim civana min a bi bijîşk re kengî ye', ln: 'nalingi koyeba ntango nini nakokutana na monganga',
    om: 'yoom akka doktora argu beekuu nan barbaada', ps: 'زه غواړم پوه شم چې د ډاکټر سره مې ملاقات کله دی',
    pt: 'gostaria de saber quando é a minha consulta com o médico', ru: 'я хочу знать когда мой приём у врача',
    so: 'waxaan rabaa inaan ogaado goorta ballantayda dhakhtarka', sq: 'dua të di kur e kam takimin me mjekun',
    sr: 'желим да знам када имам термин код лекара', sw: 'nataka kujua miadi yangu na daktari ni lini', ta: 'மருத்துவரை எப்போது சந்திப்பேன்',
    ti: 'ቆጸራይ ምስ ሓኪም መዓስ ምዃኑ ክፈልጥ እደሊ', tr: 'doktor randevumun ne zaman olduğunu öğrenmek istiyorum',
    uk: 'я хочу знати коли мій прийом у лікаря', ur: 'میں جاننا چاہتا ہوں کہ ڈاکٹر سے ملاقات کب ہے',
    vi: 'tôi muốn biết khi nào tôi gặp bác sĩ', wo: 'dama bëgg xam kañ laay gis doktoor bi', zh: '我想知道什么时候看医生', und: '14:30 👍',
  };
  filter('language', Object.values(lines)).forEach((out, i) => {
    const [code, confidence] = out.split('\t');
    const expected = Object.keys(lines)[i];
    assert.equal(code, expected, lines[expected]);
    assert.ok(expected === 'und' ? Number(confidence) === 0 : Number(confidence) >= 0.8 && Number(confidence) <= 1, out);
  });
});
