import type { FastImport, Signature } from './fast-import.ts';
import { objectId, treeId } from './object-id.ts';
import type {
  MadeCommit,
  MadeHistory,
  MadePullRequest,
  MadeTag,
} from '../../testing/team-history.ts';
import type { Random } from '../../testing/random.ts';
import {
  assistantTrailer,
  mailmapOf,
  teamAgent,
  teamBot,
  type TeamMember,
} from '../../testing/team-people.ts';
import type { TrueMerge, TrueRepository } from '../../testing/team-truth.ts';
import { importHistory, initRepository } from './write-repository.ts';

export interface TeamRepositoryOptions {
  random: Random;
  name: string;
  directory: string;
  style: TrueRepository['style'];
  window: { from: number; to: number };
  members: readonly TeamMember[];
  merges: number;
  /** Nothing is tagged from here on: what is merged later waits. */
  releasesEndAt: number;
  /** Whose turn it is first, so that over all repositories everybody has one. */
  firstAuthor: number;
}

export interface TeamRepository {
  truth: TrueRepository;
  pullRequests: TrueMerge[];
  taggedAt: number[];
  /** Addresses that a commit names. */
  emails: Set<string>;
  history: MadeHistory;
}

/** A repository while it is being made. */
interface Making extends TeamRepository {
  history: {
    name: string;
    headSha: string;
    commits: MadeCommit[];
    pullRequests: MadePullRequest[];
    tags: MadeTag[];
    files: Record<string, string>;
  };
}

const hourSeconds = 3_600;
const topics = ['search', 'cart', 'invoices', 'login', 'export', 'webhooks', 'cache', 'layout'];
const verbs = ['Add', 'Rework', 'Simplify', 'Speed up', 'Repair', 'Document', 'Split'];

interface Made {
  mark: number;
  sha: string;
  seconds: number;
}

/** Makes one repository of the team, in the order in which things happened. */
export async function generateTeamRepository(
  options: TeamRepositoryOptions,
): Promise<TeamRepository> {
  const { directory, name, style } = options;
  const gitDirectory = await initRepository({
    directory,
    bare: true,
    origin: `https://git.example.com/acme/${name}.git`,
  });
  const made: Making = {
    truth: {
      name,
      path: directory,
      style,
      commits: 0,
      merges: 0,
      tags: 0,
      reverts: 0,
      agentMarkedCommits: 0,
    },
    pullRequests: [],
    taggedAt: [],
    emails: new Set(),
    history: { name, headSha: '', commits: [], pullRequests: [], tags: [], files: {} },
  };
  await importHistory(gitDirectory, (history) => writeHistory(history, options, made));
  return made;
}

type Event = { seconds: number; kind: 'merge' | 'direct' | 'tag' };

/** What people read first, with what they look for when something is wrong. */
function readmeOf(name: string): string {
  return [
    `# ${name}`,
    `@acme/${name} answers for it.`,
    '## Deploying',
    'A tag that begins with v goes to production. Whoever tags watches the errors for half an hour.',
    '## Rolling back',
    'It is rolled back by deploying the tag before the present one. What was wrong is mended afterwards.',
    '',
  ].join('\n\n');
}

function* writeHistory(
  history: FastImport,
  options: TeamRepositoryOptions,
  made: Making,
): Generator<void> {
  const { random, window, members } = options;
  const from = window.from / 1_000;
  const files = {
    '.mailmap': mailmapOf(members),
    CODEOWNERS: `* @acme/${options.name}\n`,
    'README.md': readmeOf(options.name),
  };
  made.history.files = files;
  const writer = createWriter(history, treeId(files), made);
  const founder = members[0] ?? teamBot;
  const mainline = [writer.commit(founder, from, 'Begin\n', [], files)];
  yield;
  const untagged: TrueMerge[] = [];
  let tagged: Made | null = null;
  for (const { kind, seconds } of planEvents(random, options)) {
    const tip = mainline.at(-1);
    if (tip === undefined) break;
    if (kind === 'tag') {
      // A second tag on one commit would release nothing.
      if (tip !== tagged) tagTip(writer, random, made, untagged, tip, seconds);
      tagged = tip;
    } else if (kind === 'direct') {
      const message = `${titleOf(random)}\n`;
      mainline.push(writer.commit(random.pick(members), seconds, message, [tip]));
    } else {
      const merge = mergeOne({ writer, random, options, made, mainline, seconds });
      mainline.push(merge.made);
      made.pullRequests.push(merge.truth);
      untagged.push(merge.truth);
    }
    yield;
  }
  const last = mainline.at(-1);
  if (last === undefined) return;
  history.ref('refs/heads/main', last.mark);
  made.history.headSha = last.sha;
}

