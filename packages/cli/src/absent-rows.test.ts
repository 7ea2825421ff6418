import { createAdjutant, type DomainRows, type MetricAnswer } from '@adjutant/core';
import { createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import { beforeAll, describe, expect, test } from 'vitest';
import { window } from './testing/metric-surfaces.ts';
import { activeStatuses } from './testing/stream-states.ts';
import { teamNow } from './testing/team-days.ts';
import { wholeTeam } from './testing/whole-team.ts';

// One kind of rows that no source shows, beside all others: a figure that rests on it is unknown and
// says why, and any other is what it was. Reviews are not among them: a source that shows when a pull
// request was opened shows its reviews too, and none is then a true none.
const kinds: Record<string, readonly (keyof DomainRows)[]> = {
  'pull requests': ['pullRequests', 'pullRequestEvents', 'pullRequestCommits', 'aiEvidence'],
  commits: ['commits', 'pullRequestCommits'],
  deployments: ['deployments', 'deploymentChanges', 'incidentDeployments'],
  'what a deployment carried': ['deploymentChanges'],
  incidents: ['incidents', 'incidentDeployments'],
  'pipeline runs': ['pipelineRuns'],
  releases: ['releases', 'releaseCommits'],
  'what a release carried': ['releaseCommits'],
  'work items': ['workItems', 'workItemChanges', 'pullRequestWorkItems', 'sprints'],
  'changes of work items': ['workItemChanges'],
};

type Answers = Record<string, MetricAnswer>;
let whole: Answers;
beforeAll(async () => {
  whole = await answersWithout([]);
});

describe.each(Object.entries(kinds))('where no source shows %s', (_name, kind) => {
  let found: Answers;
  beforeAll(async () => {
    found = await answersWithout(kind);
  });

  test('some figure is unknown', () => {
    const lost = Object.values(found).filter(
      ({ metricId, value, parts }) =>
        (value === null || parts.some((part) => part.value === null)) &&
        whole[metricId]?.value !== null,
    );
    expect(lost).not.toEqual([]);
  });

  test.each(allMetrics.metrics)('$id is unknown, or what it was', ({ id }) => {
    const [before, after] = [whole[id], found[id]];
    if (after?.value === null) expect(after.caveats).not.toEqual([]);
    else expect(after?.value).toBe(before?.value);
    // What is left over of a time grows where less of it is told.
    const parts = after?.parts.filter((part) => part.value !== null && part.id !== 'unattributed');
    for (const part of parts ?? []) {
      expect(before?.parts.find((other) => other.id === part.id)?.value).toBe(part.value);
    }
  });
});

/** What every metric says of a team that was read whole, but for these rows. */
async function answersWithout(left: readonly (keyof DomainRows)[]): Promise<Answers> {
  const isShown = ([name]: [string, unknown]): boolean => !left.some((kind) => kind === name);
  const shown = Object.entries(wholeTeam()).map(([id, rows]): [string, DomainRows] => [
    id,
    Object.fromEntries(Object.entries(rows).filter(isShown)),
  ]);
  const adjutant = await createAdjutant({
    store: ':memory:',
    metrics: allMetrics,
    clock: createFakeClock(teamNow),
    flow: { activeStatuses },
    connectors: [
      createRowsConnector({
        id: 'forge',
        showsReviews: true,
        claimsCommits: true,
        scope: { externalId: 'shop', name: 'shop', detail: {} },
        records: () => Object.fromEntries(shown),
      }),
    ],
  });
  try {
    const { streams } = await adjutant.sync();
    expect(streams.map(({ error }) => error)).toEqual([null]);
    const handle = adjutant.workspace().as(await adjutant.owner());
    const answers: Answers = {};
    for (const { id } of allMetrics.metrics) {
      answers[id] = await handle.metric({ metricId: id, window });
    }
    return answers;
  } finally {
    await adjutant.close();
  }
}
