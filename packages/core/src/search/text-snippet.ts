import { wordsOf } from './words.ts';

/**
 * A stretch of a text with the places of the words that were looked for. Places instead of markup: what
 * marks them is the business of whoever shows it, and no text can pretend to be marked.
 */
export interface TextSnippet {
  text: string;
  /** From (inclusive) and to (exclusive), in characters of `text`. */
  marks: [from: number, to: number][];
}

const defaultLength = 240;

/** Returns the stretch of a text that holds most of the terms, cut at words. */
export function snippetOf(
  text: string,
  terms: readonly string[],
  { length = defaultLength }: { length?: number } = {},
): TextSnippet {
  const wanted = new Set(terms);
  const found: { start: number; end: number; term: string }[] = [];
  const starts: number[] = [];
  for (const { start, end, terms: ofWord } of wordsOf(text)) {
    starts.push(start);
    const term = ofWord.find((one) => wanted.has(one));
    if (term !== undefined) found.push({ start, end, term });
  }
  const from = bestStart(found, starts, length);
  const to = endAtWord(text, from, length);
  const marks = found
    .filter(({ start, end }) => start >= from && end <= to)
    .map(({ start, end }): [number, number] => [start - from, end - from]);
  const before = from > 0 ? '… ' : '';
  const after = to < text.length ? ' …' : '';
  return {
    text: `${before}${text.slice(from, to)}${after}`,
    marks: marks.map(([start, end]) => [start + before.length, end + before.length]),
  };
}

/** Where a stretch begins that holds most different terms; a little before the first of them. */
function bestStart(
  found: readonly { start: number; end: number; term: string }[],
  starts: readonly number[],
  length: number,
): number {
  let best = { at: 0, count: 0 };
  const inside = new Map<string, number>();
  let last = 0;
  for (const [first, { start, term }] of found.entries()) {
    for (; last < found.length && (found[last]?.end ?? 0) <= start + length; last += 1) {
      const added = found[last]?.term ?? '';
      inside.set(added, (inside.get(added) ?? 0) + 1);
    }
    if (inside.size > best.count) best = { at: start, count: inside.size };
    const left = (inside.get(term) ?? 0) - 1;
    if (left > 0) inside.set(term, left);
    else inside.delete(term);
    if (last <= first) last = first + 1;
  }
  if (best.at < length / 4) return 0;
  const wanted = best.at - Math.floor(length / 6);
  return starts.find((start) => start >= wanted) ?? best.at;
}

function endAtWord(text: string, from: number, length: number): number {
  if (from + length >= text.length) return text.length;
  const space = text.lastIndexOf(' ', from + length);
  return space > from + length / 2 ? space : from + length;
}