/** Merges over all days, some direct pushes, and a release every few days; never two at one instant. */
function planEvents(
  random: Random,
  { window, merges, releasesEndAt }: TeamRepositoryOptions,
): Event[] {
  const from = window.from / 1_000 + 30 * hourSeconds;
  const to = window.to / 1_000 - 2 * hourSeconds;
  const events: Event[] = [];
  for (let count = 0; count < merges; count += 1) {
    events.push({ kind: 'merge', seconds: random.integer(from, to) });
  }
  for (let count = 0; count < merges / 12; count += 1) {
    events.push({ kind: 'direct', seconds: random.integer(from, to) });
  }
  const every = random.integer(40, 110) * hourSeconds;
  for (
    let seconds = from + every;
    seconds < Math.min(to, releasesEndAt / 1_000);
    seconds += Math.round(every * (0.5 + random.next()))
  ) {
    events.push({ kind: 'tag', seconds });
  }
  events.sort((a, b) => a.seconds - b.seconds);
  let last = 0;
  for (const event of events) {
    if (event.seconds <= last) event.seconds = last + 1;
    last = event.seconds;
  }
  return events;
}

function tagTip(
  writer: Writer,
  random: Random,
  made: Making,
  untagged: TrueMerge[],
  tip: Made,
  seconds: number,
): void {
  // A name alone carries the time of its commit, so only an annotated tag may wait.
  const isAnnotated = random.chance(0.7);
  const taggedAt = (isAnnotated ? seconds : tip.seconds) * 1_000;
  made.truth.tags += 1;
  const name = `v1.${made.truth.tags}.0`;
  writer.tag(name, tip, isAnnotated ? seconds : null);
  made.history.tags.push({ name, sha: tip.sha, at: taggedAt, isAnnotated });
  made.taggedAt.push(taggedAt);
  const isFirst = made.truth.tags === 1;
  for (const merge of untagged.splice(0)) {
    merge.taggedAt = taggedAt;
    merge.deployedAt = isFirst && merge.sha !== tip.sha ? null : taggedAt;
  }
}

interface MergeContext {
  writer: Writer;
  random: Random;
  options: TeamRepositoryOptions;
  made: Making;
  mainline: readonly Made[];
  seconds: number;
}

function mergeOne(context: MergeContext): { made: Made; truth: TrueMerge } {
  const { writer, random, options, made, mainline, seconds } = context;
  const number = ++made.truth.merges;
  const author = authorOf(random, options, number);
  const reverted = random.chance(0.03) ? random.pick(mainline.slice(-20)) : null;
  const subject = reverted === null ? titleOf(random) : `Revert "${titleOf(random)}"`;
  const body = reverted === null ? '' : `\nThis reverts commit ${reverted.sha}.\n`;
  const isSquash = options.style === 'squash' || (options.style === 'mixed' && random.chance(0.5));
  const marked = author === teamAgent || (author !== teamBot && random.chance(0.25));
  const trailer = marked && author !== teamAgent ? `\n${assistantTrailer}\n` : '';
  const merger = random.pick(options.members);
  const truth = {
    repository: options.name,
    number,
    mergedAt: seconds * 1_000,
    taggedAt: null,
    deployedAt: null,
    authorEmail: author.email,
  };
  const described = { number, title: subject, author, merger, mergedAt: truth.mergedAt };
  const tip = mainline.at(-1);
  if (tip === undefined) throw new RangeError('A merge needs a mainline.');
  if (isSquash) {
    if (reverted !== null) made.truth.reverts += 1;
    if (marked) made.truth.agentMarkedCommits += 1;
    const message = `${subject} (#${number})\n${body}${trailer}`;
    const squash = writer.commit(author, seconds, message, [tip], undefined, merger);
    made.history.pullRequests.push({ ...described, mergeSha: squash.sha, branch: [] });
    return { made: squash, truth: { ...truth, sha: squash.sha, firstCommitAt: null } };
  }
  const first = firstCommitSeconds(context);
  let branch = mainline.findLast((commit) => commit.seconds <= first) ?? tip;
  const length = reverted === null ? random.integer(1, 5) : 1;
  const shas: string[] = [];
  for (let step = 0; step < length; step += 1) {
    const at = step === 0 ? first : random.integer(branch.seconds, seconds);
    if (reverted !== null) made.truth.reverts += 1;
    if (marked) made.truth.agentMarkedCommits += 1;
    const message = step === 0 ? `${subject}\n${body}${trailer}` : `${titleOf(random)}\n${trailer}`;
    branch = writer.commit(author, at, message, [branch]);
    shas.push(branch.sha);
  }
  const message = `Merge pull request #${number} from acme/topic-${number}\n\n${subject}\n`;
  const merge = writer.commit(merger, seconds, message, [tip, branch]);
  made.history.pullRequests.push({ ...described, mergeSha: merge.sha, branch: shas });
  return { made: merge, truth: { ...truth, sha: merge.sha, firstCommitAt: first * 1_000 } };
}

