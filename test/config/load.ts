/** Loads configurations in folders of their own, away from the .env of whoever runs the tests. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Config, loadConfig } from '../../src/config/config.ts';
import { ConfigurationError } from '../../src/core/errors.ts';

export const TOKEN = '8123456789:AAGq3vR0mZkLw7_tYbN2xPjS5dHfC1uE9oI';
export const BOT = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_ALLOWED_USERS: '4242' };

export function newFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'steward-config-'));
}

export function loadFrom(cwd: string, env: Record<string, string>): Config {
  return loadConfig({ env, cwd, terminal: false });
}

/** Why these values are refused; nothing when they are not. */
export function faultsFrom(cwd: string, env: Record<string, string>): readonly string[] {
  try {
    loadFrom(cwd, env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
  return [];
}
