import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tables } from '../store/tables.ts';
import { findBreaches, findUntrueEnds, type TerminalRows } from '../testing/action-invariants.ts';
import {
  type InterleavingWorld,
  openInterleavingWorld,
  type WorldCommand,
} from '../testing/interleaving-world.ts';

const index = fc.nat({ max: 11 });
const to = <Name extends WorldCommand['do']>(name: Name) => fc.constant(name);

/** Weighted so that most runs get somewhere: to an approval, and to a worker that is interrupted. */
const command: fc.Arbitrary<WorldCommand> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: to('propose'), type: index, key: index, text: index }) },
  { weight: 12, arbitrary: fc.record({ do: to('work'), action: index, kind: index }) },
  { weight: 3, arbitrary: fc.record({ do: to('sweep') }) },
  {
    weight: 10,
    arbitrary: fc.record({
      do: to('decide'),
      action: index,
      who: index,
      decline: fc.nat({ max: 5 }).map((roll) => roll === 0),
      stale: fc.nat({ max: 7 }).map((roll) => roll === 0),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: to('modify'), action: index, who: index, text: index }),
  },
  { weight: 1, arbitrary: fc.record({ do: to('withdraw'), action: index, who: index }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: to('resolve'), action: index, happened: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: to('stop') }) },
  { weight: 2, arbitrary: fc.record({ do: to('resume') }) },
  { weight: 2, arbitrary: fc.record({ do: to('policy'), index }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: to('right'),
      who: index,
      lost: fc.nat({ max: 2 }).map((roll) => roll === 0),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: to('jump'), index }) },
  { weight: 4, arbitrary: fc.record({ do: to('fault'), index }) },
  { weight: 1, arbitrary: fc.record({ do: to('move') }) },
  { weight: 1, arbitrary: fc.record({ do: to('arrive') }) },
  { weight: 24, arbitrary: fc.record({ do: to('release'), index }) },
  { weight: 2, arbitrary: fc.record({ do: to('crash'), index }) },
);

/** Runs of one pass of the tests; a longer search sets another number and seed. */
const runs = Number(process.env['ADJUTANT_PROPERTY_RUNS'] ?? 60);
const seed = Number(process.env['ADJUTANT_PROPERTY_SEED'] ?? 20_261_121);

describe('random interleavings of propose, decide, modify, expire, revoke, claim, settle and clock jumps', () => {
  /** How often each event was seen: what no run reaches is not tested by any. */
  const reached = new Map<string, number>();

  it('hold every invariant at every moment, and end truly', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(command, { minLength: 40, maxLength: 160, size: 'max' }),
        async (commands) => {
          const world = await openInterleavingWorld();
          const terminal: TerminalRows = new Map();
          try {
            for (const next of commands) {
              await world.apply(next);
              expect(await findBreaches(world, terminal)).toEqual([]);
            }
            await world.finish();
            expect(await findBreaches(world, terminal)).toEqual([]);
            expect(await findUntrueEnds(world)).toEqual([]);
            for (const event of await eventsOf(world)) {
              reached.set(event, (reached.get(event) ?? 0) + 1);
            }
          } finally {
            await world.bench.close();
          }
        },
      ),
      { numRuns: runs, seed },
    );
  });

  it('reach every transition', () => {
    if (process.env['SHOW']) process.stderr.write(JSON.stringify([...reached]) + '\n');
    expect([...reached.keys()].toSorted()).toEqual(
      expect.arrayContaining([
        'action.approved',
        'action.blocked',
        'action.claimed',
        'action.decided',
        'action.decision_refused',
        'action.declined',
        'action.escalated',
        'action.executed',
        'action.expired',
        'action.failed',
        'action.late_result',
        'action.modified',
        'action.needs_human',
        'action.pending',
        'action.prepared',
        'action.proposed',
        'action.reconciling',
        'action.requeued',
        'action.resolved',
        'action.revoked',
        'action.unknown',
      ]),
    );
  });
});

async function eventsOf({ bench }: InterleavingWorld): Promise<string[]> {
  const rows = await bench.store.read.select().from(tables.auditEntries);
  return rows.map((row) => row.event);
}
