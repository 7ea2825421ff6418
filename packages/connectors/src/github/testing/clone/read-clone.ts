import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface ClonedCommit {
  sha: string;
  parents: readonly string[];
  author: { name: string; email: string; at: number };
  committer: { name: string; email: string; at: number };
  message: string;
}

const field = '\u001F';
const format = ['%H', '%P', '%an', '%ae', '%at', '%cn', '%ce', '%ct', '%B'].join('%x1f');
const maxOutputBytes = 256 * 1024 * 1024;

/** What a clone brings along must not run: its hooks, monitors, signers and fetches stay off. */
const quiet = [
  ...['-c', 'core.fsmonitor=false'],
  ...['-c', 'core.hooksPath=/dev/null'],
  ...['-c', 'log.showSignature=false'],
  ...['-c', 'protocol.allow=never'],
];

async function git(path: string, ...words: string[]): Promise<string> {
  const { stdout } = await run('git', [...quiet, '-C', path, ...words], {
    maxBuffer: maxOutputBytes,
    env: {
      PATH: process.env['PATH'],
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_NO_LAZY_FETCH: '1',
      GIT_TERMINAL_PROMPT: '0',
    },
  });
  return stdout;
}

/** Reads the newest commits of what a clone has checked out, the oldest first. */
export async function readClone(path: string, limit: number): Promise<ClonedCommit[]> {
  const output = await git(path, 'log', '-z', `--max-count=${limit}`, `--format=${format}`, 'HEAD');
  return output
    .split('\0')
    .filter((line) => line !== '')
    .map(parseCommit)
    .toReversed();
}

function parseCommit(line: string): ClonedCommit {
  const [sha = '', parents = '', ...rest] = line.split(field);
  const [authorName = '', authorEmail = '', authoredAt = '', ...more] = rest;
  const [committerName = '', committerEmail = '', committedAt = '', ...message] = more;
  return {
    sha,
    parents: parents.split(' ').filter((parent) => parent !== ''),
    author: { name: authorName, email: authorEmail, at: Number(authoredAt) * 1_000 },
    committer: { name: committerName, email: committerEmail, at: Number(committedAt) * 1_000 },
    message: message.join(field),
  };
}
