import type { RefusalReason } from '../privacy/refusal.ts';
import type { SignalSubjectKind, SignalSubjects } from '../domain/signal-subjects/index.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { AnySignalRule, SignalOutcome } from './define-signal.ts';
import { fingerprintOf } from './fingerprint.ts';

type Subject = SignalSubjects[SignalSubjectKind];

/** What a rule found of a subject, before it is held against what was found earlier. */
export interface JudgedFinding {
  fingerprint: string;
  subject: Subject;
  found: Exclude<SignalOutcome, null | { unknown: string }>;
  judgedAt: number;
}

/** How one rule judged all subjects of its kind. */
export interface RuleVerdict {
  rule: AnySignalRule;
  judged: number;
  found: JudgedFinding[];
  /** Ids of subjects of which it could not tell: their findings stay as they are. */
  unknown: Set<string>;
  unknownReason: string | null;
  /** Why something was not told for the sake of people; null where nothing was. */
  refusal: RefusalReason | null;
  /** Why the rule could not be run to its end; all of its findings stay as they are. */
  error: string | null;
}

export interface JudgeContext {
  timeZone: string;
  /** Ids of the subjects that each rule has an open finding of. */
  open: ReadonlyMap<string, ReadonlySet<string>>;
}

const judgedBetweenYields = 2_000;

/** Returns what a rule says of subjects. A rule that throws takes no other with it. */
export async function judgeSubjects(
  rule: AnySignalRule,
  subjects: readonly Subject[],
  context: JudgeContext,
): Promise<RuleVerdict> {
  const verdict: RuleVerdict = {
    rule,
    judged: 0,
    found: [],
    unknown: new Set(),
    unknownReason: null,
    refusal: null,
    error: null,
  };
  const open = context.open.get(rule.id);
  for (const subject of subjects) {
    const judgedAt = subject.asOf;
    try {
      const outcome = rule.evaluate(subject, {
        now: judgedAt,
        isOpen: open?.has(subject.id) ?? false,
        timeZone: context.timeZone,
      });
      note(verdict, subject, outcome);
    } catch (error) {
      return { ...verdict, error: error instanceof Error ? error.name : 'unknown' };
    }
    verdict.judged += 1;
    if (verdict.judged % (rule.judgedAtOnce ?? judgedBetweenYields) === 0) await yieldToEventLoop();
  }
  return verdict;
}

function note(verdict: RuleVerdict, subject: Subject, outcome: SignalOutcome): void {
  if (outcome === null) return;
  if ('unknown' in outcome) {
    verdict.unknown.add(subject.id);
    verdict.unknownReason ??= outcome.unknown;
    verdict.refusal ??= outcome.refusal ?? null;
    return;
  }
  const { id, subject: kind } = verdict.rule;
  verdict.found.push({
    fingerprint: fingerprintOf(id, kind, subject.id),
    subject,
    found: outcome,
    judgedAt: subject.asOf,
  });
}
