import { countOf, dayMs, speakHours } from '../format.ts';
import { noEvidence } from '../report/evidence.ts';
import type { ReportFacts, ReportRepository } from '../report/team-report.ts';
import { clear, defineFindingRule, found, unknown } from './finding-rule.ts';

interface Waiting {
  repository: ReportRepository;
  count: number;
  silentDays: number;
  lastName: string;
}

/** Merges that no release contains yet, and a last release longer ago than is usual there. */
export const releaseWaiting = defineFindingRule({
  id: 'release_waiting',
  title: 'Waiting for a release',
  params: { fewestWaiting: 5, leastDays: 14, timesUsualGap: 2 },
  evaluate(facts, { fewestWaiting, leastDays, timesUsualGap }) {
    const waiting = facts.repositories.flatMap((repository) => waitingIn(repository, facts) ?? []);
    if (waiting.length === 0) return unknown('no repository shows a release');
    const late = waiting
      .filter(({ repository, count, silentDays }) => {
        const usual = repository.releases.medianGapDays;
        const long = usual === null ? leastDays * 2 : Math.max(leastDays, usual * timesUsualGap);
        return count >= fewestWaiting && silentDays >= long;
      })
      .toSorted((left, right) => right.count - left.count);
    const [worst, ...others] = late;
    if (worst === undefined) return clear;
    return found({
      severity: Math.min(74, 46 + Math.log2(worst.count) * 3 + Math.min(12, worst.silentDays / 15)),
      sentence: sentenceOf(worst, others.length),
      next: 'Release what is ready, or write down what holds it back.',
      figureIds: ['merge_to_release', 'release_frequency'],
      evidence: worst.repository.releases.waiting ?? noEvidence,
    });
  },
});

function waitingIn(repository: ReportRepository, facts: ReportFacts): Waiting | null {
  const { last, waiting } = repository.releases;
  if (last === null || last.at === null || waiting === null) return null;
  const silentDays = (facts.window.to - last.at) / dayMs;
  return { repository, count: waiting.total, silentDays, lastName: last.key };
}

function sentenceOf({ repository, count, silentDays, lastName }: Waiting, others: number) {
  const { waiting, waitingKind, medianGapDays } = repository.releases;
  const atLeast = waiting?.totalIsLowerBound === true ? 'At least ' : '';
  const wait = count === 1 ? 'waits' : 'wait';
  const usual =
    medianGapDays === null ? '' : `; usually one follows after ${speakHours(medianGapDays * 24)}`;
  const more =
    others === 0 ? '' : ` ${countOf(others, 'other repository', 'other repositories')} likewise.`;
  return `${atLeast}${countOf(count, waitingKind)} in ${repository.name} ${wait} for a release. The last, ${lastName}, is ${countOf(Math.round(silentDays), 'day')} old${usual}.${more}`;
}
