import { afterEach, describe, expect, it } from 'vitest';
import { tables } from '../store/tables.ts';
import { type ActionBench, openActionBench } from '../testing/action-bench.ts';
import { createTestAction, createTestTarget } from '../testing/test-action.ts';
import { dayOf, instantOfLocal, nextDay, timeOf } from '../calendar/local-time.ts';

let bench: ActionBench;
const dayMs = 86_400_000;

/** Opens an engine whose actions nudge one account about the item that the id of the type names. */
async function open(items: readonly string[], approvedTtlMs = 10 * dayMs): Promise<void> {
  const target = createTestTarget();
  bench = await openActionBench({
    definitions: items.map((itemKey) =>
      createTestAction({
        target,
        id: itemKey,
        preparation: { nudges: [{ source: 'example', externalId: '42', itemKey }] },
      }),
    ),
    policy: () => ({ approvedTtlMs }),
  });
}

let keys = 0;
async function nudge(
  type: string,
): Promise<{ status: string; notBefore: number | null; outcome: unknown }> {
  keys += 1;
  const proposal = { type, payload: { text: 'please look' }, idempotencyKey: `key-${keys}` };
  const { id } = await bench.agent().propose(proposal);
  await bench.settle();
  const rows = await bench.store.read.select().from(tables.actions);
  const row = rows.find((found) => found.id === id);
  if (row === undefined) throw new Error('no action');
  return { status: row.status, notBefore: row.notBefore, outcome: row.outcome };
}

async function wish(wishes: Partial<typeof tables.contactPreferences.$inferInsert>): Promise<void> {
  await bench.store.transaction(async (transaction) => {
    await transaction.insert(tables.contactPreferences).values({
      workspaceId: 'default',
      personId: 'example:42',
      optedOut: false,
      ...wishes,
    });
  });
}

afterEach(() => bench.close());

// The bench's clock begins on Monday 14 September 2026 at 12:00 UTC.
const at = (day: number, hour: number) => Date.UTC(2026, 8, day, hour);

describe('nudging', () => {
  it('goes once per item and day; the next waits for the morning', async () => {
    await open(['item-1']);
    expect(await nudge('item-1')).toMatchObject({ status: 'executed' });
    expect(await nudge('item-1')).toEqual({
      status: 'approved',
      notBefore: at(15, 9),
      outcome: { waits: 'nudged_about_this_today' },
    });
    bench.clock.advance(at(15, 9) - bench.clock.now());
    await bench.settle();
    const rows = await bench.store.read.select().from(tables.actions);
    expect(rows.map((row) => row.status)).toEqual(['executed', 'executed']);
  });

  it('goes three times per person and day', async () => {
    await open(['item-1', 'item-2', 'item-3', 'item-4']);
    for (const item of ['item-1', 'item-2', 'item-3']) {
      expect(await nudge(item)).toMatchObject({ status: 'executed' });
    }
    expect(await nudge('item-4')).toMatchObject({
      status: 'approved',
      outcome: { waits: 'nudged_enough_today' },
    });
  });

  it('fails with the reason where it could only go after its time', async () => {
    await open(['item-1'], 3_600_000);
    await nudge('item-1');
    expect(await nudge('item-1')).toMatchObject({
      status: 'failed',
      outcome: { reason: 'nudged_about_this_today' },
    });
  });

  it('does not reach whoever does not want it', async () => {
    await open(['item-1']);
    await wish({ optedOut: true });
    expect(await nudge('item-1')).toMatchObject({
      status: 'failed',
      outcome: { reason: 'recipient_opted_out' },
    });
  });

  it('waits for the end of quiet hours in the zone of whoever is nudged', async () => {
    await open(['item-1']);
    // 12:00 UTC is 21:00 in Tokyo; 08:00 there is 23:00 UTC.
    await wish({ timeZone: 'Asia/Tokyo', quietFrom: '20:00', quietTo: '08:00' });
    expect(await nudge('item-1')).toMatchObject({
      notBefore: at(14, 23),
      outcome: { waits: 'quiet_hours' },
    });
  });

  it('waits for the return of whoever is away', async () => {
    await open(['item-1']);
    await wish({ absentFromDay: '2026-09-14', absentToDay: '2026-09-16' });
    expect(await nudge('item-1')).toMatchObject({
      notBefore: at(17, 9),
      outcome: { waits: 'recipient_absent' },
    });
  });

  it('gives the turn back where the target refuses', async () => {
    await open(['item-1']);
    await bench.person('lead', 'lead').stop();
    await nudge('item-1');
    const [definition] = bench.deps.definitions.values();
    expect(definition?.id).toBe('item-1');
    await bench.person('lead', 'lead').resume();
    const rows = await bench.store.read.select().from(tables.actions);
    const { executeAction } = await import('./execute-action.ts');
    if (definition === undefined || rows[0] === undefined) throw new Error('no action');
    const refusing = {
      ...definition,
      execute: async () => ({ outcome: 'refused', reason: 'no' }) as const,
    };
    const deps = { ...bench.deps, definitions: new Map([['item-1', refusing]]) };
    expect(await executeAction(deps, rows[0].id)).toBe('failed');
    expect(await nudge('item-1')).toMatchObject({ status: 'executed' });
  });
});

describe('local time', () => {
  it('goes there and back, over a change of the clock too', () => {
    // Clocks in Berlin go back on 25 October 2026.
    for (const day of ['2026-10-24', '2026-10-25', '2026-10-26', '2026-03-29']) {
      const instant = instantOfLocal(day, '09:00', 'Europe/Berlin');
      expect([dayOf(instant, 'Europe/Berlin'), timeOf(instant, 'Europe/Berlin')]).toEqual([
        day,
        '09:00',
      ]);
    }
  });

  it('knows the day after', () => {
    expect(nextDay('2026-12-31')).toBe('2027-01-01');
  });
});
