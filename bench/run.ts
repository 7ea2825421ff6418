// pnpm bench [name]: each line is ours beside a floor measured in the same run, and their ratio.
import type { BenchLine } from './measure.ts';

const cases: Record<string, () => Promise<BenchLine[]>> = {
  ingest: async () => (await import('./cases/ingest.ts')).benchIngest(),
  reads: async () => (await import('./cases/reads.ts')).benchReads(),
  metrics: async () => [
    ...(await (await import('./cases/metrics.ts')).benchMetrics()),
    ...(await (await import('./cases/metric-scale.ts')).benchMetricScale()),
  ],
  normalise: async () => (await import('./cases/normalise.ts')).benchNormalise(),
  git: async () => (await import('./cases/git.ts')).benchGit(),
  github: async () => (await import('./cases/github.ts')).benchGithub(),
  signals: async () => (await import('./cases/signals.ts')).benchSignals(),
  rules: async () => (await import('./cases/rules.ts')).benchRules(),
  search: async () => (await import('./cases/search.ts')).benchSearch(),
  gateway: async () => (await import('./cases/gateway.ts')).benchGateway(),
  webhooks: async () => (await import('./cases/webhooks.ts')).benchWebhooks(),
  redaction: async () => (await import('./cases/redaction.ts')).benchRedaction(),
  mcp: async () => (await import('./cases/mcp.ts')).benchMcp(),
  ledger: async () => (await import('./cases/ledger.ts')).benchLedger(),
  policy: async () => (await import('./cases/policy.ts')).benchPolicy(),
  reports: async () => (await import('./cases/reports.ts')).benchReports(),
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => cases[name] === undefined);
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. Known are: ${Object.keys(cases).join(', ')}.`);
  process.exit(2);
}

const lines: BenchLine[] = [];
for (const name of names.length > 0 ? names : Object.keys(cases)) {
  console.log(`\n${name}`);
  for (const line of (await cases[name]?.()) ?? []) {
    lines.push(line);
    const ratio = Number.isNaN(line.ratio) ? '' : `  ratio ${line.ratio.toFixed(2)}`;
    const floor = line.floor === '' ? '' : `  floor ${line.floor}`;
    console.log(
      `  ${line.ok ? 'ok  ' : 'FAIL'} ${line.title}: ${line.ours}${floor}${ratio} (must be ${line.must})`,
    );
  }
}
const failed = lines.filter((line) => !line.ok).length;
console.log(`\n${lines.length - failed} of ${lines.length} lines are as they must be.`);
process.exitCode = failed === 0 ? 0 : 1;
