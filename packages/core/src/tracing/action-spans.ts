import type { ActionRow } from '../actions/action-rows.ts';
import type { ActionStatus } from '../domain.ts';
import { inSpan, type SpanNotes, type Tracing } from './in-span.ts';
import { contextUnderRemote } from './trace-context.ts';
import { actionSpanId, spanTraceId } from './trace-id.ts';
import type { SpanAttributes, TraceContext } from './tracer.ts';

type TracedAction = Pick<
  ActionRow,
  'id' | 'traceId' | 'type' | 'revision' | 'effectClass' | 'requesterKind' | 'risk' | 'mode'
>;

/** Ways in which a wait for people ends. */
export type WaitOutcome = 'approved' | 'declined' | 'expired' | 'revoked';

/** Tells of a proposal that was just made. */
export function tellProposal(tracing: Tracing, action: ActionRow, startedAt: number): void {
  tell(tracing, 'propose', action, { startedAt, attributes: {} });
}

/**
 * Tells of a wait for people that is over: from the proposal, days ago perhaps and in another process,
 * to this moment.
 */
export function tellWait(tracing: Tracing, action: ActionRow, outcome: WaitOutcome): void {
  tell(tracing, 'wait_for_approval', action, {
    startedAt: action.createdAt,
    attributes: { 'adjutant.wait.outcome': outcome },
  });
}

/** Carries out a claimed action in a span; whatever is sent meanwhile belongs to it. */
export function inExecution(
  tracing: Tracing,
  action: ActionRow,
  work: () => Promise<ActionStatus>,
): Promise<ActionStatus> {
  const about = {
    attributes: { ...attributesOf(action), 'adjutant.action.claim': action.fence },
    parent: parentOf(action),
    traceId: action.traceId,
  };
  return inSpan(tracing, 'execute', about, async (notes) => {
    const status = await work();
    noteStatus(notes, status);
    return status;
  });
}

/** Approved again is one that waits for its next attempt: this one has failed. */
function noteStatus(notes: SpanNotes, status: ActionStatus): void {
  notes.set({ 'adjutant.action.status': status });
  if (status !== 'executed') notes.fail(status);
}

function tell(
  { tracer, clock }: Tracing,
  name: string,
  action: ActionRow,
  { startedAt, attributes }: { startedAt: number; attributes: SpanAttributes },
): void {
  if (tracer === null) return;
  const start = {
    startTime: new Date(startedAt),
    attributes: { ...attributesOf(action), ...attributes },
  };
  tracer.startSpan(name, start, parentOf(action)).end(new Date(clock.now()));
}

function parentOf(action: Pick<ActionRow, 'id' | 'traceId'>): TraceContext {
  return contextUnderRemote(spanTraceId(action.traceId), actionSpanId(action.id));
}

/** Ids and words from closed lists. Targets, payloads and people stay out. */
function attributesOf(action: TracedAction): SpanAttributes {
  return {
    'adjutant.action.id': action.id,
    'adjutant.action.type': action.type,
    'adjutant.action.revision': action.revision,
    'adjutant.action.effect_class': action.effectClass,
    'adjutant.action.requester_kind': action.requesterKind,
    ...(action.risk === null ? {} : { 'adjutant.action.risk': action.risk }),
    ...(action.mode === null ? {} : { 'adjutant.action.mode': action.mode }),
  };
}
