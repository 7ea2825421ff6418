// pnpm chaos <name> [connector | --short]: fault tests that take longer than a test may.
const scenarios: Record<string, (connectors: readonly string[]) => Promise<number>> = {
  actions: async (words) => {
    // Read where the sizes are said, here and in each child.
    if (words.includes('--short')) process.env['ADJUTANT_CHAOS'] = 'short';
    return (await import('./actions.ts')).chaosActionsRun();
  },
  api: async (words) => (await import('./api.ts')).chaosApi(words),
  clone: async () => (await import('./clone.ts')).chaosClone(),
  contention: async () => (await import('./contention.ts')).contention(),
  data: async () => (await import('./data.ts')).chaosData(),
  disk: async (words) => (await import('./disk.ts')).chaosDisk(words),
  fuzz: async () => (await import('./fuzz.ts')).chaosFuzz(),
  gateway: async (words) => (await import('./gateway.ts')).chaosGateway(words),
  sync: async (connectors) => (await import('./sync.ts')).chaosSync(connectors),
};

const name = process.argv[2] ?? '';
const scenario = scenarios[name];
if (scenario === undefined) {
  console.error(`Usage: pnpm chaos <${Object.keys(scenarios).join('|')}>`);
  process.exit(2);
}
process.exitCode = await scenario(process.argv.slice(3));
