import { type AccountBook, createAccountBook } from '../accounts/account-book.ts';
import { type CommitGraph, createCommitGraph } from '../commit-graph.ts';
import { createGrowingInt32Array } from '../growing-array.ts';
import { toInstant } from '../instants.ts';
import { logArguments } from '../log-format.ts';
import { createLogParser, type LoggedCommit } from '../log-parser.ts';
import { type MessageFacts, readMessage } from '../../commits/message.ts';
import { isHostingService } from '../../commits/hosting-service.ts';
import type { GitRepository } from '../open-repository.ts';
import { type PullRequestMention, readMeaning } from '../pull-request-subject.ts';
import { sinceOption, walkInput } from '../revisions.ts';
import { boundedText } from '../../commits/text.ts';
import type { HistoryRecord } from './history-payload.ts';
import { emptyTally, type Tally } from './history-state.ts';
import type { GraphFacts } from './pull-requests.ts';

const maxNameLength = 200;
const maxEmailLength = 320;

export interface LoadRequest {
  from: readonly string[];
  /** Where the walk stops: a commit known from before, with all that it contains. */
  boundary: string | null;
  since: string | null;
  branch: string | null;
  /** Only these are given as records; null for all. The rest is walked for the graph's sake. */
  fresh: ReadonlySet<string> | null;
  /** Commits that are there no more: not counted. */
  gone: ReadonlySet<string>;
  properNames: ReadonlyMap<string, string>;
}

export interface LoadedHistory {
  facts: GraphFacts;
  tally: Tally;
  accounts: AccountBook;
  /** Walks the history once, parents before children, and yields the records of each piece read. */
  records(): AsyncGenerator<HistoryRecord[]>;
}

/** Returns a walk over history that gathers, while records stream by, what pull requests need. */
export function loadCommits(repository: GitRepository, request: LoadRequest): LoadedHistory {
  const graph: CommitGraph = createCommitGraph();
  const tally = emptyTally();
  const accounts = createAccountBook(request.properNames);
  const mentions = new Map<number, PullRequestMention>();
  const syncs = new Set<number>();
  // NaN for what is not known, so that the engine keeps these as plain doubles.
  const authored: number[] = [];
  const committed: number[] = [];
  const authors = createGrowingInt32Array();
  const addFacts = (commit: LoggedCommit, message: MessageFacts): void => {
    const index = graph.add(commit.sha, commit.parents);
    authored.push(commit.authoredSeconds ?? Number.NaN);
    committed.push(commit.committedSeconds ?? Number.NaN);
    authors.push(accounts.find(commit.authorName, commit.authorEmail)?.index ?? -1);
    const meaning = readMeaning(message, commit.parents.length > 1, request.branch);
    if (meaning.kind === 'sync') syncs.add(index);
    else if (meaning.kind === 'pull_request') mentions.set(index, meaning.mention);
  };
  if (request.boundary !== null) {
    graph.add(request.boundary, []);
    authored.push(Number.NaN);
    committed.push(Number.NaN);
    authors.push(-1);
  }
  return {
    facts: {
      graph,
      mentions,
      syncs,
      authoredSeconds: (index) => known(authored[index]),
      committedSeconds: (index) => known(committed[index]),
      authorId: (index) => accounts.at(authors.at(index))?.id ?? null,
    },
    tally,
    accounts,
    async *records() {
      const parser = createLogParser();
      const stream = repository.stream(walk(request));
      for await (const chunk of stream) {
        const records: HistoryRecord[] = [];
        for (const commit of parser.push(chunk)) {
          const message = readMessage(commit.message);
          addFacts(commit, message);
          if (!request.gone.has(commit.sha)) count(tally, commit, message);
          if (request.fresh !== null && !request.fresh.has(commit.sha)) continue;
          giveAccount(accounts, commit.authorName, commit.authorEmail, records);
          if (!isHostingService({ email: commit.committerEmail })) {
            giveAccount(accounts, commit.committerName, commit.committerEmail, records);
          }
          records.push(toRecord(commit, message));
        }
        if (records.length > 0) yield records;
      }
    },
  };
}

function walk(request: LoadRequest): { arguments: string[]; input: string } {
  const { from, boundary, since } = request;
  return {
    arguments: logArguments(['--topo-order', '--reverse', ...sinceOption(since)]),
    input: walkInput(from, boundary === null ? [] : [boundary]),
  };
}

function known(seconds: number | undefined): number | null {
  return seconds === undefined || Number.isNaN(seconds) ? null : seconds;
}

function giveAccount(
  accounts: AccountBook,
  name: string,
  email: string,
  records: HistoryRecord[],
): void {
  const account = accounts.find(name, email);
  if (account === null || account.givenName !== null) return;
  account.givenName = account.name;
  records.push(accountRecord(account));
}

/** Returns the record of an account under the name that it has now. */
export function accountRecord(account: { id: string; name: string; email: string }): HistoryRecord {
  return {
    externalId: `account:${account.id}`,
    payload: {
      kind: 'account',
      name: boundedText(account.name, maxNameLength),
      email: boundedText(account.email, maxEmailLength),
    },
  };
}

function toRecord(commit: LoggedCommit, message: MessageFacts): HistoryRecord {
  const { sha, parents } = commit;
  return {
    externalId: sha,
    payload: {
      kind: 'commit',
      sha,
      parents: [...parents],
      author: signature(commit.authorName, commit.authorEmail, commit.authoredSeconds),
      committer: signature(commit.committerName, commit.committerEmail, commit.committedSeconds),
      subject: message.subject,
      ...(message.revertsSha === null ? {} : { reverts: message.revertsSha }),
      ...(message.trailers.length === 0
        ? {}
        : { trailers: message.trailers.map(([key, value]): [string, string] => [key, value]) }),
    },
  };
}

function signature(
  name: string,
  email: string,
  seconds: number | null,
): [string, string, number | null] {
  return [boundedText(name, maxNameLength), boundedText(email, maxEmailLength), seconds];
}

function count(tally: Tally, commit: LoggedCommit, message: MessageFacts): void {
  if (toInstant(commit.committedSeconds) === null || toInstant(commit.authoredSeconds) === null) {
    tally.unreadableDates += 1;
  }
  if (commit.authorName.includes('\uFFFD') || commit.committerName.includes('\uFFFD')) {
    tally.namesNotUtf8 += 1;
  }
  if (message.subjectCut || commit.cut) tally.cutTexts += 1;
}
