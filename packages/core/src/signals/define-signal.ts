import type { z } from 'zod';
import type { SignalSubjectKind, SignalSubjects } from '../domain/signal-subjects/index.ts';
import type { RefusalReason } from '../privacy/refusal.ts';
import type { SignalFacts, SignalSeverity, SuggestedAction } from '../domain/signal.ts';

/** What a rule says of one subject: null where all is well. */
export type SignalOutcome =
  | null
  /**
   * It cannot be told, and why: what was found before then stays as it is. With a reason of `refusal` it
   * is not told for the sake of people, and the ledger keeps that the rule asked.
   */
  | { unknown: string; refusal?: RefusalReason }
  | {
      /**
       * Since when it is so. Where nothing says it, the instant that is judged for: what is found again
       * then keeps the one of when it was found. @unit epoch milliseconds
       */
      since: number;
      /**
       * Whether that instant is worked out from a window that moves, or estimated anew each time: what is
       * open then keeps the one that it was found with.
       */
      keepsSince?: boolean;
      /** The rule's own, unless this case is another. */
      severity?: SignalSeverity;
      /**
       * One sentence of ours. Of what was written outside it holds the key of its subject alone, which loaders
       * make of plain signs, bounded, and quoted where it is more than a name. Whole days and hours, so that it stands still.
       */
      sentence: string;
      /** The figures that the sentence is made of. */
      facts?: SignalFacts;
      /** The rows that it follows from, where those are fewer than the subject's own evidence. */
      evidence?: readonly string[];
    };

export interface SignalContext<Params> {
  /** The instant that is judged for: now, or when the subject's source was last read. */
  now: number;
  params: Params;
  /** Whether this finding is open: a rule that clears later than it fires keeps from flapping. */
  isOpen: boolean;
  /** The zone of days. */
  timeZone: string;
}

/**
 * A signal rule: a pure function over one subject of a workspace at a time. It reads no clock, network
 * or store, and names no person.
 */
export interface SignalRule<
  Kind extends SignalSubjectKind,
  Params extends Readonly<Record<string, unknown>>,
> {
  /** The name of its file. */
  id: string;
  /** Raised with whatever it says. */
  version: number;
  title: string;
  /** What it finds and when that is over, in one paragraph. */
  description: string;
  subject: Kind;
  severity: SignalSeverity;
  /** Its thresholds, each with a default and a description; there are no others. */
  params: z.ZodType<Params>;
  /** After each sync and by the clock unless told; once a day where only days can change it. */
  cadence?: 'sync' | 'daily';
  /** How long it must be over before a finding of it is closed; at once unless told. @unit hours */
  clearAfterHours?: number;
  evaluate(subject: SignalSubjects[Kind], context: SignalContext<Params>): SignalOutcome;
  /** What may be proposed because of it; nothing unless told. */
  suggest?(
    subject: SignalSubjects[Kind],
    context: SignalContext<Params>,
  ): readonly SuggestedAction[];
}

/** A rule whose thresholds are bound: what the engine runs. */
export interface AnySignalRule {
  id: string;
  version: number;
  title: string;
  description: string;
  subject: SignalSubjectKind;
  severity: SignalSeverity;
  cadence: 'sync' | 'daily';
  clearAfterHours: number;
  /** The thresholds in force. */
  params: Readonly<Record<string, unknown>>;
  paramsSchema: z.ZodType;
  /** `shipped` with the product, `code` by the host, or the name of the file it was read from. */
  origin: string;
  /** How many subjects it judges before others get their turn; 2,000 unless told. */
  judgedAtOnce?: number;
  evaluate(
    subject: SignalSubjects[SignalSubjectKind],
    context: Omit<SignalContext<unknown>, 'params'>,
  ): SignalOutcome;
  suggest(
    subject: SignalSubjects[SignalSubjectKind],
    context: Omit<SignalContext<unknown>, 'params'>,
  ): readonly SuggestedAction[];
  /** The same rule with other thresholds. @throws ZodError for those that it does not have */
  withParams(params: unknown): AnySignalRule;
}

/** Returns a rule that the engine can run, with the default of each threshold. */
export function defineSignal<
  Kind extends SignalSubjectKind,
  Params extends Readonly<Record<string, unknown>>,
>(rule: SignalRule<Kind, Params>, origin = 'code'): AnySignalRule {
  return bind(rule, rule.params.parse({}), origin);
}

function bind<Kind extends SignalSubjectKind, Params extends Readonly<Record<string, unknown>>>(
  rule: SignalRule<Kind, Params>,
  params: Params,
  origin: string,
): AnySignalRule {
  return {
    id: rule.id,
    version: rule.version,
    title: rule.title,
    description: rule.description,
    subject: rule.subject,
    severity: rule.severity,
    cadence: rule.cadence ?? 'sync',
    clearAfterHours: rule.clearAfterHours ?? 0,
    params,
    paramsSchema: rule.params,
    origin,
    // One list holds rules of every kind; the engine only ever hands a rule subjects of its own.
    evaluate: (subject, context) =>
      rule.evaluate(subject as SignalSubjects[Kind], { ...context, params }),
    suggest: (subject, context) =>
      rule.suggest?.(subject as SignalSubjects[Kind], { ...context, params }) ?? [],
    withParams: (given) => bind(rule, rule.params.parse(given), origin),
  };
}
