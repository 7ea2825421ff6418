import { defineConfig } from 'vitest/config';

export default defineConfig({
  ssr: {
    // Not `module`: what packages name so is for bundlers, and Node itself never loads it.
    resolve: { conditions: ['@adjutant/source', 'node', 'development|production'] },
  },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'examples/*/src/**/*.test.ts',
      'scripts/**/*.test.ts',
      'docs/**/*.test.ts',
      'chaos/**/*.test.ts',
      'evals/**/*.test.ts',
      'test-setup/**/*.test.ts',
    ],
    globalSetup: ['test-setup/ledger.ts'],
    setupFiles: ['test-setup/block-network.ts', 'test-setup/keep-removed.ts'],
    pool: 'forks',
    // Left alone the runner keeps one processor for itself, which on a machine of two halves its speed.
    maxWorkers: '100%',
    // Loading our modules anew for each file cost as much as the tests. A test that changes what a
    // module holds puts it back.
    isolate: false,
    // For what hangs, not for what is slow: where others use the processor too, a test that starts
    // processes takes five times as long.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
