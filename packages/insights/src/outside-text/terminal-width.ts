const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const widthless = /^\p{M}|\u200d|\ufe0f$/u;

function pointWidth(point: string): number {
  if (widthless.test(point)) return 0;
  return wide.test(point) ? 2 : 1;
}

/** Returns how many terminal columns a line takes: two for a wide letter, none for a combining mark. */
export function terminalWidth(line: string): number {
  let columns = 0;
  for (const point of line) columns += pointWidth(point);
  return columns;
}

/** Returns the line cut to so many columns, with an ellipsis where something went. */
export function cutToWidth(line: string, columns: number): string {
  if (terminalWidth(line) <= columns) return line;
  let kept = '';
  let used = 0;
  for (const point of line) {
    const next = used + pointWidth(point);
    if (next > columns - 1) break;
    kept += point;
    used = next;
  }
  return `${kept.trimEnd()}…`;
}

/** A number stays with its unit. */
const betweenWords = / (?!(?:%|h|d|min)(?:[.,;:)]|\s|$))/;

/** Returns the words set in lines of at most so many columns; the last line is cut when lines run out. */
export function wrapToWidth(text: string, columns: number, maxLines: number): string[] {
  const words = text.split(betweenWords).filter((word) => word !== '');
  const lines: string[] = [];
  let line = '';
  for (const [index, word] of words.entries()) {
    const candidate = line === '' ? word : `${line} ${word}`;
    if (terminalWidth(candidate) <= columns) {
      line = candidate;
      continue;
    }
    if (lines.length === maxLines - 1) {
      const rest = [line, ...words.slice(index)].filter((part) => part !== '').join(' ');
      return [...lines, cutToWidth(rest, columns)];
    }
    if (line !== '') lines.push(line);
    line = cutToWidth(word, columns);
  }
  if (line !== '') lines.push(line);
  return lines;
}
