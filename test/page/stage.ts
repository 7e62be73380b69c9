/** The chat page with a bot that the test plays itself: a stand-in, the page on it, and calls of the Bot API. */

import type { Update } from '@grammyjs/types';
import { Api } from 'grammy';
import { ChatPage, type Sandbox, type SandboxUser, startSandbox } from '../../src/sandbox/index.ts';
import { patienceMs } from './browser.ts';

/** The person at the page. */
export const VISITOR = 7;

export interface PageStage {
  readonly sandbox: Sandbox;
  readonly user: SandboxUser;
  readonly chat: ChatPage;
  /** The bot's side. */
  readonly api: Api;
  /** The next update of the bot that has the field, others before it are passed over. */
  update<K extends keyof Update>(kind: K): Promise<NonNullable<Update[K]>>;
  end(): Promise<void>;
}

export async function pageStage(): Promise<PageStage> {
  const sandbox = await startSandbox();
  const user = sandbox.user(VISITOR, { first_name: 'Ann' });
  const chat = new ChatPage({ server: sandbox, user });
  await chat.start();
  const api = new Api(sandbox.token, { apiRoot: sandbox.url });
  let offset = 0;
  return {
    sandbox,
    user,
    chat,
    api,
    async update(kind) {
      const until = performance.now() + patienceMs;
      while (performance.now() < until) {
        const [update] = await api.getUpdates({ offset, limit: 1, timeout: 1 });
        if (!update) continue;
        offset = update.update_id + 1;
        const found = update[kind];
        if (found !== undefined) return found as NonNullable<Update[typeof kind]>;
      }
      throw new Error(`no ${kind} came`);
    },
    async end() {
      await chat.stop();
      await sandbox.stop();
    },
  };
}
