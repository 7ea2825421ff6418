import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastImport, Signature, Text } from './fast-import.ts';
import { importHistory, initRepository, type RepositorySettings } from './write-repository.ts';

export interface FixturePerson {
  name: Text;
  email: Text;
}

export interface FixtureCommit {
  /** Its name within the description. */
  id: string;
  /** Names of the parents. Default: the commit described before it; `[]` for a root. */
  parents?: readonly string[];
  author?: FixturePerson;
  committer?: FixturePerson;
  /** ISO instant, or seconds as git shall store them (digits alone where no number holds them). Default: an hour after the commit before. */
  at?: string | number;
  /** When it was written, where that differs from `at`. */
  authoredAt?: string | number;
  message: Text;
  files?: Readonly<Record<string, string | null>>;
}

export interface FixtureTag {
  on: string;
  /** Makes it an annotated tag, made then. */
  at?: string;
  by?: FixturePerson;
  /** An annotated tag without a tagger, as very old ones are. */
  withoutTagger?: boolean;
}

export interface FixtureDescription extends Partial<Omit<RepositorySettings, 'directory'>> {
  directory?: string;
  commits?: readonly FixtureCommit[];
  /** Full or short names of branches and the commits they name. Default: `main` on the last one. */
  branches?: Readonly<Record<string, string>>;
  tags?: Readonly<Record<string, FixtureTag | string>>;
}

export interface GitFixture {
  directory: string;
  gitDirectory: string;
  /** Object id of each commit, by its name in the description. */
  shas: Readonly<Record<string, string>>;
  /** Adds commits, branches and tags; parents may be commits from before. */
  extend: (more: Pick<FixtureDescription, 'commits' | 'branches' | 'tags'>) => Promise<GitFixture>;
  remove: () => Promise<void>;
}

const ada: FixturePerson = { name: 'Ada', email: 'ada@example.com' };
const firstSeconds = Date.parse('2026-03-02T09:00:00Z') / 1_000;

/** Makes a real repository from a description. The same description gives the same object ids. */
export async function createGitFixture(description: FixtureDescription = {}): Promise<GitFixture> {
  const directory = description.directory ?? (await mkdtemp(join(tmpdir(), 'adjutant-git-')));
  const { bare, branch, origin } = description;
  const gitDirectory = await initRepository({
    directory,
    ...(bare === undefined ? {} : { bare }),
    ...(branch === undefined ? {} : { branch }),
    ...(origin === undefined ? {} : { origin }),
  });
  const place = { directory, gitDirectory, branch: branch ?? 'main' };
  return await extendFixture(place, {}, description);
}

async function extendFixture(
  place: { directory: string; gitDirectory: string; branch: string },
  before: Readonly<Record<string, string>>,
  more: Pick<FixtureDescription, 'commits' | 'branches' | 'tags'>,
): Promise<GitFixture> {
  const { directory, gitDirectory, branch } = place;
  const marks = new Map<string, number>();
  const refOf = (name: string): number | string => marks.get(name) ?? before[name] ?? name;
  const shas: Record<string, string> = { ...before };
  if ((more.commits ?? []).length > 0 || more.branches !== undefined || more.tags !== undefined) {
    const marksFile = join(gitDirectory, 'fixture-marks');
    await importHistory(
      gitDirectory,
      (history) => write(history, more, branch, marks, refOf),
      marksFile,
    );
    for (const line of (await readFile(marksFile, 'utf8')).split('\n')) {
      const [mark = '', sha = ''] = line.split(' ');
      for (const [name, number] of marks) {
        if (mark === `:${number}`) shas[name] = sha;
      }
    }
    await rm(marksFile);
  }
  return {
    directory,
    gitDirectory,
    shas,
    extend: (further) => extendFixture(place, shas, further),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

function* write(
  history: FastImport,
  { commits = [], branches, tags = {} }: Pick<FixtureDescription, 'commits' | 'branches' | 'tags'>,
  defaultBranch: string,
  marks: Map<string, number>,
  refOf: (name: string) => number | string,
): Generator<void> {
  let previous: string | null = null;
  let last = firstSeconds;
  for (const commit of commits) {
    const { id, author = ada, committer = author, at, message, files } = commit;
    const seconds = at === undefined ? last + 3_600 : toSeconds(at);
    const parents: readonly string[] = commit.parents ?? (previous === null ? [] : [previous]);
    const authored = commit.authoredAt === undefined ? seconds : toSeconds(commit.authoredAt);
    const sign = (person: FixturePerson, when: number | string): Signature => ({
      ...person,
      seconds: when,
    });
    const mark = history.commit({
      author: sign(author, authored),
      committer: sign(committer, seconds),
      message,
      parents: parents.map(refOf),
      files: files ?? { 'file.txt': `${id}\n` },
    });
    marks.set(id, mark);
    previous = id;
    last = typeof seconds === 'number' ? seconds : firstSeconds;
    yield;
  }
  const heads = branches ?? (previous === null ? {} : { [defaultBranch]: previous });
  for (const [name, on] of Object.entries(heads)) {
    history.ref(name.startsWith('refs/') ? name : `refs/heads/${name}`, refOf(on));
  }
  for (const [name, tag] of Object.entries(tags)) {
    const { on, at, by = ada, withoutTagger } = typeof tag === 'string' ? { on: tag } : tag;
    if (withoutTagger) history.tag(name, refOf(on), null, `${name}\n`);
    else if (at === undefined) history.ref(`refs/tags/${name}`, refOf(on));
    else history.tag(name, refOf(on), { ...by, seconds: toSeconds(at) }, `${name}\n`);
  }
  yield;
}

function toSeconds(at: string | number): number | string {
  // Digits alone are seconds that no number can hold exactly.
  return typeof at === 'number' || /^\d+$/.test(at) ? at : Date.parse(at) / 1_000;
}
