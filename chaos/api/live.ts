import { apiTable } from '../../packages/gateway/src/testing/api-table.ts';
import type { ApiWorld } from '../../packages/gateway/src/testing/api-world.ts';
import type { Plan } from './plan.ts';

type Live = Pick<Plan, 'parameters' | 'body'>;

const atOnce = 20;

/** Something that is used up, or has to be as it is now, is made just before it is asked about. */
export interface LiveThings {
  /** Returns the plan's parameters and body with what is there now. */
  of(plan: Plan): Promise<Live>;
}

const fromTable = new Set([
  'identities.create',
  'identities.merge',
  'identities.undo',
  'projects.delete',
  'reports.delete',
  'signals.unmute',
]);
const ofProject = new Set(['projects.get', 'projects.replace', 'projects.update']);

export function createLiveThings(world: ApiWorld): LiveThings {
  const waiting: Awaited<ReturnType<ApiWorld['propose']>>[] = [];
  /** Proposed some at a time: a worker prepares them together. */
  const nextWaiting = async () => {
    if (waiting.length === 0) {
      waiting.push(...(await Promise.all(Array.from({ length: atOnce }, () => world.propose()))));
    }
    const next = waiting.pop();
    if (next === undefined) throw new Error('Nothing waits.');
    return next;
  };
  let project: string | null = null;
  return {
    async of(plan) {
      const { operation, parameters, body } = plan;
      const { id } = operation;
      if (fromTable.has(id)) {
        const made = await apiTable[id]?.make(world, 'admin');
        return {
          parameters: made?.parameters ?? parameters,
          body: made?.body === undefined ? body : { ...(made.body as Record<string, unknown>) },
        };
      }
      if (ofProject.has(id)) {
        project ??= (await world.admin().projects.create({ key: 'LIVE', name: 'Live' })).id;
        return { parameters: { id: project }, body };
      }
      if (id === 'actions.withdraw') {
        return { parameters: { id: (await nextWaiting()).id }, body };
      }
      if (id === 'approvals.challenge' || id === 'approvals.decide') {
        const { id: actionId, revision, payloadHash } = await nextWaiting();
        return { parameters: { id: actionId }, body: decided(body, { revision, payloadHash }) };
      }
      return { parameters, body };
    },
  };
}

function decided(
  body: Plan['body'],
  of: { revision: number; payloadHash: string | null },
): Record<string, unknown> {
  const { passkey: _, ...rest } = body ?? {};
  if (rest['decision'] !== 'modify') return { ...rest, ...of };
  return { ...rest, revision: of.revision, payload: { text: 'Changed on the way.' } };
}
