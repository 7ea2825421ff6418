import {
  type AnswerCandidate,
  type AnswerQuestion,
  type ChosenAnswer,
  type DocumentCitation,
  snippetOf,
} from '@adjutant/core';
import { documentUrl } from './document-url.ts';
import { type AskedWord, askedWordsOf } from './asked-words.ts';
import { type Passage, passagesOf } from './passages.ts';
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
/** So much of the question has to stand there, by weight. */
const leastCoverage = 0.25;
/** Where some words stand in no document at all, it is likely to be about something else. */
const fewestWordsOfUnknown = 4;
const leastCoverageOfUnknown = 0.4;
/** It has a little of everything, so some of what was asked for stands there by chance. */
const logOfChanges = /(?:^|\/)(?:change-?log|history|news|releases?)(?:\.\w+)?$/i;
/** Parts far behind the best one are no answer beside it. */
const leastShareOfBest = 0.2;
/** What stands elsewhere in the same document tells that it is about what was asked for. */
const documentShare = 1.2;
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
  total: number;
}

/**
 * Chooses the passages that answer a question, best first: by the words that stand in them, in their
 * headings and in their documents. Where no passage holds enough of them, nothing is chosen.
 */
export function chooseAnswer(question: AnswerQuestion): ChosenAnswer {
  const words = askedWordsOf(question);
  const lookedFor = words.map(({ word }) => word);
  const unknownWords = words.filter(({ isKnown }) => !isKnown).map(({ word }) => word);
  const ranked = rank(question.candidates, words);
  const best = Math.max(0, ...ranked.map(({ fit }) => fit));
  const near = inJoinedOrder(ranked).filter(({ fit }) => fit >= best * leastShareOfBest);
  const passages = passagesOf(
    near.map(({ candidate }) => candidate),
    question.candidates,
    question.limit,
  );
  if (!passages.some((passage) => isAnswer(passage, words))) {
    return { citations: [], lookedFor, unknownWords };
  }
  const citations = passages.map((passage) => toCitation(passage, words, question.now));
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
        const total = fit + neighbourShare * Math.max(...beside) + documentShare * ofDocument;
        return { candidate, part, fit, total };
      })
      .filter(({ fit }) => fit > 0);
  });
}

/** Tells whether a passage holds enough of what was asked for to be more than a chance. */
function isAnswer({ best, parts }: Passage, words: readonly AskedWord[]): boolean {
  const text = parts.map((part) => part.text).join('\n');
  const passage = readPart({ ...best, text }, words);
  const held = words.filter((word) => holds(passage, word));
  if (held.length === words.length) return true;
  if (logOfChanges.test(best.path)) return false;
  // A document that the question names is what it is about.
  const isNamed = words.some((word) => word.isName && titles(passage, word));
  if (isNamed && words.some((word) => standsIn(passage, word))) return true;
  const share = weightOf(held) / weightOf(words);
  return words.every(({ isKnown }) => isKnown)
    ? held.length >= fewestWords && share >= leastCoverage
    : held.length >= fewestWordsOfUnknown && share >= leastCoverageOfUnknown;
}

function weightOf(words: readonly AskedWord[]): number {
  return words.reduce((sum, { weight }) => sum + weight, 0);
}

/** By the order of the words, and by that of the search, which may know of meanings too. */
function inJoinedOrder(ranked: readonly Ranked[]): Ranked[] {
  const byScore = ranked.toSorted((left, right) => right.total - left.total);
  const joined = new Map(
    byScore.map((one, place) => {
      const { foundAt } = one.candidate;
      const bySearch = foundAt === null ? 0 : 1 / (smoothing + foundAt);
      return [one, wordsOverSearch / (smoothing + place) + bySearch];
    }),
  );
  return byScore.toSorted((left, right) => (joined.get(right) ?? 0) - (joined.get(left) ?? 0));
}

function documentOf({ source, externalId }: AnswerCandidate): string {
  return `${source}\n${externalId}`;
}

function toCitation(
  { best, parts }: Passage,
  words: readonly AskedWord[],
  now: number,
): DocumentCitation {
  const { source, externalId, part, repository, path, title, heading, text, lastChangedAt } = best;
  const ageDays =
    lastChangedAt === null ? null : Math.max(0, Math.floor((now - lastChangedAt) / dayMs));
  const terms = words.flatMap((word) => word.terms.map(({ term }) => term));
  const lines = {
    from: (parts[0] ?? best).lines.from,
    to: (parts.at(-1) ?? best).lines.to,
  };
  return {
    ...{ source, externalId, part, path, lines, title, heading },
    repository: repository.name,
    version: best.commitSha,
    snippet: snippetOf(text, terms, { length: snippetLength }),
    url: documentUrl(best, lines),
    freshness: {
      lastChangedAt,
      ageDays,
      isStale: ageDays === null ? null : ageDays > staleAfterDays,
    },
    owners: [...best.owners],
  };
}
