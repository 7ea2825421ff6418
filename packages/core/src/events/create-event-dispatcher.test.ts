import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts';
import type { EventDispatcher } from './event-dispatcher.ts';
import type { AdjutantEvent } from './adjutant-events.ts';
import { appendEvent, type NewEvent } from './append-event.ts';
import { createEventBus, type LocalEventBus } from './create-event-bus.ts';
import { createEventDispatcher, type EventDispatcherOptions } from './create-event-dispatcher.ts';
import type { EventBus } from './event-bus.ts';

// As a package that appends events of its own would.
declare module './adjutant-events.ts' {
  interface AdjutantEvents {
    'step.begun': EventDetail;
    'step.done': EventDetail;
    'step.checked': EventDetail;
  }
}

let store: Store;
let clock: FakeClock;
let bus: LocalEventBus;
beforeEach(async () => {
  store = await openStore(':memory:');
  clock = createFakeClock();
  bus = createEventBus();
});
afterEach(() => store.close());

const dispatcher = (options: Partial<EventDispatcherOptions> = {}): EventDispatcher =>
  createEventDispatcher({ store, bus, clock, random: () => 1, ...options });
const pass = (events: EventDispatcher): Promise<void> =>
  events.work({ signal: new AbortController().signal, once: true });
const append = (...added: Partial<NewEvent>[]): Promise<void> =>
  store.transaction(async (transaction) => {
    for (const event of added) {
      await appendEvent(transaction, {
        workspaceId: 'w',
        event: 'step.begun',
        subjectId: 'a1',
        at: clock.now(),
        ...event,
      });
    }
  });

test('listeners hear events with what was appended, and others do not', async () => {
  const heard: AdjutantEvent[] = [];
  bus.on('step.done', (event) => void heard.push(event));
  await append({ event: 'step.begun' }, { event: 'step.done', detail: { revision: 2 } });
  await pass(dispatcher());
  expect(heard).toEqual([
    {
      id: expect.any(String),
      workspaceId: 'w',
      event: 'step.done',
      subjectId: 'a1',
      detail: { revision: 2 },
      at: clock.now(),
      attempt: 1,
    },
  ]);
  await pass(dispatcher());
  expect(heard).toHaveLength(1);
});

test('an event of a transaction that is taken back is never told', async () => {
  const heard: string[] = [];
  bus.on('step.begun', ({ subjectId }) => void heard.push(subjectId));
  const undone = store.transaction(async (transaction) => {
    await appendEvent(transaction, {
      workspaceId: 'w',
      event: 'step.begun',
      subjectId: 'undone',
      at: clock.now(),
    });
    throw new Error('taken back');
  });
  await expect(undone).rejects.toThrow('taken back');
  await append({ subjectId: 'kept' });
  await pass(dispatcher());
  expect(heard).toEqual(['kept']);
});

test('a listener that was taken away hears no more', async () => {
  const heard: string[] = [];
  const unsubscribe = bus.on('step.begun', ({ subjectId }) => void heard.push(subjectId));
  await append({ subjectId: 'first' });
  await pass(dispatcher());
  unsubscribe();
  await append({ subjectId: 'second' });
  await pass(dispatcher());
  expect(heard).toEqual(['first']);
});

test('what fails three times is taken at the fourth, once', async () => {
  const taken: number[] = [];
  bus.on('step.begun', ({ attempt }) => {
    if (attempt < 4) throw new Error('not yet');
    taken.push(attempt);
  });
  await append({});
  const events = dispatcher();
  const startedAt = clock.now();
  for (const waitMs of [1_000, 2_000, 4_000]) {
    await pass(events);
    expect(taken).toEqual([]);
    clock.advance(waitMs - 1);
    await pass(events);
    expect(taken).toEqual([]);
    clock.advance(1);
  }
  await pass(events);
  expect(taken).toEqual([4]);
  expect(clock.now() - startedAt).toBe(7_000);
  clock.advance(3_600_000);
  await pass(events);
  expect(taken).toEqual([4]);
});

test('a listener that heard an event well is left in peace when it comes again', async () => {
  const heard: string[] = [];
  bus.on('step.begun', () => void heard.push('well'));
  bus.on('step.begun', ({ attempt }) => {
    heard.push('badly');
    if (attempt === 1) throw new Error('broken');
  });
  await append({});
  await pass(dispatcher());
  clock.advance(1_000);
  await pass(dispatcher());
  expect(heard).toEqual(['well', 'badly', 'badly']);
});

test('events of one subject come in order; one that fails holds up no other subject', async () => {
  const heard: string[] = [];
  bus.on('step.begun', ({ subjectId, attempt }) => {
    if (subjectId === 'bad' && attempt === 1) throw new Error('broken');
    heard.push(`${subjectId} proposed`);
  });
  bus.on('step.done', ({ subjectId }) => void heard.push(`${subjectId} approved`));
  await append({ subjectId: 'bad' }, { subjectId: 'bad', event: 'step.done' });
  await append({ subjectId: 'good' }, { subjectId: 'good', event: 'step.done' });
  await pass(dispatcher());
  expect(heard).toEqual(['good proposed', 'good approved']);
  clock.advance(1_000);
  await pass(dispatcher());
  expect(heard.slice(2)).toEqual(['bad proposed', 'bad approved']);
});

