/** The command reference, a page for each language: made of the registry and the texts of help, so that it tells what the program does. */
import { examplesOf, TOPICS, usageOf } from '../../src/features/help/index.ts';
import { type Language, languages, translator } from '../../src/locales/translator.ts';
import type { Command } from '../../src/telegram/feature.ts';
import { declaredCommands } from './registry.ts';

interface Words {
  readonly title: string;
  readonly lead: readonly string[];
  readonly columns: readonly [string, string, string];
  readonly operator: string;
  readonly alone: string;
  readonly later: string;
  readonly laterLead: string;
  readonly older: string;
  readonly olderLead: string;
  readonly olderColumns: readonly [string, string];
  readonly spoken: string;
  readonly spokenLead: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    title: 'Commands',
    lead: [
      'Nobody needs these: [words](user-guide.md) do the same. They are for people who like commands, and for the `/` menu.',
      '',
      '`<…>` is asked for with buttons when you leave it out, `[…]` may be missing. An item is its number (`12` or `#12`), words of its title, or the message you',
      'reply to. Words with spaces may stand in "quotes". In a group add `@` and the name of the bot when there are other bots.',
    ],
    columns: ['command', 'what it does', 'try'],
    operator: 'for the operator',
    alone: 'in the private chat',
    later: 'Not built yet',
    laterLead: 'Steward says so, and what serves until then.',
    older: 'Names from LarryBot2',
    olderLead: 'They do the same, with the arguments LarryBot2 documents, and are in no menu.',
    olderColumns: ['you type', 'it is'],
    spoken: 'Words that are commands',
    spokenLead: 'Said alone, these mean the command:',
  },
  ru: {
    title: 'Команды',
    lead: [
      'Без них можно обойтись: [словами](user-guide.md) получается то же самое. Они для тех, кто любит команды, и для меню `/`.',
      '',
      '`<…>` я спрошу кнопками, если не написать; `[…]` можно опустить. Задачу или напоминание называют номером (`12` или `#12`), словами из названия или ответом на',
      'сообщение. Несколько слов можно взять в «кавычки». Если в группе есть и другие боты, добавьте `@` и имя нужного.',
    ],
    columns: ['команда', 'что делает', 'попробуйте'],
    operator: 'для хозяина установки',
    alone: 'в личном чате',
    later: 'Пока не сделано',
    laterLead: 'Я так и отвечу и скажу, чем обойтись пока.',
    older: 'Имена из LarryBot2',
    olderLead: 'Делают то же самое с теми аргументами, которые описаны в LarryBot2; в меню их нет.',
    olderColumns: ['вы пишете', 'это'],
    spoken: 'Слова вместо команд',
    spokenLead: 'Сказанные отдельно, они значат команду:',
  },
};

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
const typed = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

/** The content of the reference in a language. */
function referencePage(language: Language): string {
  const t = translator(language);
  const words = WORDS[language];
  const all = declaredCommands();
  const [ready, later] = [all.filter((command) => !command.later), all.filter((command) => command.later)];
  const marks = (command: Command): string => {
    const where = [command.scope === 'operator' ? words.operator : '', isAlone(command) ? words.alone : ''];
    const told = where.filter((mark) => mark !== '').join(', ');
    return told === '' ? '' : ` (${told})`;
  };
  const row = (command: Command): string =>
    `| ${typed(usageOf(t, command))} | ${cell(t.text(`command-${command.name}`))}${marks(command)} | ${examplesOf(t, command).map(typed).join('<br>')} |`;
  const table = (commands: readonly Command[]): string[] => [
    `| ${words.columns.join(' | ')} |`,
    '|---|---|---|',
    ...commands.map(row),
  ];
  const aliases = all.flatMap((command) => (command.aliases ?? []).map((alias) => ({ alias, command })));
  const spoken = all.flatMap(({ name, spoken = [] }) =>
    spoken.length === 0 ? [] : [`- \`/${name}\`: ${spoken.map((said) => `"${said}"`).join(', ')}`],
  );
  return [
    `# ${words.title}`,
    '',
    ...words.lead,
    '',
    ...TOPICS.flatMap((topic) => {
      const commands = ready.filter((command) => command.topic === topic);
      return commands.length === 0 ? [] : [`## ${t.text(`help-topic-${topic}`)}`, '', ...table(commands), ''];
    }),
    ...(later.length === 0 ? [] : [`## ${words.later}`, '', words.laterLead, '', ...table(later), '']),
    `## ${words.spoken}`,
    '',
    words.spokenLead,
    '',
    ...spoken,
    '',
    `## ${words.older}`,
    '',
    words.olderLead,
    '',
    `| ${words.olderColumns.join(' | ')} |`,
    '|---|---|',
    ...aliases.map(({ alias, command }) => `| \`/${alias}\` | \`/${command.name}\` |`),
    '',
    '<!-- Made of the program: node scripts/configuration-docs.ts -->',
    '',
  ].join('\n');
}

/** Whether the command concerns one person alone, so that groups are sent to the private chat. */
function isAlone(command: Command): boolean {
  return 'place' in command && command['place'] === 'private';
}

/** Every page by its file. */
export function referenceFiles(): Record<string, string> {
  const folder: Readonly<Record<Language, string>> = { en: 'docs', ru: 'docs/ru' };
  return Object.fromEntries(languages.map((language) => [`${folder[language]}/commands.md`, referencePage(language)]));
}
