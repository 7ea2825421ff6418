import type { AiAdoptionAnswer, AiImpactAnswer } from '@adjutant/core';
import { countOf, formatDay, formatNumber, formatShare, wrapToWidth } from '@adjutant/insights';
import type { Output } from '../output.ts';
import type { ProgramNames } from '../program-name.ts';

/** What the marks of coding tools say of a team. */
export interface DemoImpact {
  comparison: AiImpactAnswer;
  adoption: AiAdoptionAnswer;
}

/** Returns what can be said of the help of coding tools, in a few lines, and what cannot. */
export function impactLines(
  { comparison, adoption }: DemoImpact,
  output: Output,
  names: ProgramNames,
): string[] {
  const sentences = [
    coverageText(comparison),
    ...weeksText(adoption),
    comparison.statement,
    `${names.adjutant} ai-impact tells what assistance is associated with, never what it causes, and nothing of single people.`,
  ];
  return sentences.flatMap((sentence) =>
    wrapToWidth(sentence, output.columns - 2, 3).map((line) => `  ${line}`),
  );
}

function coverageText({ coverage }: AiImpactAnswer): string {
  const { merged, classes, unknownShare } = coverage;
  const whole = `Of ${countOf(merged, 'merge')}`;
  if (classes === null) return `${whole} it is not told how many carry the mark of a coding tool.`;
  const unknown = unknownShare === null ? '' : ` (${formatShare(unknownShare)})`;
  return `${whole}, ${formatNumber(classes.assisted)} are marked as assisted, ${formatNumber(classes.agent_authored)} as an agent's, ${formatNumber(classes.declared_none)} as made without a tool. ${formatNumber(classes.unknown)}${unknown} carry no mark: unknown, not human.`;
}

/** The marked share of every week that tells; one that may not stays a gap in the row. */
function weeksText({ weeks }: AiAdoptionAnswer): string[] {
  const [first] = weeks;
  if (first === undefined || weeks.every(({ classes }) => classes === null)) return [];
  const shares = weeks.map(({ merged, classes }) =>
    classes === null || merged === 0
      ? '–'
      : formatNumber((100 * (merged - classes.unknown)) / merged),
  );
  return [`Marked by week, from ${formatDay(first.start)} on: ${shares.join(', ')} %.`];
}
