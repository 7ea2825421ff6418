import type { WorkspaceHandle } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { expect, test } from 'vitest';
import { dayMs, hourMs } from '../format.ts';
import {
  emptyFakeData,
  type FakeData,
  fakeCommit,
  fakeMerge,
  fakeNow,
  fakeOpen,
  fakePerson,
  fakeRelease,
  fakeRepository,
} from '../testing/fake-data.ts';
import { createFakeWorkspace } from '../testing/fake-workspace.ts';
import { richTeam } from '../testing/rich-team.ts';
import { buildTeamReport } from './build-team-report.ts';
import { type TeamReport, teamReportSchema } from './team-report.ts';

function reportOf(data: FakeData, handle = createFakeWorkspace(data)): Promise<TeamReport> {
  return buildTeamReport(handle, { now: data.now });
}

function figure(report: TeamReport, id: string) {
  const found = report.figures.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no figure ${id}`);
  return found;
}

test('a report is plain data: it survives JSON and its schema unchanged', async () => {
  const report = await reportOf(richTeam());
  expect(teamReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
});

test('the same workspace gives the same report', async () => {
  expect(await reportOf(richTeam())).toEqual(await reportOf(richTeam()));
});

test('every known figure has rows, and its total is what the metric counted', async () => {
  const report = await reportOf(richTeam());
  const known = report.figures.filter(({ value }) => value !== null);
  expect(known.length).toBeGreaterThan(3);
  for (const { evidence } of known) {
    expect(evidence.rows.length).toBeGreaterThan(0);
    expect(evidence.rows.length).toBeLessThanOrEqual(200);
    expect(evidence.total).toBeGreaterThanOrEqual(evidence.rows.length);
  }
  expect(figure(report, 'first_commit_to_merge').sampleSize).toBe(
    figure(report, 'first_commit_to_merge').evidence.total,
  );
});

test('the longest rows of a duration are kept, and their bands count all of them', async () => {
  const { evidence, distribution, sampleSize } = figure(
    await reportOf(richTeam()),
    'first_commit_to_merge',
  );
  const durations = evidence.rows.map(({ values }) => Number(values['firstCommitToMergeMs']));
  expect(durations).toEqual(durations.toSorted((left, right) => right - left));
  expect(distribution?.reduce((sum, { count }) => sum + count, 0)).toBe(sampleSize);
});

test('an unknown figure is null with a reason, never 0', async () => {
  const report = await reportOf(richTeam());
  for (const id of ['lead_time_for_changes', 'deployment_frequency', 'open_work']) {
    expect(figure(report, id).value).toBeNull();
    expect(figure(report, id).unknownReason).toMatch(/\w/);
  }
  expect(report.openWork.count).toBeNull();
});

test('rows lead to the code host of their own repository', async () => {
  const report = await reportOf(richTeam());
  for (const row of figure(report, 'throughput').evidence.rows) {
    expect(row.url).toBe(`https://github.com/acme/${row.repository}/pull/${row.key.slice(1)}`);
  }
});

test('names stand in the alphabetical roster and nowhere else', async () => {
  const data = richTeam();
  const { people, ...rest } = await reportOf(data);
  expect(people.roster).toEqual(people.roster.toSorted());
  for (const { displayName } of data.people)
    expect(JSON.stringify(rest)).not.toContain(displayName);
});

test('an empty workspace gives a report that says so', async () => {
  const report = await reportOf(emptyFakeData());
  expect(report.title).toBe('No repository yet');
  expect(report.figures.every(({ value }) => value === null)).toBe(true);
  expect(report.findings).toEqual([]);
  expect(report.findingsNote).toContain('could not be judged');
});

test('the report works with whichever metrics the handle lists', async () => {
  const data = richTeam();
  const report = await reportOf(data, createFakeWorkspace(data, []));
  expect(report.figures).toEqual([]);
  expect(report.comparisons).toEqual([]);
  expect(report.findings.length).toBeGreaterThan(0);
});

