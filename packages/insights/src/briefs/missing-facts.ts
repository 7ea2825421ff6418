import type { AnswerMeta } from '@adjutant/core';
import { countOf, formatMoment } from '../format.ts';
import type { BriefReader } from './brief-reader.ts';

/** Returns what a brief cannot see: what was not read, what rules could not judge. */
export async function missingFacts(
  handle: BriefReader,
  meta: Pick<AnswerMeta, 'asOf' | 'syncedAt' | 'gaps'>,
): Promise<string[]> {
  const rules = await handle.signals.rules();
  // An assistant's server runs none itself: a sync does, and what it found is there.
  const hasNoRules = rules.length === 0 && handle.viewer.kind !== 'agent';
  const failed = rules.filter(({ error }) => error !== null);
  const blind = rules.filter(({ unknown, judged }) => unknown > 0 && unknown === judged);
  const read =
    meta.syncedAt === null
      ? ['Nothing was read from any source yet: run "adjutant sync".']
      : [`Sources were last read ${formatMoment(meta.syncedAt, handle.timeZone)}.`];
  return [
    ...read,
    ...(hasNoRules ? ['No rules are in force, so nothing was looked for.'] : []),
    ...(meta.gaps.length === 0
      ? []
      : [
          `${countOf(meta.gaps.length, 'gap')} in what sources show: "adjutant status" lists them.`,
        ]),
    ...failed.map(({ title }) => `The rule "${title}" could not be run.`),
    ...blind.map(
      ({ title, unknownReason }) =>
        `"${title}" could not be judged: ${unknownReason ?? 'unknown'}.`,
    ),
  ];
}
