/** The pictures of docs/design.md: a run of its own (`npm run pictures`) that writes them anew. */
import { defineConfig } from 'vitest/config';
import shared from '../../vitest.config.ts';

export default defineConfig({
  ...shared,
  test: {
    ...shared.test,
    include: ['test/pictures/*.pictures.ts'],
    exclude: ['**/node_modules/**'],
    hookTimeout: 300_000,
  },
});
