import type { Seams } from './readable-text.ts';

/** What is known of a text before any rule looks at it. */
export interface TextView {
  /** Where something unseen was left out: what is known by how it begins may begin there. */
  readonly seams: Seams;
  /** Returns false where the text cannot hold the literal; true says only that it may. */
  readonly mayHold: (literal: string) => boolean;
}

// A mark for each pair of neighbouring characters of ASCII. A mark counts for the text whose number it
// is, so nothing has to be cleared between two texts.
const pairs = new Uint32Array(128 * 128);
const singles = new Uint32Array(128);
let current = 0;

/** Looks at each character of a text once. What it returns holds until the next text is viewed. */
export function viewText(text: string, seams: Seams): TextView {
  current = (current + 1) >>> 0;
  const mark = current;
  let before = 128;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 128) {
      singles[code] = mark;
      if (before < 128) pairs[before * 128 + code] = mark;
    }
    before = code;
  }
  return { seams, mayHold: (literal) => mayHold(literal, mark) };
}

function mayHold(literal: string, mark: number): boolean {
  if (mark !== current) return true;
  let before = literal.charCodeAt(0);
  if (before < 128 && singles[before] !== mark) return false;
  for (let index = 1; index < literal.length; index += 1) {
    const code = literal.charCodeAt(index);
    if (before < 128 && code < 128 && pairs[before * 128 + code] !== mark) return false;
    before = code;
  }
  return true;
}
