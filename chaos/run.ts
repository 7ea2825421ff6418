// pnpm chaos <name>: fault tests that take longer than a test may.
const scenarios: Record<string, () => Promise<number>> = {
  contention: async () => (await import('./contention.ts')).contention(),
  sync: async () => (await import('./sync.ts')).chaosSync(),
};

const name = process.argv[2] ?? '';
const scenario = scenarios[name];
if (scenario === undefined) {
  console.error(`Usage: pnpm chaos <${Object.keys(scenarios).join('|')}>`);
  process.exit(2);
}
process.exitCode = await scenario();
