// pnpm evals [part] [--seed n] [--days n]: how often what is told is right, on material that nothing was tuned to.
import { parseArgs } from 'node:util';
import type { EvaluationLine } from './evaluation-line.ts';

const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', multiple: true }, days: { type: 'string' } },
});
const seeds = values.seed?.map(Number);
const days = Number(values.days ?? 90);

const parts: Record<string, () => Promise<EvaluationLine[]>> = {
  retrieval: async () => (await import('./retrieval/evaluate-retrieval.ts')).evaluateRetrieval(),
  signals: async () =>
    (await import('./signals/evaluate-signals.ts')).evaluateSignals({ seeds, days }),
  model: async () => (await import('./model.ts')).evaluateModel({ seed: seeds?.[0] }),
};

const unknown = names.filter((name) => parts[name] === undefined);
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. Known are: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}

let failed = 0;
let all = 0;
for (const name of names.length > 0 ? names : Object.keys(parts)) {
  console.log(`\n${name}`);
  for (const { title, found, must, ok, details = [] } of (await parts[name]?.()) ?? []) {
    all += 1;
    if (!ok) failed += 1;
    console.log(`  ${ok ? 'ok  ' : 'FAIL'} ${title}: ${found} (must be ${must})`);
    for (const detail of details) console.log(`         ${detail}`);
  }
}
console.log(`\n${all - failed} of ${all} lines are as they must be.`);
process.exitCode = failed === 0 ? 0 : 1;
