import type { SprintSummary } from '@adjutant/core/domain';
import type { WorkspaceHandle } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { plainText } from '@adjutant/insights';

const pageSize = 200;
const shortestEnd = 6;

/**
 * Returns the sprint that somebody named at a terminal: by id or its end, by name or by the id that
 * its source gives it.
 * @throws AdjutantError `NotFound` for none, `InvalidInput` where several fit
 */
export async function findOneSprint(
  { sprints }: Pick<WorkspaceHandle, 'sprints'>,
  named: string,
): Promise<SprintSummary> {
  const wanted = named.trim().toLowerCase();
  const found: SprintSummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await sprints.list({ limit: pageSize, cursor });
    found.push(...page.items.filter((sprint) => isNamed(sprint, wanted)));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const shown = plainText(named, 80);
  if (only === undefined) {
    throw new AdjutantError('NotFound', `No sprint here is "${shown}".`, {
      hint: '"adjutant sprints" lists them.',
    });
  }
  const ids = found.slice(0, 5).map(({ id }) => id);
  throw new AdjutantError('InvalidInput', `${found.length} sprints are "${shown}".`, {
    hint: `Use one of their ids: ${ids.join(', ')}.`,
  });
}

function isNamed({ id, name, externalId, source }: SprintSummary, wanted: string): boolean {
  if (wanted.length >= shortestEnd && id.toLowerCase().endsWith(wanted)) return true;
  return [name, externalId, `${source}:${externalId}`].some(
    (known) => known.trim().toLowerCase() === wanted,
  );
}
