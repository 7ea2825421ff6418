import { type AnswerQuestion, questionTerms } from '@adjutant/core';

/** A word of a question, and how much it says. */
export interface AskedWord {
  word: string;
  /** What it is compared by: itself, or for a name out of code the whole name and its words. */
  terms: readonly string[];
  /** The rarer in the documents, the more. */
  weight: number;
  /** Whether it stands anywhere in them. */
  isKnown: boolean;
}

/** Returns the words of a question with their weights, in the order of the question. */
export function askedWordsOf({
  question,
  counts,
  partCount,
}: Pick<AnswerQuestion, 'question' | 'counts' | 'partCount'>): AskedWord[] {
  const words = new Map<string, string[]>();
  for (const { term, word } of questionTerms(question)) {
    const terms = words.get(word) ?? [];
    words.set(word, terms);
    terms.push(term);
  }
  return [...words].map(([word, terms]) => {
    // A name is as rare as the rarest of what is known of it.
    const known = terms.map((term) => counts.get(term) ?? 0).filter((count) => count > 0);
    const count = known.length === 0 ? 0 : Math.min(...known);
    return { word, terms, weight: rarity(count, partCount), isKnown: known.length > 0 };
  });
}

/** Rare words tell more, as in bm25; but what all is about is asked about most, so not all that much more. */
const flattening = 0.75;
const least = 0.3;

/** Returns how much a word says that stands in so many of all parts. */
export function rarity(count: number, partCount: number): number {
  const others = Math.max(partCount, count) - count;
  return Math.max(least, Math.log(1 + (others + 0.5) / (count + 0.5)) ** flattening);
}
