import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { context, type Tracer } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';

export interface SpanRecorder {
  tracer: Tracer;
  /** The finished spans, in the order in which they ended. */
  spans(): ReadableSpan[];
  named(name: string): ReadableSpan;
}

/** Returns a tracer of the published SDK, and the spans that it exported to memory. */
export function recordSpans(): SpanRecorder {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  return {
    tracer: provider.getTracer('adjutant'),
    spans: () => exporter.getFinishedSpans(),
    named(name) {
      const found = exporter.getFinishedSpans().filter((span) => span.name === name);
      if (found.length !== 1) throw new Error(`${found.length} spans are named ${name}.`);
      return found[0] as ReadableSpan;
    },
  };
}

/** Lets the API know which span is active, as the SDK of a host does; returns what ends it. */
export function followContext(): () => void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  return () => context.disable();
}
