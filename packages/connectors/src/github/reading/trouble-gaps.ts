import type { Batch } from '@adjutant/core';
import type { Trouble } from './tracked-state.ts';

const shownAtMost = 20;
const keptAtMost = 10_000;
type Gap = Batch['gaps'][number];

/** Returns the gaps that say what exactly could not be had. */
export function troubleGaps(trouble: readonly Trouble[], plural: string): Gap[] {
  const whole = trouble.filter(({ parts }) => parts === null);
  const partial = trouble.filter(({ parts }) => parts !== null);
  const gaps: Gap[] = [];
  if (whole.length > 0) {
    gaps.push({
      code: 'records_missing',
      message: `GitHub could not give ${whole.length} ${plural}: ${namesOf(whole)}. The next sync asks for them again.`,
      affectedCount: whole.length,
    });
  }
  if (partial.length > 0) {
    const parts = [...new Set(partial.flatMap((one) => one.parts ?? []))].join(', ');
    gaps.push({
      code: 'parts_missing',
      message: `GitHub could not give all of ${partial.length} ${plural} (${parts}): ${namesOf(partial)}. The next sync asks for them again.`,
      affectedCount: partial.length,
    });
  }
  return gaps;
}

function namesOf(trouble: readonly Trouble[]): string {
  const shown = trouble
    .slice(0, shownAtMost)
    .map(({ id, number }) => (typeof number === 'number' ? `#${number}` : id));
  const more = trouble.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Adds new trouble, drops what has been healed or is gone. */
export function mergeTrouble(
  before: readonly Trouble[],
  healed: ReadonlySet<string>,
  found: readonly Trouble[],
): Trouble[] {
  const byId = new Map(before.map((one) => [one.id, one]));
  for (const id of healed) byId.delete(id);
  for (const one of found) {
    const number = one.number ?? byId.get(one.id)?.number ?? null;
    byId.set(one.id, { ...one, number });
  }
  return [...byId.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, keptAtMost);
}