test('a metric that fails leaves an unknown figure; a defect is not hidden', async () => {
  const data = richTeam();
  const failing = (code: 'StoreBusy' | 'Internal'): WorkspaceHandle => ({
    ...createFakeWorkspace(data),
    explainMetric: () => Promise.reject(new AdjutantError(code, 'It failed.')),
  });
  const report = await reportOf(data, failing('StoreBusy'));
  expect(figure(report, 'throughput').unknownReason).toBe('It could not be computed: It failed.');
  await expect(reportOf(data, failing('Internal'))).rejects.toThrow('It failed.');
});

test('a clone that was left long ago shows its last ninety days and says so', async () => {
  const data = emptyFakeData();
  const last = fakeNow - 400 * dayMs;
  const repository = fakeRepository({ firstCommitAt: last - 500 * dayMs, lastCommitAt: last });
  data.repositories = [repository];
  data.work = [fakeMerge({ id: 'merge', repository, mergedAt: last - dayMs })];
  const report = await reportOf(data);
  expect(report.window).toEqual({ from: last + 1 - 90 * dayMs, to: last + 1 });
  expect(report.windowNote).toContain('Nothing happened since');
  expect(report.repositories[0]?.merges.total).toBe(1);
});

test('a window that ended earlier counts nothing after its end', async () => {
  const data = richTeam();
  const window = { from: fakeNow - 60 * dayMs, to: fakeNow - 30 * dayMs };
  const report = await buildTeamReport(createFakeWorkspace(data), { window, now: data.now });
  expect(report.window).toEqual(window);
  for (const { commits, merges, releases } of report.repositories) {
    for (const { at } of [...commits.rows, ...merges.rows]) {
      expect(at).toBeGreaterThanOrEqual(window.from);
      expect(at).toBeLessThan(window.to);
    }
    for (const { at } of releases.evidence.rows) expect(at).toBeLessThan(window.to);
  }
});

test('a commit dated in the future is called a wrong clock', async () => {
  const data = emptyFakeData();
  data.repositories = [fakeRepository({ lastCommitAt: fakeNow + 40 * dayMs })];
  const report = await reportOf(data);
  expect(report.window.to).toBe(fakeNow);
  expect(report.windowNote).toContain('a clock was wrong');
});

function teamOf(size: number): FakeData {
  const data = emptyFakeData();
  const repository = fakeRepository();
  data.repositories = [repository];
  const names = Array.from({ length: size }, (_, index) => `Person ${index}`);
  data.people = names.map(fakePerson);
  data.work = Array.from({ length: 60 }, (_, index) =>
    fakeMerge({
      id: `merge-${index}`,
      repository,
      mergedAt: fakeNow - (index + 1) * dayMs,
      author: names[index % size] ?? null,
      aiEvidence:
        index % 3 === 0 ? [{ class: 'assisted', tool: 'Pair Tool', origin: 'trailer' }] : [],
    }),
  );
  return data;
}

test('use of coding tools is not shown below five people', async () => {
  const { aiMarks } = await reportOf(teamOf(4));
  expect(aiMarks.overall).toBeNull();
  expect(aiMarks.tools).toEqual([]);
  expect(aiMarks.evidence.rows).toEqual([]);
  expect(aiMarks.unknownReason).toContain('from 5 people on');
});

test('from five people on marks are counted, and no mark is unknown', async () => {
  const { aiMarks } = await reportOf(teamOf(5));
  expect(aiMarks.overall).toMatchObject({
    total: 60,
    assisted: 20,
    agentAuthored: 0,
    unmarked: 40,
  });
  expect(aiMarks.tools).toEqual([{ tool: 'Pair Tool', count: 20 }]);
  expect(aiMarks.evidence.rows).toHaveLength(20);
});

test('agents and bots are not counted among the contributors', async () => {
  const data = teamOf(2);
  const repository = data.repositories[0] ?? fakeRepository();
  data.work.push(fakeCommit('b0', repository, fakeNow - dayMs, 'update-bot[bot]'));
  expect((await reportOf(data)).contributors).toBe(2);
});

