import { AsyncLocalStorage } from 'node:async_hooks';
import type { TraceContext } from './tracer.ts';

/** What log lines say about the work in hand. */
export interface TraceFields {
  traceId: string;
  /** Absent where nobody traces. */
  spanId?: string;
}

interface TraceScope {
  fields: TraceFields;
  /** What spans of this work belong to; null where there is no span yet. */
  parent: TraceContext | null;
}

const scopes = new AsyncLocalStorage<TraceScope>();

/**
 * Does some work under a trace id: lines that are logged meanwhile carry it, and the span id where
 * one is given. For a host that serves requests, and for Adjutant around each action.
 */
export function inTrace<Result>(fields: TraceFields, work: () => Result): Result {
  return scopes.run({ fields, parent: null }, work);
}

/** Does some work within a span. */
export function inSpanScope<Result>(
  fields: TraceFields,
  parent: TraceContext,
  work: () => Result,
): Result {
  return scopes.run({ fields, parent }, work);
}

/** Returns what the lines of this moment say about their trace; nothing outside of any. */
export function traceFields(): TraceFields | Record<string, never> {
  return scopes.getStore()?.fields ?? {};
}

/** Returns what a span of this moment belongs to; null outside of any. */
export function parentContext(): TraceContext | null {
  return scopes.getStore()?.parent ?? null;
}
