import type { TeamMember } from './team-people.ts';
import type { TeamTruth } from './team-truth.ts';

/** A commit as the generator made it. */
export interface MadeCommit {
  sha: string;
  message: string;
  parents: readonly string[];
  author: TeamMember;
  committer: TeamMember;
  /** Both of its instants. */
  at: number;
}

export interface MadePullRequest {
  number: number;
  title: string;
  author: TeamMember;
  merger: TeamMember;
  mergedAt: number;
  /** The commit that brought it in. */
  mergeSha: string;
  /** Commits of its branch, the oldest first; none where a squash has hidden them. */
  branch: readonly string[];
}

export interface MadeTag {
  name: string;
  sha: string;
  at: number;
  isAnnotated: boolean;
}

/** What is in one generated repository, for whoever shows the same team in another way. */
export interface MadeHistory {
  name: string;
  headSha: string;
  /** In the order in which they were made. */
  commits: readonly MadeCommit[];
  pullRequests: readonly MadePullRequest[];
  tags: readonly MadeTag[];
  /** The files of every commit, by path. */
  files: Readonly<Record<string, string>>;
}

/** A generated team, apart from where its repositories lie. */
export interface MadeTeam {
  seed: number;
  members: readonly TeamMember[];
  histories: readonly MadeHistory[];
  truth: TeamTruth;
}
