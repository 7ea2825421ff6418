import type { AiClassCounts, AiImpactRow } from '@adjutant/core/domain';

/** Returns how many rows are of each class; the four add up to all of them. */
export function countClasses(rows: readonly Pick<AiImpactRow, 'aiClass'>[]): AiClassCounts {
  const counts: AiClassCounts = { agent_authored: 0, assisted: 0, declared_none: 0, unknown: 0 };
  for (const { aiClass } of rows) counts[aiClass] += 1;
  return counts;
}
