import { expect, it } from 'vitest';
import { buildIncident, buildSprint, buildWorkItem } from '../../testing.ts';
import { change, dayMs, hourMs, noon, startSubjects } from './__fixtures__/subject-world.ts';

const weekMs = 7 * dayMs;
/** When a sprint of two weeks begins; the seventh runs. */
const startOf = (sprint: number) => noon - 10 * dayMs + (sprint - 7) * 2 * weekMs;
/** The default team is there once something is its. */
const theirs = { incidents: [buildIncident({ source: 'tracker' })] };
const sprints = [1, 2, 3, 4, 5, 6, 7].map((number) =>
  buildSprint({
    source: 'tracker',
    externalId: String(number),
    state: number < 7 ? 'closed' : 'active',
    startedAt: startOf(number),
    plannedEndAt: startOf(number + 1),
    completedAt: number < 7 ? startOf(number + 1) : null,
  }),
);

/** Items that were taken up a day into a sprint, and came into it then or before, or not at all. */
function taken(sprint: number, count: number, cameAt: number | null, project = 'PAY') {
  const keys = Array.from(
    { length: count },
    (_, item) => `${project}-${sprint}${item}${cameAt ?? 0}`,
  );
  return {
    workItems: keys.map((key) =>
      buildWorkItem({
        source: 'tracker',
        externalId: key,
        key,
        kind: 'story',
        createdAt: startOf(0),
        startedAt: startOf(sprint) + dayMs,
        sprintExternalId: cameAt === null ? null : String(sprint),
      }),
    ),
    workItemChanges:
      cameAt === null
        ? []
        : keys.map((key) =>
            change('sprint', [null, String(sprint)], cameAt, { workItemExternalId: key }),
          ),
  };
}

it('tells how much of what a team took up no sprint had planned', async () => {
  const { rows, only } = await startSubjects('team');
  rows['sprints'] = { sprints, ...theirs };
  for (const sprint of [3, 4, 5, 6, 7]) {
    rows[`planned ${sprint}`] = taken(sprint, 6, startOf(sprint) - hourMs);
  }
  rows['came while it ran'] = taken(7, 4, startOf(7) + 20 * hourMs);
  rows['in no sprint'] = taken(7, 2, null);
  rows['earlier in none'] = taken(4, 3, null);
  rows['of a board without sprints'] = taken(7, 20, null, 'OPS');
  const team = await only();
  expect(team).toMatchObject({
    key: 'default',
    startedItems: 18,
    unplannedItems: 6,
    unplannedShare: 6 / 18,
    earlierUnplannedShare: 3 / 21,
    unplannedSince: startOf(7) + dayMs,
  });
  // Each item once, and the five sprints that they were planned in.
  expect(team.startedEvidence).toHaveLength(6 * 5 + 4 + 2 + 3 + 5);
});

it('tells since when more came in unplanned than used to, not of the first that ever did', async () => {
  const { rows, only } = await startSubjects('team');
  rows['sprints'] = { sprints, ...theirs };
  for (const sprint of [3, 4, 5, 6, 7]) {
    rows[`planned ${sprint}`] = taken(sprint, 6, startOf(sprint) - hourMs);
  }
  rows['earlier in none'] = taken(4, 5, null);
  rows['one in the sprint before'] = taken(6, 1, null);
  rows['many now'] = taken(7, 5, null);
  expect(await only()).toMatchObject({ unplannedSince: startOf(7) + dayMs });
});

it('tells nothing of a team without sprints', async () => {
  const { rows, only } = await startSubjects('team');
  rows['theirs'] = theirs;
  rows['in no sprint'] = taken(7, 12, null);
  expect(await only()).toMatchObject({ startedItems: null, unplannedShare: null });
});
