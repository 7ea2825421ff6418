import type { SignalSubjectKind, SignalSubjects } from '../domain/signal-subjects/index.ts';
import type { SignalFinding, SignalHistoryKind, SignalSeverity } from '../domain/signal.ts';
import type { Page } from '../workspace/handle.ts';
import type { SignalPass } from './signal-pass.ts';

export interface SignalQuery {
  /** Open ones unless told. */
  state?: 'open' | 'resolved' | undefined;
  /** That much or more. */
  atLeast?: SignalSeverity | undefined;
  ruleId?: string | undefined;
  subjectId?: string | undefined;
  assignedPersonId?: string | undefined;
  /** Those that are snoozed or muted too. */
  withHidden?: boolean | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** One thing that became of a finding. */
export interface SignalHistoryEntry {
  at: number;
  kind: SignalHistoryKind;
  actor: string;
  detail: Record<string, unknown>;
}

export interface SignalDetail extends SignalFinding {
  ruleTitle: string;
  ruleDescription: string;
  history: SignalHistoryEntry[];
  /**
   * The sentence as it comes out of the rows as they are now, for the instant that the finding was
   * judged for; null where the rule says nothing of them any more, or cannot be asked here.
   */
  recomputed: string | null;
}

/** A rule and how it was run last. */
export interface SignalRuleView {
  id: string;
  version: number;
  title: string;
  description: string;
  subject: SignalSubjectKind;
  severity: SignalSeverity;
  cadence: 'sync' | 'daily';
  origin: string;
  params: Readonly<Record<string, unknown>>;
  isMuted: boolean;
  /** Null before the first time. */
  ranAt: number | null;
  judged: number;
  open: number;
  /** How many could not be told, and why. */
  unknown: number;
  unknownReason: string | null;
  error: string | null;
}

/** Findings of rules over the workspace: what needs somebody, with the rows that say so. */
export interface Signals {
  /** The most severe first, of these the oldest. */
  list(query?: SignalQuery): Promise<Page<SignalFinding>>;
  /** @throws AdjutantError `NotFound` */
  get(id: string): Promise<SignalDetail>;
  rules(): Promise<SignalRuleView[]>;
  /** Returns what rules of a kind look at, as it is now: the typed snapshot. */
  subjects<Kind extends SignalSubjectKind>(kind: Kind): Promise<SignalSubjects[Kind][]>;
  /**
   * Runs the rules now; null where another process is at it. A sync does so by itself.
   * @throws AdjutantError `Permission` for an assistant
   */
  evaluate(options?: { everything?: boolean | undefined }): Promise<SignalPass | null>;
  /** Hides a finding until an instant; null shows it again. @throws AdjutantError `Permission`, `NotFound`, `InvalidInput` */
  snooze(id: string, until: number | null): Promise<SignalFinding>;
  /** Gives a finding to somebody, or to nobody. @throws AdjutantError `Permission`, `NotFound` */
  assign(id: string, personId: string | null): Promise<SignalFinding>;
  /**
   * Hides what a rule finds of one subject, or of all: the latter is a lead's to do.
   * @throws AdjutantError `Permission`, `NotFound`
   */
  mute(what: {
    ruleId: string;
    subjectId?: string | undefined;
    reason?: string | undefined;
  }): Promise<void>;
  /** @throws AdjutantError `Permission`, `NotFound` */
  unmute(what: { ruleId: string; subjectId?: string | undefined }): Promise<void>;
}
