import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Adjutant, AdjutantOptions } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createTestAction, createTestTarget } from '../testing/test-action.ts';
import type { JobHandler, JobRunner } from './job-runner.ts';

let adjutant: Adjutant | undefined;
const clock = createFakeClock(Date.UTC(2026, 8, 1, 12));
const daily = { workspaceId: 'default', name: 'tidy', kind: 'example.tidy', cron: '0 13 * * *' };

beforeEach(() => {
  adjutant = undefined;
});
afterEach(() => adjutant?.close());

async function open(options: Partial<AdjutantOptions> = {}): Promise<Adjutant> {
  adjutant = await createAdjutant({ store: ':memory:', clock, random: () => 0.5, ...options });
  return adjutant;
}

/** Works until the condition holds, moving the clock on as waiting would. */
async function workUntil(opened: Adjutant, check: () => Promise<void> | void): Promise<void> {
  const ended = new AbortController();
  const working = opened.workActions({ signal: ended.signal });
  try {
    await vi.waitFor(
      async () => {
        clock.advance(60_000);
        await check();
      },
      { timeout: 60_000, interval: 5 },
    );
  } finally {
    ended.abort();
    await working;
  }
}

describe('jobs of a host program', () => {
  it('run by their schedule, die with their error, and go on when they are put back', async () => {
    const opened = await open({ secrets: ['hush-hush-secret'] });
    let broken = true;
    const done: string[] = [];
    opened.jobs.handle('example.tidy', async ({ subjectId }) => {
      if (broken) throw new Error('the disk hush-hush-secret is full');
      done.push(subjectId);
      return undefined;
    });
    await opened.jobs.schedule(daily);
    expect(await opened.jobs.schedules('default')).toMatchObject([{ ...daily, lastRunAt: null }]);
    await workUntil(opened, async () => expect(await opened.jobs.dead('default')).toHaveLength(1));
    const [dead] = await opened.jobs.dead('default');
    expect(dead).toMatchObject({ kind: 'example.tidy', subjectId: 'tidy', attempts: 10 });
    expect(dead?.lastError).toBe('Error: the disk [secret] is full');
    broken = false;
    await opened.jobs.redrive(dead?.id ?? '', 'person:ada');
    await workUntil(opened, () => expect(done).toContain('tidy'));
    expect(await opened.jobs.dead('default')).toEqual([]);
    const ledger = opened.workspace().as(await opened.owner()).audit;
    const { items } = await ledger.list({ event: 'job.redriven' });
    expect(items).toMatchObject([{ actor: 'person:ada', subject: 'tidy' }]);
  });

  it('cannot be put back twice', async () => {
    const opened = await open();
    await expect(opened.jobs.redrive('none')).rejects.toMatchObject({ code: 'NotFound' });
    await expect(opened.outbox.redrive('none')).rejects.toMatchObject({ code: 'NotFound' });
  });
});

describe('events that nobody took', () => {
  it('are listed as dead and delivered when they are put back', async () => {
    let broken = true;
    const taken: string[] = [];
    const opened = await open({
      actions: [createTestAction({ target: createTestTarget() })],
      eventBus: {
        async publish({ id }) {
          if (broken) throw new Error('no broker');
          taken.push(id);
        },
      },
    });
    const { actions } = opened.workspace().as(await opened.owner());
    const { id: subjectId } = await actions.propose({
      type: 'test.write',
      payload: { text: 'a' },
      idempotencyKey: 'once',
    });
    await workUntil(opened, async () =>
      expect(await opened.outbox.dead('default')).not.toHaveLength(0),
    );
    const [dead] = (await opened.outbox.dead('default')).toReversed();
    expect(dead).toMatchObject({
      event: 'action.proposed',
      subjectId,
      lastError: 'Error: no broker',
    });
    broken = false;
    await opened.outbox.redrive(dead?.id ?? '', 'person:ada');
    await workUntil(opened, () => expect(taken).toContain(dead?.id));
    const ledger = opened.workspace().as(await opened.owner()).audit;
    const { items } = await ledger.list({ event: 'event.redriven' });
    expect(items).toMatchObject([{ actor: 'person:ada', subject: subjectId }]);
  });
});

describe('another runner', () => {
  it('is told how actions are done, is handed what is due, and runs while actions are worked', async () => {
    const target = createTestTarget();
    const handlers = new Map<string, JobHandler>();
    const added: string[] = [];
    const ran: string[] = [];
    const runner: JobRunner = {
      enqueue: async (_, { kind, subjectId }) => {
        added.push(`${kind} ${subjectId}`);
      },
      handle: (kind, handler) => void handlers.set(kind, handler),
      schedule: async () => undefined,
      unschedule: async () => undefined,
      schedules: async () => [],
      dead: async () => [],
      redrive: async () => undefined,
      async work({ signal }) {
        for (const job of added) {
          const [kind = '', subjectId = ''] = job.split(' ');
          await handlers.get(kind)?.({
            id: job,
            workspaceId: 'default',
            kind,
            subjectId,
            attempt: 1,
            signal,
          });
          ran.push(job);
        }
      },
    };
    const opened = await open({ jobRunner: runner, actions: [createTestAction({ target })] });
    const { actions } = opened.workspace().as(await opened.owner());
    const { id } = await actions.propose({
      type: 'test.write',
      payload: { text: 'a' },
      idempotencyKey: 'once',
    });
    expect(added).toEqual([`action.prepare ${id}`]);
    await workUntil(opened, () => expect(ran).toContain(`action.prepare ${id}`));
    expect((await actions.get(id)).status).not.toBe('preparing');
    expect([...handlers.keys()].toSorted()).toEqual([
      'action.execute',
      'action.prepare',
      'action.reconcile',
      'reports.remind',
      'retention.purge',
    ]);
  });
});

it('one process works for two workspaces', async () => {
  const opened = await open();
  await opened.owner('other');
  const ended = new AbortController();
  const working = ['default', 'other'].map((workspaceId) =>
    opened.workActions({ workspaceId, signal: ended.signal }),
  );
  const running = (workspaceId: string) =>
    opened.workspace(workspaceId).as({ kind: 'system' }).actions.worker();
  await vi.waitFor(
    async () => {
      expect((await running('default')).running).toBe(true);
      expect((await running('other')).running).toBe(true);
    },
    { timeout: 60_000 },
  );
  ended.abort();
  await Promise.all(working);
});
