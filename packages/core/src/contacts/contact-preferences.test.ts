import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';
import { createTestAction, createTestTarget } from '../testing/test-action.ts';
import type { WorkspaceHandle } from '../workspace/handle.ts';

// Monday, 12:00 UTC.
const monday = Date.UTC(2026, 8, 14, 12);

let adjutant: Adjutant;
let clock: FakeClock;
let owner: WorkspaceHandle;
let ada: string;
let grace: string;

beforeEach(async () => {
  clock = createFakeClock(monday);
  const account = (externalId: string, name: string) => ({
    source: 'example',
    externalId,
    login: name.toLowerCase(),
    name,
    email: null,
    emailVerified: false,
    vendorId: null,
    kind: 'human' as const,
    isBot: false,
  });
  adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    connectors: [
      createRowsConnector({
        id: 'example',
        records: () => ({ all: { accounts: [account('1', 'Ada'), account('2', 'Grace')] } }),
      }),
    ],
    actions: ['1', '2'].map((externalId) =>
      createTestAction({
        target: createTestTarget(),
        id: `nudge.${externalId}`,
        preparation: { nudges: [{ source: 'example', externalId, itemKey: `item-${externalId}` }] },
      }),
    ),
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
        approvedTtlMs: 10 * 86_400_000,
        escalateAt: [],
        monthlyCostLimitUsd: null,
      }),
    },
  });
  await adjutant.sync();
  owner = adjutant.workspace().as(await adjutant.owner());
  const { items } = await owner.findPeople();
  const idOf = (name: string) => items.find(({ displayName }) => displayName === name)?.id ?? name;
  ada = idOf('Ada');
  grace = idOf('Grace');
});
afterEach(() => adjutant.close());

/** Proposes a nudge of an account and returns where it stands once it has been looked at. */
async function nudge(externalId: string, idempotencyKey = externalId) {
  const proposal = { type: `nudge.${externalId}`, payload: { text: 'please' }, idempotencyKey };
  const { id } = await owner.actions.propose(proposal);
  const ended = new AbortController();
  const working = adjutant.workActions({ signal: ended.signal });
  try {
    for (;;) {
      const action = await owner.actions.get(id);
      const waits = action.outcome !== null || action.settledAt !== null;
      if (waits) return action;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  } finally {
    ended.abort();
    await working;
  }
}

const as = (personId: string, role: 'member' | 'lead' = 'member') =>
  adjutant.workspace().as({ kind: 'person', personId, role }).contactPreferences;

describe('what people wish about being nudged', () => {
  it('is nothing until they say so', async () => {
    expect(await as(ada).get(ada)).toEqual({
      optedOut: false,
      timeZone: null,
      quietHours: null,
      absence: null,
    });
    expect((await nudge('1')).status).toBe('executed');
  });

  it('stops every nudge of whoever wants none, and nobody else’s', async () => {
    await as(ada).set(ada, { optedOut: true });
    expect(await nudge('1')).toMatchObject({
      status: 'failed',
      outcome: { reason: 'recipient_opted_out' },
    });
    expect((await nudge('2')).status).toBe('executed');
    await as(ada).set(ada, {});
    expect((await nudge('1', 'again')).status).toBe('executed');
  });

  it('holds nudges back in quiet hours and in absence', async () => {
    const quietHours = { from: '08:00', to: '23:00' };
    await as(ada).set(ada, { timeZone: 'Asia/Tokyo', quietHours });
    expect(await nudge('1')).toMatchObject({ outcome: { waits: 'quiet_hours' } });
    const absence = { fromDay: '2026-09-14', toDay: '2026-12-31' };
    expect(await as(grace).set(grace, { absence })).toMatchObject({ absence });
    expect((await nudge('2')).outcome).toMatchObject({ reason: 'recipient_absent' });
  });

  it('still holds after the person was merged into another', async () => {
    await as(ada).set(ada, { optedOut: true });
    await owner.mergePeople(ada, grace);
    expect(await nudge('1')).toMatchObject({ outcome: { reason: 'recipient_opted_out' } });
  });

  it('stands in the ledger, with the hours where they can be erased', async () => {
    await as(ada).set(ada, { quietHours: { from: '20:00', to: '08:00' } });
    const { items } = await owner.audit.list({ event: 'people.contact_preferences_set' });
    expect(items).toMatchObject([{ actor: `person:${ada}`, subject: ada, detail: {} }]);
    const entry = await owner.audit.show(items[0]?.id ?? '');
    expect(entry.personal).toMatchObject([{ name: 'wishes', state: 'shown' }]);
    expect(entry.personal[0]?.value).toContain('20:00');
    await owner.audit.erasePersonalData({ personId: ada });
    expect((await owner.audit.verify()).ok).toBe(true);
  });
});

describe('who may say it', () => {
  it('is the person, a lead or an administrator, and no assistant', async () => {
    await expect(as(grace).set(ada, { optedOut: true })).rejects.toMatchObject({
      code: 'Permission',
    });
    await expect(as(grace).get(ada)).rejects.toMatchObject({ code: 'Permission' });
    const agent = { kind: 'agent', name: 'mcp', sponsorPersonId: ada } as const;
    const assistant = adjutant.workspace().as(agent).contactPreferences;
    await expect(assistant.set(ada, { optedOut: false })).rejects.toMatchObject({
      code: 'Permission',
    });
    await as(grace, 'lead').set(ada, { optedOut: true });
    expect((await as(ada).get(ada)).optedOut).toBe(true);
  });

  it('knows nobody of another workspace', async () => {
    await adjutant.owner('other');
    const other = adjutant.workspace('other').as(await adjutant.owner('other'));
    await expect(other.contactPreferences.set(ada, {})).rejects.toMatchObject({ code: 'NotFound' });
  });

  it.each([
    [{ timeZone: 'Nowhere/None' }, 'timeZone: is no time zone'],
    [{ quietHours: { from: '8', to: '09:00' } }, 'quietHours.from: is written 22:00'],
    [{ quietHours: { from: '08:00', to: '08:00' } }, 'quietHours: begin and end at the same time'],
    [{ absence: { fromDay: '2026-02-01', toDay: '2026-01-01' } }, 'absence: ends before it begins'],
    [{ absence: { fromDay: '2026-02-30', toDay: null } }, 'absence.fromDay: is a day'],
  ])('takes only what can be held to: %j', async (wishes, message) => {
    await expect(as(ada).set(ada, wishes)).rejects.toMatchObject({
      code: 'InvalidInput',
      message: expect.stringContaining(message),
    });
  });
});
