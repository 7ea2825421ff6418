import type { Problem } from './located-yaml.ts';

const deepest = 40;
// Its reader compares each key with every other of its mapping.
const mostKeys = 3_000;
const mostMarks = 1_000;
const mostCharacters = 500_000;

// After a quoted key in brackets no blank is needed; a key may be marked and have no value.
const key = /:(?=\s|$)|(?<=["'][ \t]{0,8}):|^[ \t]*(?:[-?][ \t]+)*\?(?=\s)/gm;
const entry = /,/g;
const mark = /(?:^|[\s,[{])[&*!][^\s,\]}]/gm;
const lead = /^(?: *(?:[-?](?= |$)))*/;

/**
 * Returns what of a text its reader would take long over or come to the end of the stack with; null for
 * what may be read. One flat pass, before anything is parsed: brackets in a quoted text count too.
 */
export function yamlBounds(text: string): Problem | null {
  if (text.length > mostCharacters)
    return beyond(1, 1, `has more than ${mostCharacters} characters`);
  if (countOf(text, key) > mostKeys) return beyond(1, 1, `has more than ${mostKeys} keys`);
  // `{a, b}` has keys without a sign.
  if (text.includes('{') && countOf(text, entry) > mostKeys) {
    return beyond(1, 1, `has more than ${mostKeys} entries in brackets`);
  }
  if (countOf(text, mark) > mostMarks) {
    return beyond(1, 1, `has more than ${mostMarks} anchors, aliases and tags`);
  }
  const columns: number[] = [];
  let brackets = 0;
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    indent(columns, line);
    for (let column = 0; column < line.length; column += 1) {
      const sign = line.charCodeAt(column);
      if (sign === 91 || sign === 123) brackets += 1;
      else if (sign === 93 || sign === 125) brackets = Math.max(0, brackets - 1);
      if (columns.length + brackets > deepest + 1) return tooDeep(at + 1, column + 1);
    }
    if (columns.length > deepest + 1) return tooDeep(at + 1, 1);
  }
  return null;
}

/** Keeps the columns at which a block began that still goes on: by indentation, by `-` and by `?`. */
function indent(columns: number[], line: string): void {
  const leading = lead.exec(line)?.[0] ?? '';
  const own = line.length - line.trimStart().length;
  while ((columns.at(-1) ?? -1) >= own) columns.pop();
  columns.push(own);
  for (let at = 0; at < leading.length; at += 1) {
    if (leading[at] !== ' ') columns.push(at + 1);
    if (columns.length > deepest + 2) return;
  }
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function tooDeep(line: number, column: number): Problem {
  return beyond(line, column, `is nested more than ${deepest} levels deep`);
}

function beyond(line: number, column: number, message: string): Problem {
  return { line, column, message, hint: 'Write it shorter and with fewer levels.' };
}
