/** The matrix of PostgreSQL versions, a run of its own: it brings its own servers. */
import { defineConfig } from 'vitest/config';
import { common } from '../../vitest.config.ts';

export default defineConfig({
  test: { ...common, include: ['test/versions/**/*.test.ts'], exclude: ['**/node_modules/**'], globalSetup: [] },
});
