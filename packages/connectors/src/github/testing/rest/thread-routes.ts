import type { TwinActor } from '../data/records.ts';
import {
  notFoundAnswer,
  notImitatedAnswer,
  onRepository,
  paged,
  type RestHandler,
} from './request.ts';
import { below, get, type Route } from './route.ts';
import { commentOf, issueOf, labelOf, pullRequestOf } from './thread-representations.ts';
import { userOf } from './representations.ts';

const pullRequest = onRepository(({ places }, { pullRequests }, [number]) => {
  const found = pullRequests.get(Number(number));
  return found === undefined
    ? notFoundAnswer()
    : { status: 200, body: pullRequestOf(found, places) };
});

const pullRequests = onRepository((request, repository) => {
  const { query, places } = request;
  const [, head] = (query.get('head') ?? '').split(':');
  const state = query.get('state') ?? 'open';
  const wanted = [...repository.pullRequests.values()].filter(
    (one) =>
      (state === 'all' || (state === 'open') === (one.state === 'OPEN')) &&
      (head === undefined || one.headRefName === head) &&
      (query.get('base') ?? one.baseRefName) === one.baseRefName,
  );
  const { slice, headers } = paged(request);
  const body = slice(wanted).map((one) => pullRequestOf(one, places));
  return { status: 200, headers: headers(wanted.length), body };
});

const mostCommits = 250;

const pullRequestCommits = onRepository((request, repository, [number]) => {
  const found = repository.pullRequests.get(Number(number));
  if (found === undefined) return notFoundAnswer();
  const { slice, headers } = paged(request);
  // REST shows no more of them, and does not say that there are more.
  const shown = found.commits.slice(0, mostCommits);
  const body = slice(shown).map(({ oid, message, author, parents }) => ({
    sha: oid,
    commit: {
      message,
      author: { name: author.name, email: author.email, date: new Date(author.at).toISOString() },
    },
    parents: parents.map((sha) => ({ sha })),
  }));
  return { status: 200, headers: headers(shown.length), body };
});

const reviewers = onRepository(({ places }, repository, [number]) => {
  const found = repository.pullRequests.get(Number(number));
  if (found === undefined) return notFoundAnswer();
  const { requested_reviewers: users, requested_teams: teams } = pullRequestOf(found, places);
  return { status: 200, body: { users, teams } };
});

const reviews = onRepository((request, repository, [number]) => {
  const found = repository.pullRequests.get(Number(number));
  if (found === undefined) return notFoundAnswer();
  const { slice, headers } = paged(request);
  const body = slice(found.reviews).map(({ id, author, state }) => ({
    id,
    user: author === null ? null : userOf(author, request.places),
    state,
  }));
  return { status: 200, headers: headers(found.reviews.length), body };
});

const issue = onRepository(({ places }, repository, [number]) => {
  const found =
    repository.issues.get(Number(number)) ?? repository.pullRequests.get(Number(number));
  return found === undefined ? notFoundAnswer() : { status: 200, body: issueOf(found, places) };
});

const issues = onRepository((request, repository) => {
  const { query, places } = request;
  const state = query.get('state') ?? 'open';
  const all = [...repository.issues.values(), ...repository.pullRequests.values()]
    .filter((one) => state === 'all' || (state === 'open') === (one.state === 'OPEN'))
    .toSorted((a, b) => b.createdAt - a.createdAt || b.id - a.id);
  const { slice, headers } = paged(request);
  const body = slice(all).map((one) => issueOf(one, places));
  return { status: 200, headers: headers(all.length), body };
});

const comments = onRepository((request, repository, [number]) => {
  const found =
    repository.issues.get(Number(number)) ?? repository.pullRequests.get(Number(number));
  if (found === undefined) return notFoundAnswer();
  const { slice, headers } = paged(request);
  const body = slice(found.comments).map((one) => commentOf(one, request.places));
  return { status: 200, headers: headers(found.comments.length), body };
});

const label = onRepository((_, { labels }, [name = '']) => {
  const wanted = decodeURIComponent(name).toLowerCase();
  const found = labels.find((one) => one.name.toLowerCase() === wanted);
  return found === undefined ? notFoundAnswer() : { status: 200, body: labelOf(found) };
});

const files = onRepository((request, repository, [number]) => {
  const found = repository.pullRequests.get(Number(number));
  if (found === undefined) return notFoundAnswer();
  if (found.files === null) return notImitatedAnswer('the files of this pull request');
  const { slice, headers } = paged(request);
  const body = slice(found.files).map(({ path, changeType, additions, deletions }) => ({
    filename: path,
    status: changeType === 'DELETED' ? 'removed' : changeType.toLowerCase(),
    additions,
    deletions,
    changes: additions + deletions,
  }));
  return { status: 200, headers: headers(found.files.length), body };
});

/** People, bots and organizations share one list of names. */
const user: RestHandler = ({ data, places }, [login = '']) => {
  const wanted = decodeURIComponent(login).toLowerCase();
  const nameOf = (one: TwinActor): string =>
    (one.type === 'Bot' ? `${one.login}[bot]` : one.login).toLowerCase();
  const found =
    data.actors.find((one) => nameOf(one) === wanted) ??
    data.organizations.find((one) => one.login.toLowerCase() === wanted);
  return found === undefined ? notFoundAnswer() : { status: 200, body: userOf(found, places) };
};

const team: RestHandler = ({ data }, [login, slug]) => {
  const found = data.organizations
    .find((one) => one.login === login)
    ?.teams.find((one) => one.slug === slug);
  if (found === undefined) return notFoundAnswer();
  const { id, name, description } = found;
  return { status: 200, body: { id, slug: found.slug, name, description } };
};

/** Pull requests, issues and what belongs to them, read over REST. */
export const threadRoutes: readonly Route[] = [
  ...below('/pulls', pullRequests, 'pull_requests=read'),
  ...below('/pulls/(\\d+)', pullRequest, 'pull_requests=read'),
  ...below('/pulls/(\\d+)/files', files, 'pull_requests=read'),
  ...below('/pulls/(\\d+)/commits', pullRequestCommits, 'pull_requests=read'),
  ...below('/pulls/(\\d+)/requested_reviewers', reviewers, 'pull_requests=read'),
  ...below('/pulls/(\\d+)/reviews', reviews, 'pull_requests=read'),
  ...below('/issues', issues, 'issues=read'),
  ...below('/issues/(\\d+)', issue, 'issues=read'),
  ...below('/issues/(\\d+)/comments', comments, 'issues=read'),
  ...below('/labels/([^/]+)', label, 'issues=read'),
  get(/^\/users\/([^/]+)$/, user, '', ''),
  get(/^\/orgs\/([^/]+)\/teams\/([^/]+)$/, team, 'members=read', 'read:org'),
];
