import type { TwinIssue, TwinPullRequest } from '../data/records.ts';
import { along, type TeamPlace } from './team-merged-pull-request.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Adds what is under way or was given up: open pull requests, drafts among them, and closed ones. */
export function addUnmergedPullRequests(place: TeamPlace): {
  open: number;
  drafts: number;
  closed: number;
} {
  const { random } = place;
  const open = random.integer(3, 7);
  const closed = random.integer(1, 3);
  let drafts = 0;
  for (let count = 0; count < open; count += 1) {
    // One in each repository was forgotten; the others are of these days.
    const request = addUnmerged(place, count, count === 0 ? [20, 14] : [4, 0]);
    if (random.chance(0.3)) {
      request.isDraft = true;
      drafts += 1;
    }
  }
  for (let count = 0; count < closed; count += 1) {
    const request = addUnmerged(place, open + count, [20, 0]);
    const at = along(request.updatedAt, place.window.to, random.next() * 0.9);
    place.data.close(request, { at, by: request.author });
  }
  return { open, drafts, closed };
}

const titles = [
  'Try another layout',
  'Retry payments that time out',
  'Remember the last address',
  'Drop the old voucher table',
  'Measure the time to first paint',
  'Split the order service',
  'Read prices from one place',
] as const;

function addUnmerged(
  { data, random, accounts, repository, window }: TeamPlace,
  place: number,
  [oldestDays, youngestDays]: readonly [number, number],
): TwinPullRequest {
  const author = random.pick(accounts.people);
  const to = window.to - Math.max(2 * hourMs, youngestDays * dayMs);
  const createdAt = along(window.to - oldestDays * dayMs, to, random.next());
  const firstAt = createdAt - random.integer(1, 20) * hourMs;
  const commits = Array.from({ length: random.integer(1, 3) }, (_, step) =>
    data.addCommit(repository, {
      at: along(firstAt, createdAt, step / 4),
      by: author,
      message: `Try ${step + 1}`,
    }),
  );
  const request = data.addPullRequest(repository, {
    title: titles[place % titles.length] ?? titles[0],
    createdAt,
    author,
    commits,
  });
  const reviewer = random.pick(accounts.people.filter((person) => person !== author));
  data.requestReview(request, { reviewer, at: createdAt });
  if (random.chance(0.5)) {
    const submittedAt = along(createdAt, window.to, random.next() * 0.8);
    data.addReview(request, { state: 'COMMENTED', submittedAt, author: reviewer });
  }
  return request;
}

/** Adds issues that merged pull requests have closed, and some that nobody has. */
export function addIssues(
  place: TeamPlace,
  merged: readonly TwinPullRequest[],
): { all: number; open: number } {
  const { data, random, repository, window } = place;
  for (const request of merged) {
    if (!random.chance(0.4)) continue;
    const before = request.createdAt - random.integer(1, 96) * hourMs;
    const createdAt = Math.max(window.from, before);
    const issue = addIssue(place, `Wanted: ${request.title}`, createdAt);
    request.closingIssues.push(issue);
    data.addEvent(issue, 'CrossReferencedEvent', {
      at: request.createdAt,
      actor: request.author,
      source: request,
      willCloseTarget: true,
    });
    data.close(issue, { at: request.mergedAt ?? request.updatedAt, by: request.mergedBy });
  }
  const open = random.integer(4, 9);
  for (let count = 0; count < open; count += 1) {
    const createdAt = along(window.from, window.to - hourMs, random.next());
    addIssue(place, 'Look into slow pages', createdAt);
  }
  return { all: repository.issues.size, open };
}

function addIssue(
  { data, random, accounts, repository }: TeamPlace,
  title: string,
  createdAt: number,
): TwinIssue {
  const author = random.pick(accounts.people);
  const assignee = random.pick(accounts.people);
  const issue = data.addIssue(repository, { title, createdAt, author });
  if (random.chance(0.3)) {
    const label = data.addLabel(repository, 'bug');
    issue.labels.push(label);
    data.addEvent(issue, 'LabeledEvent', { at: createdAt, actor: author, label });
  }
  if (random.chance(0.6)) {
    issue.assignees.push(assignee);
    data.addEvent(issue, 'AssignedEvent', { at: createdAt, actor: author, assignee });
  }
  return issue;
}
