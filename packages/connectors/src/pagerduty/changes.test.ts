import { describe, expect, it } from 'vitest';
import { now, startSyncTrial } from './__fixtures__/trial.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

describe('an incident', () => {
  it('is acknowledged when it first was, also where it was let go and is resolved', async () => {
    const trial = await startSyncTrial({ incidents: 0 });
    const { data, ada, grace, checkout } = trial;
    const createdAt = checkout.createdAt + minuteMs;
    const incident = data.addIncident(checkout, { createdAt, priority: 'P2' });
    data.acknowledge(incident, ada, createdAt + 5 * minuteMs);
    data.letGo(incident, createdAt + 35 * minuteMs);
    data.acknowledge(incident, grace, createdAt + 50 * minuteMs);
    data.resolve(incident, grace, createdAt + 60 * minuteMs);
    await trial.pass();
    expect(trial.incidents().get(incident.id)).toMatchObject({
      serviceKey: checkout.id,
      severity: 'P2',
      createdAt,
      acknowledgedAt: createdAt + 5 * minuteMs,
      resolvedAt: createdAt + 60 * minuteMs,
    });
    const names = trial.rows().accounts.map(({ externalId }) => externalId);
    expect(names).toEqual(expect.arrayContaining([ada.id, grace.id]));
  });

  it('that was open is followed until it is resolved', async () => {
    const trial = await startSyncTrial();
    const { data, ada, checkout } = trial;
    checkout.createdAt = now - 31 * dayMs;
    const incident = data.addIncident(checkout, { createdAt: now - 30 * dayMs, urgency: 'low' });
    await trial.pass();
    expect(trial.incidents().get(incident.id)).toMatchObject({
      severity: 'low',
      acknowledgedAt: null,
      resolvedAt: null,
    });
    trial.clock.advance(dayMs);
    data.acknowledge(incident, ada, now + minuteMs);
    await trial.pass();
    expect(trial.incidents().get(incident.id)?.acknowledgedAt).toBe(now + minuteMs);
    trial.clock.advance(dayMs);
    data.resolve(incident, ada, now + dayMs);
    await trial.pass();
    expect(trial.incidents().get(incident.id)?.resolvedAt).toBe(now + dayMs);
    trial.clock.advance(dayMs);
    expect((await trial.pass()).given['incidents']).toEqual([]);
  });

  it('that is opened again has no end until it has a new one', async () => {
    const trial = await startSyncTrial();
    const { data, ada, checkout } = trial;
    const incident = data.addIncident(checkout, { createdAt: now - 2 * dayMs });
    data.resolve(incident, ada, now - dayMs);
    await trial.pass();
    trial.clock.advance(dayMs);
    data.reopen(incident, ada, now + minuteMs);
    await trial.pass();
    expect(trial.incidents().get(incident.id)?.resolvedAt).toBeNull();
    trial.clock.advance(dayMs);
    data.resolve(incident, ada, now + dayMs);
    await trial.pass();
    expect(trial.incidents().get(incident.id)?.resolvedAt).toBe(now + dayMs);
  });

  it('that was merged goes, and the one that stands for it stays', async () => {
    const trial = await startSyncTrial();
    const { data, ada, checkout } = trial;
    const whole = data.addIncident(checkout, { createdAt: now - 3 * minuteMs });
    const part = data.addIncident(checkout, { createdAt: now - 2 * minuteMs });
    await trial.pass();
    expect(trial.incidents().has(part.id)).toBe(true);
    trial.clock.advance(dayMs);
    data.merge(part, whole, ada, now + minuteMs);
    await trial.pass();
    expect(trial.incidents().has(part.id)).toBe(false);
    expect(trial.incidents().has(whole.id)).toBe(true);
    expect(trial.gapCodes()).toContain('merged_incidents');
  });

  it('that comes and goes between two turns of a pass is found by the next one', async () => {
    const trial = await startSyncTrial({ incidents: 0 });
    const { data, ada, checkout, search, clock } = trial;
    await trial.pass();
    let late: { id: string } | null = null;
    const turns: string[] = [];
    await trial.pass(undefined, undefined, {
      onScope: (externalId) => {
        if (externalId !== checkout.id && externalId !== search.id) return;
        turns.push(externalId);
        if (turns.length !== 2) return;
        // The lists were made for the first service; the second waits for two hours.
        clock.advance(2 * 60 * minuteMs);
        const service = externalId === search.id ? search : checkout;
        const incident = data.addIncident(service, { createdAt: now + 30 * minuteMs });
        data.resolve(incident, ada, now + 40 * minuteMs);
        late = incident;
      },
    });
    const [, last] = turns;
    if (late === null || last === undefined) throw new Error('There was no second turn.');
    clock.advance(minuteMs);
    await trial.pass(undefined, undefined, { only: last });
    expect([...trial.incidents().keys()]).toEqual([(late as { id: string }).id]);
  });

  it('that is shown no more stays as it was, with a gap until it is shown again', async () => {
    const trial = await startSyncTrial();
    const { data, ada, checkout } = trial;
    const incident = data.addIncident(checkout, { createdAt: now - dayMs });
    await trial.pass();
    incident.isHidden = true;
    trial.clock.advance(dayMs);
    await trial.pass();
    expect(trial.incidents().get(incident.id)?.resolvedAt).toBeNull();
    expect(trial.gapCodes()).toContain('incidents_unreachable');
    incident.isHidden = false;
    data.resolve(incident, ada, now + minuteMs);
    trial.clock.advance(dayMs);
    await trial.pass();
    expect(trial.incidents().get(incident.id)?.resolvedAt).toBe(now + minuteMs);
    expect(trial.gapCodes()).not.toContain('incidents_unreachable');
  });

  it('that moves to another service belongs to that one', async () => {
    const trial = await startSyncTrial();
    const { data, checkout, search } = trial;
    const incident = data.addIncident(checkout, { createdAt: now - dayMs });
    await trial.pass();
    incident.service = search;
    trial.clock.advance(dayMs);
    await trial.pass();
    expect(trial.incidents().get(incident.id)?.serviceKey).toBe(search.id);
  });
});

