import { type AnswerCandidate, headingSeparator, termsOf } from '@adjutant/core';
import type { AskedWord } from './asked-words.ts';

/** How well a part answers. */
export interface Relevance {
  /** The share of what was asked for that stands in it, by weight, from 0 to 1. */
  coverage: number;
  /** All of its words together, each by its weight and place; of use only beside that of another part. */
  fit: number;
}

/** A word that heads a part says what it is about; one above it, in title or path, where it belongs. */
const inHeading = 1.2;
/** All the more where the heading says nothing else. */
const inWholeHeading = 1.3;
const inContext = 0.7;
/** A part that has little but what its title says is about something else. */
const leastOwnShare = 0.4;
/** How soon another occurrence says no more, and how much a long part is held against it (bm25). */
const saturation = 1.2;
const lengthShare = 0.5;
const usualLength = 120;
/** Two words of the question so near to each other, in their order, are more than two words. */
const nearby = 3;
const nearbyShare = 0.5;

/** Returns how well a part answers, by the words of the question. */
export function relevanceOf(
  candidate: Pick<AnswerCandidate, 'heading' | 'title' | 'path' | 'text'>,
  words: readonly AskedWord[],
): Relevance {
  const body = termsOf(candidate.text);
  const places = placesOf(body);
  const headings = candidate.heading.split(headingSeparator);
  const heading = new Set(termsOf(headings.at(-1) ?? ''));
  const asked = new Set(words.flatMap(({ terms }) => terms));
  const headingShare =
    heading.size === 0 ? 0 : [...heading].filter((term) => asked.has(term)).length / heading.size;
  const headed = inHeading + inWholeHeading * headingShare;
  const above = headings.slice(0, -1).join(' ');
  const context = new Set(termsOf(`${candidate.title} ${candidate.path} ${above}`));
  const lengthFactor = 1 - lengthShare + lengthShare * (body.length / usualLength);
  let total = 0;
  let covered = 0;
  let own = 0;
  let fit = 0;
  for (const { terms, weight } of words) {
    total += weight;
    let best = 0;
    let inItself = 0;
    let strength = 0;
    for (const term of terms) {
      const count = places.get(term)?.length ?? 0;
      const field = (heading.has(term) ? headed : 0) + (context.has(term) ? inContext : 0);
      const isThere = count > 0 || field > 0;
      // Of a name, each of its words is a share; the whole name is all of it.
      const share = terms.length === 1 || term === terms[0] ? 1 : 1 / (terms.length - 1);
      if (isThere) best += share;
      if (count > 0 || heading.has(term)) inItself += share;
      strength += share * (field + count / (count + saturation * lengthFactor));
    }
    covered += weight * Math.min(1, best);
    own += weight * Math.min(1, inItself);
    fit += weight * strength;
  }
  fit += nearbyShare * nearness(words, places);
  const coverage = total === 0 ? 0 : covered / total;
  // What stands only in the title stands over every part of the document.
  const share = total === 0 || own < leastOwnShare * covered ? 0 : (covered + own) / (2 * total);
  return { coverage, fit: fit * share };
}

function placesOf(terms: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [at, term] of terms.entries()) {
    const known = places.get(term);
    if (known === undefined) places.set(term, [at]);
    else known.push(at);
  }
  return places;
}

/** The weight of the neighbours in the question that are neighbours in the part. */
function nearness(words: readonly AskedWord[], places: ReadonlyMap<string, number[]>): number {
  let sum = 0;
  for (const [at, right] of words.entries()) {
    const left = words[at - 1];
    if (left === undefined) continue;
    const before = left.terms.flatMap((term) => places.get(term) ?? []);
    const after = new Set(right.terms.flatMap((term) => places.get(term) ?? []));
    const isNear = before.some((place) => {
      for (let step = 1; step <= nearby; step += 1) if (after.has(place + step)) return true;
      return false;
    });
    if (isNear) sum += left.weight + right.weight;
  }
  return sum;
}
