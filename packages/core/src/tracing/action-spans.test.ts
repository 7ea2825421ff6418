import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { afterEach, describe, expect, it } from 'vitest';
import { createJsonLogger } from '../json-logger.ts';
import { tables } from '../store/tables.ts';
import { type ActionBench, openActionBench, type TestPolicy } from '../testing/action-bench.ts';
import { createTestAction, createTestTarget, type TestTarget } from '../testing/test-action.ts';
import { followContext, recordSpans, type SpanRecorder } from './testing/span-recorder.ts';
import { actionSpanId, spanTraceId } from './trace-id.ts';
import { tracedLogger } from './traced-logger.ts';

const canary = 'canary-of-spans';
const days = 24 * 3_600_000;
const proposal = {
  type: 'test.write',
  payload: { text: canary },
  idempotencyKey: `key-${canary}`,
  rationale: canary,
};

let bench: ActionBench;
let target: TestTarget;
let recorder: SpanRecorder;
let lines: string[];

type Watched = ReturnType<typeof createTestAction>;

async function open(
  policy: TestPolicy,
  watch: (action: Watched) => Partial<Watched> = () => ({}),
): Promise<void> {
  target = createTestTarget();
  recorder = recordSpans();
  lines = [];
  const logger = tracedLogger(createJsonLogger({ write: (line) => lines.push(line) }));
  const action = createTestAction({ target });
  bench = await openActionBench({
    definitions: [{ ...action, ...watch(action) }],
    policy,
    engine: { tracer: recorder.tracer, logger },
  });
}

afterEach(() => bench.close());

async function ledgerOf(actionId: string) {
  const rows = await bench.store.read.select().from(tables.auditEntries);
  return rows.filter(({ subject }) => subject === actionId);
}

