import {
  type AnswerCandidate,
  type AnswerQuestion,
  type ChosenAnswer,
  type DocumentCitation,
  snippetOf,
} from '@adjutant/core';
import { documentUrl } from './document-url.ts';
import { type AskedWord, askedWordsOf } from './asked-words.ts';
import {
  documentFit,
  holds,
  partFit,
  type ReadPart,
  readPart,
  standsIn,
  titles,
} from './relevance.ts';

const dayMs = 86_400_000;
/** What nobody has touched for so long may no longer hold. */
const staleAfterDays = 365;
const snippetLength = 400;
/** One or two words that stand near each other by chance are no answer to a longer question. */
const fewestWords = 3;
/** So much of the question has to stand there, by weight; more where some of it stands nowhere at all. */
const leastCoverage = 0.25;
const leastCoverageOfUnknown = 0.4;
const manyWords = 4;
const leastCoverageOfMany = 0.3;
/** Parts far behind the best one are no answer beside it. */
const leastShareOfBest = 0.2;
/** What stands elsewhere in the same document tells that it is about what was asked for. */
const documentShare = 0.8;
/** So does what stands right before or after. */
const neighbourShare = 0.2;
/** How far the first places outweigh the others where two orders are joined. */
const smoothing = 8;
const wordsOverSearch = 8;

interface Ranked {
  candidate: AnswerCandidate;
  part: ReadPart;
  fit: number;
  /** With what speaks for its document. */
  score: number;
}

/**
 * Chooses the parts that answer a question, best first: by the words that stand in them, in their
 * headings and in their documents. Where no part holds enough of them, nothing is chosen.
 */
export function chooseAnswer(question: AnswerQuestion): ChosenAnswer {
  const words = askedWordsOf(question);
  const lookedFor = words.map(({ word }) => word);
  const unknownWords = words.filter(({ isKnown }) => !isKnown).map(({ word }) => word);
  const ranked = rank(question.candidates, words);
  const best = Math.max(0, ...ranked.map(({ fit }) => fit));
  const near = inJoinedOrder(ranked).filter(({ fit }) => fit >= best * leastShareOfBest);
  const told = oncePerHeading(near).slice(0, question.limit);
  if (!told.some(({ part }) => isAnswer(part, words))) {
    return { citations: [], lookedFor, unknownWords };
  }
  const citations = told.map(({ candidate }) => toCitation(candidate, words, question.now));
  return { citations, lookedFor, unknownWords };
}

function rank(candidates: readonly AnswerCandidate[], words: readonly AskedWord[]): Ranked[] {
  const documents = new Map<string, { candidate: AnswerCandidate; part: ReadPart }[]>();
  for (const candidate of candidates) {
    const key = documentOf(candidate);
    const parts = documents.get(key) ?? [];
    documents.set(key, parts);
    parts.push({ candidate, part: readPart(candidate, words) });
  }
  return [...documents.values()].flatMap((parts) => {
    const ofDocument = documentFit(
      parts.map(({ part }) => part),
      words,
    );
    const fits = new Map(
      parts.map(({ candidate, part }) => [candidate.part, partFit(part, words)]),
    );
    return parts
      .map(({ candidate, part }) => {
        const fit = fits.get(candidate.part) ?? 0;
        const beside = [-1, 1].map((step) => fits.get(candidate.part + step) ?? 0);
        const score = fit + neighbourShare * Math.max(...beside) + documentShare * ofDocument;
        return { candidate, part, fit, score };
      })
      .filter(({ fit }) => fit > 0);
  });
}

/** Tells whether a part holds enough of what was asked for to be more than a chance. */
function isAnswer(part: ReadPart, words: readonly AskedWord[]): boolean {
  const held = words.filter((word) => holds(part, word));
  if (held.length === words.length) return true;
  // A document that the question names is what it is about.
  const isNamed = words.some((word) => word.isName && titles(part, word));
  if (isNamed && words.some((word) => standsIn(part, word))) return true;
  const share = weightOf(held) / weightOf(words);
  if (held.length >= manyWords) return share >= leastCoverageOfMany;
  const areKnown = words.every(({ isKnown }) => isKnown);
  if (held.length >= fewestWords) {
    return share >= (areKnown ? leastCoverage : leastCoverageOfUnknown);
  }
  // Two are enough where they stand in the part itself and every other word stands elsewhere: in a short
  // question of three, or in a long one, which has more to be looked for.
  const inItself = words.filter((word) => standsIn(part, word));
  if (!areKnown || held.length < fewestWords - 1) return false;
  return words.length === fewestWords || (words.length > 4 && inItself.length === held.length);
}

function weightOf(words: readonly AskedWord[]): number {
  return words.reduce((sum, { weight }) => sum + weight, 0);
}

/** By the order of the words, and by that of the search, which may know of meanings too. */
function inJoinedOrder(ranked: readonly Ranked[]): Ranked[] {
  const byScore = ranked.toSorted((left, right) => right.score - left.score);
  const joined = new Map(
    byScore.map((one, place) => {
      const { foundAt } = one.candidate;
      const bySearch = foundAt === null ? 0 : 1 / (smoothing + foundAt);
      return [one, wordsOverSearch / (smoothing + place) + bySearch];
    }),
  );
  return byScore.toSorted((left, right) => (joined.get(right) ?? 0) - (joined.get(left) ?? 0));
}

/** Of a long section the best piece stands for all. */
function oncePerHeading(ranked: readonly Ranked[]): Ranked[] {
  const headings = new Set<string>();
  return ranked.filter(({ candidate }) => {
    const heading = `${documentOf(candidate)}\n${candidate.heading}`;
    if (headings.has(heading)) return false;
    headings.add(heading);
    return true;
  });
}

function documentOf({ source, externalId }: AnswerCandidate): string {
  return `${source}\n${externalId}`;
}

function toCitation(
  candidate: AnswerCandidate,
  words: readonly AskedWord[],
  now: number,
): DocumentCitation {
  const { source, externalId, part, repository, path, lines, title, heading, text } = candidate;
  const { lastChangedAt } = candidate;
  const ageDays =
    lastChangedAt === null ? null : Math.max(0, Math.floor((now - lastChangedAt) / dayMs));
  const terms = words.flatMap((word) => word.terms.map(({ term }) => term));
  return {
    ...{ source, externalId, part, path, lines, title, heading },
    repository: repository.name,
    version: candidate.commitSha,
    snippet: snippetOf(text, terms, { length: snippetLength }),
    url: documentUrl(candidate, lines),
    freshness: {
      lastChangedAt,
      ageDays,
      isStale: ageDays === null ? null : ageDays > staleAfterDays,
    },
    owners: [...candidate.owners],
  };
}
