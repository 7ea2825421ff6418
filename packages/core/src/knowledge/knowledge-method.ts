import type { SearchPart } from '../search/search-index.ts';
import type { TextSnippet } from '../search/text-snippet.ts';

/** A document and its parts: all of its lines, each in one part. */
export interface SplitDocument {
  title: string;
  parts: SearchPart[];
}

/** A part of a document that may hold what was asked for, with all that is known of where it stands. */
export interface AnswerCandidate {
  source: string;
  externalId: string;
  part: number;
  title: string;
  heading: string;
  path: string;
  text: string;
  lines: { from: number; to: number };
  commitSha: string;
  lastChangedAt: number | null;
  repository: { name: string; url: string | null };
  /** Who owns the file by CODEOWNERS, in alphabetical order. */
  owners: readonly string[];
  /** Its place among what the search found, from 0; null where only another part of the document was found. */
  foundAt: number | null;
}

/** In how many parts, and in how many documents, a term stands. */
export interface TermCounts {
  parts: number;
  documents: number;
}

/** A place in a document that answers, with the version in which it stands so. */
export interface DocumentCitation {
  /** Its key in the store. */
  source: string;
  externalId: string;
  /** The part that fits best. */
  part: number;
  repository: string;
  path: string;
  /** The commit in which these lines stand so. */
  version: string;
  /** The passage to read: that part, and short sections beside it below the same heading. */
  lines: { from: number; to: number };
  title: string;
  /** Of the part that fits best, with what stands above it. */
  heading: string;
  /** From those lines, word for word; what is left out at its ends is shown as an ellipsis. */
  snippet: TextSnippet;
  /** Where it can be read; null where no address is known. */
  url: string | null;
  freshness: {
    lastChangedAt: number | null;
    /** Null where it is not known when the file last changed. @unit days */
    ageDays: number | null;
    /** Whether it is so old that it may no longer hold; null where its age is not known. */
    isStale: boolean | null;
  };
  /** Who owns the file by CODEOWNERS, in alphabetical order. */
  owners: string[];
}

export interface AnswerQuestion {
  question: string;
  /**
   * All parts of the documents in which something was found, by words, and by meaning where there is an
   * embedder; of what would be too much at once, those parts alone.
   */
  candidates: readonly AnswerCandidate[];
  /** Where each term stands, among how many parts of how many documents of the workspace. */
  counts: ReadonlyMap<string, TermCounts>;
  partCount: number;
  documentCount: number;
  now: number;
  limit: number;
}

export interface ChosenAnswer {
  /** Empty where nothing that was found has enough of what was asked for. */
  citations: DocumentCitation[];
  /** The words that were looked for, as they were asked. */
  lookedFor: string[];
  /** Those of them that stand nowhere in the documents. */
  unknownWords: string[];
}

/**
 * How documents are split and what counts as an answer: pure functions, given to `createAdjutant` by
 * `@adjutant/insights` or written by a host.
 */
export interface KnowledgeMethod {
  /** Rises whenever a document would be split otherwise: everything is indexed anew then. */
  version: number;
  split(document: { path: string; text: string }): SplitDocument;
  /** Chooses what answers a question from what was found, and says nothing where nothing does. */
  answer(question: AnswerQuestion): ChosenAnswer;
}

/** Stands in where a host gave no method: a document is one part, and nothing is answered. */
export const noKnowledgeMethod: KnowledgeMethod = {
  version: 0,
  split({ path, text }) {
    const lines = { from: 1, to: text.split('\n').length };
    return { title: path, parts: [{ heading: '', text, lines }] };
  },
  answer: () => ({ citations: [], lookedFor: [], unknownWords: [] }),
};
