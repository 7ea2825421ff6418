import { replaceHidden } from '@adjutant/core/ports';

const [escape, bell, terminator] = ['\u001b', '\u0007', '\u009c'];
const openers = '\u0090\u0098\u009d\u009e\u009f';

/** A whole escape sequence goes, so that `ESC[31m` leaves no `[31m` behind. */
const escapeSequence = new RegExp(
  [
    `(?:${escape}\\[|\u009b)[0-?]*[ -/]*[@-~]`,
    `(?:${escape}[\\]PX^_]|[${openers}])[^${bell}${escape}${terminator}]*(?:${bell}|${escape}\\\\|${terminator})?`,
    `${escape}[ -/]*[0-~]`,
  ].join('|'),
  'g',
);

/** Marks stacked beyond this many on one letter would paint over neighbouring lines. */
const stackedMarks = /(\p{M}{3})\p{M}+/gu;

/**
 * Returns text from outside as one bounded line that can only be read: nothing in it moves a cursor,
 * colours, reorders or hides. Not an HTML escape: that happens once, where the page is written.
 */
export function plainText(value: string, maxLength = 300): string {
  // Cut before replacing: a title of a megabyte must not cost a megabyte of work.
  const head = value.slice(0, maxLength * 4 + 400);
  const alone = head.replace(/[\t\n\r\p{Z}]+/gu, ' ').replace(escapeSequence, '');
  const line = replaceHidden(alone, () => '')
    .replace(stackedMarks, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  const points = Array.from(line);
  if (points.length <= maxLength && value.length <= head.length) return line;
  return `${points
    .slice(0, maxLength - 1)
    .join('')
    .trimEnd()}…`;
}
