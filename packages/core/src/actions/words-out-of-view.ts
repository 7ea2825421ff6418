import { stackedMark } from '../hidden-characters.ts';

/** What a glance goes over, or a screen ends before. */
const mostBlankLines = 4;
const mostSpaces = 24;
const mostLines = 120;
const mostCharactersOfALine = 2_000;

/** Scripts of which letters look alike. */
const alike = ['Latin', 'Cyrillic', 'Greek'].map(
  (script) => new RegExp(`\\p{Script=${script}}`, 'u'),
);

/**
 * Returns in words what in texts takes their words out of the view of whoever reads: floods of blank
 * lines, words behind a wide gap, marks that are painted over others, letters that pass for others.
 */
export function wordsOutOfView(texts: readonly string[]): string[] {
  const all = texts.map((one) => one.replaceAll('\r\n', '\n'));
  const text = all.join('\n');
  const lineCount = Math.max(0, ...all.map((one) => one.split('\n').length));
  const blank = longest(text, /\n(?:[^\S\n]*\n)+/g, (gap) => gap.split('\n').length - 2);
  const spaces = longest(text, /(?<=\S)[^\S\n]+(?=\S)/g, (gap) => gap.length);
  const line = longest(text, /[^\n]+/g, ({ length }) => length);
  const mixed = text.match(/[\p{L}\p{M}]+/gu)?.find(mixesScripts);
  return [
    ...(blank > mostBlankLines ? [`${blank} blank lines in a row, and words after them`] : []),
    ...(spaces > mostSpaces
      ? [`${spaces} blanks in a row within a line, and words after them`]
      : []),
    ...(lineCount > mostLines ? [`it has ${lineCount} lines`] : []),
    ...(line > mostCharactersOfALine ? [`it has a line of ${line} characters`] : []),
    ...(stackedMark.test(text) ? ['it has letters with many marks above one another'] : []),
    ...(mixed === undefined
      ? []
      : [`a word of it mixes alphabets whose letters look alike: ${mixed.slice(0, 40)}`]),
  ];
}

function longest(text: string, gap: RegExp, lengthOf: (gap: string) => number): number {
  return Math.max(0, ...[...text.matchAll(gap)].map(([found]) => lengthOf(found)));
}

function mixesScripts(word: string): boolean {
  return alike.filter((script) => script.test(word)).length > 1;
}
