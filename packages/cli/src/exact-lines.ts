import { numberOf, replaceHidden, replaceStacked } from '@adjutant/core/ports';
import { terminalWidth } from '@adjutant/insights';

const indentation = '  ';
const goesOn = '… ';

/**
 * Returns a whole text in lines for a terminal, for somebody who is to agree to it: nothing is left
 * out, long lines go on in further ones that are marked, and what is invisible is shown by its number.
 */
export function exactLines(text: string, columns: number, mark = ''): string[] {
  const begins = `${indentation}${mark}`;
  const width = Math.max(20, columns - terminalWidth(begins) - terminalWidth(goesOn));
  const lines = replaceStacked(text.replaceAll('\r\n', '\n'), shownByNumber);
  return replaceHidden(lines, (character) => (character === '\n' ? '\n' : shownByNumber(character)))
    .split('\n')
    .flatMap((line) =>
      cutInto(line, width).map((part, index) => `${begins}${index === 0 ? '' : goesOn}${part}`),
    );
}

function shownByNumber(character: string): string {
  return `<${numberOf(character)}>`;
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
