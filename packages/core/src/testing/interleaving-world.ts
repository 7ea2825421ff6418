import { setImmediate } from 'node:timers/promises';
import type { ActionMode, ActionStatus, EffectClass } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { executeAction } from '../actions/execute-action.ts';
import type { ActionDetail } from '../actions/handle.ts';
import { hashPayload, sha256 } from '../actions/payload-hash.ts';
import { prepareAction } from '../actions/prepare-action.ts';
import { reconcileAction } from '../actions/reconcile-action.ts';
import { sweepActions } from '../actions/sweep-actions.ts';
import { tables } from '../store/tables.ts';
import { type ActionBench, openActionBench, type TestPolicy } from './action-bench.ts';
import {
  createTestAction,
  type TestActionOptions,
  createTestTarget,
  type TargetFault,
  type TestTarget,
} from './test-action.ts';

/** One thing that happens. Indexes are taken modulo what there is. */
export type WorldCommand =
  | { do: 'propose'; type: number; key: number; text: number }
  | { do: 'work'; action: number; kind: number }
  | { do: 'sweep' }
  | { do: 'decide'; action: number; who: number; decline: boolean; stale: boolean }
  | { do: 'modify'; action: number; who: number; text: number }
  | { do: 'withdraw'; action: number; who: number }
  | { do: 'resolve'; action: number; happened: boolean }
  | { do: 'stop' }
  | { do: 'resume' }
  | { do: 'policy'; index: number }
  | { do: 'right'; who: number; lost: boolean }
  | { do: 'jump'; index: number }
  /** The clock is set, and no time passes: what is on its way stays on its way. */
  | { do: 'leap'; index: number }
  | { do: 'fault'; index: number }
  | { do: 'move' }
  | { do: 'arrive' }
  | { do: 'release'; index: number }
  | { do: 'crash'; index: number };

const quietPeriodMs = 60_000;
/** Every class, one that can only be sent again under its key, and one of several effects. */
const kinds: Readonly<Record<string, Partial<TestActionOptions> & { effectClass: EffectClass }>> = {
  keyed: { effectClass: 'keyed' },
  unprobed: { effectClass: 'keyed', withoutProbe: true },
  probeable: { effectClass: 'probeable' },
  blind: { effectClass: 'blind' },
  steps: { effectClass: 'probeable', steps: ['first', 'second'], compensates: true },
};

/** Returns how many effects an action of a type has. */
export function effectsOf(type: string): number {
  return kinds[type.split('.')[0] ?? '']?.steps?.length ?? 1;
}

const faults: readonly TargetFault[] = [
  'applied_then_lost',
  'lost',
  'refused',
  'not_applied',
  'delayed',
  'delayed',
];
const jumpsMs = [
  1_000,
  2_000,
  6_000,
  10_000,
  31_000,
  31_000,
  61_000,
  61_000,
  95_000,
  600_000,
  2 * 3_600_000,
  30 * 3_600_000,
];
/** Back, as after a correction; a leap ahead is in the tests of trouble. */
const leapsMs = [-1, -1_000, -10_000, -31_000, -61_000, -600_000, -2 * 3_600_000, -30 * 3_600_000];
const policies: readonly TestPolicy[] = [
  () => ({ mode: 'auto' }),
  () => ({ mode: 'auto' }),
  () => ({ mode: 'ask' }),
  () => ({ mode: 'ask' }),
  () => ({ mode: 'require_approval' }),
  () => ({ mode: 'require_approval' }),
  () => ({ mode: 'require_approval', quorum: 2, declineThreshold: 2 }),
  () => ({ mode: 'deny' }),
  () => {
    throw new Error('a broken policy');
  },
];

/** Everybody who tries to decide: one is the sponsor, one the sponsor under another name, one no person. */
const people = ['sponsor', 'alias', 'one', 'two', 'three'] as const;
export const humans: ReadonlySet<string> = new Set(people);

interface Gate {
  open(): void;
  kill(): void;
}

/** What a crash leaves of an operation: nothing. */
class Killed extends Error {}

/** An engine whose operations stop at every place where another could come between. */
export interface InterleavingWorld {
  bench: ActionBench;
  targets: ReadonlyMap<string, TestTarget>;
  /** What was found wrong while it happened. */
  readonly breaches: string[];
  apply(command: WorldCommand): Promise<void>;
  /** Lets everything go on, and time pass, until nothing is due any more. */
  finish(): Promise<void>;
}

