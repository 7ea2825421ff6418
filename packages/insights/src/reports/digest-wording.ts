import { countOf } from '../format.ts';
import type { QuotedLines, ReportDigest } from './report-digest.ts';

/** Returns the title of a digest. */
export function digestTitle({ fromDay, toDay }: Pick<ReportDigest, 'fromDay' | 'toDay'>): string {
  return fromDay === toDay ? `Progress on ${fromDay}` : `Progress from ${fromDay} to ${toDay}`;
}

/** Returns how many shared something and how many did not, without naming anybody. */
export function sharingSentence({ people, sharing, notSharing }: ReportDigest): string {
  if (people === 0) return 'Nobody is known here yet.';
  const shared = `${countOf(sharing, 'person', 'people')} shared a report`;
  return notSharing === 0 ? `${shared}.` : `${shared}; ${notSharing} did not.`;
}

/** Returns the lines of a text, with a sign where there was more. */
export function linesOf({ lines, isCut }: QuotedLines): string[] {
  return isCut ? [...lines, '…'] : lines;
}

export const cutSentence = 'More was shared than fits in here.';
export const nothingShared = 'Nothing was shared.';
