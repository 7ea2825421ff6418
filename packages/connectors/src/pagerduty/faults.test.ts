import { describe, expect, it } from 'vitest';
import { startSyncTrial } from './__fixtures__/trial.ts';
import type { TwinFault } from './testing/start-pagerduty-twin.ts';

const secret = 'the-canary-of-this-test';
const listed = '/incidents?';

describe('what goes wrong for a while', () => {
  const faults: [string, TwinFault[]][] = [
    [
      'a limit that says when',
      [{ kind: 'limited', path: '/incidents', headers: { 'retry-after': '7' } }],
    ],
    ['a limit that says nonsense', [{ kind: 'limited', headers: { 'retry-after': 'soon' } }]],
    ['servers that fail', [{ kind: 'failing' }, { kind: 'failing', path: '/log_entries' }]],
    ['answers that break off', [{ kind: 'broken' }, { kind: 'broken', path: '/incidents' }]],
    ['answers that are lost', [{ kind: 'lost_answer' }, { kind: 'lost_answer', path: '/users' }]],
    ['answers that drip', [{ kind: 'slow', always: true }]],
  ];
  it.each(faults)('%s does no harm', async (_, list) => {
    const calm = await startSyncTrial({ incidents: 40 });
    const trial = await startSyncTrial({ incidents: 40 });
    trial.twin.faults.push(...list);
    await calm.pass();
    const { errors } = await trial.pass();
    expect(errors).toEqual([]);
    expect(trial.incidents()).toEqual(calm.incidents());
  });

  it('waits as long as the limit lasts where nothing else is said', async () => {
    const trial = await startSyncTrial();
    const headers = {
      'ratelimit-limit': '960',
      'ratelimit-remaining': '0',
      'ratelimit-reset': '23',
    };
    trial.twin.faults.push({ kind: 'limited', headers });
    await trial.pass();
    expect(trial.clock.sleeps[0]).toBe(23_000);
  });
});

describe('failures at the reserve', () => {
  it('wait for the next minute as any other request does', async () => {
    const trial = await startSyncTrial({ limitPerMinute: 5 });
    const failing = { kind: 'failing', path: '/services' } as const;
    trial.twin.faults.push(failing, failing, failing, failing, failing);
    const { errors } = await trial.pass();
    expect(errors).toEqual([]);
    expect(trial.incidents().size).toBe(12);
    expect(Math.max(...trial.clock.sleeps)).toBeLessThanOrEqual(60_000);
  });
});

describe('what does not pass', () => {
  it('does not read a page for ever that comes again and again', async () => {
    const trial = await startSyncTrial({ incidents: 20 });
    trial.twin.faults.push({ kind: 'repeating', path: '/incidents', always: true });
    const { errors, asked } = await trial.pass();
    expect(errors).toMatchObject([{ code: 'Upstream', message: expect.stringContaining('again') }]);
    expect(asked.length).toBeLessThan(12);
  });

  it('loses nothing where a later page falls back to the first one once', async () => {
    const trial = await startSyncTrial({ incidents: 350 });
    const twoPages = Array.from({ length: 2 }, () => ({ kind: 'slow' as const, path: listed }));
    trial.twin.faults.push(...twoPages, { kind: 'repeating', path: listed });
    const { errors } = await trial.pass();
    expect(errors).toMatchObject([{ message: expect.stringContaining('again') }]);
    expect((await trial.pass()).errors).toEqual([]);
    expect(trial.incidents().size).toBe(350);
  });

  it('leaves unknown what a key may not see, with a gap', async () => {
    const trial = await startSyncTrial({ incidents: 20 });
    trial.twin.faults.push({ kind: 'denied', path: '/log_entries', always: true });
    trial.twin.faults.push({ kind: 'denied', path: '/users', always: true });
    const { errors } = await trial.pass();
    expect(errors).toEqual([]);
    const rows = [...trial.incidents().values()];
    expect(rows).toHaveLength(20);
    expect(rows.map(({ acknowledgedAt }) => acknowledgedAt)).toEqual(rows.map(() => null));
    expect(rows.filter(({ resolvedAt }) => resolvedAt === null)).toEqual([]);
    expect(trial.gapCodes()).toEqual(
      expect.arrayContaining(['history_not_permitted', 'people_not_permitted']),
    );
  });

  it('goes to no other host, and shows the key nowhere', async () => {
    const trial = await startSyncTrial({ config: { token: secret } });
    const { errors } = await trial.pass();
    expect(errors).toMatchObject([{ code: 'Authentication' }]);
    const moved = await startSyncTrial();
    const headers = { location: 'http://127.0.0.1:9/services' };
    moved.twin.faults.push({ kind: 'redirected', always: true, headers });
    const { errors: refusals } = await moved.pass();
    expect(refusals).toMatchObject([{ code: 'Configuration' }]);
    for (const error of [...errors, ...refusals]) {
      const text = `${error.message} ${error.hint} ${error.stack} ${JSON.stringify(error)}`;
      expect(text).not.toContain(secret);
      expect(text).not.toContain(moved.twin.token);
    }
  });

  it('refuses a key with a line break before anything is sent', async () => {
    const trial = await startSyncTrial({ config: { token: 'abc\r\nx-more: 1' } });
    const { errors, asked } = await trial.pass();
    expect(errors).toMatchObject([{ code: 'Configuration' }]);
    expect(asked).toEqual([]);
  });

  it('says what to do where there is no key', async () => {
    const trial = await startSyncTrial({ config: { token: undefined } });
    const { errors } = await trial.pass();
    expect(errors).toMatchObject([
      { code: 'Configuration', hint: expect.stringContaining('PAGERDUTY_TOKEN') },
    ]);
  });

  it('counts what a list holds and nobody can name', async () => {
    const trial = await startSyncTrial({ incidents: 5 });
    const [first] = trial.data.incidents;
    if (first !== undefined) first.id = '';
    const { errors } = await trial.pass();
    expect(errors).toEqual([]);
    expect(trial.incidents().size).toBe(4);
    expect(trial.gapCodes()).toContain('list_incomplete');
  });
});