describe('spans of an action', () => {
  it('lead from the proposal over the wait to the effect, in the trace of the ledger', async () => {
    await open(() => ({ mode: 'ask', pendingTtlMs: 10 * days }));
    const proposedAt = bench.clock.now();
    const { id, traceId } = await bench.agent().propose(proposal);
    await bench.settle();
    bench.clock.advance(3 * days);
    const decidedAt = bench.clock.now();
    await bench.decide('sponsor', await bench.agent().get(id));
    await bench.settle();
    expect(recorder.spans().map(({ name }) => name)).toEqual([
      'propose',
      'wait_for_approval',
      'execute',
    ]);
    for (const span of recorder.spans()) {
      expect(span.spanContext().traceId).toBe(traceId);
      expect(span.parentSpanContext).toMatchObject({ spanId: actionSpanId(id), isRemote: true });
      expect(span.attributes).toMatchObject({
        'adjutant.action.id': id,
        'adjutant.action.type': 'test.write',
      });
      expect(span.status.code).toBe(SpanStatusCode.UNSET);
    }
    const wait = recorder.named('wait_for_approval');
    expect(milliseconds(wait.startTime)).toBe(proposedAt);
    expect(milliseconds(wait.endTime)).toBe(decidedAt);
    expect(wait.attributes['adjutant.wait.outcome']).toBe('approved');
    const execute = recorder.named('execute');
    expect(milliseconds(execute.startTime)).toBe(decidedAt);
    expect(execute.attributes['adjutant.action.status']).toBe('executed');
    const ledger = await ledgerOf(id);
    expect(ledger.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['action.proposed', 'action.decided', 'action.executed']),
    );
    expect(new Set(ledger.map((row) => row.traceId))).toEqual(new Set([traceId]));
  });

  it('hold no word of a payload, a key, a target or a person', async () => {
    await open(() => ({ mode: 'ask' }));
    const { id } = await bench.agent(canary).propose(proposal);
    await bench.settle();
    await bench.decide('sponsor', await bench.agent(canary).get(id));
    await bench.settle();
    expect(target.effects).toHaveLength(1);
    const told = recorder.spans().map(({ attributes, events, status }) => ({
      attributes,
      events,
      status,
    }));
    expect(told).toHaveLength(3);
    expect(JSON.stringify(told)).not.toContain(canary);
    expect(JSON.stringify(told)).not.toContain('sponsor');
  });

  it('say of a failed effect that it failed, and not in which words', async () => {
    await open(() => ({}));
    target.faults.push('refused');
    await bench.agent().propose(proposal);
    await bench.settle();
    const execute = recorder.named('execute');
    expect(execute.status).toEqual({ code: SpanStatusCode.ERROR });
    expect(execute.attributes['error.type']).toBe('failed');
    expect(execute.events).toEqual([]);
    // Policy let it run, so nobody was waited for.
    expect(recorder.spans().map(({ name }) => name)).toEqual(['propose', 'execute']);
  });

  it.each([
    ['declined', (id: string) => decline(id)],
    ['revoked', (id: string) => bench.agent().withdraw(id)],
    ['expired', () => expire()],
  ] as const)('end the wait once where it is %s', async (outcome, end) => {
    await open(() => ({ mode: 'ask' }));
    const { id } = await bench.agent().propose(proposal);
    await bench.settle();
    await end(id);
    await bench.settle();
    const wait = recorder.named('wait_for_approval');
    expect(wait.attributes['adjutant.wait.outcome']).toBe(outcome);
    expect(recorder.spans().some(({ name }) => name === 'execute')).toBe(false);
  });

  it('are not told again for a proposal that is repeated', async () => {
    await open(() => ({ mode: 'ask' }));
    await bench.agent().propose(proposal);
    await bench.agent().propose(proposal);
    expect(recorder.spans()).toHaveLength(1);
  });

  it('lie in the trace that the host names, whatever its words', async () => {
    await open(() => ({}));
    const hosts = '0af7651916cd43dd8448eb211c80319c';
    await bench.agent().propose({ ...proposal, traceId: hosts });
    expect(recorder.named('propose').spanContext().traceId).toBe(hosts);
    const words = 'run 12 of the night';
    await bench.agent().propose({ ...proposal, idempotencyKey: 'two', traceId: words });
    const second = recorder.spans()[1];
    expect(second?.spanContext().traceId).toBe(spanTraceId(words));
    expect(JSON.stringify(second?.attributes)).not.toContain(words);
  });

  it('have below them what the host traces while an effect is sent', async () => {
    const stop = followContext();
    try {
      const seen: (string | undefined)[] = [];
      await open(
        () => ({}),
        (action) => ({
          async execute(...given) {
            seen.push(trace.getSpanContext(context.active())?.spanId);
            return action.execute(...given);
          },
        }),
      );
      await bench.agent().propose(proposal);
      await bench.settle();
      expect(seen).toEqual([recorder.named('execute').spanContext().spanId]);
    } finally {
      stop();
    }
  });
});

describe('log lines about an action', () => {
  it('carry its trace id, and the span id while it is carried out', async () => {
    await open(
      () => ({}),
      (action) => ({
        async prepare(given, payload) {
          given.logger.log('info', 'preparing');
          return action.prepare(given, payload);
        },
        async execute(given, effect) {
          const note = 'token=ghp_Zk3Q9vR7tY2wX5uB8nM1cL6dF4gH0jPaSsEe';
          given.logger.log('info', 'sending', { note });
          return action.execute(given, effect);
        },
      }),
    );
    const { logger } = bench.deps;
    const { traceId } = await bench.agent().propose(proposal);
    await bench.settle();
    logger.log('info', 'afterwards');
    const [preparing, sending, afterwards] = lines.map((line): unknown => JSON.parse(line));
    expect(preparing).toMatchObject({ message: 'preparing', traceId });
    expect(preparing).not.toHaveProperty('spanId');
    const { spanId } = recorder.named('execute').spanContext();
    expect(sending).toMatchObject({ message: 'sending', traceId, spanId });
    expect(lines[1]).not.toContain('ghp_');
    expect(afterwards).not.toHaveProperty('traceId');
  });
});

async function decline(id: string): Promise<void> {
  await bench.decide('sponsor', await bench.agent().get(id), 'decline');
}

async function expire(): Promise<void> {
  bench.clock.advance(20 * days);
}

function milliseconds([seconds, nanoseconds]: [number, number]): number {
  return seconds * 1_000 + nanoseconds / 1_000_000;
}
