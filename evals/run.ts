// pnpm evals [part]: how often what is told is right, on material that nothing was tuned to.
import type { EvaluationLine } from './evaluation-line.ts';

const parts: Record<string, () => Promise<EvaluationLine[]>> = {
  retrieval: async () => (await import('./retrieval/evaluate-retrieval.ts')).evaluateRetrieval(),
};

const names = process.argv.slice(2);
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
