import type { ReportGap } from './team-report.ts';

/** One sentence about something missing, with every place it holds for. */
export interface GapGroup {
  code: string;
  message: string;
  scopes: string[];
  /** Sum over the places; null where any of them is not known. */
  affectedCount: number | null;
}

/** Returns gaps that say the same thing as one, in the order of their first mention. */
export function groupGaps(gaps: readonly ReportGap[]): GapGroup[] {
  const groups = new Map<string, GapGroup>();
  for (const gap of gaps) {
    const key = `${gap.code}\n${gap.message}`;
    const group = groups.get(key);
    if (group === undefined) {
      const { code, message, scope, affectedCount } = gap;
      groups.set(key, { code, message, scopes: [scope], affectedCount });
      continue;
    }
    if (!group.scopes.includes(gap.scope)) group.scopes.push(gap.scope);
    group.affectedCount =
      group.affectedCount === null || gap.affectedCount === null
        ? null
        : group.affectedCount + gap.affectedCount;
  }
  return [...groups.values()];
}
