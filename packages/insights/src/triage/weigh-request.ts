import type {
  PipelineSubject,
  PullRequestSubject,
  SignalFinding,
  SignalSeverity,
  WorkItemSubject,
} from '@adjutant/core/domain';
import { countOf, listNames } from '../format.ts';
import { spokenHours } from '../signals/spoken-hours.ts';
import type { TriageReason } from './triaged-request.ts';

/** What is known around a pull request. */
export interface RequestSurroundings {
  /** Open findings about it, the most severe first. */
  findings: readonly SignalFinding[];
  /** Unfinished work items that it is linked with. */
  items: readonly WorkItemSubject[];
  /** Unfinished work items that wait for one that it is linked with. */
  waitingItems: readonly WorkItemSubject[];
  /** Pipelines of its repository whose last run on the default branch failed. */
  redPipelines: readonly PipelineSubject[];
}

/** A reason and how much it counts; only the order of work is made of it. */
export type WeighedReason = TriageReason & { weight: number };

const severityWeights: Readonly<Record<SignalSeverity, number>> = {
  high: 30,
  medium: 15,
  low: 4,
  info: 1,
};
const largeLines = 400;
const hugeLines = 1_000;
const oldHours = 5 * 24;
const mostShownFindings = 3;

/** Findings of these rules say the same as a reason here would. */
const saysWaiting: ReadonlySet<string> = new Set(['waiting-for-review', 'waiting-for-author']);
const saysSize = 'oversized-pull-request';
const saysRed = 'red-main-branch';

/** Returns why a pull request matters, the weightiest reason first: at least whose turn it is. */
export function weighRequest(
  request: PullRequestSubject,
  surroundings: RequestSurroundings,
): WeighedReason[] {
  const rules = new Set(surroundings.findings.map(({ ruleId }) => ruleId));
  const reasons = [
    ...kindReasons(request),
    ...findingReasons(request, surroundings.findings),
    ...dependencyReasons(request, surroundings),
    ...(rules.has(saysRed) ? [] : branchReasons(surroundings.redPipelines)),
    ...(rules.has(saysSize) ? [] : sizeReasons(request)),
    ...([...saysWaiting].some((rule) => rules.has(rule)) ? [] : [waitingReason(request)]),
    ...ageReasons(request),
  ];
  return reasons.toSorted((one, other) => Math.abs(other.weight) - Math.abs(one.weight));
}

function kindReasons({ isRevert, labels, title, id }: PullRequestSubject): WeighedReason[] {
  if (isRevert) {
    return [{ kind: 'takes_back', weight: 45, text: 'takes something back', evidence: [id] }];
  }
  const isHotfix =
    labels.some((label) => /^(?:hot-?fix|urgent)$/i.test(label)) ||
    /^\W{0,2}hot-?fix\b/i.test(title ?? '');
  return isHotfix
    ? [{ kind: 'hotfix', weight: 40, text: 'is a hotfix by its title or label', evidence: [id] }]
    : [];
}

function findingReasons(
  { id }: PullRequestSubject,
  findings: readonly SignalFinding[],
): WeighedReason[] {
  return findings.slice(0, mostShownFindings).map((finding) => ({
    kind: 'finding',
    weight: severityWeights[finding.severity],
    text: finding.sentence,
    evidence: finding.evidence.length === 0 ? [id] : finding.evidence,
  }));
}

function dependencyReasons(
  { id }: PullRequestSubject,
  { items, waitingItems }: RequestSurroundings,
): WeighedReason[] {
  const blocked = items.filter(({ blockedByKeys }) => blockedByKeys.length > 0);
  const blockers = [...new Set(blocked.flatMap(({ blockedByKeys }) => blockedByKeys))].toSorted();
  const evidenceOf = (list: readonly WorkItemSubject[]): string[] => [
    id,
    ...list.map((item) => item.id),
  ];
  return [
    ...(waitingItems.length === 0
      ? []
      : [
          {
            kind: 'blocks' as const,
            weight: 25,
            text: `holds up ${listNames(waitingItems.map(({ key }) => key))}`,
            evidence: evidenceOf(waitingItems),
          },
        ]),
    ...(blocked.length === 0
      ? []
      : [
          {
            kind: 'blocked' as const,
            weight: -20,
            text: `belongs to what waits for ${listNames(blockers)}`,
            evidence: evidenceOf(blocked),
          },
        ]),
  ];
}

function branchReasons(red: readonly PipelineSubject[]): WeighedReason[] {
  if (red.length === 0) return [];
  return [
    {
      kind: 'branch_red',
      weight: 5,
      text: 'goes to a repository whose default branch fails',
      evidence: red.flatMap(({ id, evidence }) => (evidence.length === 0 ? [id] : evidence)),
    },
  ];
}

function sizeReasons({ sizeLines, id }: PullRequestSubject): WeighedReason[] {
  if (sizeLines === null || sizeLines < largeLines) return [];
  const weight = sizeLines >= hugeLines ? 10 : 5;
  return [{ kind: 'size', weight, text: `changes ${countOf(sizeLines, 'line')}`, evidence: [id] }];
}

const lastingTurns: Readonly<Record<PullRequestSubject['waitingFor'], string>> = {
  review: 'has been waiting for a review',
  author: 'has been waiting for its author',
  merge: 'is approved and has been waiting to be merged',
  nobody: 'has been waiting for nobody',
};
const turns: typeof lastingTurns = {
  review: 'waits for a review',
  author: 'waits for its author',
  merge: 'is approved and waits to be merged',
  nobody: 'waits for nobody',
};
/** What somebody else has to do next counts in full, what its author has to do half. */
const turnWeights: Readonly<Record<PullRequestSubject['waitingFor'], number>> = {
  review: 1,
  merge: 1,
  author: 0.5,
  nobody: 0,
};

function waitingReason(request: PullRequestSubject): WeighedReason {
  const { waitingFor, waitingWeekdayHours, evidence, id, requestedReviewerCount } = request;
  const hours = waitingWeekdayHours ?? 0;
  const forHow = waitingWeekdayHours === null || hours < 1 ? '' : ` for ${spokenHours(hours)}`;
  const nobodyAsked =
    waitingFor === 'review' && requestedReviewerCount === 0 ? ' with nobody asked' : '';
  return {
    kind: 'waiting',
    weight: Math.min(24, (hours / 24) * 5) * turnWeights[waitingFor],
    text: `${(forHow === '' ? turns : lastingTurns)[waitingFor]}${forHow}${nobodyAsked}`,
    evidence: evidence.length === 0 ? [id] : evidence,
  };
}

function ageReasons({ ageHours, openedAt, waitingSince, id }: PullRequestSubject): WeighedReason[] {
  // Where it waits since it was opened, its waiting says it.
  if (ageHours === null || ageHours < oldHours || waitingSince === openedAt) return [];
  const weight = Math.min(12, ageHours / 24 / 5);
  return [{ kind: 'age', weight, text: `is ${spokenHours(ageHours)} old`, evidence: [id] }];
}
