import { type AnswerCandidate, headingSeparator } from '@adjutant/core';

/** As much as a person reads at once. @unit characters */
const longestPassage = 2_400;

/** A part with what stands around it. */
export interface Passage {
  /** The part that fits best. */
  best: AnswerCandidate;
  /** All of its parts in their order. */
  parts: readonly AnswerCandidate[];
}

/**
 * Returns passages around the best parts, best first. Sections are often short, and what was asked for
 * stands in the one before or after: so a part comes with those beside it, below its own heading or
 * below the same one, as long as all together stay short. No part is in two passages.
 */
export function passagesOf(
  ranked: readonly AnswerCandidate[],
  candidates: readonly AnswerCandidate[],
  limit: number,
): Passage[] {
  const byPlace = new Map(candidates.map((candidate) => [placeOf(candidate), candidate]));
  const passages: Passage[] = [];
  for (const best of ranked) {
    if (passages.length === limit) break;
    // Each part is taken out once it is told.
    if (!byPlace.delete(placeOf(best))) continue;
    passages.push({ best, parts: grow(best, byPlace) });
  }
  return passages;
}

function grow(best: AnswerCandidate, byPlace: Map<string, AnswerCandidate>): AnswerCandidate[] {
  const parts = [best];
  let length = best.text.length;
  const take = (part: number): AnswerCandidate | null => {
    const place = placeOf({ ...best, part });
    const beside = byPlace.get(place);
    if (beside === undefined || !isRelated(best.heading, beside.heading)) return null;
    if (length + beside.text.length > longestPassage) return null;
    length += beside.text.length;
    byPlace.delete(place);
    return beside;
  };
  for (;;) {
    const next = take((parts.at(-1) ?? best).part + 1);
    if (next !== null) parts.push(next);
    const before = take((parts[0] ?? best).part - 1);
    if (before !== null) parts.unshift(before);
    if (next === null && before === null) return parts;
  }
}

function placeOf({
  source,
  externalId,
  part,
}: Pick<AnswerCandidate, 'source' | 'externalId' | 'part'>): string {
  return `${source}\n${externalId}\n${part}`;
}

function isRelated(heading: string, beside: string): boolean {
  return (
    beside === heading ||
    beside.startsWith(heading + headingSeparator) ||
    aboveOf(beside) === aboveOf(heading)
  );
}

function aboveOf(heading: string): string {
  return heading.split(headingSeparator).slice(0, -1).join(headingSeparator);
}
