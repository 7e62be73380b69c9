/** The conversation of `steward init`. What is given is not asked; what is asked is checked at once and asked again when wrong. */
import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import { loadConfig } from '../../config/config.ts';
import { ConfigurationError, errorMessage } from '../../core/errors.ts';
import { Secret } from '../../core/secret.ts';
import { migrationStatus } from '../../storage/migrations/migrator.ts';
import { BotApi, BotApiFailure, type Writer } from './bot-api.ts';
import { dotenvContent, writeProtected } from './dotenv-file.ts';

/** The person at the other end. */
export interface Dialogue {
  /** The answer, trimmed; `fallback` when it is empty or nobody can be asked. */
  ask(question: string, fallback?: string): Promise<string>;
  say(text: string): void;
  readonly interactive: boolean;
}

/** What was given on the command line or in the environment. */
export interface Answers {
  readonly token?: string;
  readonly users?: string;
  readonly databaseUrl?: string;
  readonly timezone?: string;
  readonly apiRoot?: string;
  /** Replace an existing file without asking. */
  readonly force: boolean;
  /** Ask Telegram and the database whether the values work. */
  readonly check: boolean;
}

/** How long `init` waits for someone to write to the bot, and how often it looks. */
const WAIT_MS = 180_000;
const LOOK_MS = 1_000;

