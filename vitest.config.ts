import { defineConfig } from 'vitest/config';

export default defineConfig({
  ssr: {
    resolve: { conditions: ['@adjutant/source', 'module', 'node', 'development|production'] },
  },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'examples/*/src/**/*.test.ts',
      'scripts/**/*.test.ts',
      'docs/**/*.test.ts',
      'test-setup/**/*.test.ts',
    ],
    globalSetup: ['test-setup/ledger.ts'],
    setupFiles: ['test-setup/block-network.ts', 'test-setup/keep-removed.ts'],
    pool: 'forks',
    testTimeout: 30_000,
  },
});
