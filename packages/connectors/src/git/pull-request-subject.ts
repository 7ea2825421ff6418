import type { MessageFacts } from '../commits/message.ts';

/** What a commit on the default branch says about the pull request it brought in. */
export interface PullRequestMention {
  number: number | null;
  title: string;
  /** The branch that was merged, without a fork's owner. */
  branch: string | null;
}

export type CommitMeaning =
  /** It brought in a pull request, or a branch by name. */
  | { kind: 'pull_request'; mention: PullRequestMention }
  /** A merge of the default branch into itself or into something else: both sides are mainline. */
  | { kind: 'sync' }
  | { kind: 'plain' };

const plain: CommitMeaning = { kind: 'plain' };
const sync: CommitMeaning = { kind: 'sync' };

// Each hosting service has its own words; they are fixed by the service, not by the team.
const github = /^Merge pull request #(\d{1,9}) from (\S+)/;
const bitbucketServer = /^(?:Merge pull request|Pull request) #(\d{1,9})(?::| in \S+ from (\S+))/;
const bitbucketCloud = /^Merged in (\S+) \(pull request #(\d{1,9})\)/;
const gitea = /^Merge pull request '(.+)' \(#(\d{1,9})\) from (\S+)/;
const azure = /^Merged PR (\d{1,9}): (.+)/;
const branchMerge =
  /^Merge (?:remote-tracking )?branch(?:es)? '([^']+)'.*?(?: of \S+)?(?: into '?([^'\s]+)'?)?$/;
const numberAtEnd = /^(.*\S)\s*\(#(\d{1,9})\)$/;

/** Names that stand for one branch: a default branch is often renamed, its old merges are not. */
const usualDefaultBranches: ReadonlySet<string> = new Set(['main', 'master', 'trunk']);

/**
 * Returns what a commit's message says it is. Only a subject that names a pull request, a merge
 * request or a branch counts: an unnamed merge may be anything. `title (#12)` counts too, although
 * a team may write an issue's number that way: a clone cannot tell the two apart.
 */
export function readMeaning(
  facts: Pick<MessageFacts, 'subject' | 'bodyTitle' | 'mergeRequest'>,
  isMerge: boolean,
  defaultBranch: string | null,
): CommitMeaning {
  const { subject } = facts;
  if (subject.startsWith('Merge') || subject.startsWith('Pull request #')) {
    const hosted = readHosted(facts);
    if (hosted !== null) return { kind: 'pull_request', mention: hosted };
    if (isMerge) return readBranchMerge(facts, defaultBranch);
  }
  if (facts.mergeRequest !== null) return named(facts.mergeRequest, subject, null);
  const [, title, number] = subject.endsWith(')') ? (numberAtEnd.exec(subject) ?? []) : [];
  return title === undefined ? plain : named(Number(number), title, null);
}

function named(number: number | null, title: string, branch: string | null): CommitMeaning {
  return { kind: 'pull_request', mention: { number, title, branch } };
}

function readHosted({
  subject,
  bodyTitle,
}: Pick<MessageFacts, 'subject' | 'bodyTitle'>): PullRequestMention | null {
  let match = gitea.exec(subject);
  if (match !== null) {
    return { number: Number(match[2]), title: match[1] ?? subject, branch: withoutOwner(match[3]) };
  }
  match = github.exec(subject);
  if (match !== null) {
    const branch = withoutOwner(match[2]);
    return { number: Number(match[1]), title: bodyTitle ?? subject, branch };
  }
  match = bitbucketServer.exec(subject);
  if (match !== null) {
    const title = subject.includes(': ') ? subject.slice(subject.indexOf(': ') + 2) : bodyTitle;
    return { number: Number(match[1]), title: title ?? subject, branch: match[2] ?? null };
  }
  match = bitbucketCloud.exec(subject);
  if (match !== null) {
    return { number: Number(match[2]), title: bodyTitle ?? subject, branch: match[1] ?? null };
  }
  match = azure.exec(subject);
  if (match === null) return null;
  return { number: Number(match[1]), title: match[2] ?? subject, branch: null };
}

function readBranchMerge(
  {
    subject,
    bodyTitle,
    mergeRequest,
  }: Pick<MessageFacts, 'subject' | 'bodyTitle' | 'mergeRequest'>,
  defaultBranch: string | null,
): CommitMeaning {
  const [, source, target] = branchMerge.exec(subject) ?? [];
  if (source === undefined) {
    return mergeRequest === null ? plain : named(mergeRequest, bodyTitle ?? subject, null);
  }
  const branch = source.replace(/^(?:refs\/(?:heads|remotes)\/)?(?:origin\/)?/, '');
  if (isDefault(branch, defaultBranch)) return sync;
  if (target !== undefined && !isDefault(target, defaultBranch)) return plain;
  const hasTitle =
    mergeRequest !== null && bodyTitle !== null && !bodyTitle.startsWith('See merge request');
  const title = hasTitle ? bodyTitle : subject;
  return named(mergeRequest, title, branch);
}

function isDefault(branch: string, defaultBranch: string | null): boolean {
  if (branch === defaultBranch) return true;
  const usual = defaultBranch === null || usualDefaultBranches.has(defaultBranch);
  return usual && usualDefaultBranches.has(branch);
}

/** GitHub and Gitea write `owner/branch`. */
function withoutOwner(head: string | undefined): string | null {
  if (head === undefined) return null;
  const slash = head.indexOf('/');
  return slash === -1 ? head : head.slice(slash + 1);
}
