import type { ActionDetail, WorkspaceHandle } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { plainText } from '@adjutant/insights';

const pageSize = 200;
const shortestEnd = 6;
const fullId = /^[0-9a-f-]{36}$/i;

/**
 * Returns the action that somebody named at a terminal, by id or its end.
 * @throws AdjutantError `NotFound` for none, `InvalidInput` where several fit
 */
export async function findOneAction(
  { actions }: Pick<WorkspaceHandle, 'actions'>,
  named: string,
): Promise<ActionDetail> {
  const wanted = named.trim().toLowerCase();
  if (fullId.test(wanted)) return actions.get(wanted);
  const found = wanted.length < shortestEnd ? [] : await endingIn(actions, wanted);
  const [only] = found;
  if (only !== undefined && found.length === 1) return actions.get(only);
  if (only === undefined) {
    throw new AdjutantError('NotFound', `There is no action "${plainText(named, 80)}" here.`, {
      hint: '"adjutant actions" lists them; the last 8 characters of an id are enough.',
    });
  }
  throw new AdjutantError('InvalidInput', `${found.length} actions end in "${wanted}".`, {
    hint: `Use a whole id: ${found.slice(0, 3).join(', ')}.`,
  });
}

async function endingIn(actions: WorkspaceHandle['actions'], end: string): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await actions.list({ limit: pageSize, cursor: cursor ?? undefined });
    found.push(...page.items.map(({ id }) => id).filter((id) => id.endsWith(end)));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}
