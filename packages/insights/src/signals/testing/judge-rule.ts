import type {
  AnySignalRule,
  PullRequestSubject,
  SignalOutcome,
  SignalSubjectKind,
  SignalSubjects,
} from '@adjutant/core/domain';

export const now = Date.UTC(2026, 10, 18, 12);
export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Returns what a rule says of a subject. */
export function judgeRule(
  rule: AnySignalRule,
  subject: SignalSubjects[SignalSubjectKind],
  { isOpen = false }: { isOpen?: boolean } = {},
): SignalOutcome {
  return rule.evaluate(subject, { now: subject.asOf, isOpen, timeZone: 'UTC' });
}

/** Returns the sentence of what was found; null where nothing was. */
export function sentenceOf(outcome: SignalOutcome): string | null {
  return outcome === null || 'unknown' in outcome ? null : outcome.sentence;
}

const common = { title: null, repository: 'shop', teamId: null, asOf: now };

/** Returns an open pull request about which there is nothing to say. */
export function pullRequestSubject(fields: Partial<PullRequestSubject> = {}): PullRequestSubject {
  return {
    ...common,
    id: 'request-1',
    key: 'shop#1',
    title: 'Add a widget',
    evidence: ['request-1'],
    source: 'github',
    fullName: 'acme/shop',
    number: 1,
    state: 'open',
    isDraft: false,
    authorPersonId: 'person-1',
    isByBot: false,
    isDependencyUpdate: false,
    isOnHold: false,
    isBranchSync: false,
    isOnDefaultBranch: true,
    labels: [],
    openedAt: now - 4 * hourMs,
    readyAt: now - 4 * hourMs,
    mergedAt: null,
    mergedHours: null,
    ageHours: 4,
    lastActivityAt: now - hourMs,
    idleHours: 1,
    waitingFor: 'review',
    waitingSince: now - 4 * hourMs,
    waitingWeekdayHours: 4,
    sizeLines: 40,
    changedFiles: 2,
    reviewCount: 0,
    approvalCount: 0,
    changesRequestedCount: 0,
    requestedReviewerCount: 1,
    mergedWithoutReview: null,
    hasOtherPeople: null,
    isRevert: false,
    workItemKeys: [],
    sensitiveKinds: [],
    ...fields,
  };
}
