import { type AnswerCandidate, termsOf } from '@adjutant/core';
import type { AskedWord } from './asked-words.ts';

/** How well a part answers. */
export interface Relevance {
  /** The share of what was asked for that stands in it, by weight, from 0 to 1. */
  coverage: number;
  score: number;
}

/** A word that heads a part says what it is about; one in its title or path says where it belongs. */
const inHeading = 2.2;
const inTitle = 1.2;
const inPath = 0.6;
/** How soon another occurrence says no more, and how much a long part is held against it (bm25). */
const saturation = 1.2;
const lengthShare = 0.5;
const usualLength = 120;
/** Two words of the question so near to each other, in their order, are more than two words. */
const nearby = 3;
const nearbyShare = 0.5;

/** Returns how well a part answers, by the words of the question; `rank` is its place in the search. */
export function relevanceOf(
  candidate: Pick<AnswerCandidate, 'heading' | 'title' | 'path' | 'text'>,
  words: readonly AskedWord[],
  rank: number,
): Relevance {
  const body = termsOf(candidate.text);
  const places = placesOf(body);
  const heading = new Set(termsOf(candidate.heading));
  const title = new Set(termsOf(candidate.title));
  const path = new Set(termsOf(candidate.path));
  const lengthFactor = 1 - lengthShare + lengthShare * (body.length / usualLength);
  let total = 0;
  let covered = 0;
  let score = 0;
  for (const { terms, weight } of words) {
    total += weight;
    let best = 0;
    let strength = 0;
    for (const term of terms) {
      const count = places.get(term)?.length ?? 0;
      const field =
        (heading.has(term) ? inHeading : 0) +
        (title.has(term) ? inTitle : 0) +
        (path.has(term) ? inPath : 0);
      const isThere = count > 0 || field > 0;
      // Of a name, each of its words is a share; the whole name is all of it.
      const share = terms.length === 1 || term === terms[0] ? 1 : 1 / (terms.length - 1);
      if (isThere) best += share;
      strength += share * (field + count / (count + saturation * lengthFactor));
    }
    covered += weight * Math.min(1, best);
    score += weight * strength;
  }
  score += nearbyShare * nearness(words, places);
  const coverage = total === 0 ? 0 : covered / total;
  // What the search put first goes first where all else is equal.
  return { coverage, score: score * coverage - rank * 1e-6 };
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
