import type { MadePullRequest } from '../../../testing/team-history.ts';
import type { Random } from '../../../testing/random.ts';
import type { GithubData } from '../data/github-data.ts';
import type { TwinActor, TwinCommit, TwinPullRequest, TwinRepository } from '../data/records.ts';
import type { TeamAccounts } from './team-accounts.ts';
import type { TrueGithubPullRequest } from './team-github-truth.ts';

/** What one repository of the team is shown with. */
export interface TeamPlace {
  data: GithubData;
  random: Random;
  accounts: TeamAccounts;
  repository: TwinRepository;
  window: { from: number; to: number };
}

type MergedTruth = Omit<
  TrueGithubPullRequest,
  'deployedAt' | 'isDeployedCommit' | 'isInFirstDeployment'
>;

const secondMs = 1_000;
const hourMs = 3_600_000;

/** Returns an instant so far along between two, in whole seconds. */
export function along(from: number, to: number, share: number): number {
  return from + Math.floor(((to - from) * share) / secondMs) * secondMs;
}

/** Shows a merge that git knows as the pull request it was, with the review that git has forgotten. */
export function addMergedPullRequest(
  place: TeamPlace,
  made: MadePullRequest,
): { request: TwinPullRequest; truth: MergedTruth } {
  const { data, random, accounts, repository } = place;
  const author = accounts.actorOf(made.author);
  const commits = commitsOf(place, made);
  const firstCommitAt = Math.min(...commits.map((commit) => commit.author.at));
  const { mergedAt } = made;
  const openedAt = along(firstCommitAt, mergedAt, 0.05 + random.next() * 0.45);
  const request = data.addPullRequest(repository, {
    number: made.number,
    title: made.title,
    body: random.chance(0.5) ? `${made.title}, as agreed.` : '',
    createdAt: openedAt,
    author,
    commits,
    labels: random.chance(0.3) ? [data.addLabel(repository, 'enhancement')] : [],
    assignees: random.chance(0.2) ? [random.pick(accounts.people)] : [],
  });
  const readyAt = makeReady(place, request, openedAt, mergedAt);
  const answers = answer(place, request, readyAt, mergedAt);
  const merger = accounts.actorOf(made.merger);
  const mergeCommit = repository.commits.get(made.mergeSha) ?? null;
  data.merge(request, { at: mergedAt, by: merger, commit: mergeCommit });
  afterwards(place, request, mergedAt);
  return {
    request,
    truth: {
      repository: repository.name,
      number: made.number,
      mergeSha: made.mergeSha,
      authorLogin: author.login,
      authorIsBot: author.type === 'Bot',
      firstCommitAt,
      openedAt,
      readyAt,
      ...answers,
      mergedAt,
    },
  };
}

/** The commits of its branch; a squash has left them to GitHub alone, so they are made here. */
function commitsOf(
  { data, random, accounts, repository, window }: TeamPlace,
  made: MadePullRequest,
): TwinCommit[] {
  if (made.branch.length > 0) {
    return made.branch.flatMap((sha) => repository.commits.get(sha) ?? []);
  }
  const earliest = window.from + hourMs;
  const work = Math.max(0.2, random.duration(16, 1.1)) * hourMs;
  let at = Math.max(earliest, along(made.mergedAt - work, made.mergedAt, 0));
  return Array.from({ length: random.integer(1, 4) }, (_, step) => {
    if (step > 0) at = along(at, made.mergedAt, random.next());
    const whole = Math.floor(at / secondMs) * secondMs;
    return data.addCommit(repository, {
      at: whole,
      author: accounts.personOf(made.author, whole),
      message: step === 0 ? made.title : `Step ${step + 1}`,
      additions: random.integer(1, 200),
      deletions: random.integer(0, 80),
    });
  });
}

/** Some begin as a draft; a few go back to it once. Returns when it could be looked at. */
function makeReady(
  { data, random }: TeamPlace,
  request: TwinPullRequest,
  openedAt: number,
  mergedAt: number,
): number {
  const actor = request.author;
  if (!random.chance(0.25)) return openedAt;
  let readyAt = along(openedAt, mergedAt, 0.05 + random.next() * 0.25);
  data.addEvent(request, 'ReadyForReviewEvent', { at: readyAt, actor });
  if (random.chance(0.2)) {
    const draftAt = along(readyAt, mergedAt, 0.05);
    data.addEvent(request, 'ConvertToDraftEvent', { at: draftAt, actor });
    readyAt = along(draftAt, mergedAt, 0.1);
    data.addEvent(request, 'ReadyForReviewEvent', { at: readyAt, actor });
  }
  return readyAt;
}

interface Answers {
  respondedAt: number | null;
  approvedAt: number | null;
}

