import { isHidden, replaceHidden } from '@adjutant/core/ports';

/** The most characters of an outside title that a list shows. */
export const titleMaxCharacters = 120;

/** The most characters of any one text in an answer. */
const textMaxCharacters = 500;

// Cut before matching, so that a title of a megabyte costs no more than a long one.
const scanFactor = 8;

// Built from strings: a linter rightly refuses raw control characters in a pattern literal.
const escapeSequence = new RegExp(
  [
    '(?:\\u001b\\]|\\u009d)[^\\u0007\\u001b\\u009c]*(?:\\u0007|\\u001b\\\\|\\u009c)?',
    '(?:\\u001b[PX^_]|[\\u0090\\u0098\\u009e\\u009f])[^\\u001b\\u009c]*(?:\\u001b\\\\|\\u009c)?',
    '(?:\\u001b\\[|\\u009b)[0-?]*[ -/]*[@-~]?',
    '\\u001b[ -/]*[0-~]?',
  ].join('|'),
  'g',
);

const whitespaceOrControl = /[\s\p{Cc}\u2028\u2029]+/gu;
// Most texts are plain, and this is the cheaper question.
const isPlain = /^[ -~]*$/;

/** Returns whether one line is seen as it is: nothing in it acts, hides or reorders. */
export function isSeenAsItIs(line: string): boolean {
  return isPlain.test(line) || replaceHidden(line, () => '') === line;
}

/**
 * Returns outside text as one bounded line that is only ever shown: terminal escapes, control,
 * invisible and direction-changing characters are gone, and what was cut ends in an ellipsis.
 */
export function boundedText(value: string, maxCharacters: number = textMaxCharacters): string {
  if (value.length <= maxCharacters && (isPlain.test(value) || !isHidden(value))) return value;
  const scanned = value.slice(0, maxCharacters * scanFactor);
  const oneLine = scanned.replace(escapeSequence, '').replace(whitespaceOrControl, ' ');
  const clean = replaceHidden(oneLine, () => '').trim();
  const characters = Array.from(clean);
  const wasCut = characters.length > maxCharacters || scanned.length < value.length;
  return wasCut ? `${characters.slice(0, maxCharacters - 1).join('')}…` : clean;
}
