import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the commit of a private repository says and who wrote it; nothing of it may be read. */
export const privateWords = ['PRIVATE-SUBJECT', 'Private Person', 'private@example.com'];

/** A repository of a person's own, and the clone that somebody gave her. */
export interface LeadingPlace {
  clone: string;
  private: string;
  /** The private commit, whose id is known elsewhere. */
  id: string;
}

export function plainGit(folder: string, ...words: string[]): string {
  const who = ['-c', 'user.name=Private Person', '-c', 'user.email=private@example.com'];
  const all = ['-C', folder, ...who, '-c', 'protocol.file.allow=always', ...words];
  return execFileSync('git', all, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

/** Makes a repository with one commit. */
export function makeRepository(folder: string, subject: string): string {
  mkdirSync(folder, { recursive: true });
  plainGit(folder, 'init', '-q', '-b', 'main');
  plainGit(folder, 'commit', '-q', '--allow-empty', '-m', subject);
  return folder;
}

/** Puts a file into the clone's `.git`, or another folder of it. */
function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${text}\n`);
}

function replaceByLink(path: string, to: string): void {
  rmSync(path, { recursive: true, force: true });
  symlinkSync(to, path);
}

/** Makes a directory of git's out of nothing but what git asks for. */
function bareBones(folder: string): void {
  put(join(folder, 'HEAD'), 'ref: refs/heads/main');
  for (const name of ['objects', 'refs']) mkdirSync(join(folder, name), { recursive: true });
}

/** Ways to have another repository read in the name of a clone. */
export const waysAway: Readonly<Record<string, (place: LeadingPlace) => void>> = {
  'a .git file': ({ clone, private: own }) => {
    rmSync(join(clone, '.git'), { recursive: true });
    put(join(clone, '.git'), `gitdir: ${own}/.git`);
  },
  'a .git file by a relative path': ({ clone }) => {
    rmSync(join(clone, '.git'), { recursive: true });
    put(join(clone, '.git'), 'gitdir: ../private/.git');
  },
  'a .git link': ({ clone, private: own }) => replaceByLink(join(clone, '.git'), `${own}/.git`),
  'a commondir': ({ clone, private: own }) => put(join(clone, '.git/commondir'), `${own}/.git`),
  'a commondir behind a link': ({ clone, private: own }) => {
    symlinkSync(join(own, '.git/objects'), join(clone, '.git/away'));
    put(join(clone, '.git/commondir'), 'away/..');
  },
  'a commondir behind another': ({ clone, private: own }) => {
    cpSync(join(clone, '.git'), join(clone, 'between'), { recursive: true });
    put(join(clone, '.git/commondir'), '../between');
    put(join(clone, 'between/commondir'), `${own}/.git`);
  },
  'a commondir that a zero ends': ({ clone, private: own }) =>
    put(join(clone, '.git/commondir'), `${own}/.git\0/../../../clone/.git`),
  'a worktree that it made up': ({ clone, private: own }) => {
    cpSync(join(clone, '.git'), join(clone, 'made/worktrees/up'), { recursive: true });
    rmSync(join(clone, '.git'), { recursive: true });
    put(join(clone, '.git'), 'gitdir: made/worktrees/up');
    put(join(clone, 'made/worktrees/up/gitdir'), join(clone, '.git'));
    put(join(clone, 'made/worktrees/up/commondir'), `${own}/.git`);
  },
  'a pulled folder that is a repository': ({ clone, private: own }) => {
    rmSync(join(clone, '.git'), { recursive: true });
    bareBones(clone);
    put(join(clone, 'commondir'), `${own}/.git`);
  },
  'links for objects and refs': ({ clone, private: own }) => {
    for (const name of ['objects', 'refs'])
      replaceByLink(join(clone, '.git', name), `${own}/.git/${name}`);
  },
  'links for each folder of objects': ({ clone, private: own, id }) => {
    for (const name of readdirSync(join(own, '.git/objects'))) {
      replaceByLink(join(clone, '.git/objects', name), join(own, '.git/objects', name));
    }
    put(join(clone, '.git/refs/heads/main'), id);
  },
  'a link for one reference, and lent objects': ({ clone, private: own }) => {
    put(join(clone, '.git/objects/info/alternates'), `${own}/.git/objects`);
    replaceByLink(join(clone, '.git/refs/heads/main'), `${own}/.git/refs/heads/main`);
  },
  alternates: ({ clone, private: own, id }) => {
    put(join(clone, '.git/objects/info/alternates'), `${own}/.git/objects`);
    put(join(clone, '.git/refs/heads/main'), id);
  },
  'alternates in quotation marks': ({ clone, private: own, id }) => {
    put(join(clone, '.git/objects/info/alternates'), `"${own}/.git/objects"`);
    put(join(clone, '.git/refs/heads/main'), id);
  },
  'nested alternates': ({ clone, private: own, id }) => {
    put(join(clone, 'lender/info/alternates'), `${own}/.git/objects`);
    put(join(clone, '.git/objects/info/alternates'), join(clone, 'lender'));
    put(join(clone, '.git/refs/heads/main'), id);
  },
  'nested alternates within the objects': ({ clone, private: own, id }) => {
    put(join(clone, '.git/objects/more/info/alternates'), `${own}/.git/objects`);
    put(join(clone, '.git/objects/info/alternates'), join(clone, '.git/objects/more'));
    put(join(clone, '.git/refs/heads/main'), id);
  },
};
