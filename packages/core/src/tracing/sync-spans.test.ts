import { SpanStatusCode, trace } from '@opentelemetry/api';
import { afterEach, describe, expect, it } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { AdjutantError } from '../errors.ts';
import { createJsonLogger } from '../json-logger.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import {
  createScriptedConnector,
  type Script,
  type ScriptedPayload,
  scriptedBatches,
} from '../testing/scripted-connector.ts';
import { followContext, recordSpans, type SpanRecorder } from './testing/span-recorder.ts';

const canary = 'canary-of-spans';
const payloads: ScriptedPayload[] = Array.from({ length: 25 }, (_, position) => ({
  number: position + 1,
  title: canary,
  author: `${canary}@example.com`,
}));

let adjutant: Adjutant;
let recorder: SpanRecorder;
let lines: string[];

async function open(script: Script): Promise<void> {
  recorder = recordSpans();
  lines = [];
  const clock = createFakeClock();
  adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [createScriptedConnector(script)],
    clock,
    tracer: recorder.tracer,
    logger: createJsonLogger({ write: (line) => lines.push(line), clock, level: 'debug' }),
  });
}

afterEach(() => adjutant.close());

const fails: Script = async function* read(request) {
  yield* [];
  throw new AdjutantError('Permission', `No ${request.stream} for ${canary}.`);
};

describe('spans of a sync', () => {
  it('nest: pass, source, stream, each with its counts', async () => {
    await open(scriptedBatches(payloads, 10));
    const summary = await adjutant.sync();
    const [stream, source, pass] = recorder.spans();
    expect([stream?.name, source?.name, pass?.name]).toEqual([
      'sync.stream',
      'sync.source',
      'sync',
    ]);
    expect(recorder.spans()).toHaveLength(3);
    expect(pass?.parentSpanContext).toBeUndefined();
    expect(source?.parentSpanContext?.spanId).toBe(pass?.spanContext().spanId);
    expect(stream?.parentSpanContext?.spanId).toBe(source?.spanContext().spanId);
    expect(new Set(recorder.spans().map((span) => span.spanContext().traceId)).size).toBe(1);
    expect(stream?.attributes).toEqual({
      'adjutant.source': 'scripted',
      'adjutant.stream': 'pull-requests',
      'adjutant.sync.outcome': 'complete',
      'adjutant.sync.records': 25,
      'adjutant.sync.rows_changed': summary.rowsChanged,
    });
    expect(source?.attributes).toMatchObject({
      'adjutant.source': 'scripted',
      'adjutant.sync.records': 25,
      'adjutant.sync.streams_failed': 0,
    });
    expect(pass?.attributes).toMatchObject({
      'adjutant.sync.mode': 'auto',
      'adjutant.sync.records': 25,
    });
    const told = recorder.spans().map(({ attributes }) => attributes);
    expect(JSON.stringify(told)).not.toMatch(/canary|widgets/);
  });

  it('mark a stream that fails by its code, without the message', async () => {
    await open(fails);
    await adjutant.sync();
    const stream = recorder.named('sync.stream');
    expect(stream.status).toEqual({ code: SpanStatusCode.ERROR });
    expect(stream.attributes).toMatchObject({
      'error.type': 'Permission',
      'adjutant.sync.outcome': 'failed',
      'adjutant.sync.records': 0,
    });
    expect(recorder.named('sync').attributes['adjutant.sync.streams_failed']).toBe(1);
    const told = recorder
      .spans()
      .map(({ attributes, events, status }) => [attributes, events, status]);
    expect(JSON.stringify(told)).not.toContain(canary);
  });

  it('belong to the span of the host that asked for the pass', async () => {
    const stop = followContext();
    try {
      await open(scriptedBatches(payloads, 10));
      await recorder.tracer.startActiveSpan('of the host', async (span) => {
        await adjutant.sync();
        span.end();
      });
    } finally {
      stop();
    }
    const host = recorder.named('of the host').spanContext();
    expect(recorder.named('sync').parentSpanContext?.spanId).toBe(host.spanId);
    expect(recorder.named('sync.stream').spanContext().traceId).toBe(host.traceId);
  });

  it('name themselves in the lines that are logged meanwhile', async () => {
    await open(fails);
    await adjutant.sync();
    const line = lines.find((text) => text.includes('could not be read'));
    const { traceId, spanId } = recorder.named('sync.stream').spanContext();
    expect(JSON.parse(line ?? '{}')).toMatchObject({ traceId, spanId });
  });
});

it('without an SDK behind it, a tracer changes nothing', async () => {
  recorder = recordSpans();
  lines = [];
  adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [createScriptedConnector(scriptedBatches(payloads, 10))],
    clock: createFakeClock(),
    tracer: trace.getTracer('adjutant'),
  });
  expect(await adjutant.sync()).toMatchObject({ records: 25 });
});