/** Eight people, and one repository of which some wrote commits, the first of them most. */
function ofFew(count: number, ofFirst: number): FakeData {
  const data = teamOf(8);
  const repository = fakeRepository({ name: 'infra' });
  data.repositories.push(repository);
  const authors = [
    ...Array.from({ length: ofFirst }, () => 0),
    ...Array.from({ length: count - 1 }, (_, place) => place + 1),
  ];
  for (const [place, author] of authors.entries()) {
    const at = fakeNow - (place + 1) * 3_600_000;
    data.work.push(fakeCommit(`i${place}`, repository, at, `Person ${author}`));
  }
  return data;
}

test.each([1, 2, 3, 4])(
  'of a repository of %d people no share is told, however many work elsewhere',
  async (count) => {
    const report = await reportOf(ofFew(count, 60));
    const infra = report.repositories.find(({ name }) => name.endsWith('infra'));
    expect(infra?.contributors).toEqual({
      people: count,
      largestShare: null,
      commitsRead: 59 + count,
    });
    expect(report.findings.map(({ id }) => id)).not.toContain('single_contributor');
    expect(JSON.stringify(report.findings)).not.toContain('one person');
  },
);

test('of five people or more the largest share is told in whole tenths', async () => {
  const shares = await Promise.all(
    [56, 58, 60].map(async (ofFirst) => {
      const { repositories } = await reportOf(ofFew(6, ofFirst));
      return repositories.find(({ name }) => name.endsWith('infra'))?.contributors.largestShare;
    }),
  );
  expect(shares).toEqual([0.9, 0.9, 0.9]);
});

test('two people of one name are not taken for one', async () => {
  const data = teamOf(1);
  const repository = data.repositories[0] ?? fakeRepository();
  data.people.push(fakePerson('Person 0'));
  data.work.push(fakeCommit('c0', repository, fakeNow - dayMs, 'Person 0'));
  const [described] = (await reportOf(data)).repositories;
  expect(described?.contributors).toMatchObject({ people: null, largestShare: null });
});

test('what waits for a release is counted since the last one', async () => {
  const data = emptyFakeData();
  const repository = fakeRepository();
  data.repositories = [repository];
  data.work = [
    ...[50, 40, 33].map((days) => fakeRelease(`v${days}`, repository, fakeNow - days * dayMs)),
    ...[45, 30, 10].map((days) =>
      fakeMerge({ id: `m${days}`, repository, mergedAt: fakeNow - days * dayMs }),
    ),
  ];
  const releases = (await reportOf(data)).repositories[0]?.releases;
  expect(releases?.last?.key).toBe('v33');
  expect(releases?.medianGapDays).toBeCloseTo(8.5);
  expect(releases?.waiting?.rows.map(({ id }) => id)).toEqual(['m10', 'm30']);
  expect(releases?.waiting?.totalIsLowerBound).toBe(false);
});

test('a release before the window has at least so much waiting', async () => {
  const data = emptyFakeData();
  const repository = fakeRepository();
  data.repositories = [repository];
  data.work = [
    fakeRelease('v1', repository, fakeNow - 200 * dayMs),
    fakeMerge({ id: 'recent', repository, mergedAt: fakeNow - dayMs }),
  ];
  const waiting = (await reportOf(data)).repositories[0]?.releases.waiting;
  expect(waiting).toMatchObject({ total: 1, totalIsLowerBound: true });
});

test('where a source shows open work it is listed, oldest first', async () => {
  const data = emptyFakeData();
  const repository = fakeRepository({ source: 'github' });
  data.repositories = [repository];
  data.work = [3, 40].map((days) => fakeOpen(`open-${days}`, repository, fakeNow - days * dayMs));
  const { openWork, tokenWouldAdd } = await reportOf(data);
  expect(openWork.count).toBe(2);
  expect(openWork.oldestHours).toBeCloseTo((40 * dayMs) / hourMs);
  expect(openWork.evidence.rows.map(({ id }) => id)).toEqual(['open-40', 'open-3']);
  expect(tokenWouldAdd).toBeNull();
});

test('a bare clone says what each merge style hides and what a token would add', async () => {
  const report = await reportOf(richTeam());
  expect(report.mergeStyleNotes.join('\n')).toMatch(
    /web: squash merges[^\n]*\ninfra: no merge leaves a trace/,
  );
  expect(report.tokenWouldAdd).toContain('GitHub token');
});
