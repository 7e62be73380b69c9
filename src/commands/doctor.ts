/** `steward doctor`: looks at everything Steward needs, says what is wrong and how it is mended. Exit code 0 when all is well. */
import path from 'node:path';
import { Command } from 'commander';
import type pg from 'pg';
import { backupFinding } from '../backup/finding.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { masterKeysOf } from '../config/master-key.ts';
import { systemClock } from '../core/clock.ts';
import { ConfigurationError, errorMessage } from '../core/errors.ts';
import { version } from '../core/version.ts';
import { dataFolder, diskSpace, type Finding, memory, secretFile } from '../observability/ground.ts';
import { secretsState } from '../secrets/state.ts';
import { openVault } from '../secrets/vault.ts';
import { openDatabase } from '../storage/database.ts';
import { checkIntegrity } from '../storage/integrity.ts';
import { diagnose } from '../storage/migrations/drift.ts';
import { connectChecked } from '../storage/migrations/server-check.ts';
import { openTelegramApi, TelegramFailure } from '../telegram/send/api.ts';

type Tell = (what: string, finding: Finding) => void;

const SIGNS = { ok: '✓', degraded: '!', down: '✗' } as const;
const COLORS = { ok: '32', degraded: '33', down: '31' } as const;
const NEEDED_NODE = 24;

function teller(): { tell: Tell; faults: () => number } {
  const colors = process.stdout.isTTY && !process.env['NO_COLOR'];
  const paint = (code: string, text: string) => (colors ? `\u001b[${code}m${text}\u001b[0m` : text);
  let faults = 0;
  return {
    faults: () => faults,
    tell(what, finding) {
      if (finding.status === 'down') faults += 1;
      process.stdout.write(
        `${paint(COLORS[finding.status], SIGNS[finding.status])} ${what.padEnd(14)} ${finding.message}\n`,
      );
      if (finding.mend) process.stdout.write(`${' '.repeat(17)}${paint('2', `Mend: ${finding.mend}.`)}\n`);
    },
  };
}

function nodeVersion(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  return major >= NEEDED_NODE
    ? { status: 'ok', message: process.versions.node }
    : { status: 'down', message: process.versions.node, mend: `use Node ${NEEDED_NODE} or newer` };
}

/** A fault told as '… Mend: ….' as a finding: what is wrong, and the mend where one is named. */
function findingOf(fault: string): Finding {
  const [message = '', mend] = fault.split(' Mend: ');
  return { status: 'down', message, ...(mend ? { mend: mend.replace(/\.$/, '') } : {}) };
}

async function telegram(config: Config, tell: Tell): Promise<void> {
  if (!config.telegram) {
    tell('telegram', { status: 'ok', message: 'no token: the local chat is used' });
    return;
  }
  const { token, apiRoot, webhook, mode } = config.telegram;
  const api = openTelegramApi({ token: token.reveal(), root: apiRoot, observe: () => {} });
  try {
    const me = await api.ask<{ username?: string }>('getMe', {}, 10_000);
    tell('telegram', { status: 'ok', message: `@${me.username ?? '?'} by ${mode}` });
    const info = await api.ask<{ url: string; pending_update_count: number; last_error_message?: string }>(
      'getWebhookInfo',
      {},
      10_000,
    );
    if (webhook && info.url !== webhook.url) {
      tell('webhook', {
        status: 'degraded',
        message: info.url === '' ? 'not set yet' : 'set to another address',
        mend: 'start Steward, which sets it; if another program does too, stop that',
      });
    } else if (!webhook && info.url !== '') {
      tell('webhook', {
        status: 'degraded',
        message: 'one is set although this Steward polls',
        mend: 'start Steward, which removes it and keeps what waits',
      });
    } else if (info.last_error_message) {
      tell('webhook', {
        status: 'degraded',
        message: `Telegram reports: ${info.last_error_message}`,
        mend: 'make the address reachable by HTTPS from outside, with a valid certificate',
      });
    } else {
      tell('webhook', {
        status: 'ok',
        message: webhook ? `set, ${info.pending_update_count} updates wait` : 'none, as polling wants it',
      });
    }
  } catch (error) {
    const outcome = error instanceof TelegramFailure ? error.outcome : undefined;
    tell('telegram', {
      status: 'down',
      message: outcome?.kind === 'unauthorized' ? 'the token is refused' : `not reached: ${errorMessage(error)}`,
      mend:
        outcome?.kind === 'unauthorized'
          ? 'get the present token from @BotFather and set TELEGRAM_BOT_TOKEN'
          : 'look at the network, a proxy or firewall, and TELEGRAM_API_ROOT',
    });
  }
}

