import type { TwinActor, TwinPullRequest } from '@adjutant/connectors/testing';
import type { Label } from './label.ts';
import type { CodePlace, Organisation, Person } from './organisation.ts';
import { hourMs, minuteMs } from './working-time.ts';
import type { World } from './world.ts';

export interface NewPull {
  place: CodePlace;
  author: Person | TwinActor;
  /** When it is opened. */
  at: number;
  title?: string;
  lines?: number;
  isDraft?: boolean;
  /** When its first commit was made; an hour before it was opened unless told. */
  firstCommitAt?: number;
  reviewer?: Person;
  headRefName?: string;
  baseRefName?: string;
  /** Labels of the truth that are about it: they take its key. */
  labels?: readonly Label[];
}

const changes = ['Round', 'Cache', 'Validate', 'Retry', 'Log', 'Split', 'Rename', 'Guard'];
const things = ['the totals', 'refunds', 'the session', 'the list', 'the export', 'the form'];

/** A pull request that is to be opened, and what people do with it. */
export class Pull {
  readonly #world: World;
  readonly #organisation: Organisation;
  readonly #place: CodePlace;
  readonly author: TwinActor;
  #request: TwinPullRequest | null = null;

  constructor(world: World, organisation: Organisation, pull: NewPull) {
    this.#world = world;
    this.#organisation = organisation;
    this.#place = pull.place;
    this.author = 'github' in pull.author ? pull.author.github : pull.author;
    const title = pull.title ?? `${world.dice.oneOf(changes)} ${world.dice.oneOf(things)}`;
    world.at(pull.at, () => this.#open(pull, title));
  }

  get request(): TwinPullRequest {
    if (this.#request === null) throw new Error('It is not open yet.');
    return this.#request;
  }

  #open(pull: NewPull, title: string): void {
    const { github, dice } = this.#world;
    const { repository } = this.#place;
    const { at, lines = dice.whole(20, 180), isDraft = false } = pull;
    const first = github.addCommit(repository, {
      at: pull.firstCommitAt ?? at - hourMs,
      by: this.author,
      message: title,
      additions: Math.ceil(lines * 0.75),
      deletions: Math.floor(lines * 0.25),
      changedFiles: Math.max(1, Math.round(lines / 60)),
    });
    const { headRefName, baseRefName } = pull;
    this.#request = github.addPullRequest(repository, {
      title,
      createdAt: at,
      author: this.author,
      commits: [first],
      isDraft,
      ...(headRefName === undefined ? {} : { headRefName }),
      ...(baseRefName === undefined ? {} : { baseRefName }),
    });
    for (const label of pull.labels ?? []) label.key = `${repository.name}#${this.request.number}`;
    if (pull.reviewer !== undefined) {
      github.requestReview(this.request, { reviewer: pull.reviewer.github, at: at + minuteMs });
    }
    this.#build(first.oid, this.request.headRefName, at);
  }

  #build(sha: string, branch: string, at: number): void {
    const { dice } = this.#world;
    const { ci, buildMinutes } = this.#place;
    const minutes = buildMinutes * dice.between(0.85, 1.2);
    const conclusion = dice.chance(0.12) ? 'failure' : 'success';
    runWorkflow(this.#world, ci, {
      ...{ sha, branch, at, minutes, actor: this.author, event: 'pull_request' },
      conclude: () => conclusion,
    });
  }

  review(
    by: Person,
    at: number,
    state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' = 'APPROVED',
  ): this {
    this.#world.at(at, () => {
      const review = { author: by.github, state, submittedAt: at, body: 'Read it.' };
      this.#world.github.addReview(this.request, review);
    });
    return this;
  }

  comment(by: Person | TwinActor, at: number): this {
    const author = 'github' in by ? by.github : by;
    this.#world.at(at, () => {
      this.#world.github.addComment(this.request, { at, author, body: 'About this part.' });
    });
    return this;
  }

  push(at: number): this {
    this.#world.at(at, () => {
      const { github } = this.#world;
      const { repository } = this.#place;
      const commit = github.addCommit(repository, { at, by: this.author, message: 'Answer' });
      this.request.commits.push(commit);
      github.touch(this.request, at);
      this.#build(commit.oid, this.request.headRefName, at);
    });
    return this;
  }

  close(at: number): this {
    this.#world.at(at, () => {
      this.#world.github.close(this.request, { at, by: this.author });
    });
    return this;
  }

  merge(at: number, by?: Person): this {
    this.#world.at(at, () => {
      const { github } = this.#world;
      const { repository } = this.#place;
      const actor = by?.github ?? this.author;
      const isMain = this.request.baseRefName === repository.defaultBranch;
      const commit = github.addCommit(repository, {
        at,
        message: `${this.request.title} (#${this.request.number})`,
        by: this.author,
        ...(repository.headOid === null ? {} : { parents: [repository.headOid] }),
        additions: this.request.additions,
        deletions: this.request.deletions,
      });
      if (isMain) repository.headOid = commit.oid;
      repository.pushedAt = at;
      github.merge(this.request, { at, by: actor, commit });
      if (isMain) buildMain(this.#world, this.#organisation, this.#place, { sha: commit.oid, at });
    });
    return this;
  }
}

export interface MainBuild {
  sha: string;
  at: number;
  conclusion?: 'success' | 'failure' | 'cancelled';
  minutes?: number;
}

/** Builds the default branch as it goes at present. */
export function buildMain(
  world: World,
  { actions }: Organisation,
  place: CodePlace,
  { sha, at, ...build }: MainBuild,
): void {
  const minutes = build.minutes ?? place.buildMinutes * world.dice.between(0.85, 1.2);
  runWorkflow(world, place.ci, {
    ...{ sha, at, minutes, branch: 'main', actor: actions, event: 'push' },
    conclude: () => build.conclusion ?? (place.isMainRed ? 'failure' : 'success'),
  });
}

interface NewRun {
  sha: string;
  branch: string;
  at: number;
  minutes: number;
  actor: TwinActor;
  event: string;
  /** Asked when it is over. */
  conclude(this: void): 'success' | 'failure' | 'cancelled';
}

function runWorkflow(world: World, workflow: CodePlace['ci'], run: NewRun): void {
  const { sha: headSha, branch: headBranch, at, minutes, actor, event } = run;
  world.at(at, () => {
    const started = world.github.addWorkflowRun(workflow, {
      ...{ actor, headSha, headBranch, event, status: 'in_progress', conclusion: null },
      ...{ createdAt: at, startedAt: at, updatedAt: at },
    });
    const updatedAt = Math.floor((at + minutes * minuteMs) / 1_000) * 1_000;
    world.at(updatedAt, () => {
      const conclusion = run.conclude();
      Object.assign(started, { status: 'completed', conclusion, updatedAt });
    });
  });
}
