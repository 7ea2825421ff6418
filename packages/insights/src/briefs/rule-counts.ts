import type { SignalFinding } from '@adjutant/core/domain';
import { countOf } from '../format.ts';
import { type BriefLine, lineOf } from './brief.ts';
import type { BriefReader } from './brief-reader.ts';

const mostEvidence = 50;

/** Returns how many findings there are by rule, the commonest first, each rule by its title. */
export async function ruleCountLines(
  handle: BriefReader,
  findings: readonly SignalFinding[],
  fields: Partial<BriefLine> = {},
): Promise<BriefLine[]> {
  if (findings.length === 0) return [];
  const titles = await ruleTitles(handle);
  const byRule = [...Map.groupBy(findings, ({ ruleId }) => ruleId)].toSorted(
    ([left, ofLeft], [right, ofRight]) => ofRight.length - ofLeft.length || (left < right ? -1 : 1),
  );
  return byRule.map(([ruleId, found]) =>
    lineOf({
      text: `${titles.get(ruleId) ?? ruleId}: ${countOf(found.length, 'finding')}.`,
      evidence: found.map(({ id }) => id).slice(0, mostEvidence),
      ...fields,
    }),
  );
}

/** Returns what each rule is called, by its id. */
export async function ruleTitles(handle: BriefReader): Promise<Map<string, string>> {
  return new Map((await handle.signals.rules()).map(({ id, title }) => [id, title]));
}
