/** `npm run score`: how the grammar fares on phrases written from the conventions alone, by class. `-- --list` names every phrase that is not right. */
import { countsOf, type Judged, judge, phraseFiles, phrasesOf } from './accuracy.ts';

const list = process.argv.includes('--list');
const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1).padStart(5)} %`;

const rows: string[] = [];
for (const file of phraseFiles()) {
  const groups = Map.groupBy(phrasesOf(file).map(judge), ({ phrase }) => phrase.group);
  for (const [group, judged] of groups) {
    const { right, wrong, title, asked, missed } = countsOf(judged);
    const all = judged.length;
    rows.push(
      `${`${file} ${group}`.padEnd(34)} ${String(all).padStart(4)}  right ${percent(right, all)}  wrong ${percent(wrong + title, all)}  asked ${percent(asked, all)}  missed ${percent(missed, all)}`,
    );
    if (list) for (const one of judged) if (one.verdict !== 'right') process.stdout.write(`${lineOf(one)}\n`);
  }
}
process.stdout.write(`${rows.join('\n')}\n`);

function lineOf({ verdict, phrase, got }: Judged): string {
  const titles = phrase.titles.length === 0 ? '' : ` :: ${phrase.titles.join(' || ')}`;
  return `${verdict.padEnd(7)}${phrase.words}   want ${phrase.meanings.join(' || ')}${titles}   got ${got}`;
}
