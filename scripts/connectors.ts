// pnpm connectors: what reading GitHub costs and survives, and its writes against the published
// description and a GitHub that others wrote; each figure beside what it must be.
import { connectorTable } from './connectors/connector-table.ts';
import { costFigures, cutOffFigures } from './connectors/cost.ts';
import { faultFigures } from './connectors/faults.ts';
import type { Figure } from './connectors/figure.ts';
import { payloadFigures } from './connectors/payloads.ts';
import { counterpartFigures } from './connectors/counterpart.ts';
import { requestFigures } from './connectors/requests.ts';
import { writeFigures } from './connectors/writes.ts';

const parts = [
  costFigures,
  faultFigures,
  cutOffFigures,
  payloadFigures,
  requestFigures,
  writeFigures,
  counterpartFigures,
];

console.log(`${connectorTable()}\n`);
for (const part of parts) {
  for (const figure of await part()) {
    show(figure);
    if (!figure.ok) process.exitCode = 1;
  }
}

function show({ item, name, value, bound, ok }: Figure): void {
  console.log(`${ok ? '✓' : '✗'} ${item}  ${name}: ${value} (${bound})`);
}
