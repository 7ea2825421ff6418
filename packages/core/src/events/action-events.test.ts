import { expect, expectTypeOf, test } from 'vitest';
import type { AdjutantEvent } from './adjutant-events.ts';
import { createEventBus } from './create-event-bus.ts';

const { signal } = new AbortController();
const decided: AdjutantEvent = {
  id: 'e1',
  workspaceId: 'w',
  event: 'action.decided',
  subjectId: 'a1',
  at: 1,
  attempt: 1,
  detail: {
    traceId: 't1',
    revision: 2,
    payloadHash: 'hash',
    verdict: 'approve',
    reviewerPersonId: 'ada',
    assurance: 'presence',
    surface: 'page',
    decisionId: 'd1',
  },
};

test('a listener is promised what its event tells, and gets the rest too', async () => {
  const bus = createEventBus();
  const heard: unknown[] = [];
  bus.on('action.decided', ({ detail }) => {
    expectTypeOf(detail.verdict).toEqualTypeOf<'approve' | 'decline'>();
    expectTypeOf(detail.revision).toEqualTypeOf<number>();
    // @ts-expect-error: a decision knows no deadline.
    heard.push(detail.verdict, detail.deadline);
  });
  await bus.publish({ ...decided, detail: { ...decided.detail, deadline: 7 } }, signal);
  expect(heard).toEqual(['approve', 7]);
});

test('what is not as promised reaches no listener, and its content no message', async () => {
  const bus = createEventBus();
  const heard: unknown[] = [];
  bus.on('action.decided', (event) => void heard.push(event));
  const odd = { ...decided, detail: { ...decided.detail, verdict: 'a secret word' } };
  await expect(bus.publish(odd, signal)).rejects.toMatchObject({
    code: 'Internal',
    message: 'The stored event action.decided is not as it should be: verdict.',
  });
  expect(heard).toEqual([]);
});
