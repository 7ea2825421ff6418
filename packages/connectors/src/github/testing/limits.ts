/** What the twin refuses. */
export interface GithubTwinLimits {
  /** GraphQL points an hour. */
  points: number;
  /** REST requests an hour. */
  restRequests: number;
  /** Largest `first` or `last`. */
  pageSize: number;
  /** Nodes that one GraphQL request may ask for. */
  nodes: number;
  /**
   * How much one GraphQL request may really load before it is cut off with 502: two for every
   * connection that is opened and one for every node that it returns. This stands for GitHub's ten
   * seconds; the figure is ours.
   */
  weight: number;
  /** Entries of one list of all files; the rest is left out, and the answer says so. */
  treeEntries: number;
  /** How long an installation token lives. @unit milliseconds */
  installationTokenMs: number;
}

export const githubLimits: GithubTwinLimits = {
  points: 5_000,
  restRequests: 5_000,
  pageSize: 100,
  nodes: 500_000,
  weight: 2_400,
  treeEntries: 100_000,
  installationTokenMs: 3_600_000,
};
