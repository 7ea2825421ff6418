import type { AnswerMeta, SignalQuery, WorkSummary } from '@adjutant/core';
import { type SignalFinding, signalSeveritySchema } from '@adjutant/core/domain';
import type { AssistantHandle } from '../assistant-handle.ts';
import { fakeId, fakeNow } from './fake-rows.ts';
import { fakeSubjects } from './fake-subjects.ts';

const msPerHour = 3_600_000;
const severities = signalSeveritySchema.options;

/** Returns findings about pull requests, every fourth of them; every other one suggests something. */
export function fakeSignals(
  work: readonly WorkSummary[],
  meta: AnswerMeta,
  called: (name: string) => void,
): AssistantHandle['signals'] {
  const subjects = fakeSubjects(work);
  const findings = work.filter((_, index) => index % 4 === 0).map(findingOf);
  return {
    async list(query = {}) {
      called('signals.list');
      const found = findings.filter((finding) => isAskedFor(finding, query));
      const start = query.cursor === undefined ? 0 : Number(query.cursor.replace('after-', ''));
      const end = start + (query.limit ?? 50);
      const nextCursor = end < found.length ? `after-${end}` : null;
      return { items: found.slice(start, end), total: found.length, nextCursor, meta };
    },
    async rules() {
      called('signals.rules');
      return [];
    },
    async subjects(kind) {
      called('signals.subjects');
      return subjects[kind];
    },
  };
}

function isAskedFor(finding: SignalFinding, { atLeast, ruleId, state }: SignalQuery): boolean {
  return (
    finding.state === (state ?? 'open') &&
    (ruleId === undefined || finding.ruleId === ruleId) &&
    (atLeast === undefined || severities.indexOf(finding.severity) >= severities.indexOf(atLeast))
  );
}

function findingOf(row: WorkSummary, index: number): SignalFinding {
  const days = 30 - (index % 24);
  const key = `acme/${row.repository}${row.key}`;
  return {
    id: fakeId(20_000 + index),
    fingerprint: `fingerprint-${index}`,
    ruleId: 'stale-pull-request',
    ruleVersion: 1,
    subjectKind: 'pull_request',
    subjectId: row.id,
    subjectKey: key,
    subjectTitle: row.title,
    repository: row.repository,
    teamId: null,
    severity: days >= 21 ? 'high' : 'medium',
    state: 'open',
    since: fakeNow - days * 24 * msPerHour,
    openedAt: fakeNow - msPerHour,
    resolvedAt: null,
    openedCount: 1,
    sentence: `Nobody has touched ${key} for ${days} days.`,
    facts: { idleDays: days },
    evidence: [row.id, ...Array.from({ length: 4 }, (_, at) => fakeId(30_000 + 10 * index + at))],
    judgedAt: fakeNow,
    suggestions:
      index % 2 === 0
        ? [
            {
              type: 'pr.label',
              payload: {
                repository: `acme/${row.repository}`,
                number: 1_200 + index,
                labels: ['stale'],
              },
              why: 'Label it, so that somebody decides.',
            },
          ]
        : [],
    snoozedUntil: null,
    isMuted: false,
    assignedPersonId: null,
  };
}
