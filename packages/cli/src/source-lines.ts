import type { SourceResult } from '@adjutant/core';
import { countOf, formatMinute, formatNumber, plainText } from '@adjutant/insights';
import type { Output } from './output.ts';

/** Returns what each source was asked, what it says is left, and until when it is not asked. */
export function sourceLines(sources: readonly SourceResult[]): string[] {
  return sources.flatMap(({ source, requests, quotaRemaining, quotaLimit, waitsUntil }) => {
    if (requests === 0) return [];
    const of = quotaLimit === null ? '' : ` of ${formatNumber(quotaLimit)}`;
    const left = quotaRemaining === null ? '' : `, ${formatNumber(quotaRemaining)}${of} left`;
    const wait = waitsUntil === null ? '' : `, not asked before ${formatMinute(waitsUntil)} UTC`;
    return [`${plainText(source, 20)}: ${countOf(requests, 'request')}${left}${wait}`];
  });
}

/** Returns what keeps whole sources from being read, each once, with what to do next. */
export function noticeLines(
  sources: readonly SourceResult[],
  { colors }: Pick<Output, 'colors'>,
): string[] {
  return sources.flatMap(({ source, notice }) => {
    if (notice === null) return [];
    const next = notice.hint === null ? '' : `\n  ${plainText(notice.hint, 400)}`;
    return [
      `${colors.red('✗')} ${plainText(source, 20)}: ${plainText(notice.message, 400)}${next}`,
    ];
  });
}
