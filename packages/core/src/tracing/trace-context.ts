import type { SpanIdentity, TraceContext } from './tracer.ts';

/**
 * Where a context holds its span. The API makes its keys with `Symbol.for`, so that several copies of
 * it understand each other; that is a promise of its whole first major version.
 */
const spanKey = Symbol.for('OpenTelemetry Context Key SPAN');

/** Returns a context in which whatever is started has this span as its parent. */
export function contextUnder(span: { spanContext(): SpanIdentity }): TraceContext {
  return contextWith(new Map([[spanKey, span]]));
}

/** Returns the same for a span of which only the identity is known, as it was another process's. */
export function contextUnderRemote(traceId: string, spanId: string): TraceContext {
  // 1 stands for sampled: what was begun elsewhere is told to its end.
  const identity: SpanIdentity = { traceId, spanId, traceFlags: 1, isRemote: true };
  return contextUnder({ spanContext: () => identity });
}

function contextWith(values: ReadonlyMap<symbol, unknown>): TraceContext {
  return {
    getValue: (key) => values.get(key),
    setValue: (key, value) => contextWith(new Map(values).set(key, value)),
    deleteValue(key) {
      const left = new Map(values);
      left.delete(key);
      return contextWith(left);
    },
  };
}
