/** The image, the compose file and the plain machine's scripts on a real container engine: a run of its own (`npm run test:image`), some minutes long. */
import { defineConfig } from 'vitest/config';
import { common } from '../../vitest.config.ts';

export default defineConfig({
  test: {
    ...common,
    include: ['test/image/**/*.test.ts', 'test/machine/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    globalSetup: ['test/image/global.ts'],
    // Building an image from an empty cache, and starts on a busy machine.
    testTimeout: 480_000,
    hookTimeout: 600_000,
  },
});
