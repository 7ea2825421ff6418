/** What can be found by words. */
export type SearchKind = 'document' | 'report' | 'pull_request' | 'work_item';

/** What a thing that can be found is known by: its kind, and its key at its source. */
export interface SearchKey {
  kind: SearchKind;
  /** Empty for what was made here. */
  source: string;
  externalId: string;
}

/**
 * Who may find something: `workspace` everybody, `team` the people of its team and those who lead,
 * `private` nobody but its owner.
 */
export type SearchVisibility = 'workspace' | 'team' | 'private';

/** One part of a text, such as what stands below one heading. */
export interface SearchPart {
  /** Its headings, outermost first, joined; empty where there is none. */
  heading: string;
  text: string;
  /** The lines it stands in, counted from 1; null for what has no lines. */
  lines: { from: number; to: number } | null;
}

/** A thing as it is to be found. */
export interface SearchSubject extends SearchKey {
  title: string;
  /** Its path, number or key: words of it count too. */
  path: string;
  /** The repository or project it lies in; null where it lies in none. */
  place: string | null;
  visibility: SearchVisibility;
  ownerPersonId: string | null;
  teamId: string | null;
  /** When it last changed at its source; null where unknown. @unit epoch milliseconds */
  updatedAt: number | null;
  parts: readonly SearchPart[];
}

/** Whose question it is: what nobody of these may read is neither found nor counted. */
export interface SearchAccess {
  /** Whose private things may be found too; null for nobody's. */
  personId: string | null;
  /** Whose teams' things may be found too. */
  teamIds: readonly string[];
  /** Whether things of every team may be found. */
  seesEveryTeam: boolean;
}

export interface SearchQuery {
  /** What somebody is looking for, in words. Nothing in it is syntax, except `*` after a beginning. */
  text: string;
  access: SearchAccess;
  kinds?: readonly SearchKind[] | undefined;
  /** Only what lies in one of these. */
  places?: readonly { source: string; place: string }[] | undefined;
  /** 10 unless told, 200 at most. */
  limit?: number | undefined;
}

/** A part that was found, best first. Its text is read where it is kept. */
export interface SearchHit extends SearchKey {
  part: number;
  title: string;
  heading: string;
  path: string;
  place: string | null;
  lines: { from: number; to: number } | null;
  updatedAt: number | null;
}

export interface SearchResult {
  hits: SearchHit[];
  /** Whether there are more than were asked for. */
  hasMore: boolean;
  /** The words looked for, in the form in which they were compared. */
  terms: string[];
}

/**
 * Finds things by words. The default keeps its index beside the rows; another one, such as a search
 * service, has to pass `searchIndexConformance` of `@adjutant/core/testing`. All of it can be made
 * anew from the rows at any time.
 */
export interface SearchIndex {
  /**
   * Makes these things be found as they are now, in place of whatever was there under their keys, and
   * returns how many parts were written. What is the same as before is not written again; a thing
   * without parts is found no more.
   */
  put(workspaceId: string, subjects: readonly SearchSubject[]): Promise<{ written: number }>;
  /** Makes these things be found no more, and returns how many parts went. */
  remove(workspaceId: string, keys: readonly SearchKey[]): Promise<{ removed: number }>;
  search(workspaceId: string, query: SearchQuery): Promise<SearchResult>;
  /** Forgets everything of a workspace. */
  clear(workspaceId: string): Promise<void>;
}
