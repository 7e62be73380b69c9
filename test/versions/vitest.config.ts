/** The matrix of PostgreSQL versions, a run of its own: it brings its own servers. */
import { defineConfig } from 'vitest/config';
import shared from '../../vitest.config.ts';

export default defineConfig({
  ...shared,
  test: { ...shared.test, include: ['test/versions/**/*.test.ts'], exclude: ['**/node_modules/**'], globalSetup: [] },
});
