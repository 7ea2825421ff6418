import { AdjutantError } from '@adjutant/core';
import type { GithubAccess } from './access.ts';
import {
  type MergeViewAnswer,
  type MergeViewCheck,
  mergeViewDocument,
  type MergeViewPullRequest,
  mergeViewSchema,
} from './merge-view-document.ts';

const mostPages = 30;

export interface ReadCheck {
  name: string;
  /** `SUCCESS`, `FAILURE`, `IN_PROGRESS` and so on, as GitHub says it. */
  state: string;
  required: boolean;
}

/** A pull request as who decides on its merge must know it. */
export interface MergeView {
  repository: Omit<NonNullable<MergeViewAnswer['repository']>, 'pullRequest'>;
  pullRequest: MergeViewPullRequest;
  files: readonly { path: string; changeType: string }[];
  /** False where GitHub lists fewer files than it counts. */
  hasAllFiles: boolean;
  checks: readonly ReadCheck[];
}

interface Pages {
  files: Map<string, string>;
  checks: ReadCheck[];
  filesAfter: string | null;
  checksAfter: string | null;
  needsFiles: boolean;
  needsChecks: boolean;
}

/**
 * Returns a pull request with all of its checks and files.
 * @throws AdjutantError `NotFound`, `Conflict` where it changes while it is read
 */
export async function readMergeView(
  access: GithubAccess,
  { repository: fullName, number }: { repository: string; number: number },
): Promise<MergeView> {
  const [owner = '', name = ''] = fullName.split('/');
  const pages: Pages = {
    files: new Map(),
    checks: [],
    filesAfter: null,
    checksAfter: null,
    needsFiles: true,
    needsChecks: true,
  };
  let head: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const { filesAfter, checksAfter } = pages;
    const variables = { owner, name, number, filesAfter, checksAfter };
    const answer: MergeViewAnswer = await access.graphql(
      'MergeView',
      mergeViewDocument,
      variables,
      mergeViewSchema,
    );
    const found = answer.repository ?? null;
    const pullRequest = found?.pullRequest ?? null;
    if (found === null || pullRequest === null) throw notThere();
    head ??= pullRequest.headRefOid;
    if (head !== pullRequest.headRefOid) throw moving();
    addPage(pages, pullRequest);
    if (!pages.needsFiles && !pages.needsChecks) {
      const { pullRequest: _, ...repository } = found;
      return {
        repository,
        pullRequest,
        files: [...pages.files].map(([path, changeType]) => ({ path, changeType })),
        hasAllFiles: pages.files.size >= pullRequest.changedFiles,
        checks: pages.checks.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
      };
    }
  }
  throw new AdjutantError(
    'Upstream',
    'GitHub lists the files of this pull request without an end.',
    {
      source: 'github',
      hint: 'Merge it by hand.',
    },
  );
}

function addPage(pages: Pages, pullRequest: MergeViewPullRequest): void {
  const { files } = pullRequest;
  const contexts = checksOf(pullRequest);
  if (pages.needsFiles) {
    for (const { path, changeType } of files?.nodes ?? []) pages.files.set(path, changeType);
  }
  if (pages.needsChecks) pages.checks.push(...(contexts?.nodes ?? []).map(readCheck));
  pages.filesAfter = endOf(files?.pageInfo) ?? pages.filesAfter;
  pages.checksAfter = endOf(contexts?.pageInfo) ?? pages.checksAfter;
  pages.needsFiles &&= files?.pageInfo.hasNextPage === true;
  pages.needsChecks &&= contexts?.pageInfo.hasNextPage === true;
}

function checksOf({ headRefOid, commits }: MergeViewPullRequest) {
  const commit = commits.nodes.at(-1)?.commit;
  if (commit === undefined) return null;
  // The list of commits may lag behind the head: checks of another commit would tell nothing.
  if (commit.oid !== headRefOid) throw moving();
  return commit.statusCheckRollup?.contexts ?? null;
}

function readCheck(check: MergeViewCheck): ReadCheck {
  return check.kind === 'CheckRun'
    ? { name: check.name, state: check.conclusion ?? check.status, required: check.isRequired }
    : { name: check.context, state: check.state, required: check.isRequired };
}

function endOf(info: { endCursor?: string | null | undefined } | undefined): string | null {
  return info?.endCursor ?? null;
}

function notThere(): AdjutantError {
  return new AdjutantError('NotFound', 'GitHub shows no such pull request to this credential.', {
    source: 'github',
    hint: 'Check the repository and the number, and what the credential may read.',
  });
}

function moving(): AdjutantError {
  return new AdjutantError('Conflict', 'The pull request is changing just now.', {
    source: 'github',
    retryable: true,
    hint: 'It is tried again by itself.',
  });
}
