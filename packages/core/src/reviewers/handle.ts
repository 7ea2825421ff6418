/** Why somebody is suggested. */
export interface ReviewerReason {
  kind: 'owns' | 'knows_files' | 'knows_folder' | 'knows_repository' | 'working_time';
  /** In words of ours; a pattern or a folder in it is text from outside. */
  text: string;
}

/** Somebody who could review one pull request. No figure of that person is among it. */
export interface SuggestedReviewer {
  personId: string;
  displayName: string;
  /** At the source of the pull request; null where the person has no account with a login there. */
  login: string | null;
  /** All accounts of the person, so that they can be written to. */
  accounts: { source: string; externalId: string }[];
  reasons: ReviewerReason[];
  /** Ids of rows: the repository whose ownership file names them, pull requests that they worked on. */
  evidence: string[];
}

export interface ReviewerSuggestion {
  pullRequestId: string;
  /** Two people at most, whoever is asked first first. */
  reviewers: SuggestedReviewer[];
  /** Why there is nobody; null where there is somebody. */
  nobodyBecause: string | null;
  /** False where its source did not tell which files it changes. */
  knowsFiles: boolean;
}

/** Who could review what is open. */
export interface Reviewers {
  /**
   * Returns for each open pull request of the ids, in their order, whom to ask: owners of its files by
   * the ownership file, else whoever changed or reviewed them in the last ninety days. Never its author
   * nor who else committed to it, a program, somebody who is away, was asked or has reviewed. Ids of
   * what is not open here are left out.
   * @throws AdjutantError `InvalidInput` for more than a hundred ids
   */
  suggest(pullRequestIds: readonly string[]): Promise<ReviewerSuggestion[]>;
}
