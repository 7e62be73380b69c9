import { defineConfig } from 'vitest/config';

/** Unit tests lie beside their files in `src`; tests that cross rooms in `test`. Every test file that needs PostgreSQL makes its own database in one shared server (test/support/postgres.ts). */
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ['test/support/global.ts'],
    maxWorkers: 2,
  },
});
