import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deployment,
  incident,
  iso,
  openInstallation,
  rowsOf,
  signed,
  start,
} from './__fixtures__/sent-events.ts';
import { standsOver } from './sent-record.ts';

const { finishedAt: _, ...begun } = deployment;
const running = { ...begun, result: 'running', startedAt: iso(start - 7_200_000) };
const failed = { ...deployment, result: 'failure' };

/** Returns the result of the one deployment after these, each signed so many seconds after the start. */
async function resultAfter(
  sent: readonly (readonly [event: object, signedAtSeconds: number])[],
  syncsBetween: boolean,
): Promise<unknown> {
  const { adjutant, inbox } = await openInstallation();
  for (const [at, [event, seconds]] of sent.entries()) {
    const request = signed(`e-${at}`, event, start + seconds * 1_000);
    expect(await inbox.receive('events', request)).toMatchObject({ outcome: 'stored' });
    if (syncsBetween) await adjutant.sync({ hinted: true });
  }
  await adjutant.sync();
  const [row, ...others] = await rowsOf(adjutant, 'deployments');
  expect(others).toEqual([]);
  return row?.find((value) => ['running', 'success', 'failure'].includes(String(value)));
}

describe.each([
  ['read together', false],
  ['read one by one', true],
])('events of one thing, %s', (_how, syncsBetween) => {
  it.each<[string, Parameters<typeof resultAfter>[0], string]>([
    [
      'the newer one stands',
      [
        [deployment, 0],
        [failed, 1],
      ],
      'failure',
    ],
    [
      'an older one never overwrites a newer one',
      [
        [failed, 1],
        [deployment, 0],
      ],
      'failure',
    ],
    [
      'what runs becomes what is over',
      [
        [running, 0],
        [deployment, 1],
      ],
      'success',
    ],
    [
      'what is over never runs again',
      [
        [deployment, 0],
        [running, 1],
      ],
      'success',
    ],
    [
      'nor where both bear the same second',
      [
        [deployment, 0],
        [running, 0],
      ],
      'success',
    ],
    [
      'nor where the result was signed before',
      [
        [running, 1],
        [deployment, 0],
      ],
      'success',
    ],
    [
      'within a second the later arrival stands',
      [
        [deployment, 0],
        [failed, 0],
      ],
      'failure',
    ],
    [
      'between two results the newer stands',
      [
        [failed, 5],
        [running, 9],
        [deployment, 3],
      ],
      'failure',
    ],
  ])('%s', async (_rule, sent, result) => {
    expect(await resultAfter(sent, syncsBetween)).toBe(result);
  });
});

it('an incident may be open again by a newer event', async () => {
  const { adjutant, inbox } = await openInstallation();
  const resolved = { ...incident, resolvedAt: iso(start) };
  await inbox.receive('events', signed('e-1', resolved, start + 1_000));
  await inbox.receive('events', signed('e-2', incident, start));
  await adjutant.sync();
  expect(await rowsOf(adjutant, 'incidents')).toEqual([expect.arrayContaining([start])]);
  await inbox.receive('events', signed('e-3', incident, start + 2_000));
  await adjutant.sync();
  expect((await rowsOf(adjutant, 'incidents'))[0]).not.toContain(start);
});

const record = fc
  .record({
    signedAt: fc.nat(3),
    number: fc.nat(1_000),
    result: fc.constantFrom('running', 'success', undefined),
  })
  .map(({ result, ...rest }) => ({ ...rest, event: { type: 'deployment', id: 'd', result } }));

it('of the same records the same one stands, in whatever order they come', () => {
  const arbitrary = fc
    .uniqueArray(record, { minLength: 1, maxLength: 6, selector: ({ number }) => number })
    .chain((records) =>
      fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length })),
    );
  const last = (records: readonly object[]): object | undefined =>
    records.reduce<object | undefined>(
      (stands, one) => (stands === undefined || standsOver(one, stands) ? one : stands),
      undefined,
    );
  fc.assert(
    fc.property(arbitrary, ([records, shuffled]) => {
      expect(last(shuffled)).toBe(last(records));
      for (const one of records) expect(standsOver(one, one)).toBe(false);
    }),
    { numRuns: 500, seed: 7 },
  );
});

it('an unreadable record gives way to any that can be read, and to none that cannot', () => {
  const readable = { signedAt: 0, number: 1, event: { type: 'deployment', id: 'd' } };
  expect(standsOver(readable, { anything: true })).toBe(true);
  expect(standsOver({ anything: true }, readable)).toBe(false);
});
