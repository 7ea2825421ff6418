import type { SignalHistoryKind, SuggestedAction } from '../domain/signal.ts';
import type { AnySignalRule } from './define-signal.ts';
import type { JudgedFinding, RuleVerdict } from './judge-subjects.ts';
import type { KnownFinding } from './known-findings.ts';

const hourMs = 3_600_000;

/** How many findings of one rule hosts are told of in a day; the rest is there, and found by whoever looks. */
export const mostAnnouncedInDay = 20;

/** A finding as it is to stand from now on. */
export type NextFinding = Omit<KnownFinding, 'id'>;

export interface FindingChange {
  next: NextFinding;
  /** What its history gets; null where only its words or rows changed. */
  history: SignalHistoryKind | null;
  detail: Record<string, unknown>;
}

export interface NextInput {
  now: number;
  known: ReadonlyMap<string, KnownFinding>;
  /** How many findings of a rule hosts were told of in the last day. */
  announced: ReadonlyMap<string, number>;
  suggest(rule: AnySignalRule, judged: JudgedFinding, isOpen: boolean): SuggestedAction[];
}

/** Returns what one pass changes: what came up, what is over, what reads differently. Pure. */
export function nextFindings(verdicts: readonly RuleVerdict[], input: NextInput): FindingChange[] {
  return verdicts.flatMap((verdict) => [
    ...foundChanges(verdict, input),
    ...overChanges(verdict, input),
  ]);
}

function foundChanges({ rule, found }: RuleVerdict, input: NextInput): FindingChange[] {
  let announced = input.announced.get(rule.id) ?? 0;
  return found.flatMap((judged): FindingChange[] => {
    const before = input.known.get(judged.fingerprint);
    const isOpen = before?.state === 'open';
    const next = stateOf(rule, judged, input, before);
    if (isOpen) return sameAs(next, before) ? [] : [changed(next, before)];
    next.isAnnounced = announced < mostAnnouncedInDay;
    if (next.isAnnounced) announced += 1;
    const history = before === undefined ? 'opened' : 'reopened';
    return [{ next, history, detail: { severity: next.severity, since: next.since } }];
  });
}

function stateOf(
  rule: AnySignalRule,
  judged: JudgedFinding,
  input: NextInput,
  before: KnownFinding | undefined,
): NextFinding {
  const { subject, found, fingerprint, judgedAt } = judged;
  const isOpen = before?.state === 'open';
  return {
    fingerprint,
    ruleId: rule.id,
    ruleVersion: rule.version,
    subjectKind: rule.subject,
    subjectId: subject.id,
    subjectKey: subject.key,
    subjectTitle: subject.title,
    repository: subject.repository,
    teamId: subject.teamId,
    severity: found.severity ?? rule.severity,
    state: 'open',
    since:
      isOpen && (found.keepsSince === true || found.since === judgedAt)
        ? before.since
        : found.since,
    openedAt: isOpen ? before.openedAt : input.now,
    resolvedAt: null,
    openedCount: (before?.openedCount ?? 0) + (isOpen ? 0 : 1),
    sentence: found.sentence,
    facts: found.facts ?? {},
    evidence: [...(found.evidence ?? subject.evidence)],
    judgedAt,
    suggestions: input.suggest(rule, judged, isOpen),
    clearSince: null,
    isAnnounced: isOpen ? before.isAnnounced : true,
  };
}

/** Whether nothing that anybody reads is different; when it was judged is not read. */
function sameAs(next: NextFinding, before: KnownFinding): boolean {
  const { judgedAt: _, ...readable } = next;
  return Object.entries(readable).every(
    ([name, value]) => JSON.stringify(value) === JSON.stringify(before[name as keyof NextFinding]),
  );
}

function changed(next: NextFinding, before: KnownFinding): FindingChange {
  const isOther = next.severity !== before.severity;
  return {
    next,
    history: isOther ? 'changed' : null,
    detail: isOther ? { from: before.severity, to: next.severity } : {},
  };
}

/** What was open and is found no longer. What could not be told stays as it is. */
function overChanges(verdict: RuleVerdict, { now, known }: NextInput): FindingChange[] {
  if (verdict.error !== null) return [];
  const still = new Set(verdict.found.map(({ subject }) => subject.id));
  const { rule, unknown } = verdict;
  const changes: FindingChange[] = [];
  for (const before of known.values()) {
    if (before.ruleId !== rule.id || before.state !== 'open') continue;
    if (still.has(before.subjectId) || unknown.has(before.subjectId)) continue;
    const change = overChange(before, rule.clearAfterHours * hourMs, now);
    if (change !== null) changes.push(change);
  }
  return changes;
}

function overChange(before: KnownFinding, waitMs: number, now: number): FindingChange | null {
  const { id: _, ...finding } = before;
  const clearSince = finding.clearSince ?? now;
  if (now - clearSince >= waitMs) return resolvedChange(before, now, 'cleared');
  if (finding.clearSince !== null) return null;
  return { next: { ...finding, clearSince }, history: null, detail: {} };
}

/** Returns the change that closes a finding. */
export function resolvedChange(
  { id: _, ...finding }: KnownFinding,
  now: number,
  reason: 'cleared' | 'rule_removed',
): FindingChange {
  return {
    next: { ...finding, state: 'resolved', resolvedAt: now, clearSince: null },
    history: 'resolved',
    detail: { reason },
  };
}
