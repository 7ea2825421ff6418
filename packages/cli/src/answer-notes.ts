import type { AnswerMeta } from '@adjutant/core';
import { formatMinute, formatNumber, plainText, wrapToWidth } from '@adjutant/insights';
import type { Output } from './output.ts';

const mostGaps = 8;

/** Returns how fresh an answer is, in one line. */
export function freshnessText({ syncedAt, asOf }: AnswerMeta): string {
  if (syncedAt === null) return 'Nothing was read yet: run "adjutant sync".';
  return `Read ${agoText(asOf - syncedAt)} (${formatMinute(syncedAt)} UTC).`;
}

/** Returns the gaps that stand beside an answer, one paragraph each; empty where there is none. */
export function gapLines({ gaps }: AnswerMeta, output: Output): string[] {
  if (gaps.length === 0) return [];
  const lines = gaps.slice(0, mostGaps).flatMap((gap) => {
    const count = gap.affectedCount === null ? '' : ` (${formatNumber(gap.affectedCount)})`;
    const scope = gap.scope === '' ? '' : `${plainText(gap.scope, 60)}: `;
    return bulletLines(`${scope}${plainText(gap.message, 400)}${count}`, output);
  });
  const left = gaps.length - mostGaps;
  const more = left > 0 ? [`  and ${left} more; --json lists them all`] : [];
  return ['', output.colors.bold('What is missing'), ...lines, ...more];
}

/** Returns a paragraph under a bullet, set to the width. */
export function bulletLines(text: string, { columns }: Output): string[] {
  return wrapToWidth(text, columns - 4, 6).map(
    (line, index) => `${index === 0 ? '  · ' : '    '}${line}`,
  );
}

function agoText(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 90) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.round(hours / 24)} days ago`;
}
