import { type AnswerQuestion, questionTerms } from '@adjutant/core';
import { termsAlike } from './words-alike.ts';

/** What a word of a question is compared by. */
export interface AskedTerm {
  term: string;
  /** How much it tells that a part holds it. */
  weight: number;
  /** And that a document does. */
  documentWeight: number;
  /** Terms that mean much the same. */
  alike: readonly string[];
}

/** A word of a question, and how much it says. */
export interface AskedWord {
  word: string;
  /** Itself, or for a name out of code the whole name and its words. */
  terms: readonly AskedTerm[];
  /** The rarer in the documents, the more. */
  weight: number;
  /** Whether it stands anywhere in them. */
  isKnown: boolean;
  /** Whether so few documents hold it that one with it in its title is named by it. */
  isName: boolean;
}

/** A share of all documents. */
const mostOfName = 0.05;
const nowhere = { parts: 0, documents: 0 };

/** Returns the words of a question with their weights, in the order of the question. */
export function askedWordsOf({
  question,
  counts,
  partCount,
  documentCount,
}: Pick<AnswerQuestion, 'question' | 'counts' | 'partCount' | 'documentCount'>): AskedWord[] {
  const words = new Map<string, string[]>();
  for (const { term, word } of questionTerms(question)) {
    const terms = words.get(word) ?? [];
    words.set(word, terms);
    terms.push(term);
  }
  return [...words].map(([word, terms]) => {
    const found = terms.map((term) => counts.get(term) ?? nowhere);
    const known = found.map(({ parts }) => parts).filter((parts) => parts > 0);
    return {
      word,
      terms: terms.map((term, at) => ({
        term,
        weight: partRarity(found[at]?.parts ?? 0, partCount),
        documentWeight: rarity(found[at]?.documents ?? 0, documentCount),
        alike: termsAlike(term),
      })),
      // A name is as rare as the rarest of what is known of it.
      weight: partRarity(known.length === 0 ? 0 : Math.min(...known), partCount),
      isKnown: known.length > 0,
      isName: (found[0]?.documents ?? 0) <= Math.max(1, documentCount * mostOfName),
    };
  });
}

/** What all is about is asked about most, so rare words of parts tell more, but not all that much more. */
const flattening = 0.8;
const least = 0.3;

function partRarity(count: number, among: number): number {
  return Math.max(least, rarity(count, among)) ** flattening;
}

/** How much it says to stand in so few of so many (bm25). */
function rarity(count: number, among: number): number {
  const others = Math.max(among, count) - count;
  return Math.log(1 + (others + 0.5) / (count + 0.5));
}
