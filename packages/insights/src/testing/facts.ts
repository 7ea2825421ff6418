import type { EvidenceRow } from '../report/evidence.ts';
import { noEvidence } from '../report/evidence.ts';
import type { Comparison, Figure, ReportFacts, ReportRepository } from '../report/team-report.ts';
import { dayMs } from '../format.ts';
import { fakeNow } from './fake-data.ts';

const window = { from: fakeNow - 90 * dayMs, to: fakeNow };

/** Returns the facts of a report in which nothing is known. */
export function emptyFacts(fields: Partial<ReportFacts> = {}): ReportFacts {
  return {
    schemaVersion: 1,
    title: 'api',
    team: null,
    asOf: fakeNow,
    syncedAt: fakeNow,
    window,
    timeZone: 'UTC',
    windowNote: null,
    people: { humans: 0, codingAgents: 0, serviceBots: 0, roster: [], rosterTotal: 0 },
    contributors: null,
    repositories: [],
    figures: [],
    comparisons: [],
    openWork: { count: null, oldestHours: null, evidence: noEvidence },
    aiMarks: {
      subject: 'merge',
      overall: null,
      before: null,
      after: null,
      tools: [],
      unknownReason: 'No merge was read.',
      evidence: noEvidence,
    },
    mergeStyleNotes: [],
    tokenWouldAdd: null,
    gaps: [],
    ...fields,
  };
}

/** Returns a repository of a report that reaches a year back. */
export function reportRepository(fields: Partial<ReportRepository> = {}): ReportRepository {
  return {
    id: 'repository-api',
    name: 'api',
    source: 'git',
    url: null,
    mergeStyle: 'merge',
    commitCount: 500,
    mergedCount: 100,
    firstCommitAt: fakeNow - 365 * dayMs,
    lastCommitAt: fakeNow - dayMs,
    commits: noEvidence,
    merges: noEvidence,
    releases: {
      last: null,
      evidence: noEvidence,
      medianGapDays: null,
      waiting: null,
      waitingKind: 'merge',
    },
    contributors: { people: 6, largestShare: 0.4, commitsRead: 100 },
    ...fields,
  };
}

/** Returns a figure that is unknown unless fields say otherwise. */
export function reportFigure(fields: Partial<Figure> & Pick<Figure, 'id'>): Figure {
  return {
    title: fields.id,
    unit: 'hours',
    definition: 'What is counted.',
    definitionVersion: 1,
    value: null,
    sampleSize: 0,
    p50: null,
    p75: null,
    p90: null,
    parts: [],
    series: [],
    distribution: null,
    caveats: [],
    gaps: [],
    unknownReason: 'No row has what it needs.',
    evidence: noEvidence,
    ...fields,
  };
}

/** Returns a row of evidence. */
export function evidenceRow(fields: Partial<EvidenceRow> = {}): EvidenceRow {
  return {
    id: 'row-1',
    key: '#1',
    title: 'Change something',
    repository: 'api',
    url: null,
    at: fakeNow - dayMs,
    values: {},
    ...fields,
  };
}

/** Returns a comparison of the last four weeks with the time before. */
export function comparison(
  metricId: string,
  before: Partial<Comparison['before']>,
  after: Partial<Comparison['after']>,
): Comparison {
  const nothing = { value: null, sampleSize: 0, p50: null, p90: null };
  const middle = fakeNow - 28 * dayMs;
  return {
    metricId,
    before: { ...nothing, window: { from: fakeNow - 56 * dayMs, to: middle }, ...before },
    after: { ...nothing, window: { from: middle, to: fakeNow }, ...after },
  };
}
