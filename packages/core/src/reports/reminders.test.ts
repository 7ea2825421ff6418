import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineAction } from '../actions/define-action.ts';
import { createReportWorld, monday, type ReportWorld, today } from './testing/report-world.ts';

const hour = 3_600_000;
const names = ['Ada', 'Grace', 'Linus'] as const;

let world: ReportWorld;
let sent: { user: string; text: string }[];
afterEach(async () => {
  await world.adjutant.close();
});

const payloadSchema = z.strictObject({ user: z.string().regex(/^[a-z]+$/), text: z.string() });

/** A workspace whose policy lets messages go by themselves, to a target that only counts them. */
async function createMessagingWorld(): Promise<void> {
  sent = [];
  const message = defineAction<z.infer<typeof payloadSchema>>({
    id: 'message.dm',
    title: 'Send somebody a message',
    risk: 'medium',
    reversible: true,
    effectClass: 'keyed',
    inputSchema: payloadSchema,
    quietPeriodMs: 0,
    prepare: async (_context, { user, text }) => ({
      target: { source: 'example', externalId: user, ref: user, url: null },
      preconditions: {},
      facts: [],
      recipients: [user],
      content: text,
      conditions: {},
      excludedAccounts: [],
      nudges: [{ source: 'example', externalId: user, itemKey: text }],
    }),
    observe: async () => ({}),
    async execute(_context, { payload }) {
      sent.push(payload);
      return { outcome: 'applied', result: {} };
    },
    probe: async () => ({ outcome: 'absent' }),
  });
  world = await createReportWorld(
    names,
    {},
    {
      actions: [message],
      policy: {
        hash: 'test',
        evaluate: ({ risk }) => ({
          mode: 'auto',
          risk,
          quorum: 1,
          declineThreshold: 1,
          assurance: 'cooperative',
          reasons: ['A test says so.'],
          pendingTtlMs: 86_400_000,
          approvedTtlMs: 86_400_000,
          escalateAt: [],
          monthlyCostLimitUsd: null,
        }),
      },
    },
  );
}

/** Works until the clock, which moves on as workers wait, has passed an instant. */
async function workUntil(at: number): Promise<void> {
  const ended = new AbortController();
  const working = world.adjutant.workActions({ signal: ended.signal });
  while (world.clock.now() < at) await new Promise((resolve) => setImmediate(resolve));
  ended.abort();
  await working;
}

describe('reminders', () => {
  it('reach only whoever asked for them and has not written yet, once a day', async () => {
    await createMessagingWorld();
    await world.as('Ada').reports.reminders.ask({ atTime: '16:00' });
    await world.as('Grace').reports.reminders.ask({ atTime: '16:00' });
    await world.as('Grace').reports.submit({ did: 'Done already' });
    await workUntil(monday + 4 * hour);
    expect(sent.map(({ user }) => user)).toEqual(['ada']);
    expect(sent[0]?.text).toContain(today);
    const { items } = await world.as('Ada', 'admin').actions.list();
    expect(items).toHaveLength(1);
  });

  it('go to nobody where nobody asked', async () => {
    await createMessagingWorld();
    await workUntil(monday + 4 * hour);
    expect(sent).toEqual([]);
    expect((await world.as('Ada', 'admin').actions.list()).items).toEqual([]);
  });

  it('wait for quiet hours to end and stop with the wish', async () => {
    await createMessagingWorld();
    const ada = world.as('Ada');
    await ada.reports.reminders.ask({ atTime: '16:00' });
    await world.as('Linus').reports.reminders.ask({ atTime: '16:00' });
    await world.as('Linus').reports.reminders.stop();
    await ada.contactPreferences.set(world.idOf('Ada'), {
      quietHours: { from: '15:00', to: '18:00' },
    });
    await workUntil(monday + 2.5 * hour);
    expect(sent).toEqual([]);
    await workUntil(monday + 4 * hour);
    expect(sent.map(({ user }) => user)).toEqual(['ada']);
  });

  it('come on the weekdays that were asked for', async () => {
    await createMessagingWorld();
    await world.as('Ada').reports.reminders.ask({ atTime: '16:00', weekdays: [2, 3] });
    await workUntil(monday + 4 * hour);
    expect(sent).toEqual([]);
  });

  it('are asked for by people, each for themselves', async () => {
    await createMessagingWorld();
    await expect(
      world.agentOf('Ada').reports.reminders.ask({ atTime: '16:00' }),
    ).rejects.toMatchObject({ code: 'Permission' });
    const wish = await world.as('Ada').reports.reminders.ask({ atTime: '16:00', weekdays: [5, 1] });
    expect(wish).toEqual({ atTime: '16:00', weekdays: [1, 5] });
    expect(await world.as('Ada').reports.reminders.get()).toEqual(wish);
    expect(await world.as('Grace', 'admin').reports.reminders.get()).toBeNull();
  });
});
