import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import {
  type DecidedAction,
  readActionStatistics,
  summariseDecisions,
} from '../../actions/action-statistics.ts';
import { defineMetric, type SubjectRows } from '../../domain.ts';
import type { ReadContext } from '../../reads/read-context.ts';
import { openStore } from '../../store/open-store.ts';
import type { Store } from '../../store/store.ts';
import { tables } from '../../store/tables.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { loadColumns } from '../load-columns.ts';

const clock = createFakeClock();
const window = { from: clock.now() - 1_000, to: clock.now() };
const workspaceId = 'default';

interface StoredAction {
  decidedAgoMs: number | null;
  decidedBy: string | null;
  status: 'executed' | 'declined' | 'approved';
  revisions: readonly { author: string; preparedAgoMs: number | null }[];
}

const storedAction: fc.Arbitrary<StoredAction> = fc.record({
  decidedAgoMs: fc.option(fc.integer({ min: -100, max: 1_100 })),
  decidedBy: fc.constantFrom(null, 'policy:auto', 'person:one', 'person:two'),
  status: fc.constantFrom('executed', 'declined', 'approved'),
  revisions: fc.array(
    fc.record({
      author: fc.constantFrom('agent:mcp', 'person:one', 'policy'),
      preparedAgoMs: fc.option(fc.integer({ min: 1_200, max: 5_000 })),
    }),
    { maxLength: 3 },
  ),
});

async function keep(store: Store, workspace: string, actions: readonly StoredAction[]) {
  await store.transaction(async (transaction) => {
    for (const [index, { decidedAgoMs, decidedBy, status, revisions }] of actions.entries()) {
      const id = `${workspace} ${index}`;
      await transaction.insert(tables.actions).values({
        id,
        workspaceId: workspace,
        type: 'example.post',
        idempotencyKey: id,
        status,
        revision: revisions.length,
        requester: 'agent:mcp',
        requesterKind: 'agent',
        effectClass: 'keyed',
        traceId: id,
        createdAt: 0,
        updatedAt: 0,
        decidedAt: decidedAgoMs === null ? null : clock.now() - decidedAgoMs,
        decidedBy,
      });
      for (const [position, { author, preparedAgoMs }] of revisions.entries()) {
        await transaction.insert(tables.actionRevisions).values({
          workspaceId: workspace,
          actionId: id,
          revision: position + 1,
          payload: '{}',
          author,
          createdAt: 0,
          preparedAt: preparedAgoMs === null ? null : clock.now() - preparedAgoMs,
        });
      }
    }
  });
}

const decisions = defineMetric({
  id: 'decisions',
  title: 'Decisions',
  unit: 'count',
  definition: 'Decided actions.',
  source: 'this test',
  version: 1,
  subject: 'action',
  columns: ['type', 'preparedAt', 'decidedAt', 'byPolicy', 'verdict', 'modified'],
  windowColumn: 'decidedAt',
  better: 'neutral',
  compute: () => {
    throw new Error('Only its rows are asked for.');
  },
});

async function readRows(
  store: Store,
  query: { teamId?: string; repository?: string } = {},
): Promise<SubjectRows['action'][]> {
  const context: ReadContext = {
    store,
    workspaceId,
    viewer: { kind: 'person', personId: 'one', role: 'admin' },
    teamId: query.teamId ?? null,
    clock,
    metrics: {
      metrics: [decisions],
      pullRequestFacts: {
        version: 1,
        compute: () => {
          throw new Error('There is no pull request here.');
        },
      },
    },
    settings: { activeStatuses: null, timeZone: 'UTC' },
  };
  const { columns, length } = await loadColumns(context, {
    definition: decisions,
    window,
    repositoryExternalId: query.repository ?? null,
  });
  return Array.from(
    { length },
    (_, row) =>
      Object.fromEntries(
        Object.entries(columns).map(([name, values]) => [name, values[row]]),
      ) as unknown as SubjectRows['action'],
  );
}

async function openWith(
  actions: readonly StoredAction[],
  others: readonly StoredAction[] = [],
): Promise<Store> {
  const store = await openStore(':memory:', { clock });
  await keep(store, workspaceId, actions);
  await keep(store, 'other', others);
  return store;
}

test('decided actions are read as the statistics of actions read them, whatever stands beside', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(storedAction, { maxLength: 8 }),
      fc.array(storedAction, { maxLength: 2 }),
      async (actions, others) => {
        const store = await openWith(actions, others);
        try {
          const rows = await readRows(store);
          const read = rows.map((row): DecidedAction => ({ ...row, waitedFrom: row.preparedAt }));
          const expected = await readActionStatistics(store, { workspaceId, window });
          expect(summariseDecisions(read)).toEqual(expected);
        } finally {
          await store.close();
        }
      },
    ),
    { numRuns: 25, seed: 5 },
  );
}, 60_000);

test('an action is of no team and of no repository, and says nothing of who decided', async () => {
  const store = await openWith([
    { decidedAgoMs: 500, decidedBy: 'person:one', status: 'declined', revisions: [] },
  ]);
  onTestFinished(() => store.close());
  const [row] = await readRows(store);
  expect(row).toEqual({
    id: 'default 0',
    type: 'example.post',
    preparedAt: null,
    decidedAt: clock.now() - 500,
    byPolicy: false,
    verdict: 'decline',
    modified: false,
  });
  expect(await readRows(store, { teamId: 'team' })).toEqual([]);
  expect(await readRows(store, { repository: 'acme/widgets' })).toEqual([]);
});
