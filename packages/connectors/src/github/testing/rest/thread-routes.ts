import { notFoundAnswer, onRepository, paged } from './request.ts';
import { below, type Route } from './route.ts';
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

const pullRequestCommits = onRepository((request, repository, [number]) => {
  const found = repository.pullRequests.get(Number(number));
  if (found === undefined) return notFoundAnswer();
  const { slice, headers } = paged(request);
  const body = slice(found.commits).map(({ oid, message, author, parents }) => ({
    sha: oid,
    commit: { message, author: { name: author.name, email: author.email } },
    parents: parents.map((sha) => ({ sha })),
  }));
  return { status: 200, headers: headers(found.commits.length), body };
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

/** Pull requests, issues and what belongs to them, read over REST. */
export const threadRoutes: readonly Route[] = [
  ...below('/pulls', pullRequests, 'pull_requests=read'),
  ...below('/pulls/(\\d+)', pullRequest, 'pull_requests=read'),
  ...below('/pulls/(\\d+)/commits', pullRequestCommits, 'pull_requests=read'),
  ...below('/pulls/(\\d+)/requested_reviewers', reviewers, 'pull_requests=read'),
  ...below('/pulls/(\\d+)/reviews', reviews, 'pull_requests=read'),
  ...below('/issues', issues, 'issues=read'),
  ...below('/issues/(\\d+)', issue, 'issues=read'),
  ...below('/issues/(\\d+)/comments', comments, 'issues=read'),
  ...below('/labels/([^/]+)', label, 'issues=read'),
];
