import type { Signals } from '@adjutant/core';
import type { SignalFinding } from '@adjutant/core/domain';
import { AdjutantError } from '@adjutant/core/ports';
import { plainText } from '@adjutant/insights';

const pageSize = 200;
const shortestEnd = 6;
const fullId = /^[0-9a-f-]{36}$/i;

/**
 * Returns the id of the finding that somebody named at a terminal, by id or its end.
 * @throws AdjutantError `NotFound` for none, `InvalidInput` where several fit
 */
export async function findOneFinding(signals: Signals, named: string): Promise<string> {
  const wanted = named.trim().toLowerCase();
  if (fullId.test(wanted)) return wanted;
  const found = wanted.length < shortestEnd ? [] : await endingIn(signals, wanted);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (only === undefined) {
    throw new AdjutantError('NotFound', `There is no finding "${plainText(named, 80)}" here.`, {
      hint: '"adjutant signals" lists them; the last 8 characters of an id are enough.',
    });
  }
  throw new AdjutantError('InvalidInput', `${found.length} findings end in "${wanted}".`, {
    hint: `Use a whole id: ${found.slice(0, 3).join(', ')}.`,
  });
}

async function endingIn(signals: Signals, end: string): Promise<string[]> {
  const found: string[] = [];
  for (const state of ['open', 'resolved'] as const) {
    for (const { id } of await everyFinding(signals, { state, withHidden: true })) {
      if (id.endsWith(end)) found.push(id);
    }
  }
  return found;
}

/** Returns every finding that a question has, page after page. */
export async function everyFinding(
  signals: Signals,
  query: Parameters<Signals['list']>[0],
): Promise<SignalFinding[]> {
  const found: SignalFinding[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await signals.list({ ...query, limit: pageSize, cursor: cursor ?? undefined });
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}
