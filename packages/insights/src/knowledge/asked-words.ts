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

/** As in bm25, never below a little: a word in every part still says something about a question. */
export function rarity(count: number, partCount: number): number {
  return Math.max(0.3, Math.log(1 + (Math.max(partCount, count) - count + 0.5) / (count + 0.5)));
}
