import {
  type AnswerCandidate,
  type AnswerQuestion,
  type ChosenAnswer,
  type DocumentCitation,
  snippetOf,
} from '@adjutant/core';
import { documentUrl } from './document-url.ts';
import { ownersOf } from './owners-of.ts';
import { type AskedWord, askedWordsOf, rarity } from './asked-words.ts';
import { type Relevance, relevanceOf } from './relevance.ts';

const dayMs = 86_400_000;
/** What nobody has touched for so long may no longer hold. */
const staleAfterDays = 365;
const snippetLength = 400;
/** Whoever holds nearly all that was asked for is an answer, wherever in the part it stands. */
const wholeCoverage = 0.9;
/** Else so much of it has to stand there, by weight, and in places that tell: headings, near each other. */
const leastCoverage = 0.25;
const leastStrength = 0.28;
/** And as much in all as most of one word that is nowhere else; it keeps a chance hit from being one. */
const leastEvidence = 0.75;
/** Parts far behind the best one are no answer beside it. */
const leastShareOfBest = 0.2;
/** How far the first places outweigh the others where two orders are joined. */
const smoothing = 8;
const wordsOverSearch = 2;
/** Another document with so much of the best one's fit gets a place beside it. */
const rivalShare = 0.5;

interface Ranked {
  candidate: AnswerCandidate;
  relevance: Relevance;
}

/**
 * Chooses the parts that answer a question, best first: by the words that stand in them, where they
 * stand, and how near to each other. Where even the best lacks too much, nothing is chosen.
 */
export function chooseAnswer(question: AnswerQuestion): ChosenAnswer {
  const words = askedWordsOf(question);
  const lookedFor = words.map(({ word }) => word);
  const unknownWords = words.filter(({ isKnown }) => !isKnown).map(({ word }) => word);
  const ranked = question.candidates
    .map((candidate): Ranked => ({ candidate, relevance: relevanceOf(candidate, words) }))
    .filter(({ relevance }) => relevance.fit > 0);
  const best = Math.max(0, ...ranked.map(({ relevance }) => relevance.fit));
  if (!ranked.some(({ relevance }) => isAnswer(relevance, words, question.partCount))) {
    return { citations: [], lookedFor, unknownWords };
  }
  const near = inJoinedOrder(ranked).filter(
    ({ relevance }) => relevance.fit >= best * leastShareOfBest,
  );
  const citations = diverse(near, question.limit).map(({ candidate }) =>
    toCitation(candidate, words, question.now),
  );
  return { citations, lookedFor, unknownWords };
}

function isAnswer(
  { coverage, fit }: Relevance,
  words: readonly AskedWord[],
  partCount: number,
): boolean {
  if (coverage >= wholeCoverage) return true;
  const asked = words.reduce((sum, { weight }) => sum + weight, 0);
  return (
    coverage >= leastCoverage &&
    fit >= leastStrength * asked &&
    fit >= leastEvidence * rarity(0, partCount)
  );
}

/** By the order of the words, and by that of the search, which knows something of its own. */
function inJoinedOrder(ranked: readonly Ranked[]): Ranked[] {
  const byFit = ranked.toSorted((left, right) => right.relevance.fit - left.relevance.fit);
  const joined = new Map<Ranked, number>();
  for (const [order, weight] of [
    [ranked, 1],
    [byFit, wordsOverSearch],
  ] as const) {
    for (const [rank, one] of order.entries()) {
      joined.set(one, (joined.get(one) ?? 0) + weight / (smoothing + rank));
    }
  }
  return byFit.toSorted((left, right) => (joined.get(right) ?? 0) - (joined.get(left) ?? 0));
}

/**
 * Of a long section the best piece stands for all. One document does not take every place where another
 * one has something as good to say.
 */
function diverse(ranked: readonly Ranked[], limit: number): Ranked[] {
  const first = ranked[0];
  const rival = ranked.find(
    ({ candidate }) => documentOf(candidate) !== documentOf(first?.candidate),
  );
  const isRival = (rival?.relevance.fit ?? 0) >= (first?.relevance.fit ?? 0) * rivalShare;
  const mostOfOne = isRival ? Math.max(1, limit - 1) : limit;
  const taken = new Map<string, number>();
  const headings = new Set<string>();
  return ranked
    .filter(({ candidate }) => {
      const document = documentOf(candidate);
      const below = `${document}\n${candidate.heading}`;
      const count = taken.get(document) ?? 0;
      if (headings.has(below) || count >= mostOfOne) return false;
      headings.add(below);
      taken.set(document, count + 1);
      return true;
    })
    .slice(0, limit);
}

function documentOf(candidate: AnswerCandidate | undefined): string {
  return candidate === undefined ? '' : `${candidate.source}\n${candidate.externalId}`;
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
  const terms = words.flatMap((word) => word.terms);
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
    owners: ownersOf(candidate.owners, path).toSorted(),
  };
}