describe('a first reading', () => {
  it('walks years in windows that PagerDuty takes', async () => {
    const trial = await startSyncTrial({ incidents: 0 });
    const { data, ada, checkout } = trial;
    checkout.createdAt = now - 3 * 365 * dayMs;
    const years = [3, 2, 1].map((ago) => {
      const incident = data.addIncident(checkout, {
        createdAt: now - ago * 365 * dayMs + minuteMs,
      });
      data.acknowledge(incident, ada, incident.createdAt + minuteMs);
      data.resolve(incident, ada, incident.createdAt + 2 * minuteMs);
      return incident;
    });
    const { errors } = await trial.pass();
    expect(errors).toEqual([]);
    for (const { id, createdAt } of years) {
      expect(trial.incidents().get(id)?.acknowledgedAt).toBe(createdAt + minuteMs);
    }
  });

  it('halves a window that holds more than a list gives', async () => {
    const trial = await startSyncTrial({ incidents: 0 });
    const { data, search } = trial;
    search.createdAt = now - 100 * dayMs;
    for (let at = 0; at < 10_050; at += 1) {
      data.addIncident(search, { createdAt: search.createdAt + at * 10 * minuteMs });
    }
    data.entries.length = 0;
    const { errors } = await trial.pass();
    expect(errors).toEqual([]);
    expect(trial.incidents().size).toBe(10_050);
  });

  it('leaves out what is older than asked for, and says so', async () => {
    const trial = await startSyncTrial({ incidents: 0, config: { since: '2026-11-01' } });
    const { data, checkout } = trial;
    checkout.createdAt = now - 60 * dayMs;
    const old = data.addIncident(checkout, { createdAt: now - 50 * dayMs });
    const fresh = data.addIncident(checkout, { createdAt: now - 5 * dayMs });
    await trial.pass();
    expect([...trial.incidents().keys()]).toEqual([fresh.id]);
    expect(trial.incidents().has(old.id)).toBe(false);
    expect(trial.gapCodes()).toContain('history_limited');
  });

  it('is taken up anew where "since" was set further back, and says what was left out, not what is asked for', async () => {
    const trial = await startSyncTrial({ incidents: 0, config: { since: '2026-11-01' } });
    const { data, checkout, search, clock } = trial;
    checkout.createdAt = now - 60 * dayMs;
    search.createdAt = now - dayMs;
    const old = data.addIncident(checkout, { createdAt: now - 50 * dayMs });
    data.resolve(old, trial.ada, now - 49 * dayMs);
    await trial.pass();
    clock.advance(dayMs);
    await trial.pass(undefined, undefined, { config: { since: undefined } });
    expect(trial.incidents().has(old.id)).toBe(false);
    expect(trial.gapCodes()).toContain('history_limited');
    clock.advance(dayMs);
    await trial.pass(undefined, undefined, { config: { since: '2026-09-01' } });
    expect(trial.incidents().has(old.id)).toBe(true);
    expect(trial.gapCodes()).not.toContain('history_limited');
    clock.advance(dayMs);
    // Nothing that was read is left out because less is asked for by now.
    await trial.pass();
    expect(trial.gapCodes()).not.toContain('history_limited');
  });

  it('says how far back it was told to go by a backfill', async () => {
    const trial = await startSyncTrial({ incidents: 0 });
    trial.checkout.createdAt = now - 60 * dayMs;
    await trial.pass('backfill', undefined, { since: now - 5 * dayMs });
    expect(trial.gapCodes()).toContain('history_limited');
    await trial.pass('backfill');
    expect(trial.gapCodes()).not.toContain('history_limited');
  });

  it('goes on where it was cut off', async () => {
    const trial = await startSyncTrial({ incidents: 450 });
    // The two lists of people come first.
    await trial.pass(undefined, 4);
    expect(trial.incidents().size).toBe(200);
    const { asked } = await trial.pass();
    expect(trial.incidents().size).toBe(450);
    expect(asked.filter((path) => path === '/incidents').length).toBeLessThanOrEqual(5);
  });

  it('reads the services that are named and no other', async () => {
    const first = await startSyncTrial();
    const trial = await startSyncTrial({ config: { services: [first.search.id] } });
    trial.data.addIncident(trial.search, { createdAt: now - dayMs });
    await trial.pass();
    expect([...trial.incidents().values()].map(({ serviceKey }) => serviceKey)).toEqual([
      trial.search.id,
    ]);
    const wrong = await startSyncTrial({ config: { services: ['PNOTHERE'] } });
    expect((await wrong.pass()).errors).toMatchObject([{ code: 'NotFound' }]);
  });
});

