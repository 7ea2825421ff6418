import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tables } from '../store/tables.ts';
import { findBreaches, findUntrueEnds, type TerminalRows } from '../testing/action-invariants.ts';
import {
  type InterleavingWorld,
  openInterleavingWorld,
  type WorldCommand,
} from '../testing/interleaving-world.ts';

const index = fc.nat({ max: 11 });
const oneIn = (sides: number) => fc.nat({ max: sides - 1 }).map((roll) => roll === 0);
const to = <Name extends WorldCommand['do']>(name: Name) => fc.constant(name);

/** Everything that can happen, by its name. */
const commands = {
  propose: fc.record({ do: to('propose'), type: index, key: index, text: index }),
  work: fc.record({ do: to('work'), action: index, kind: index }),
  sweep: fc.record({ do: to('sweep') }),
  decide: fc.record({
    do: to('decide'),
    action: index,
    who: index,
    decline: oneIn(6),
    stale: oneIn(8),
  }),
  modify: fc.record({ do: to('modify'), action: index, who: index, text: index }),
  withdraw: fc.record({ do: to('withdraw'), action: index, who: index }),
  resolve: fc.record({ do: to('resolve'), action: index, happened: fc.boolean() }),
  stop: fc.record({ do: to('stop') }),
  resume: fc.record({ do: to('resume') }),
  policy: fc.record({ do: to('policy'), index }),
  right: fc.record({ do: to('right'), who: index, lost: oneIn(3) }),
  jump: fc.record({ do: to('jump'), index }),
  shortJump: fc.record({ do: to('jump'), index: fc.nat({ max: 8 }) }),
  leap: fc.record({ do: to('leap'), index }),
  fault: fc.record({ do: to('fault'), index }),
  move: fc.record({ do: to('move') }),
  arrive: fc.record({ do: to('arrive') }),
  release: fc.record({ do: to('release'), index }),
  crash: fc.record({ do: to('crash'), index }),
};

/** Returns commands in these proportions. */
function mixOf(
  weights: Partial<Record<keyof typeof commands, number>>,
): fc.Arbitrary<WorldCommand> {
  const names = Object.keys(commands) as (keyof typeof commands)[];
  return fc.oneof(
    ...names.map((name) => ({ weight: weights[name] ?? 0, arbitrary: commands[name] })),
  );
}

/** People at work: proposals, votes, edits, changes of policy and rights. */
const people = mixOf({
  propose: 5,
  work: 12,
  sweep: 3,
  decide: 10,
  modify: 2,
  withdraw: 1,
  resolve: 1,
  stop: 1,
  resume: 2,
  policy: 2,
  right: 1,
  jump: 4,
  leap: 1,
  fault: 4,
  move: 1,
  arrive: 1,
  release: 24,
  crash: 2,
});

/** Workers at work on a few actions that policy lets run, interrupted, killed, late, and in doubt. */
const workers = mixOf({
  propose: 2,
  work: 14,
  sweep: 3,
  resolve: 1,
  jump: 2,
  shortJump: 5,
  leap: 2,
  fault: 3,
  move: 1,
  arrive: 1,
  release: 22,
  crash: 2,
});

/** Runs of one pass of the tests; a longer search sets another number and seed. */
const runs = Number(process.env['ADJUTANT_PROPERTY_RUNS'] ?? 25);
const longestMs = Math.max(240_000, runs * 3_000);
const seed = Number(process.env['ADJUTANT_PROPERTY_SEED'] ?? 20_261_121);

describe('random interleavings of propose, decide, modify, expire, revoke, claim, settle and clocks that jump ahead and back', () => {
  /** How often each event was seen: what no run reaches is not tested by any. */
  const reached = new Map<string, number>();

  it.each([
    ['people', people, { mode: 'ask', actions: 12 }],
    ['workers', workers, { mode: 'auto', actions: 3 }],
  ] as const)(
    'of %s hold every invariant at every moment, and end truly',
    { timeout: longestMs + 300_000 },
    async (_who, mix, options) => {
      const sequence = fc.array(mix, { minLength: 40, maxLength: 160, size: 'max' });
      await fc.assert(
        fc.asyncProperty(sequence, async (happening) => {
          const world = await openInterleavingWorld(options);
          const terminal: TerminalRows = new Map();
          try {
            for (const command of happening) {
              await world.apply(command);
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
        }),
        // Shrinking ends where it stands: a long counterexample is better than none.
        {
          numRuns: runs,
          seed,
          plugins: [fc.interruptAfterTimeLimit(longestMs, { failOnInterrupt: true })],
        },
      );
    },
  );

  it('reach every transition', () => {
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
