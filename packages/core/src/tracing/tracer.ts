/** What may stand at a span: never a name, a title or any other text from outside. */
export type SpanAttributes = Record<string, string | number | boolean>;

/** How a span is told from all others. */
export interface SpanIdentity {
  /** Thirty-two hexadecimal digits. */
  traceId: string;
  /** Sixteen hexadecimal digits. */
  spanId: string;
  traceFlags: number;
  isRemote?: boolean;
}

/** A span that was started. */
export interface Span {
  spanContext(): SpanIdentity;
  setAttribute(name: string, value: string | number | boolean): unknown;
  /** 2 stands for an error. No message goes along: it may hold anything. */
  setStatus(status: { code: number }): unknown;
  end(at?: Date): void;
}

/** What a span is started in, immutable. */
export interface TraceContext {
  getValue(key: symbol): unknown;
  setValue(key: symbol, value: unknown): TraceContext;
  deleteValue(key: symbol): TraceContext;
}

export interface SpanStart {
  startTime: Date;
  attributes: SpanAttributes;
}

/**
 * Where spans go: the part of a `Tracer` of `@opentelemetry/api` that is used here, so that a host
 * hands over `trace.getTracer('adjutant')`, and one without it has nothing to load.
 */
export interface Tracer {
  /** Without a context it belongs to whatever span of the host is active. */
  startSpan(name: string, options: SpanStart, context?: TraceContext): Span;
  /** Spans that the host's own instruments make in `work` belong to it. */
  startActiveSpan<Result>(
    name: string,
    options: SpanStart,
    context: TraceContext,
    work: (span: Span) => Result,
  ): Result;
}