/** Faults of these values alone, as the configuration will see them. */
function faultsOf(values: Readonly<Record<string, string>>): readonly string[] {
  try {
    // A folder without .env files: only what is given here counts.
    loadConfig({ env: { ...values }, cwd: '/nonexistent', production: false });
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
}

/** Takes what is given, or asks until `check` finds no fault. Given and wrong: throws, as nobody can be asked again. */
async function settle(
  dialogue: Dialogue,
  question: string,
  given: string | undefined,
  fallback: string,
  check: (value: string) => Promise<readonly string[]> | readonly string[],
): Promise<string> {
  if (given !== undefined || !dialogue.interactive) {
    const value = given ?? fallback;
    const faults = await check(value);
    if (faults.length > 0) throw new ConfigurationError(faults);
    return value;
  }
  for (;;) {
    const value = await dialogue.ask(question, fallback);
    const faults = await check(value);
    if (faults.length === 0) return value;
    for (const fault of faults) dialogue.say(fault);
  }
}

async function checkToken(
  token: string,
  apiRoot: string,
  ask: boolean,
  dialogue: Dialogue,
): Promise<readonly string[]> {
  if (token === '') return [];
  const faults = faultsOf({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_ALLOWED_USERS: '1', TELEGRAM_API_ROOT: apiRoot });
  if (faults.length > 0 || !ask) return faults;
  try {
    dialogue.say(`This is ${await new BotApi(apiRoot, new Secret(token)).name()}.`);
    return [];
  } catch (error) {
    if (!(error instanceof BotApiFailure)) throw error;
    return [
      `TELEGRAM_BOT_TOKEN could not be checked: ${error.message}. Mend: copy the token again, check the network, or use --no-check.`,
    ];
  }
}

/** Waits for someone to write to the bot and asks whether that is the owner. */
async function findOwner(api: BotApi, dialogue: Dialogue): Promise<string> {
  dialogue.say('Write anything to your bot in Telegram now; waiting for up to 3 minutes.');
  const refused = new Set<number>();
  const until = performance.now() + WAIT_MS;
  while (performance.now() < until) {
    let writers: Writer[];
    try {
      writers = await api.writers();
    } catch (error) {
      if (!(error instanceof BotApiFailure)) throw error;
      dialogue.say(`${error.message}. Give the id by hand instead (@userinfobot tells it).`);
      return '';
    }
    const writer = writers.find((one) => !refused.has(one.id));
    if (writer) {
      const yes = await dialogue.ask(`${writer.name}, id ${writer.id}, wrote. Is that you? (y/n)`, 'y');
      if (/^y/i.test(yes)) return String(writer.id);
      refused.add(writer.id);
    } else {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }
  dialogue.say('Nobody wrote.');
  return '';
}

async function askUsers(token: string, apiRoot: string, answers: Answers, dialogue: Dialogue): Promise<string> {
  const check = (value: string) => faultsOf({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_ALLOWED_USERS: value });
  if (answers.users !== undefined || !dialogue.interactive) return settle(dialogue, '', answers.users, '', check);
  const typed = await dialogue.ask('Your numeric Telegram id (empty: write to the bot and let me find it):');
  const found = typed || (answers.check ? await findOwner(new BotApi(apiRoot, new Secret(token)), dialogue) : '');
  if (found && check(found).length === 0) return found;
  return settle(dialogue, 'Your numeric Telegram id:', undefined, '', check);
}

async function checkDatabase(url: string, ask: boolean): Promise<readonly string[]> {
  if (url === '') return [];
  const faults = faultsOf({ DATABASE_URL: url });
  if (faults.length > 0 || !ask) return faults;
  const connection = loadConfig({ env: { DATABASE_URL: url }, cwd: '/nonexistent' }).database.connection;
  try {
    if (connection) await migrationStatus(connection);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    const reason = errorMessage(error).replace(/\.$/, '');
    // What the storage says has its mend already, as a rule.
    const mend = reason.includes('Mend:') ? '' : ' Mend: check host, role and password, or use --no-check.';
    return [`DATABASE_URL could not be checked: ${reason}.${mend}`];
  }
}

/** Whether `file` may be written: it is not there, or replacing it was agreed to. The old one is kept beside. */
async function mayWrite(file: string, answers: Answers, dialogue: Dialogue): Promise<boolean> {
  if (!existsSync(file)) return true;
  if (answers.force) return true;
  const yes = await dialogue.ask(
    `${file} is there already. Replace it? The old one is kept as .env.before-init. (y/n)`,
    'n',
  );
  return /^y/i.test(yes);
}

/**
 * Asks, checks and writes `.env` in `folder` (mode 0600, atomically).
 * @throws ConfigurationError when a given value is wrong, or an existing file may not be replaced.
 */
export async function setUp(folder: string, answers: Answers, dialogue: Dialogue): Promise<void> {
  const file = path.join(folder, '.env');
  if (!(await mayWrite(file, answers, dialogue)))
    throw new ConfigurationError([
      `${file} is there already and was left alone. Mend: change it by hand, or use --force.`,
    ]);
  const apiRoot = (answers.apiRoot ?? 'https://api.telegram.org').replace(/\/+$/, '');
  const token = await settle(
    dialogue,
    'Bot token from @BotFather (empty: chat in the terminal only):',
    answers.token,
    '',
    (value) => checkToken(value, apiRoot, answers.check, dialogue),
  );
  const users = token ? await askUsers(token, apiRoot, answers, dialogue) : '';
  const databaseUrl = await settle(
    dialogue,
    'DATABASE_URL of your own PostgreSQL (empty: Steward runs its own):',
    answers.databaseUrl,
    '',
    (value) => checkDatabase(value, answers.check),
  );
  const timezone = await settle(
    dialogue,
    'Your time zone:',
    answers.timezone,
    Intl.DateTimeFormat().resolvedOptions().timeZone,
    (value) => faultsOf({ STEWARD_TIMEZONE: value }),
  );
  const values = {
    ...(token && { TELEGRAM_BOT_TOKEN: token, TELEGRAM_ALLOWED_USERS: users }),
    ...(token && answers.apiRoot && { TELEGRAM_API_ROOT: apiRoot }),
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    STEWARD_TIMEZONE: timezone,
  };
  const faults = faultsOf(values);
  if (faults.length > 0) throw new ConfigurationError(faults);
  const content = dotenvContent(values);
  if (existsSync(file)) renameSync(file, `${file}.before-init`);
  writeProtected(file, content);
  dialogue.say(`${file} written, readable by you alone. Start with: npm start`);
}