test('an event that nobody takes is dead, lets the next pass, and comes when put back', async () => {
  const heard: string[] = [];
  let isFixed = false;
  bus.on('step.begun', ({ event }) => {
    if (!isFixed) throw new Error('token hunter2-hunter2 refused');
    heard.push(event);
  });
  bus.on('step.done', ({ event }) => void heard.push(event));
  await append({}, { event: 'step.done' });
  const redact = (text: string): string => text.replaceAll('hunter2-hunter2', '[secret]');
  const events = dispatcher({ maxAttempts: 2, redact });
  await pass(events);
  expect(heard).toEqual([]);
  clock.advance(1_000);
  await pass(events);
  expect(heard).toEqual(['step.done']);
  const [dead] = await events.dead('w');
  expect(dead).toMatchObject({
    event: 'step.begun',
    attempts: 2,
    lastError: 'Error: token [secret] refused',
  });
  expect(await events.dead('another')).toEqual([]);
  isFixed = true;
  await events.redrive(dead?.id ?? '');
  await pass(events);
  expect(heard).toEqual(['step.done', 'step.begun']);
  expect(await events.dead('w')).toEqual([]);
  await expect(events.redrive(dead?.id ?? '')).rejects.toMatchObject({ code: 'NotFound' });
  const ledger = await store.read.select().from(tables.auditEntries);
  expect(ledger.map(({ event }) => event)).toEqual(['event.redriven']);
});

test('two dispatchers of one store deliver each event once', async () => {
  const heard: string[] = [];
  bus.on('step.begun', async ({ subjectId }) => {
    await Promise.resolve();
    heard.push(subjectId);
  });
  const subjects = Array.from({ length: 30 }, (_, index) => `a${index}`);
  await append(...subjects.map((subjectId) => ({ subjectId })));
  await Promise.all([pass(dispatcher()), pass(dispatcher())]);
  expect(heard.toSorted()).toEqual(subjects.toSorted());
});

test('a bus that hangs is given up after a while, and the event is tried again', async () => {
  const attempts: number[] = [];
  const aborted: boolean[] = [];
  const hanging: EventBus = {
    publish: (event, signal) => {
      attempts.push(event.attempt);
      if (event.attempt === 2) return Promise.resolve();
      return new Promise(() => {
        signal.addEventListener('abort', () => aborted.push(true));
      });
    },
  };
  await append({});
  // Only the limit of this delivery passes; a renewal never comes due.
  const wait = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    milliseconds === 5_000
      ? Promise.resolve()
      : new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('over')));
        });
  const events = dispatcher({ bus: hanging, wait, deliveryTimeoutMs: 5_000 });
  await pass(events);
  expect(attempts).toEqual([1]);
  expect(aborted).toEqual([true]);
  clock.advance(1_000);
  const patient = dispatcher({ bus: hanging });
  await pass(patient);
  expect(attempts).toEqual([1, 2]);
});

test('a waiting dispatcher hears of an event at once, without polling for it', async () => {
  const stop = new AbortController();
  const slept: number[] = [];
  const sleeping = {
    now: () => clock.now(),
    // Never over by itself: only the bell can end the rest.
    sleep: (milliseconds: number, signal?: AbortSignal): Promise<void> => {
      slept.push(milliseconds);
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('over')));
      });
    },
  };
  const heard = new Promise<string>((resolve) => {
    bus.on('step.begun', ({ subjectId }) => resolve(subjectId));
  });
  const working = dispatcher({ clock: sleeping, pollMs: 700 }).work({ signal: stop.signal });
  await expect.poll(() => slept.length).toBe(1);
  await append({ subjectId: 'woken' });
  expect(await heard).toBe('woken');
  stop.abort();
  await working;
  expect(new Set(slept)).toEqual(new Set([700]));
});

test('a stop in the midst of a delivery counts no attempt', async () => {
  const stop = new AbortController();
  const attempts: number[] = [];
  bus.on('step.begun', async ({ attempt }) => {
    attempts.push(attempt);
    if (attempts.length > 1) return;
    queueMicrotask(() => stop.abort());
    await new Promise(() => {});
  });
  await append({});
  await dispatcher().work({ signal: stop.signal });
  await pass(dispatcher());
  expect(attempts).toEqual([1, 1]);
});

test('delivered events are kept for a week', async () => {
  await append({ subjectId: 'old' });
  await pass(dispatcher());
  clock.advance(8 * 24 * 3_600_000);
  await append({ subjectId: 'new' });
  await pass(dispatcher());
  const kept = await store.read.select().from(tables.outbox);
  expect(kept.map(({ subjectId }) => subjectId)).toEqual(['new']);
});
