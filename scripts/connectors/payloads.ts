import { markdownTable } from '../markdown-table.ts';
import { atLeast, exactly, type Figure } from './figure.ts';
import { createTally, type Tally } from './payloads/attempt.ts';
import { githubTables } from './payloads/github.ts';
import { jiraTables, pagerdutyTables } from './payloads/jira-and-pagerduty.ts';
import { areRecordedHere } from './payloads/recorded.ts';
import { takeWebhooks } from './payloads/webhooks.ts';

/** Item 4: every payload that others recorded passes verification and normalisation, counted. */
export async function payloadFigures(): Promise<Figure[]> {
  const stray = createTally('given to every normaliser');
  const { tallies, taken, refused, count } = await takeWebhooks(stray);
  show('event', tallies);
  const isHere = areRecordedHere();
  const tables = isHere
    ? [...githubTables(stray), ...jiraTables(stray), ...pagerdutyTables(stray)]
    : [];
  if (isHere) show('table', tables);
  else
    console.log('There are no recorded answers beside the repository (../shared/data): skipped.\n');
  return [
    exactly('4', 'published webhooks, signed and taken', taken, count),
    exactly('4', 'the same with a byte more, refused', refused, count),
    exactly('4', 'published webhooks there are', count, 329),
    ...figuresOf('webhooks', tallies),
    ...(isHere ? figuresOf('recorded answers', tables) : []),
    exactly('4', 'faults of payloads of another kind', stray.faults.length, 0),
    atLeast(
      '4',
      `InvalidInput for what is of another kind, of ${stray.payloads} payloads`,
      stray.invalid,
      1,
    ),
  ];
}

function figuresOf(what: string, tallies: readonly Tally[]): Figure[] {
  for (const { name, faults } of tallies) {
    for (const fault of faults.slice(0, 5)) console.error(`${name}: ${fault}`);
  }
  const sum = (of: (tally: Tally) => number) => tallies.reduce((all, tally) => all + of(tally), 0);
  const payloads = sum((tally) => tally.payloads);
  return [
    exactly(
      '4',
      `${what}: faults in ${payloads} payloads`,
      sum(({ faults }) => faults.length),
      0,
    ),
    exactly(
      '4',
      `${what}: modelled and yet refused`,
      sum(({ invalid }) => invalid),
      0,
    ),
  ];
}

/** Payloads and rows by kind, one line each. */
function show(what: string, tallies: readonly Tally[]): void {
  const lines = tallies.map(({ name, payloads, rows }) => [
    name,
    String(payloads),
    [...rows].map(([kind, found]) => `${kind} ${found}`).join(', ') || 'not modelled',
  ]);
  console.log(`${markdownTable([[what, 'payloads', 'rows by kind'], ...lines])}\n`);
}