function firstCommitSeconds({ random, options, seconds }: MergeContext): number {
  const earliest = options.window.from / 1_000 + hourSeconds;
  const work = Math.round(Math.max(0.2, random.duration(16, 1.1)) * hourSeconds);
  return Math.max(earliest, seconds - work);
}

/** Everybody in turn first, so that no one is without a merge; afterwards anybody. */
function authorOf(random: Random, options: TeamRepositoryOptions, number: number): TeamMember {
  const { members, firstAuthor } = options;
  if (number === 1) return teamBot;
  if (number === 2) return teamAgent;
  if (number - 3 < members.length) {
    return asOf(number, members[(firstAuthor + number - 3) % members.length] ?? teamBot);
  }
  if (random.chance(0.06)) return teamBot;
  if (random.chance(0.08)) return teamAgent;
  return asOf(number, random.pick(members));
}

/** Who has two addresses changed from one to the other after a while. */
function asOf(number: number, member: TeamMember): TeamMember {
  return member.formerEmail === undefined || number > 20
    ? member
    : { name: member.name, email: member.formerEmail };
}

function titleOf(random: Random): string {
  return `${random.pick(verbs)} ${random.pick(topics)}`;
}

interface Writer {
  commit(
    author: TeamMember,
    seconds: number,
    message: string,
    parents: readonly Made[],
    files?: Readonly<Record<string, string>>,
    committer?: TeamMember,
  ): Made;
  tag(name: string, on: Made, seconds: number | null): void;
}

/** All commits share one tree, so that their ids are known while they are written. */
function createWriter(history: FastImport, tree: string, made: Making): Writer {
  const sign = ({ name, email }: TeamMember, seconds: number): Signature => ({
    name,
    email,
    seconds,
  });
  return {
    commit(author, seconds, message, parents, files = {}, committer = author) {
      made.truth.commits += 1;
      made.emails.add(author.email).add(committer.email);
      const content = [
        `tree ${tree}`,
        ...parents.map(({ sha }) => `parent ${sha}`),
        `author ${author.name} <${author.email}> ${seconds} +0000`,
        `committer ${committer.name} <${committer.email}> ${seconds} +0000`,
        '',
        message,
      ].join('\n');
      const mark = history.commit({
        author: sign(author, seconds),
        committer: sign(committer, seconds),
        message,
        parents: parents.map((parent) => parent.mark),
        files,
      });
      const sha = objectId('commit', content);
      made.history.commits.push({
        sha,
        message,
        parents: parents.map((parent) => parent.sha),
        author,
        committer,
        at: seconds * 1_000,
      });
      return { mark, sha, seconds };
    },
    tag(name, on, seconds) {
      if (seconds === null) history.ref(`refs/tags/${name}`, on.mark);
      else history.tag(name, on.mark, sign(teamBot, seconds), `Release ${name}\n`);
    },
  };
}
