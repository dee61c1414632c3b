// npm's detectors: lines in, codes out, the time of a line to the other stream. usage: packages.mjs franc|eld NODE_MODULES
import {readFileSync} from 'node:fs';
import {pathToFileURL} from 'node:url';

const [tool, modules] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(`${modules}/${path}`));
const lines = readFileSync(0, 'utf8').split('\n').slice(0, -1);

// Both may choose among our languages only, as far as they know them.
const three = {amh: 'am', arb: 'ar', bam: 'bm', bos: 'bs', ckb: 'ku', cmn: 'zh', deu: 'de', eng: 'en', fra: 'fr', gaz: 'om',
  hau: 'ha', hrv: 'bs', ita: 'it', kmr: 'ku', lin: 'ln', pbu: 'ps', pes: 'fa', por: 'pt', prs: 'fa', rus: 'ru', som: 'so',
  spa: 'es', srp: 'bs', als: 'sq', sqi: 'sq', swh: 'sw', tir: 'ti', tur: 'tr', ukr: 'uk', urd: 'ur', vie: 'vi', wol: 'wo',
  ben: 'bn', tam: 'ta'};
const two = ['am', 'ar', 'bn', 'de', 'en', 'es', 'fa', 'fr', 'hr', 'sr', 'it', 'ku', 'pt', 'ru', 'sq', 'ta', 'tr', 'uk', 'ur',
  'vi', 'zh'];

let answer;
if (tool === 'franc') {
  const {franc} = await load('franc-all/index.js');
  const options = {only: Object.keys(three), minLength: 1};
  answer = (line) => three[franc(line, options)] ?? 'und';
} else {
  const {eld} = await load('eld/src/entries/static.large.js');
  eld.setLanguageSubset?.(two);
  answer = (line) => eld.detect(line).language || 'und';
}
answer('a first line');
const begun = process.cpuUsage();
const codes = lines.map(answer);
const {user, system} = process.cpuUsage(begun);
const took = user + system; // microseconds of this process: others may be busy, too
process.stdout.write(codes.map((code) => `${code}\n`).join(''));
process.stderr.write(`${took / lines.length}\n`);
