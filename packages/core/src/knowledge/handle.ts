import type { IndexLag } from '../search/lag-figures.ts';
import type { SearchKind } from '../search/search-index.ts';
import type { TextSnippet } from '../search/text-snippet.ts';
import type { AnswerMeta } from '../workspace/handle.ts';
import type { DocumentCitation } from './knowledge-method.ts';

export interface AskQuery {
  /** In the words of whoever asks; 2,000 characters are read. */
  question: string;
  /** Only in this repository, by name. */
  repository?: string | undefined;
  /** 5 citations unless told, 20 at most. */
  limit?: number | undefined;
}

export interface KnowledgeAnswer {
  question: string;
  /** `no_source` where no document holds enough of what was asked: then nothing is said, and nothing guessed. */
  outcome: 'answered' | 'no_source';
  /** Places that answer, best first; each was found in the stored version just now. */
  citations: DocumentCitation[];
  /** The words that were looked for. */
  lookedFor: string[];
  /** Those of them that stand in no document. */
  unknownWords: string[];
  /** How many documents there are to answer from. */
  documentCount: number;
  meta: AnswerMeta;
}

/** What is found here. Reports are not: `reports.search` looks at the rows themselves who may read them now. */
export type FoundKind = Exclude<SearchKind, 'report'>;

export interface SearchWorkspaceQuery {
  text: string;
  kinds?: readonly FoundKind[] | undefined;
  repository?: string | undefined;
  /** 10 unless told, 50 at most. */
  limit?: number | undefined;
}

/** Something that was found by its words. */
export interface FoundItem {
  kind: FoundKind;
  /** The row, as `getWork` takes it; null where that row is gone. */
  id: string | null;
  title: string;
  /** The path, number or key. */
  path: string;
  heading: string;
  repository: string | null;
  lines: { from: number; to: number } | null;
  /** Null for what has no text of its own. */
  snippet: TextSnippet | null;
  url: string | null;
  updatedAt: number | null;
}

export interface SearchAnswer {
  items: FoundItem[];
  hasMore: boolean;
  lookedFor: string[];
  meta: AnswerMeta;
}

/** Who looks after a place: as written in CODEOWNERS and as teams, never as a ranking of people. */
export interface KnownOwners {
  repository: string;
  /** Null for a repository as a whole. */
  path: string | null;
  /** As CODEOWNERS names them, in alphabetical order. */
  owners: string[];
  /** The team that the repository belongs to here; null where it belongs to none. */
  team: string | null;
}

export interface WhoKnowsAnswer {
  about: string;
  places: KnownOwners[];
  /** What was done about it lately, newest first: work, and no list of who did most. */
  recentWork: {
    id: string;
    key: string;
    title: string;
    repository: string | null;
    at: number | null;
  }[];
  meta: AnswerMeta;
}

/** What documents say, and where something is found. */
export interface Knowledge {
  /**
   * Answers from documents with places that can be read. @throws AdjutantError `InvalidInput` for an
   * empty question, `NotFound` for an unknown repository
   */
  ask(query: AskQuery): Promise<KnowledgeAnswer>;
  /** Finds documents, pull requests and work items by their words; only what the viewer may read. Reports are found by `reports.search`. */
  search(query: SearchWorkspaceQuery): Promise<SearchAnswer>;
  /** Who looks after a path or a topic. */
  whoKnows(about: string): Promise<WhoKnowsAnswer>;
  /** How long what was written waited until it could be found. */
  indexLag(): Promise<IndexLag>;
}