/** Opens a world for random interleavings: targets of every class, people, gates. */
export async function openInterleavingWorld(options: {
  /** What policy asks at first. */
  mode: ActionMode;
  /** How many different proposals there are. */
  actions: number;
}): Promise<InterleavingWorld> {
  const breaches: string[] = [];
  const gates: Gate[] = [];
  const targets = new Map<string, TestTarget>();
  const operations = { active: 0 };
  let sinceArrivalMs = 0;
  const seen: ActionDetail[] = [];

  const gate = async (): Promise<void> => {
    operations.active -= 1;
    try {
      await new Promise<void>((resolve, reject) => {
        gates.push({ open: resolve, kill: () => reject(new Killed('killed')) });
      });
    } finally {
      operations.active += 1;
    }
  };
  const definitions = Object.entries(kinds).flatMap(([name, kind]) =>
    (['low', 'high'] as const).map((risk) => {
      const id = `${name}.${risk}`;
      const target = createTestTarget();
      targets.set(id, target);
      const definition = createTestAction({ ...kind, target, id, risk, quietPeriodMs });
      return {
        ...definition,
        async prepare(...told: Parameters<typeof definition.prepare>) {
          await gate();
          return definition.prepare(...told);
        },
        async observe(...told: Parameters<typeof definition.observe>) {
          const seenNow = await definition.observe(...told);
          await gate();
          return seenNow;
        },
        async execute(...told: Parameters<typeof definition.execute>) {
          const [{ workspaceId }, effect] = told;
          // Read in one go with the send: the rows as they are at that moment.
          await checkSend(bench, breaches, id, { workspaceId, effect });
          return definition.execute(...told);
        },
      };
    }),
  );
  const bench = await openActionBench({
    definitions,
    policy: () => ({ mode: options.mode }),
    engine: {
      reach: gate,
      // Deadlines are the clock's here, and gates hold longer than any machine time.
      deadline: () => new AbortController().signal,
    },
  });
  for (const person of people) {
    await bench.addPerson(person, person === 'alias' ? 'sponsor' : null);
  }

  const settleDown = async (): Promise<void> => {
    while (operations.active > 0) await setImmediate();
  };
  const start = async (operation: () => Promise<unknown>): Promise<void> => {
    operations.active += 1;
    void operation()
      .catch((error: unknown) => {
        if (error instanceof Killed || AdjutantError.isInstance(error)) return;
        breaches.push(`an operation failed: ${error instanceof Error ? error.message : 'unknown'}`);
      })
      .finally(() => {
        operations.active -= 1;
      });
    await settleDown();
  };
  const pick = <Item>(items: readonly Item[], index: number): Item | undefined =>
    items.length === 0 ? undefined : items[index % items.length];
  const rows = () => bench.store.read.select().from(tables.actions).orderBy(tables.actions.id);
  /** Those of a status where there are any, so that most commands meet something to do. */
  const pickAction = async (index: number, ...statuses: ActionStatus[]) => {
    const all = await rows();
    const fitting = all.filter((row) => statuses.includes(row.status));
    return pick(fitting.length > 0 && index % 5 !== 4 ? fitting : all, index);
  };
  const arrive = (): void => {
    sinceArrivalMs = 0;
    for (const target of targets.values()) target.releaseDelayed();
  };
  const jump = (milliseconds: number): void => {
    // What is on its way arrives before the declared quiet period is over.
    sinceArrivalMs += milliseconds;
    if (sinceArrivalMs >= quietPeriodMs / 2) arrive();
    bench.clock.advance(milliseconds);
  };

  const world: InterleavingWorld = {
    bench,
    targets,
    breaches,
    async apply(command) {
      switch (command.do) {
        case 'propose': {
          // Where policy lets everything run, high risk would only wait.
          const types = [...targets.keys()].filter(
            (name) => options.mode !== 'auto' || name.endsWith('.low'),
          );
          const type = pick(types, command.type) ?? '';
          const payload = { text: `text ${command.text % 2}` };
          const proposal = {
            type,
            payload,
            idempotencyKey: `key ${command.key % options.actions}`,
          };
          return start(() => bench.agent().propose(proposal));
        }
        case 'work': {
          const row = await pickAction(command.action, 'preparing', 'approved', 'unknown');
          const works = [prepareAction, executeAction, reconcileAction] as const;
          const fitting = { preparing: 0, approved: 1, unknown: 2 } as Record<string, number>;
          const work = works[(fitting[row?.status ?? ''] ?? command.kind) % 3];
          if (row === undefined || work === undefined) return;
          return start(() => work(bench.deps, row.id));
        }
        case 'sweep':
          return start(() => sweepActions(bench.deps));
        case 'decide': {
          const id = (await pickAction(command.action, 'pending'))?.id;
          if (id === undefined) return;
          const present = await bench.agent().get(id);
          const stale = command.stale ? seen.findLast((earlier) => earlier.id === id) : undefined;
          const action = stale ?? present;
          seen.push(present);
          const decision = {
            actionId: id,
            revision: action.revision,
            payloadHash: action.payloadHash ?? 'none yet',
            verdict: command.decline ? 'decline' : 'approve',
            proof: { kind: 'page_session', sessionId: 'session' },
          } as const;
          const who = pick([...people, null], command.who);
          const actions = typeof who === 'string' ? bench.person(who) : bench.agent();
          return start(() => actions.decide(decision));
        }
        case 'modify': {
          const id = (await pickAction(command.action, 'pending'))?.id;
          const who = pick(people, command.who) ?? 'one';
          if (id === undefined) return;
          const { revision } = await bench.agent().get(id);
          const payload = { text: `edit ${command.text % 3}` };
          return start(() =>
            bench.person(who).modify({ actionId: id, revision, payload, reason: 'so' }),
          );
        }
        case 'withdraw': {
          const id = (await pickAction(command.action))?.id;
          const who = pick(people, command.who) ?? 'one';
          return id === undefined ? undefined : start(() => bench.person(who).withdraw(id));
        }
        case 'resolve': {
          const id = (await pickAction(command.action, 'needs_human'))?.id;
          const verdict = command.happened ? 'happened' : 'did_not_happen';
          return id === undefined
            ? undefined
            : start(() => bench.person('one').resolve(id, verdict, 'looked'));
        }
        case 'stop':
          return start(() => bench.person('lead', 'lead').stop());
        case 'resume':
          return start(() => bench.person('lead', 'lead').resume());
        case 'policy':
          bench.policy = pick(policies, command.index) ?? bench.policy;
          return;
        case 'right': {
          const who = pick(people, command.who) ?? 'one';
          if (command.lost) bench.withoutRights.add(who);
          else bench.withoutRights.delete(who);
          return;
        }
        case 'jump':
          jump(pick(jumpsMs, command.index) ?? 0);
          return;
        case 'leap':
          bench.clock.advance(pick(leapsMs, command.index) ?? 0);
          return;
        case 'fault': {
          const fault = pick(faults, command.index);
          if (fault === undefined) return;
          for (const target of targets.values()) target.faults.push(fault);
          return;
        }
        case 'move':
          for (const target of targets.values())
            target.observed = { head: `moved ${bench.clock.now()}` };
          return;
        case 'arrive':
          arrive();
          return;
        case 'release':
        case 'crash': {
          const [held] = gates.splice(command.index % Math.max(1, gates.length), 1);
          if (command.do === 'release') held?.open();
          else held?.kill();
          // The held operation goes on only after this turn.
          await setImmediate();
          return settleDown();
        }
      }
    },
    async finish() {
      for (let turn = 0; turn < 400; turn += 1) {
        while (gates.length > 0) await world.apply({ do: 'release', index: 0 });
        await world.apply({ do: 'resume' });
        jump(turn < 10 ? 31_000 : 2 * 3_600_000);
        await world.apply({ do: 'sweep' });
        if (gates.length === 0 && turn > 40) return;
      }
    },
  };
  return world;
}

