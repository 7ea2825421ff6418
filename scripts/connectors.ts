// pnpm connectors: what reading GitHub costs and survives, each figure beside what it must be.
import { costFigures, cutOffFigures } from './connectors/cost.ts';
import { faultFigures } from './connectors/faults.ts';
import type { Figure } from './connectors/figure.ts';
import { payloadFigures } from './connectors/payloads.ts';
import { requestFigures } from './connectors/requests.ts';

const parts = [costFigures, faultFigures, cutOffFigures, payloadFigures, requestFigures];

for (const part of parts) {
  for (const figure of await part()) {
    show(figure);
    if (!figure.ok) process.exitCode = 1;
  }
}

function show({ item, name, value, bound, ok }: Figure): void {
  console.log(`${ok ? '✓' : '✗'} ${item}  ${name}: ${value} (${bound})`);
}
