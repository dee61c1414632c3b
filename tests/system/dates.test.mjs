// Dates as people are told them agree with another calendar on every day of 201 years; dates as people type them are
// read, or asked back.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { python } from './support/python.mjs';
import { run, Server, temporaryFolder } from './support/server.mjs';
import * as twilio from './support/twilio.mjs';

function filter(name, lines) {
  const input = lines.join('\n') + '\n';
  const run = spawnSync(process.env.PASSERELLE, [name], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout.split('\n').slice(0, -1);
}

function vectors() {
  const run = spawnSync(python, ['tests/language/calendar_vectors.py'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(run.status, 0, `python3-convertdate is needed (script/setup test): ${run.stderr}`);
  return run.stdout.trim().split('\n').map((line) => line.split('\t'));
}

// The names as paper in each country has them, written down here a second time on purpose.
const persian = {
  'fa-AF': 'حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت',
  fa: 'فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند',
  ps: 'وری غویی غبرګولی چنګاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب',
};
const ethiopic = {
  ti: 'መስከረም ጥቅምቲ ሕዳር ታሕሳስ ጥሪ ለካቲት መጋቢት ሚያዝያ ግንቦት ሰነ ሓምለ ነሓሰ ጳጉሜን',
  am: 'መስከረም ጥቅምት ኅዳር ታኅሣሥ ጥር የካቲት መጋቢት ሚያዝያ ግንቦት ሰኔ ሐምሌ ነሐሴ ጳጉሜን',
};
const paper = (iso) => iso.split('-').reverse().join('.');
const inWords = (names, ymd) => {
  const [year, month, day] = ymd.split('-').map(Number);
  return `${day} ${names.split(' ')[month - 1]} ${year}`;
};
test('every day of 1900 to 2100 is told in the calendar that the reader counts in', () => {
  const days = vectors();
  assert.equal(days.length, 73_414);
  let cases = 0;
  const compare = (locale, names, style, column) => {
    const told = filter('dates', days.map(([iso]) => `${locale}\t${iso}T14:30\t${style}`));
    days.forEach((day, i) => {
      const wanted = `${paper(day[0])} (${inWords(names, day[column])})`;
      assert.ok(told[i].startsWith(wanted), `${locale} ${day[0]}: '${told[i]}', and not '${wanted}'`);
      ++cases;
    });
  };
  for (const [locale, names] of Object.entries(persian)) compare(locale, names, '', 1);
  for (const [locale, names] of Object.entries(ethiopic)) compare(locale, names, 'calendar=ethiopic', 2);
  console.log(`${cases} days agree with python3-convertdate`);
  assert.equal(cases, 5 * days.length);
});

test('nothing stands beside a date for whoever did not choose it, and digits stay as on paper', () => {
  const told = filter('dates', ['ti\t2027-03-28T14:30\t', 'ti\t2027-03-28T14:30\tcalendar=ethiopic clock=ethiopic',
    'fa-AF\t2027-03-28T14:30\tdigits=native', 'fa-AF\t2027-03-28T14:30\tcalendar=gregorian',
    'ar\t2027-03-28T14:30\tdigits=native', 'fr\t2027-03-28T06:00\tclock=ethiopic', 'fr\t2027-03-28T00:05\tclock=ethiopic']);
  assert.deepEqual(told, ['28.03.2027፣ 14:30 (ድሕሪ ቀትሪ)', '28.03.2027 (19 መጋቢት 2019)፣ 14:30 (ድሕሪ ቀትሪ፣ ብሰዓት ኢትዮጵያ 8:30)',
    '28.03.2027 (۸ حمل ۱۴۰۶)، 14:30 (بعد از چاشت)', '28.03.2027، 14:30 (بعد از چاشت)',
    '28.03.2027 (٢٨.٠٣.٢٠٢٧)، 14:30 (بعد الظهر)', '28.03.2027, 06:00 (matin; 12:00 heure éthiopienne)',
    '28.03.2027, 00:05 (nuit; 6:05 heure éthiopienne)']);
});

test('a line that is no date is named', () => {
  const run = spawnSync(process.env.PASSERELLE, ['dates'], { input: 'fr\t28.03.2027\t\n', encoding: 'utf8' });
  assert.equal(run.status, 1);
  assert.match(run.stderr, /line 1/);
});

test('dates that people type are read, or asked back', () => {
  const lines = readFileSync('tests/language/typed_dates.tsv', 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
  const cases = lines.map((line) => line.split('\t'));
  const told = filter('typed-dates', cases.map(([locale, now, text]) => [locale, now, text].join('\t')));
  const wrong = cases.map((each, i) => [...each, told[i]]).filter(([, , , wanted, got]) => wanted !== got);
  console.log(`${cases.length} typed dates, ${wrong.length} read otherwise`);
  assert.deepEqual(wrong, []);
  assert.ok(cases.length >= 300);
});

test('staff record how a phone is told dates, and its appointments are told so', async (t) => {
  const folder = temporaryFolder(t);
  const server = await Server.start({ folder, config: twilio.configuration(folder, { demo: true }) });
  t.after(() => server.close());
  const office = async (...words) => {
    const end = await run([...words, '--data', server.data, '--json'], { within: 20_000 });
    assert.equal(end.code, 0, end.stderr + end.stdout);
    return JSON.parse(end.stdout);
  };
  const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  await office('appointment', 'add', '--to', 'sms:+41790000001', '--at', `${day} 14:30`, '--place', 'valmoret', '--lang', 'fr');
  const asked = async () => {
    const answer = await twilio.text(server.port, 'rendez-vous', { from: '+41790000001' });
    return twilio.readTwiml(answer).map((message) => message.text ?? message).join('\n');
  };
  assert.match(await asked(), new RegExp(`${paper(day)}, 14:30 \\(après-midi\\)`));
  const row = await office('contact', 'set', 'sms:+41790000001', '--calendar', 'ethiopic', '--clock', 'ethiopic');
  assert.equal(row.calendar, 'ethiopic');
  assert.equal(row.clock, 'ethiopic');
  assert.match(await asked(), new RegExp(`${paper(day)} \\(\\d+ \\p{L}+ 20\\d\\d\\), 14:30 \\(après-midi; 8:30 heure éthiopienne\\)`, 'u'));
  const back = await office('contact', 'set', 'sms:+41790000001', '--calendar', 'usual', '--clock', 'usual');
  assert.equal(back.calendar, 'usual');
  assert.match(await asked(), new RegExp(`${paper(day)}, 14:30 \\(après-midi\\)`));
});
