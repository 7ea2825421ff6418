import type {
  TwinDeployment,
  TwinIssue,
  TwinLabel,
  TwinPullRequest,
  TwinRelease,
  TwinRepository,
} from '../../data/records.ts';
import { connection, type Place } from '../connection.ts';
import { NotImitated, notFound } from '../errors.ts';
import {
  dateTime,
  fieldsOf,
  unknownFields,
  type FieldArguments,
  type FieldEntry,
  type TwinContext,
} from '../field-table.ts';
import { blobNamed } from '../../data/git-objects.ts';
import { nodeId } from '../node-id.ts';
import { branchRef, refsOf, type TwinRef } from './refs.ts';
import { orderedPlace, pathOf, webUrl } from './shared.ts';

function includes(wanted: readonly string[] | null | undefined, value: string): boolean {
  return wanted === null || wanted === undefined || wanted.length === 0 || wanted.includes(value);
}

function matchesLabels(labels: readonly TwinLabel[], args: FieldArguments): boolean {
  const { labels: wanted } = args;
  if (wanted === null || wanted === undefined) return true;
  return labels.some(({ name }) => wanted.includes(name));
}

function threadPlace(
  thread: TwinIssue | TwinPullRequest,
  position: number,
  args: FieldArguments,
): [number, number] {
  if (args.orderBy?.field === 'COMMENTS') return [thread.comments.length, thread.id];
  return orderedPlace(thread, position, args);
}

export interface TwinBlob {
  type: 'Blob';
  text: string;
}

/** Files are kept as they are at the head: `HEAD:path` names one, an older commit none. */
function fileOf(
  { files, defaultBranch }: TwinRepository,
  expression: string | null | undefined,
): TwinBlob | null {
  const [, revision, path = ''] = /^([^:]+):(.+)$/.exec(expression ?? '') ?? [];
  if (revision !== 'HEAD' && revision !== defaultBranch) return null;
  const text = files.get(path);
  return text === undefined ? null : { type: 'Blob', text };
}

const longestText = 512_000;
const isBinary = (text: string): boolean => text.includes('\0');

export const blobFields = fieldsOf<TwinBlob>({
  // GitHub cuts what is longer and says so.
  text: ({ text }) =>
    isBinary(text) ? null : Buffer.from(text).subarray(0, longestText).toString('utf8'),
  byteSize: ({ text }) => Buffer.byteLength(text),
  isBinary: ({ text }) => isBinary(text),
  isTruncated: ({ text }) => Buffer.byteLength(text) > longestText,
});

/** Returns a field that pages through pull requests; what drifts while paging hooks in here. */
export function pullRequestsOf<Source>(
  items: (source: Source) => Iterable<TwinPullRequest>,
): FieldEntry<Source> {
  return connection<Source, TwinPullRequest>({
    orders: ['CREATED_AT', 'UPDATED_AT', 'COMMENTS'],
    accepts: ['states', 'labels', 'baseRefName', 'headRefName'],
    items: (source, args) =>
      [...items(source)].filter(
        (request) =>
          includes(args.states, request.state) &&
          matchesLabels(request.labels, args) &&
          (args.baseRefName ?? request.baseRefName) === request.baseRefName &&
          (args.headRefName ?? request.headRefName) === request.headRefName,
      ),
    place: threadPlace,
    onPage: ({ items: page, hasNextPage }, _, args, context) => {
      const repository = page[0]?.repository;
      const orderedBy = args.orderBy?.field ?? 'CREATED_AT';
      if (hasNextPage && repository !== undefined) {
        context.openPages.push({ repository, orderedBy, page });
      }
    },
  });
}

/** Of the filters of issues only the instant is honoured. */
function sinceOf(filters: Readonly<Record<string, unknown>>): unknown {
  const other = Object.entries(filters).find(
    ([name, value]) => name !== 'since' && value !== null && value !== false,
  );
  if (other !== undefined) throw new NotImitated(`the filter ${other[0]} of issues`);
  return filters['since'];
}

const issues = connection<TwinRepository, TwinIssue>({
  orders: ['CREATED_AT', 'UPDATED_AT', 'COMMENTS'],
  accepts: ['states', 'labels', 'filterBy'],
  items: ({ issues: all }, args) => {
    const since = sinceOf(args.filterBy ?? {});
    const from = typeof since === 'string' ? Date.parse(since) : Number.NEGATIVE_INFINITY;
    return [...all.values()].filter(
      (issue) =>
        includes(args.states, issue.state) &&
        matchesLabels(issue.labels, args) &&
        issue.updatedAt >= from,
    );
  },
  place: threadPlace,
});

/** Returns a field that pages through the repositories that the token may see. */
export function repositoriesOf<Source>(
  items: (source: Source, context: TwinContext) => readonly TwinRepository[],
): FieldEntry<Source> {
  return connection<Source, TwinRepository>({
    orders: ['CREATED_AT', 'UPDATED_AT', 'PUSHED_AT', 'NAME'],
    items: (source, _, context) =>
      items(source, context).filter(({ isAccessible }) => isAccessible),
    place: repositoryPlace,
  });
}

function repositoryPlace(
  repository: TwinRepository,
  position: number,
  args: FieldArguments,
): Place {
  const { id, name, pushedAt } = repository;
  if (args.orderBy?.field === 'NAME') return [name, id];
  if (args.orderBy?.field === 'PUSHED_AT') return [pushedAt, id];
  return orderedPlace(repository, position, args);
}

