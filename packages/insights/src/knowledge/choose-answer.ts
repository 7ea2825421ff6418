import {
  type AnswerCandidate,
  type AnswerQuestion,
  type ChosenAnswer,
  type DocumentCitation,
  snippetOf,
} from '@adjutant/core';
import { documentUrl } from './document-url.ts';
import { ownersOf } from './owners-of.ts';
import { askedWordsOf, type AskedWord } from './asked-words.ts';
import { type Relevance, relevanceOf } from './relevance.ts';

const dayMs = 86_400_000;
/** What nobody has touched for so long may no longer hold. */
const staleAfterDays = 365;
const snippetLength = 400;
/** So much of what was asked for, by weight, has to stand in a part before it counts as an answer. */
const leastCoverage = 0.6;
/** Parts far behind the best one are no answer beside it. */
const leastShareOfBest = 0.35;
const mostOfOneDocument = 3;

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
    .map(
      (candidate, rank): Ranked => ({ candidate, relevance: relevanceOf(candidate, words, rank) }),
    )
    .filter(({ relevance }) => relevance.coverage >= leastCoverage)
    .toSorted((left, right) => right.relevance.score - left.relevance.score);
  const best = ranked[0]?.relevance.score ?? 0;
  const near = ranked.filter(({ relevance }) => relevance.score >= best * leastShareOfBest);
  const citations = diverse(near, question.limit).map(({ candidate }) =>
    toCitation(candidate, words, question.now),
  );
  return { citations, lookedFor, unknownWords };
}

/** Several documents say more than several parts of one. */
function diverse(ranked: readonly Ranked[], limit: number): Ranked[] {
  const taken = new Map<string, number>();
  return ranked
    .filter(({ candidate: { source, externalId } }) => {
      const key = `${source}\n${externalId}`;
      const count = (taken.get(key) ?? 0) + 1;
      taken.set(key, count);
      return count <= mostOfOneDocument;
    })
    .slice(0, limit);
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