/** Holds a send against what is committed at that moment. */
async function checkSend(
  bench: ActionBench,
  breaches: string[],
  type: string,
  sent: {
    workspaceId: string;
    effect: {
      actionId: string;
      payload: unknown;
      preconditions: object;
      target: { source: string; externalId: string; ref: string };
      effectKey: string;
    };
  },
): Promise<void> {
  const { workspaceId, effect } = sent;
  const action = await bench.agent().get(effect.actionId);
  const revisions = await bench.store.read.select().from(tables.actionRevisions);
  const shown = revisions.find(
    (row) => row.actionId === effect.actionId && row.revision === action.revision,
  );
  const hash = hashPayload({
    workspaceId,
    type,
    definitionVersion: 1,
    target: effect.target,
    payload: effect.payload as { text: string },
    preconditions: { ...effect.preconditions },
    previewHash: sha256(shown?.preview ?? ''),
  });
  if (hash !== action.payloadHash) breaches.push('i: what is sent is not what was hashed');
  const attempts = await bench.store.read.select().from(tables.actionAttempts);
  const isWritten = attempts.some(
    (attempt) => attempt.effectKey === effect.effectKey && attempt.status === 'started',
  );
  if (!isWritten) breaches.push('ii: sent without a committed attempt');
  const approvals = action.decisions.filter(
    (decision) => decision.verdict === 'approve' && !decision.voided,
  );
  if (approvals.some((decision) => decision.revision !== action.revision)) {
    breaches.push('i: sent under the approval of another revision');
  }
  const isHigh = type.endsWith('.high');
  if ((isHigh || action.mode !== 'auto') && approvals.length < action.quorum) {
    breaches.push('v: sent with fewer approvals than are needed');
  }
  if (isHigh && (action.mode !== 'require_approval' || action.quorum < 1)) {
    breaches.push('x: high risk without an approval');
  }
}
