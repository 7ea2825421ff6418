import type { IncidentSummary, WorkspaceHandle } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { plainText } from '@adjutant/insights';

const shortestEnd = 6;
const fullId = /^[0-9a-f-]{36}$/i;

/**
 * Returns the id of the incident that somebody named at a terminal: by its key at its source, by its id
 * or the end of it. @throws AdjutantError `NotFound`, `InvalidInput` where several fit
 */
export async function findOneIncident(handle: WorkspaceHandle, named: string): Promise<string> {
  const wanted = named.trim().toLowerCase();
  if (fullId.test(wanted)) return wanted;
  const found = (await handle.incidents.list({ limit: 200 })).filter((incident) =>
    isNamed(incident, wanted),
  );
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.id;
  const shown = plainText(named, 80);
  if (only === undefined) {
    throw new AdjutantError('NotFound', `There is no incident "${shown}" of late.`, {
      hint: '"adjutant incident" lists those that are open or of the last thirty days; an older one is named by its whole id.',
    });
  }
  throw new AdjutantError('InvalidInput', `${found.length} incidents are "${shown}".`, {
    hint: `Use a whole id: ${found
      .slice(0, 3)
      .map(({ id }) => id)
      .join(', ')}.`,
  });
}

function isNamed({ id, key }: IncidentSummary, wanted: string): boolean {
  return key.toLowerCase() === wanted || (wanted.length >= shortestEnd && id.endsWith(wanted));
}