describe('people', () => {
  it('are accounts whose address nobody vouches for, and groups of who is on call', async () => {
    const trial = await startSyncTrial();
    const { ada, grace, checkout } = trial;
    await trial.pass();
    const { accounts, accountGroups, accountGroupMembers } = trial.rows();
    expect(accounts).toContainEqual(
      expect.objectContaining({
        externalId: ada.id,
        email: 'ada.example@example.com',
        emailVerified: false,
        timeZone: 'Etc/UTC',
      }),
    );
    const group = `on_call:${checkout.policy.id}`;
    expect(accountGroups).toMatchObject([{ externalId: group, name: 'Checkout' }]);
    expect(accountGroupMembers).toMatchObject([
      { groupExternalId: group, accountExternalId: ada.id, role: 'level 1' },
      { groupExternalId: group, accountExternalId: grace.id, role: 'level 2' },
    ]);
  });

  it('are asked for again when a turn ends', async () => {
    const trial = await startSyncTrial();
    const { grace, checkout } = trial;
    checkout.policy.turnEndsAt = now + 10 * minuteMs;
    await trial.pass();
    checkout.policy.levels = [[grace]];
    trial.clock.advance(5 * minuteMs);
    expect((await trial.pass()).asked).not.toContain('/oncalls');
    trial.clock.advance(5 * minuteMs);
    expect((await trial.pass()).asked).toContain('/oncalls');
    expect(trial.rows().accountGroupMembers).toMatchObject([
      { accountExternalId: grace.id, role: 'level 1' },
    ]);
  });

  it('of a policy that is gone are no group any more', async () => {
    const trial = await startSyncTrial();
    await trial.pass();
    trial.data.policies.length = 0;
    trial.clock.advance(2 * 3_600_000);
    await trial.pass();
    expect(trial.rows().accountGroups).toEqual([]);
  });
});
