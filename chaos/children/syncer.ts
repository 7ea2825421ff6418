// Syncs into a store and kills itself at the nth time that a named point is reached; it is sent
// <store> <point|none> <nth>. Usage: syncer.ts git <clone>... | github <url> <token>
import { createAdjutantWithCrashPoints } from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';

const [connector, ...source] = process.argv.slice(2);
const configured = await configure();
process.send?.('ready');
const [store = '', point = 'none', nth = '1'] = await new Promise<string[]>((resolve) => {
  process.once('message', (words) => resolve(words as string[]));
});
let reached = 0;
const adjutant = await createAdjutantWithCrashPoints(
  { store, connectors: [configured], metrics: allMetrics, rollups: true },
  (name) => {
    if (name !== point) return;
    reached += 1;
    if (reached === Number(nth)) process.kill(process.pid, 'SIGKILL');
  },
);
const summary = await adjutant.sync();
await adjutant.close();
process.send?.({
  rowsChanged: summary.rowsChanged,
  failed: summary.streams.filter((stream) => stream.outcome !== 'complete').length,
});
process.disconnect?.();

async function configure() {
  if (connector === 'git') {
    const { git } = await import('@adjutant/connectors/git');
    const deployments = { tags: 'v*', environment: 'production' };
    return git({ repositories: source, deployments });
  }
  const { github } = await import('@adjutant/connectors/github');
  const [baseUrl = '', token = ''] = source;
  return github({
    repositories: ['acme/large'],
    organization: 'acme',
    workflows: { 'acme/large': ['deploy.yml'] },
    baseUrl,
    token,
  });
}
