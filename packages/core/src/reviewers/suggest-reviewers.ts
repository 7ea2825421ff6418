import { z } from 'zod';
import { parseInput } from '../parse-input.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { createSubjectContext, keyOf, type KnownAccount } from '../signals/subject-context.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { type AskedRequest, loadAskedRequests } from './asked-requests.ts';
import { chooseReviewers } from './choose-reviewers.ts';
import { collectCandidates } from './collect-candidates.ts';
import { describeReviewers } from './describe-reviewers.ts';
import type { Reviewers, ReviewerSuggestion } from './handle.ts';
import { loadOwnerLines, peopleOfOwner } from './load-owners.ts';
import { loadRecentWork } from './load-recent-work.ts';
import {
  type AskedAccounts,
  loadAskedAccounts,
  loadStandings,
  type Standing,
} from './load-standing.ts';
import { type OwnerLine, ownersOfFiles } from './owners-of-files.ts';

const idsSchema = z.array(z.string().min(1).max(200)).max(100);

/** Returns what a handle offers of reviewers. */
export function createReviewers(context: ReadContext): Reviewers {
  return {
    suggest: async (pullRequestIds) =>
      suggestReviewers(context, parseInput(idsSchema, pullRequestIds)),
  };
}

/** What is the same for all pull requests of one question. */
interface Asking {
  context: ReadContext;
  now: number;
  accounts: ReadonlyMap<string, KnownAccount>;
  standings: ReadonlyMap<string, Standing>;
  asked: ReadonlyMap<string, AskedAccounts>;
  /** Open pull requests that wait for a review of each person. */
  openRequests: ReadonlyMap<string, number>;
  ownerLines(request: AskedRequest): Promise<OwnerLine[]>;
  peopleOf(source: string, owner: string): Promise<string[]>;
}

async function suggestReviewers(
  context: ReadContext,
  ids: readonly string[],
): Promise<ReviewerSuggestion[]> {
  const now = context.clock.now();
  const requests = await loadAskedRequests(context, [...new Set(ids)]);
  const asking = await prepareAsking(context, now);
  const found = new Map<string, ReviewerSuggestion>();
  for (const request of requests) {
    found.set(request.id, await suggestFor(asking, request));
    await yieldToEventLoop();
  }
  return [...new Set(ids)].flatMap((id) => found.get(id) ?? []);
}

async function prepareAsking(context: ReadContext, now: number): Promise<Asking> {
  const subjects = await createSubjectContext(context, now);
  const accounts = await subjects.accounts();
  const asked = await loadAskedAccounts(context);
  const openRequests = new Map<string, number>();
  for (const { source, open } of asked.values()) {
    for (const account of open) {
      const personId = accounts.get(keyOf(source, account))?.personId ?? null;
      if (personId !== null) openRequests.set(personId, (openRequests.get(personId) ?? 0) + 1);
    }
  }
  return {
    context,
    now,
    accounts,
    standings: await loadStandings(context, now),
    asked,
    openRequests,
    ownerLines: remembered(
      ({ source, repositoryExternalId }: AskedRequest) => keyOf(source, repositoryExternalId),
      (request) => loadOwnerLines(context, request),
    ),
    peopleOf: remembered(
      (source: string, owner: string) => keyOf(source, owner.toLowerCase()),
      (source, owner) => peopleOfOwner(context, source, owner),
    ),
  };
}

async function suggestFor(asking: Asking, request: AskedRequest): Promise<ReviewerSuggestion> {
  const { context, now, accounts, standings, openRequests } = asking;
  const owners: { personId: string; owner: string; pattern: string }[] = [];
  for (const { owner, pattern } of ownersOfFiles(await asking.ownerLines(request), request.paths)) {
    for (const personId of await asking.peopleOf(request.source, owner)) {
      owners.push({ personId, owner, pattern });
    }
  }
  const recent = (await loadRecentWork(context, request, now)).flatMap((work) => {
    const account = accounts.get(keyOf(request.source, work.account));
    return account === undefined || account.isBot || account.personId === null
      ? []
      : [{ ...work, personId: account.personId }];
  });
  const candidates = collectCandidates({ owners, recent, repositoryId: request.repositoryId });
  const cannot = whoCannot(asking, request);
  const free = candidates
    .filter(({ personId }) => !cannot.has(personId) && standings.get(personId)?.isAway !== true)
    .map((candidate) => ({
      ...candidate,
      isWorkingTime: standings.get(candidate.personId)?.untilWorkingTime === 0,
    }));
  const reviewers = await describeReviewers(context, {
    source: request.source,
    chosen: chooseReviewers(request.id, free, {
      waitingFor: (personId) => openRequests.get(personId) ?? 0,
      untilWorkingTime: (personId) => standings.get(personId)?.untilWorkingTime ?? null,
    }),
  });
  const knowsFiles = request.paths.length > 0;
  return {
    pullRequestId: request.id,
    reviewers,
    nobodyBecause: reviewers.length > 0 ? null : whyNobody(candidates.length, knowsFiles),
    knowsFiles,
  };
}

/** Whoever wrote it, was asked or has reviewed. */
function whoCannot({ accounts, asked }: Asking, request: AskedRequest): ReadonlySet<string> {
  const { open, reviewed } = asked.get(request.id) ?? { open: [], reviewed: [] };
  const own = [...(request.author === null ? [] : [request.author]), ...request.committers];
  const people = [...own, ...open, ...reviewed].map(
    (account) => accounts.get(keyOf(request.source, account))?.personId ?? null,
  );
  return new Set(people.filter((personId) => personId !== null));
}

function whyNobody(candidates: number, knowsFiles: boolean): string {
  if (candidates > 0) {
    return 'Whoever owns or knows what it changes wrote it, is away, is a program, or was asked already.';
  }
  return knowsFiles
    ? 'No ownership file names anybody for its files, and nobody worked on them lately.'
    : 'Its files are not known, and nobody worked in its repository lately.';
}

function remembered<Words extends readonly unknown[], Value>(
  keyFor: (...words: Words) => string,
  load: (...words: Words) => Promise<Value>,
): (...words: Words) => Promise<Value> {
  const known = new Map<string, Promise<Value>>();
  return (...words) => {
    const key = keyFor(...words);
    const found = known.get(key) ?? load(...words);
    known.set(key, found);
    return found;
  };
}
