import { terminalWidth } from '@adjutant/insights';

/**
 * What a reader would not see, or would see elsewhere than it stands, and what acts in a terminal.
 * Marks stacked beyond three on one letter paint over the lines around them.
 */
const unseen =
  /(?!\n)\p{Cc}|[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\u115f\u1160\u3164\ufff0-\ufffc\ufffe\uffff\u{e0000}-\u{e0fff}]|(?<=\p{M}{3})\p{M}/gu;
const indentation = '  ';
const goesOn = '… ';

/**
 * Returns a whole text in lines for a terminal, for somebody who is to agree to it: nothing is left
 * out, long lines go on in further ones that are marked, and what is invisible is shown by its number.
 */
export function exactLines(text: string, columns: number, mark = ''): string[] {
  const begins = `${indentation}${mark}`;
  const width = Math.max(20, columns - terminalWidth(begins) - terminalWidth(goesOn));
  return text
    .replaceAll('\r\n', '\n')
    .replace(unseen, shownByNumber)
    .split('\n')
    .flatMap((line) =>
      cutInto(line, width).map((part, index) => `${begins}${index === 0 ? '' : goesOn}${part}`),
    );
}

function shownByNumber(character: string): string {
  const number = character.codePointAt(0) ?? 0;
  return `<U+${number.toString(16).toUpperCase().padStart(4, '0')}>`;
}

function cutInto(line: string, width: number): string[] {
  const parts: string[] = [];
  let part = '';
  let used = 0;
  for (const point of line) {
    const next = terminalWidth(point);
    if (used + next > width) {
      parts.push(part);
      part = '';
      used = 0;
    }
    part += point;
    used += next;
  }
  return [...parts, part];
}
