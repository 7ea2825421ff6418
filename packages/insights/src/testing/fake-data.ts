import type {
  GapNote,
  PersonSummary,
  RepositorySummary,
  WorkDetail,
  WorkSummary,
} from '@adjutant/core';
import type { SubjectRows } from '@adjutant/core/domain';
import { dayMs, hourMs } from '../format.ts';

type PullRequestRow = SubjectRows['pull_request'];

/** A piece of work with the rows that metrics read of it. */
export interface FakeWork extends WorkSummary {
  repositoryId: string;
  aiEvidence: WorkDetail['aiEvidence'];
  facts: PullRequestRow | null;
}

/** Everything a fake workspace holds. Tests change it before a handle is made. */
export interface FakeData {
  now: number;
  teamName: string | null;
  repositories: RepositorySummary[];
  people: PersonSummary[];
  codingAgents: number;
  serviceBots: number;
  work: FakeWork[];
  deployedCommits: SubjectRows['deployed_commit'][];
  deployments: SubjectRows['deployment'][];
  gaps: GapNote[];
  syncedAt: number | null;
}

export const fakeNow = Date.UTC(2026, 10, 20, 9, 30);

/** Returns a workspace without anything in it. */
export function emptyFakeData(): FakeData {
  return {
    now: fakeNow,
    teamName: null,
    repositories: [],
    people: [],
    codingAgents: 0,
    serviceBots: 0,
    work: [],
    deployedCommits: [],
    deployments: [],
    gaps: [],
    syncedAt: fakeNow - 20 * 60_000,
  };
}

/** Returns a repository with whatever is given in place of the defaults. */
export function fakeRepository(fields: Partial<RepositorySummary> = {}): RepositorySummary {
  const name = fields.name ?? 'api';
  return {
    id: `repository-${name}`,
    source: 'git',
    externalId: `git:${name}`,
    name,
    fullName: null,
    url: `https://github.com/acme/${name}`,
    defaultBranch: 'main',
    mergeStyle: 'merge',
    commitCount: 400,
    mergedCount: 120,
    firstCommitAt: fakeNow - 400 * dayMs,
    lastCommitAt: fakeNow - dayMs,
    ...fields,
  };
}

/** Returns a person with one account. */
export function fakePerson(displayName: string): PersonSummary {
  const email = `${displayName.toLowerCase().replace(/[^a-z]+/g, '.')}@acme.example`;
  return {
    id: `person-${displayName}`,
    displayName,
    role: 'member',
    mergedIntoPersonId: null,
    teams: [],
    accounts: [
      {
        source: 'git',
        externalId: email,
        login: null,
        name: displayName,
        email,
        emailVerified: false,
        vendorId: null,
        kind: 'human',
        isBot: false,
        method: 'own_account',
        confidence: 1,
        isLent: false,
      },
    ],
  };
}

interface MergeFields {
  id: string;
  repository: RepositorySummary;
  mergedAt: number;
  key?: string;
  title?: string;
  author?: string | null;
  /** From first commit to merge; null where the clone does not show it. @unit hours */
  hours?: number | null;
  facts?: Partial<PullRequestRow>;
  aiEvidence?: WorkDetail['aiEvidence'];
}

/** Returns a merged pull request as a bare clone shows it. */
export function fakeMerge(fields: MergeFields): FakeWork {
  const { id, repository, mergedAt, key = '#1', title = 'Change something' } = fields;
  const { author = null, hours = null, aiEvidence = [] } = fields;
  const firstCommitAt = hours === null ? null : Math.round(mergedAt - hours * hourMs);
  return {
    id,
    kind: 'pull_request',
    repository: repository.name,
    repositoryId: repository.id,
    key,
    title,
    state: 'merged',
    author,
    startedAt: firstCommitAt,
    finishedAt: mergedAt,
    hours,
    aiEvidence,
    facts: {
      ...unknownFacts(id, repository),
      mergedAt,
      firstCommitAt,
      firstCommitToMergeMs: hours === null ? null : hours * hourMs,
      ...fields.facts,
    },
  };
}

/** Returns an open pull request. */
export function fakeOpen(id: string, repository: RepositorySummary, openedAt: number): FakeWork {
  return {
    ...fakeMerge({ id, repository, mergedAt: 0, key: `#${id.length}`, title: 'Still open' }),
    state: 'open',
    startedAt: openedAt,
    finishedAt: null,
    facts: { ...unknownFacts(id, repository), openedAt },
  };
}

/** Returns a commit of the default branch. */
export function fakeCommit(
  id: string,
  repository: RepositorySummary,
  committedAt: number,
  author: string | null,
  title = 'Change something',
): FakeWork {
  return {
    id,
    kind: 'commit',
    repository: repository.name,
    repositoryId: repository.id,
    key: id.padEnd(9, '0').slice(0, 9),
    title,
    state: 'committed',
    author,
    startedAt: committedAt,
    finishedAt: committedAt,
    hours: 0,
    aiEvidence: [],
    facts: null,
  };
}

/** Returns a release. */
export function fakeRelease(name: string, repository: RepositorySummary, at: number): FakeWork {
  const key = `release-${repository.name}-${name}`;
  return {
    ...fakeCommit(key, repository, at, null, name),
    kind: 'release',
    key: name,
    state: 'released',
  };
}

function unknownFacts(id: string, repository: RepositorySummary): PullRequestRow {
  return {
    id,
    source: repository.source,
    pullRequestExternalId: id,
    repositoryExternalId: repository.externalId,
    authorIsBot: false,
    openedAt: null,
    mergedAt: null,
    closedAt: null,
    deployedAt: null,
    releasedAt: null,
    firstCommitAt: null,
    codingMs: null,
    pickupMs: null,
    reviewMs: null,
    mergeWaitMs: null,
    deployMs: null,
    totalMs: null,
    unattributedMs: null,
    firstCommitToMergeMs: null,
    releaseWaitMs: null,
    isRevert: false,
    isHotfix: false,
    deploymentMethod: null,
    sizeLines: null,
    reviewCount: null,
    reviewerCount: null,
    commentCount: null,
    reworkRounds: null,
    idleMs: null,
    lastActivityAt: null,
    mergedWithoutReview: null,
  };
}
