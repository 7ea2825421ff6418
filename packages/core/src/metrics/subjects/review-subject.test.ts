import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import type { ReadContext } from '../../reads/read-context.ts';
import { openStore } from '../../store/open-store.ts';
import { queryTuples } from '../../store/raw-query.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { reviewSubject } from './review-subject.ts';

test('an earlier review is looked for within its own pull request only', async () => {
  const store = await openStore(':memory:');
  onTestFinished(() => store.close());
  const context: ReadContext = {
    store,
    workspaceId: 'default',
    viewer: { kind: 'system' },
    teamId: null,
    clock: createFakeClock(0),
    metrics: { pullRequestFacts: { version: 1, compute: () => expect.fail() }, metrics: [] },
    settings: { activeStatuses: null, timeZone: 'UTC' },
  };
  const { from } = await reviewSubject(context, { from: 0, to: 1, column: 'reviewedAt' });
  const plan = await queryTuples<[number, number, number, string]>(
    store.read,
    sql`explain query plan select * from ${from}`,
  );
  const steps = plan.map(([, , , detail]) => detail);
  // By the index of instants, each review would walk through all those before it.
  expect(steps.find((step) => step.startsWith('SEARCH earlier'))).toContain(
    'pull_request_events_request ',
  );
  expect(steps.find((step) => step.startsWith('SEARCH e '))).toContain(
    'pull_request_events_reviewed ',
  );
});
