/** Facts of an event, beside its subject. Whoever needs more reads the subject's rows. */
export type EventDetail = Readonly<Record<string, unknown>>;

/**
 * Every event, by name, with its detail. A package that appends others adds them here by declaration
 * merging.
 */
export interface AdjutantEvents {
  'action.proposed': EventDetail;
  'action.prepare_delayed': EventDetail;
  'action.prepared': EventDetail;
  'action.blocked': EventDetail;
  'action.pending': EventDetail;
  'action.postponed': EventDetail;
  'action.escalated': EventDetail;
  'action.modified': EventDetail;
  'action.decided': EventDetail;
  'action.decision_refused': EventDetail;
  'action.modification_refused': EventDetail;
  'action.proposal_refused': EventDetail;
  'action.approved': EventDetail;
  'action.declined': EventDetail;
  'action.expired': EventDetail;
  'action.revoked': EventDetail;
  'action.claimed': EventDetail;
  'action.step_applied': EventDetail;
  'action.requeued': EventDetail;
  'action.unknown': EventDetail;
  'action.reconciling': EventDetail;
  'action.late_result': EventDetail;
  'action.executed': EventDetail;
  'action.failed': EventDetail;
  'action.needs_human': EventDetail;
  'action.resolved': EventDetail;
}

export type AdjutantEventName = keyof AdjutantEvents;

/** Something that happened, as listeners and buses get it. */
export interface AdjutantEvent<Detail = EventDetail> {
  /** The same at every delivery: whoever must not act twice remembers it. */
  id: string;
  workspaceId: string;
  /** Noun-verb: `action.approved`. */
  event: string;
  /** The row that it is about. */
  subjectId: string;
  detail: Detail;
  /** When it happened. */
  at: number;
  /** Of delivering it; from 1. */
  attempt: number;
}