function urlOf({ owner, name }: TwinRepository, context: TwinContext): string {
  return webUrl(context, owner.login, name);
}

function byNumber(
  kind: string,
  find: (repository: TwinRepository, number: number) => TwinIssue | TwinPullRequest | undefined,
): FieldEntry<TwinRepository> {
  return {
    accepts: ['number'],
    resolve: (repository, { number = 0 }) => {
      const found = find(repository, number);
      if (found === undefined) {
        throw notFound(`Could not resolve to ${kind} with the number of ${number}.`);
      }
      return found;
    },
  };
}

export const repositoryFields = fieldsOf<TwinRepository>({
  id: (repository) => nodeId(repository),
  databaseId: ({ id }) => id,
  name: ({ name }) => name,
  nameWithOwner: ({ owner, name }) => `${owner.login}/${name}`,
  owner: ({ owner }) => owner,
  description: ({ description }) => description,
  url: (repository, _, context) => urlOf(repository, context),
  resourcePath: (repository, _, context) => pathOf(urlOf(repository, context), context),
  isPrivate: ({ isPrivate }) => isPrivate,
  visibility: ({ isPrivate }) => (isPrivate ? 'PRIVATE' : 'PUBLIC'),
  isArchived: ({ isArchived }) => isArchived,
  archivedAt: ({ isArchived, updatedAt }) => (isArchived ? dateTime(updatedAt) : null),
  isFork: ({ isFork }) => isFork,
  isEmpty: ({ headOid }) => headOid === null,
  isDisabled: () => false,
  isLocked: () => false,
  isMirror: () => false,
  isTemplate: () => false,
  isInOrganization: () => true,
  hasIssuesEnabled: () => true,
  createdAt: ({ createdAt }) => dateTime(createdAt),
  updatedAt: ({ updatedAt }) => dateTime(updatedAt),
  pushedAt: ({ pushedAt }) => dateTime(pushedAt),
  viewerPermission: () => 'READ',
  mergeCommitAllowed: ({ mergeMethods }) => mergeMethods.merge,
  squashMergeAllowed: ({ mergeMethods }) => mergeMethods.squash,
  rebaseMergeAllowed: ({ mergeMethods }) => mergeMethods.rebase,
  ...unknownFields('parent', 'homepageUrl', 'primaryLanguage', 'licenseInfo', 'mirrorUrl'),
  defaultBranchRef: branchRef,
  ref: {
    accepts: ['qualifiedName'],
    resolve: (repository, { qualifiedName = '' }) =>
      ['refs/heads/', 'refs/tags/']
        .flatMap((prefix) => refsOf(repository, prefix))
        .find(
          ({ prefix, name }) => qualifiedName === name || qualifiedName === `${prefix}${name}`,
        ) ?? null,
  },
  refs: connection<TwinRepository, TwinRef>({
    orders: ['ALPHABETICAL', 'TAG_COMMIT_DATE'],
    accepts: ['refPrefix'],
    items: (repository, { refPrefix }) =>
      refsOf(repository, refPrefix).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    place: ({ target }, position, args) => {
      if (args.orderBy?.field !== 'TAG_COMMIT_DATE') return [position, 0];
      const commit = target.type === 'Tag' ? target.tag.commit : target;
      return [commit.committer.at, position];
    },
  }),
  object: {
    accepts: ['oid', 'expression'],
    resolve: (repository, { oid, expression }) => {
      const { commits, headOid, defaultBranch } = repository;
      const file = fileOf(repository, expression);
      if (file !== null) return file;
      const text = typeof oid === 'string' && !commits.has(oid) ? blobNamed(repository, oid) : null;
      if (text !== null) return { type: 'Blob', text };
      const named = expression === 'HEAD' || expression === defaultBranch ? headOid : expression;
      return commits.get(oid ?? named ?? '') ?? null;
    },
  },
  pullRequest: byNumber('a PullRequest', ({ pullRequests }, number) => pullRequests.get(number)),
  issue: byNumber('an Issue', ({ issues: all }, number) => all.get(number)),
  issueOrPullRequest: byNumber(
    'an issue or pull request',
    (repository, number) => repository.pullRequests.get(number) ?? repository.issues.get(number),
  ),
  pullRequests: pullRequestsOf<TwinRepository>(({ pullRequests }) => pullRequests.values()),
  issues,
  labels: connection<TwinRepository, TwinLabel>({
    orders: ['CREATED_AT'],
    items: ({ labels }) => labels,
  }),
  releases: connection<TwinRepository, TwinRelease>({
    orders: ['CREATED_AT'],
    items: ({ releases }) => releases,
    place: orderedPlace,
  }),
  release: {
    accepts: ['tagName'],
    resolve: ({ releases }, { tagName }) =>
      releases.find(({ tag }) => tag.name === tagName) ?? null,
  },
  latestRelease: ({ releases }) =>
    releases.findLast(({ isDraft, isPrerelease }) => !isDraft && !isPrerelease) ?? null,
  deployments: connection<TwinRepository, TwinDeployment>({
    orders: ['CREATED_AT'],
    accepts: ['environments'],
    items: ({ deployments }, { environments }) =>
      deployments.filter(({ environment }) => includes(environments, environment)),
    place: orderedPlace,
  }),
});