/** How to mend what keeps us from connecting; undefined when it is nothing known, or we can connect. */
async function refusal(connection: pg.ClientConfig): Promise<string | undefined> {
  try {
    await (await connectChecked(connection)).end();
    return undefined;
  } catch (error) {
    return findingOf(errorMessage(error)).mend;
  }
}

async function database(config: Config, connection: pg.ClientConfig, tell: Tell): Promise<void> {
  const db = openDatabase({ connection, max: 1, onError: () => {} });
  try {
    const [row] = await db.query<{ version: string }>(`SELECT current_setting('server_version') AS version`);
    tell('database', { status: 'ok', message: `PostgreSQL ${row?.version ?? '?'}` });
    const { faults, status } = await diagnose(connection);
    for (const fault of faults) tell('migrations', findingOf(fault));
    if (faults.length === 0) {
      tell('migrations', { status: 'ok', message: `${status.applied.length} applied, no drift` });
      tell('integrity', await checkIntegrity(db));
      tell('backups', await backupFinding(db, config, systemClock));
      tell(
        'master key',
        await secretsState(
          db,
          openVault(() => masterKeysOf(config)),
        ),
      );
    }
  } catch (error) {
    const refused = await refusal(connection);
    tell('database', {
      status: 'down',
      message: errorMessage(error) || 'no answer',
      mend: refused ?? 'start the server, and compare DATABASE_URL (host, port, name, user, password) with it',
    });
  } finally {
    await db.close();
  }
}

async function storage(config: Config, tell: Tell): Promise<void> {
  if (config.database.connection) return database(config, { ...config.database.connection }, tell);
  const { startEmbedded } = await import('../storage/embedded.ts');
  let embedded: Awaited<ReturnType<typeof startEmbedded>>;
  try {
    embedded = await startEmbedded({ dataDir: config.dataDir, log: () => {} });
  } catch (error) {
    tell('database', findingOf(errorMessage(error)));
    return;
  }
  try {
    if (embedded.origin === 'created')
      tell('database', { status: 'ok', message: 'made now; `steward start` fills it' });
    else await database(config, { ...embedded.connection }, tell);
  } finally {
    await embedded.stop();
  }
}

/** The command for src/main.ts. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('look at everything Steward needs, and say how to mend what is wrong')
    .action(async () => {
      const { tell, faults } = teller();
      // `steward doctor | head`: the reader has seen enough, which is no fault.
      process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
      process.stdout.write(`Steward ${version}\n`);
      tell('node', nodeVersion());
      let config: Config | undefined;
      try {
        config = loadConfig();
        tell('configuration', { status: 'ok', message: config.production ? 'production' : config.environment });
        for (const warning of config.warnings) tell('configuration', { status: 'degraded', message: warning });
      } catch (error) {
        if (!(error instanceof ConfigurationError)) throw error;
        for (const fault of error.faults) tell('configuration', findingOf(fault));
      }
      for (const file of ['.env', '.env.production']) {
        const finding = await secretFile(path.resolve(file));
        if (finding.status !== 'ok') tell('secrets', finding);
      }
      tell('memory', memory());
      if (!config) {
        process.stdout.write('\nThe rest is looked at once the configuration can be read.\n');
        process.exitCode = 78;
        return;
      }
      if (!config.database.connection) tell('data folder', await dataFolder(config.dataDir));
      tell('disk', await diskSpace(config.dataDir));
      await storage(config, tell);
      await telegram(config, tell);
      const count = faults();
      process.stdout.write(count === 0 ? '\nAll is well.\n' : `\n${count} to mend.\n`);
      process.exitCode = count === 0 ? 0 : 1;
    });
}
