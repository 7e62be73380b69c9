#!/usr/bin/env node
// The command `steward`: plain JavaScript, so that an old Node can still say what it lacks, or hand over to the one npm installed.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const here = Number(process.versions.node.split('.')[0]);
if (here >= NEEDED) {
  const main = await import(
    existsSync(new URL('../src/main.ts', import.meta.url)) ? '../src/main.ts' : '../dist/main.js'
  );
  await main.end(main.run(process.argv.slice(2)));
} else {
  const installed = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
  if (existsSync(installed) && process.env.STEWARD_NODE_HANDED_OVER !== '1') {
    const child = spawn(installed, process.argv.slice(1), {
      stdio: 'inherit',
      env: { ...process.env, STEWARD_NODE_HANDED_OVER: '1' },
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 1)));
  } else {
    process.stderr.write(
      `Steward needs Node ${NEEDED} or newer; this is ${process.version}. Mend: run \`npm ci\`, which brings one, and start by \`npm start\` or \`npx steward\`.\n`,
    );
    process.exit(1);
  }
}
