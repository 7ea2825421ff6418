import { describe, expect, it } from 'vitest';
import { now, startSyncTrial } from './__fixtures__/trial.ts';

describe('what reading costs', () => {
  it('reads 1,000 incidents with when they were acknowledged and resolved in few requests', async () => {
    const trial = await startSyncTrial({ incidents: 1_000 });
    const { asked, errors } = await trial.pass();
    expect(errors).toEqual([]);
    const rows = [...trial.incidents().values()];
    expect(rows).toHaveLength(1_000);
    expect(rows.filter(({ acknowledgedAt }) => acknowledgedAt !== null)).toHaveLength(900);
    expect(rows.filter(({ resolvedAt }) => resolvedAt === null)).toEqual([]);
    const counts = (path: string) => asked.filter((one) => one === path).length;
    expect(counts('/incidents')).toBeLessThanOrEqual(13);
    // Six entries for each incident, a hundred a page.
    expect(counts('/log_entries')).toBeLessThanOrEqual(70);
    expect(asked.length).toBeLessThanOrEqual(85);
  });

  it('asks three times and no more where nothing is new, however many services there are', async () => {
    const trial = await startSyncTrial({ incidents: 20 });
    const { data, ada, checkout } = trial;
    for (let at = 0; at < 30; at += 1) data.addService(`s${at}`, checkout.policy, now - 1_000_000);
    const open = data.addIncident(checkout, { createdAt: now - 40 * 60_000 });
    data.acknowledge(open, ada, now - 39 * 60_000);
    await trial.pass();
    for (const afterMs of [60_000, 60_000, 600_000]) {
      trial.clock.advance(afterMs);
      const { asked, given, errors } = await trial.pass();
      expect(errors).toEqual([]);
      expect(asked).toEqual(['/services', '/incidents', '/incidents']);
      expect(given['incidents']).toEqual([]);
    }
  });

  it('asks for one history where one incident is new', async () => {
    const trial = await startSyncTrial({ incidents: 20 });
    await trial.pass();
    trial.clock.advance(600_000);
    const incident = trial.data.addIncident(trial.search, { createdAt: now + 60_000 });
    trial.data.acknowledge(incident, trial.ada, now + 120_000);
    const { asked, given } = await trial.pass();
    expect(given['incidents']).toEqual([incident.id]);
    expect(asked).toEqual([
      '/services',
      '/incidents',
      '/incidents',
      `/incidents/${incident.id}/log_entries`,
    ]);
  });

  it('asks for each history by itself where the rest of the account has far more', async () => {
    const trial = await startSyncTrial({ incidents: 600 });
    const { data, ada, checkout, search } = trial;
    const policy = checkout.policy;
    const quiet = data.addService('quiet', policy, search.createdAt);
    const [first, last] = [data.incidents[0], data.incidents.at(-1)];
    for (const other of [first, last]) {
      const incident = data.addIncident(quiet, { createdAt: (other?.createdAt ?? 0) + 1_000 });
      data.acknowledge(incident, ada, incident.createdAt + 1_000);
      data.resolve(incident, ada, incident.createdAt + 2_000);
    }
    const { asked } = await trial.pass();
    expect(
      asked.filter((path) => path.endsWith('/log_entries') && path !== '/log_entries'),
    ).toHaveLength(2);
  });

  it('waits for the next minute at the reserve, and reads on', async () => {
    const trial = await startSyncTrial({ incidents: 400, limitPerMinute: 20 });
    const { errors } = await trial.pass();
    expect(errors).toEqual([]);
    expect(trial.incidents().size).toBe(400);
    expect(trial.clock.sleeps.length).toBeGreaterThan(0);
    expect(Math.max(...trial.clock.sleeps)).toBeLessThanOrEqual(60_000);
  });
});
