/** The `steward` command line: finds the command, runs it, and turns whatever it throws into an exit code. */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';
import { keepHeapSmall } from './commands/heap.ts';
import { ConfigurationError, errorMessage } from './core/errors.ts';
import { version } from './core/version.ts';

// Run from source, Node strips and compiles every file anew at each start: half of its time. Kept beside the packages, where whoever may write
// may change the program too; where nothing can be written it goes without.
if (import.meta.filename.endsWith('.ts'))
  enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/steward', import.meta.url)));

/** Commands by name; only the one asked for is loaded, as some are heavy. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => {
    keepHeapSmall();
    return (await import('./commands/start.ts')).startCommand();
  },
  chat: async () => (await import('./commands/chat.ts')).chatCommand(),
  init: async () => (await import('./commands/init.ts')).initCommand(),
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand(),
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand(),
  backup: async () => (await import('./commands/backup/backup.ts')).backupCommand(),
  restore: async () => (await import('./commands/backup/restore.ts')).restoreCommand(),
  'verify-backup': async () => (await import('./commands/backup/verify-backup.ts')).verifyBackupCommand(),
  drill: async () => (await import('./commands/backup/drill.ts')).drillCommand(),
  parse: async () => (await import('./commands/parse.ts')).parseCommand(),
  sandbox: async () => (await import('./commands/sandbox.ts')).sandboxCommand(),
  export: async () => (await import('./commands/person/export.ts')).exportCommand(),
  import: async () => (await import('./commands/person/import.ts')).importCommand(),
  'rotate-key': async () => (await import('./commands/rotate-key.ts')).rotateKeyCommand(),
  health: async () => (await import('./commands/health.ts')).healthCommand(),
};

const DONE = 0;
const FAILED = 1;
const WRONG_USAGE = 2;
const WRONG_CONFIGURATION = 78;

/** Runs the command line and returns the exit code. */
export async function run(argv: readonly string[]): Promise<number> {
  const program = new Command('steward')
    .description('A private assistant that lives in your Telegram.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(steward --help lists the commands)');
  const asked = commands[argv[0] ?? ''];
  const loaded = asked ? [await asked()] : await Promise.all(Object.values(commands).map((load) => load()));
  for (const command of loaded) program.addCommand(command.exitOverride());
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return typeof process.exitCode === 'number' ? process.exitCode : DONE;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 || error.code === 'commander.help' ? DONE : WRONG_USAGE;
    }
    if (error instanceof ConfigurationError) {
      process.stderr.write(
        `The configuration needs attention:\n${error.faults.map((fault) => `  • ${fault}\n`).join('')}`,
      );
      return WRONG_CONFIGURATION;
    }
    process.stderr.write(`${errorMessage(error)}\n`);
    if (process.env['LOG_LEVEL'] === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return FAILED;
  }
}

if (import.meta.main) await end(run(process.argv.slice(2)));

/** Ends the process with the command's code. Commands close what they open; what is left (an idle keep-alive socket) must not hold it. */
export async function end(running: Promise<number>): Promise<never> {
  process.exit(await running);
}
