import { countOf } from '../format.ts';
import type { QuotedLines, ReportDigest } from './report-digest.ts';

/** Returns the title of a digest. */
export function digestTitle({ fromDay, toDay }: Pick<ReportDigest, 'fromDay' | 'toDay'>): string {
  return fromDay === toDay ? `Progress on ${fromDay}` : `Progress from ${fromDay} to ${toDay}`;
}

/** Returns how many shared something. How many did not stands nowhere: beside names it would be who. */
export function sharingSentence({ sharing }: Pick<ReportDigest, 'sharing'>): string {
  if (sharing === 0) return nothingShared;
  return `${countOf(sharing, 'person', 'people')} shared a report.`;
}

/** Returns the lines of a text, with a sign where there was more. */
export function linesOf({ lines, isCut }: QuotedLines): string[] {
  return isCut ? [...lines, '…'] : lines;
}

export const cutSentence = 'More was shared than fits in here.';
const nothingShared = 'Nothing was shared.';
