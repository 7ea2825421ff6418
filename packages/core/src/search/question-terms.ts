import { wordsOf } from './words.ts';

/** What a question is looked for by. */
export interface QuestionTerm {
  term: string;
  /** The word as it was asked. */
  word: string;
  /** Whether only its beginning was given, as `deploy*`. */
  isBeginning: boolean;
}

const mostTerms = 24;
const mostCharacters = 2_000;

/** Words that questions are made of and documents are not found by. */
const stopWords = new Set(
  (
    'a about after all already am an and another any anybody anyone anything are as at be because been being but by can ' +
    'cannot could did do does doing done don each else every everything few for from get gets getting give had has ' +
    'have having he her here him his how i if in instead into is isn it its itself just like ll many may me might ' +
    'mine more most much must my need no not now of off on one only or other our ours out over own please re s same ' +
    'say shall she should so some somebody someone something still such t tell than that the their them then there these ' +
    'they thing things this those through to too up us use used using ve very want was way we were what when where ' +
    'whether which while who whom whose why will with without would yet you your yours'
  ).split(' '),
);

/** Returns the terms of what somebody asks, each once; words that say nothing only where there are no others. */
export function questionTerms(text: string): QuestionTerm[] {
  const asked = text.slice(0, mostCharacters);
  const found = [...wordsOf(asked)].flatMap(({ start, end, terms }) => {
    const word = asked.slice(start, end);
    const isBeginning = asked[end] === '*' && end - start >= 2;
    return terms.map((term) => ({ term, word, isBeginning }));
  });
  const telling = found.filter(({ word }) => !isStopWord(word));
  const terms = new Map<string, QuestionTerm>();
  for (const term of telling.length > 0 ? telling : found) {
    if (!terms.has(term.term)) terms.set(term.term, term);
  }
  return [...terms.values()].slice(0, mostTerms);
}

/** Tells whether a word says nothing about what is looked for. */
export function isStopWord(word: string): boolean {
  return stopWords.has(word.toLowerCase());
}