function answer(
  place: TeamPlace,
  request: TwinPullRequest,
  readyAt: number,
  mergedAt: number,
): Answers {
  const { data, random, accounts } = place;
  const reviewer = random.pick(accounts.people.filter((person) => person !== request.author));
  const isAnswered = random.chance(request.author?.type === 'Bot' ? 0.6 : 0.9);
  const respondedAt = along(readyAt, mergedAt, 0.1 + random.next() * 0.7);
  askForReview(place, request, reviewer, readyAt);
  // What comes first is often no human, or the author: neither is an answer.
  if (random.chance(0.4)) {
    const at = along(readyAt, respondedAt, 0.1);
    data.addReview(request, { state: 'COMMENTED', submittedAt: at, author: accounts.reviewBot });
  }
  if (random.chance(0.2) && request.author !== null) {
    data.addComment(request, { at: along(readyAt, respondedAt, 0.3), author: request.author });
  }
  if (!isAnswered) return { respondedAt: null, approvedAt: null };
  return { respondedAt, approvedAt: review(place, request, reviewer, respondedAt, mergedAt) };
}

function askForReview(
  { data, random, accounts }: TeamPlace,
  request: TwinPullRequest,
  reviewer: TwinActor,
  at: number,
): void {
  if (random.chance(0.7)) data.requestReview(request, { reviewer, at });
  const team = accounts.organization.teams.find(({ slug }) => slug === request.repository.name);
  if (team !== undefined && random.chance(0.5)) {
    data.requestReview(request, { reviewer: team, at, asCodeOwner: true });
  }
  if (random.chance(0.1)) {
    const other = random.pick(accounts.people);
    data.addEvent(request, 'ReviewRequestedEvent', {
      at,
      actor: request.author,
      requestedReviewer: other,
    });
    data.addEvent(request, 'ReviewRequestRemovedEvent', {
      at: at + secondMs,
      actor: request.author,
      requestedReviewer: other,
    });
  }
}

/** The first answer and what follows it. Returns when it was approved. */
function review(
  { data, random }: TeamPlace,
  request: TwinPullRequest,
  reviewer: TwinActor,
  respondedAt: number,
  mergedAt: number,
): number | null {
  const body = 'Have a look at the second part.';
  const commentCount = random.integer(0, 6);
  const first = { submittedAt: respondedAt, author: reviewer, commentCount };
  let approvedAt: number | null = null;
  if (random.chance(0.2)) {
    data.addComment(request, { at: respondedAt, author: reviewer, body });
  } else {
    const state = random.pick(['APPROVED', 'APPROVED', 'CHANGES_REQUESTED', 'COMMENTED'] as const);
    const given = data.addReview(request, { ...first, state, body });
    if (state === 'APPROVED') approvedAt = respondedAt;
    else if (state === 'CHANGES_REQUESTED' && random.chance(0.2)) {
      const at = along(respondedAt, mergedAt, 0.5);
      given.state = 'DISMISSED';
      data.addEvent(request, 'ReviewDismissedEvent', {
        at,
        actor: request.author,
        review: given,
        previousReviewState: state,
        dismissalMessage: 'No longer so.',
      });
    }
  }
  reworkIn(data, random, request, respondedAt, mergedAt);
  if (approvedAt === null && random.chance(0.9)) {
    approvedAt = along(respondedAt, mergedAt, 0.6 + random.next() * 0.35);
    data.addReview(request, { state: 'APPROVED', submittedAt: approvedAt, author: reviewer });
  }
  return approvedAt;
}

/** A force-push, or a time back as a draft, after the first answer: neither moves its pickup. */
function reworkIn(
  data: GithubData,
  random: Random,
  request: TwinPullRequest,
  respondedAt: number,
  mergedAt: number,
): void {
  const actor = request.author;
  if (random.chance(0.12)) {
    data.addEvent(request, 'HeadRefForcePushedEvent', {
      at: along(respondedAt, mergedAt, 0.3),
      actor,
      beforeCommit: null,
      afterCommit: request.commits.at(-1) ?? null,
    });
  }
  // Later by whole seconds, so that no instant is shared with the answer.
  if (random.chance(0.08) && mergedAt - respondedAt > 60_000) {
    const at = along(respondedAt, mergedAt, 0.2);
    data.addEvent(request, 'ConvertToDraftEvent', { at, actor });
    const againAt = along(respondedAt, mergedAt, 0.4);
    data.addEvent(request, 'ReadyForReviewEvent', { at: againAt, actor });
  }
}

function afterwards(
  { data, random, accounts, window }: TeamPlace,
  request: TwinPullRequest,
  mergedAt: number,
): void {
  if (random.chance(0.5)) {
    data.addEvent(request, 'HeadRefDeletedEvent', {
      at: mergedAt + secondMs,
      actor: request.author,
      headRefName: request.headRefName,
    });
  }
  const lateAt = mergedAt + random.integer(5, 110) * 60_000;
  // Too late to have helped: it counts as no answer.
  if (random.chance(0.06) && lateAt <= window.to) {
    const author = random.pick(accounts.people);
    data.addReview(request, { state: 'APPROVED', submittedAt: lateAt, author });
  }
}
