// pnpm connectors: what reading GitHub costs and survives, its writes against the published
// description, and GitHub and Slack as others wrote them; each figure beside what it must be.
import { connectorTable } from './connectors/connector-table.ts';
import { costFigures, cutOffFigures } from './connectors/cost.ts';
import { faultFigures } from './connectors/faults.ts';
import type { Figure } from './connectors/figure.ts';
import { payloadFigures } from './connectors/payloads.ts';
import { counterpartFigures } from './connectors/counterpart.ts';
import { slackCounterpartFigures } from './connectors/slack-counterpart.ts';
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
  slackCounterpartFigures,
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
