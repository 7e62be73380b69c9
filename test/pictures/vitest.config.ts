/** The pictures of docs/design.md: a run of its own (`npm run pictures`) that writes them anew. */
import { defineConfig } from 'vitest/config';
import { common } from '../../vitest.config.ts';

export default defineConfig({
  test: {
    ...common,
    include: ['test/pictures/*.pictures.ts'],
    globalSetup: ['test/support/global.ts'],
    exclude: ['**/node_modules/**'],
    hookTimeout: 300_000,
  },
});
