import type { Clock } from '../clock.ts';
import { AdjutantError } from '../errors.ts';
import { contextUnder } from './trace-context.ts';
import { inSpanScope, parentContext, type TraceFields } from './trace-scope.ts';
import type { Span, SpanAttributes, TraceContext, Tracer } from './tracer.ts';

/** What spans are made with; without a tracer none are. */
export interface Tracing {
  tracer: Tracer | null;
  clock: Clock;
}

/** Takes what is known of a span only when it ends. */
export interface SpanNotes {
  set(attributes: SpanAttributes): void;
  /** Marks it as failed, with a code at most: the message stays out. */
  fail(code: string): void;
}

const errorStatus = 2;
const noNotes: SpanNotes = { set: () => undefined, fail: () => undefined };

/**
 * Does some work in a span, below the span of the work around it, or below `parent`. The span takes
 * its times from the clock that was passed in.
 */
export async function inSpan<Result>(
  { tracer, clock }: Tracing,
  name: string,
  about: { attributes: SpanAttributes; parent?: TraceContext; traceId?: string },
  work: (notes: SpanNotes) => Promise<Result>,
): Promise<Result> {
  if (tracer === null) return work(noNotes);
  const start = { startTime: new Date(clock.now()), attributes: about.attributes };
  const run = async (span: Span): Promise<Result> => {
    const notes = notesOf(span);
    try {
      const fields = fieldsOf(span, about.traceId);
      return await inSpanScope(fields, contextUnder(span), () => work(notes));
    } catch (error) {
      notes.fail(errorCode(error));
      throw error;
    } finally {
      span.end(new Date(clock.now()));
    }
  };
  const parent = about.parent ?? parentContext();
  if (parent === null) return run(tracer.startSpan(name, start));
  return tracer.startActiveSpan(name, start, parent, run);
}

function notesOf(span: Span): SpanNotes {
  return {
    set(attributes) {
      for (const [name, value] of Object.entries(attributes)) span.setAttribute(name, value);
    },
    fail(code) {
      span.setAttribute('error.type', code);
      span.setStatus({ code: errorStatus });
    },
  };
}

/** A trace id that the ledger has stands in the lines as it stands there. */
function fieldsOf(span: Span, traceId: string | undefined): TraceFields {
  const identity = span.spanContext();
  // Zeros are what a host's tracer gives that has nowhere to send spans to.
  const isNone = /^0*$/.test(identity.spanId);
  return {
    traceId: traceId ?? identity.traceId,
    ...(isNone ? {} : { spanId: identity.spanId }),
  };
}

/** Returns the code of an error of ours, the name of any other. */
function errorCode(error: unknown): string {
  if (AdjutantError.isInstance(error)) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
