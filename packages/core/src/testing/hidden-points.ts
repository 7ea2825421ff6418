import { isHidden, numberOf } from '../hidden-characters.ts';

const size = 256;

/**
 * Shows every code point that draws nothing on a surface, some between letters at a time as a text
 * from outside has them, and returns the numbers of those that it let through as they are.
 */
export function letThroughBy(show: (text: string) => string): string[] {
  const through: string[] = [];
  for (let start = 0; start < 0x11_00_00; start += size) {
    const points = Array.from({ length: size }, (_, at) => String.fromCodePoint(start + at));
    // A line end, a return and a tab are the surface's own: it may break its lines with them.
    const hidden = points.filter((point) => isHidden(point) && !'\n\r\t'.includes(point));
    if (hidden.length === 0) continue;
    const shown = new Set(show(`a${hidden.join('b')}c`));
    through.push(...hidden.filter((point) => shown.has(point)).map(numberOf));
  }
  return through;
}
