// pnpm connectors [part …]: what each connector brings, what reading GitHub costs and survives, every
// recorded payload, its writes against the published description, and GitHub and Slack as others
// wrote them, alone and together; each figure beside what it must be. With names of parts, only those.
import { connectorTable, tableFigures } from './connectors/connector-table.ts';
import { costFigures, cutOffFigures } from './connectors/cost.ts';
import { faultFigures } from './connectors/faults.ts';
import type { Figure } from './connectors/figure.ts';
import { liveFigures } from './connectors/live.ts';
import { payloadFigures } from './connectors/payloads.ts';
import { counterpartFigures } from './connectors/counterpart.ts';
import { slackCounterpartFigures } from './connectors/slack-counterpart.ts';
import { requestFigures } from './connectors/requests.ts';
import { wholeWayFigures } from './connectors/whole-way.ts';
import { writeFigures } from './connectors/writes.ts';

const parts: Readonly<Record<string, readonly (() => Promise<Figure[]>)[]>> = {
  table: [tableFigures],
  cost: [costFigures],
  faults: [faultFigures, cutOffFigures],
  payloads: [payloadFigures],
  requests: [requestFigures],
  writes: [writeFigures],
  counterparts: [counterpartFigures, slackCounterpartFigures],
  'whole-way': [wholeWayFigures],
  live: [liveFigures],
};

const named = process.argv.slice(2);
if (named.some((name) => !Object.hasOwn(parts, name))) {
  console.error(`Usage: pnpm connectors [${Object.keys(parts).join('|')}]…`);
  process.exit(2);
}
const wanted = named.length === 0 ? Object.keys(parts) : named;

if (wanted.includes('table')) console.log(`${connectorTable()}\n`);
let failed = 0;
let count = 0;
for (const part of wanted.flatMap((name) => parts[name] ?? [])) {
  for (const figure of await part()) {
    show(figure);
    count += 1;
    if (!figure.ok) failed += 1;
  }
}
console.log(`${count - failed} of ${count} figures are as they must be.`);
if (failed > 0) process.exitCode = 1;

function show({ item, name, value, bound, ok }: Figure): void {
  console.log(`${ok ? '✓' : '✗'} ${item}  ${name}: ${value} (${bound})`);
}
