import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { answering } from '../testing/answering.ts';
import { makeClone } from '../testing/make-clone.ts';
import { ioOf, runCli, temporaryFolder, trustShown } from '../testing/run-cli.ts';

const name = 'adjutant.config.yaml';
const config = 'store: file:.adjutant/adjutant.db\nconnectors: { git: { repositories: [.] } }\n';
const privateWords = ['PRIVATE-SUBJECT', 'Private Person', 'private@example.com'];

function plainGit(folder: string, ...words: string[]): string {
  const who = ['-c', 'user.name=Private Person', '-c', 'user.email=private@example.com'];
  const all = ['-C', folder, ...who, '-c', 'protocol.file.allow=always', ...words];
  return execFileSync('git', all, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

/** A clone that somebody gave, with a configuration, beside a repository of the person's own. */
function world() {
  const home = temporaryFolder(onTestFinished);
  const clone = makeClone(join(home, 'clone'), 2);
  writeFileSync(join(clone, name), config);
  const own = makeClone(join(home, 'own'), 1);
  plainGit(own, 'commit', '-q', '--allow-empty', '-m', 'PRIVATE-SUBJECT');
  const env = { XDG_DATA_HOME: join(home, 'data'), HOME: home };
  const options = { cwd: clone, env, hasTrusted: false };
  const run = (...argv: string[]) => runCli(argv, options);
  const trust = () => trustShown(ioOf([], options).io, []);
  return { home, clone, own, options, run, trust, id: plainGit(own, 'rev-parse', 'HEAD') };
}
type World = ReturnType<typeof world>;

function put(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}

function lends({ clone, id }: World, from: string): void {
  put(join(clone, '.git/objects/info/alternates'), `${from}\n`);
  put(join(clone, '.git/refs/heads/main'), id);
}

const ways: Readonly<Record<string, (place: World) => void>> = {
  'a .git file': ({ clone, own }) => {
    rmSync(join(clone, '.git'), { recursive: true });
    put(join(clone, '.git'), `gitdir: ${own}/.git\n`);
  },
  'a .git link': ({ clone, own }) => {
    rmSync(join(clone, '.git'), { recursive: true });
    symlinkSync(join(own, '.git'), join(clone, '.git'));
  },
  'a commondir': ({ clone, own }) => put(join(clone, '.git/commondir'), `${own}/.git\n`),
  'a link for the objects': (place) => {
    rmSync(join(place.clone, '.git/objects'), { recursive: true });
    symlinkSync(join(place.own, '.git/objects'), join(place.clone, '.git/objects'));
    put(join(place.clone, '.git/refs/heads/main'), place.id);
  },
  alternates: (place) => lends(place, `${place.own}/.git/objects`),
  'nested alternates': (place) => {
    lends(place, `${place.clone}/lender`);
    put(join(place.clone, 'lender/info/alternates'), `${place.own}/.git/objects\n`);
  },
};

/** Everything that a command left in the clone, byte by byte. */
function leftIn(folder: string): string {
  if (!existsSync(folder)) return '';
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

function tellsNothing(text: string): void {
  for (const word of privateWords) expect(text).not.toContain(word);
}

describe.skipIf(process.platform === 'win32')('a clone that leads to another repository', () => {
  test.each(Object.entries(ways))('by %s after it was trusted is not followed', async (_, way) => {
    const place = world();
    expect(await place.trust()).toBe(0);
    expect((await place.run('sync')).exitCode).toBe(0);
    way(place);
    const synced = await place.run('sync');
    expect(synced.exitCode).not.toBe(0);
    expect(synced.stdout + synced.stderr).toContain(join(place.own, '.git'));
    const shown = await place.run('status', '--json');
    tellsNothing(synced.stdout + synced.stderr + shown.stdout + shown.stderr);
    tellsNothing(leftIn(join(place.clone, '.adjutant')));
  });

  test.each(Object.entries(ways))('by %s is not followed by look', async (_, way) => {
    const place = world();
    way(place);
    const { exitCode, stdout, stderr } = await place.run('look');
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining(join(place.own, '.git'))]);
    tellsNothing(stdout + stderr);
    expect(existsSync(join(place.clone, 'adjutant-report.html'))).toBe(false);
  });

  test('is read once the other one is named too, which is asked about', async () => {
    const place = world();
    await place.trust();
    lends(place, `${place.own}/.git/objects`);
    writeFileSync(join(place.clone, name), config.replace('[.]', '[., ../own]'));
    expect((await place.run('sync')).exitCode).toBe(5);
    const asked: string[] = [];
    const prompts = answering({ 'Do you trust this file?': true }, asked);
    const { exitCode } = await runCli(['sync'], { ...place.options, prompts });
    expect([exitCode, asked.join('\n')]).toEqual([0, expect.stringContaining(`+ ${place.own}`)]);
  });
});

describe('what is read beyond the named folder', () => {
  const askedIn = async (place: World, cwd: string): Promise<string> => {
    const asked: string[] = [];
    const prompts = answering({ 'Do you trust this file?': true }, asked);
    const { exitCode } = await runCli(['sync'], { ...place.options, cwd, prompts });
    expect(exitCode).toBe(0);
    return asked.join('\n');
  };

  test('is told for a worktree, and look needs no question', async () => {
    const place = world();
    const tree = join(place.home, 'tree');
    plainGit(place.own, 'worktree', 'add', '-q', '-b', 'topic', tree);
    writeFileSync(join(tree, name), config);
    expect(await askedIn(place, tree)).toContain(join(place.own, '.git'));
    const { exitCode } = await runCli(['look', '--no-report'], { ...place.options, cwd: tree });
    expect(exitCode).toBe(0);
  });

  test('is told for a submodule', async () => {
    const place = world();
    plainGit(place.own, 'submodule', 'add', '-q', place.clone, 'part');
    const part = join(place.own, 'part');
    writeFileSync(join(part, name), config);
    expect(await askedIn(place, part)).toContain(join(place.own, '.git/modules/part'));
  });

  test('is told for a repository around it, also one that is there later', async () => {
    const place = world();
    const inside = join(place.own, 'inside');
    renameSync(place.clone, inside);
    const options = { ...place.options, cwd: inside };
    await trustShown(ioOf([], options).io, []);
    expect((await runCli(['sync'], options)).exitCode).toBe(0);
    rmSync(join(inside, '.git'), { recursive: true });
    const refused = await runCli(['sync'], options);
    expect(refused.exitCode).toBe(5);
    tellsNothing(refused.stdout + refused.stderr + leftIn(join(inside, '.adjutant')));
    expect(await askedIn(place, inside)).toContain(`+ ${join(place.own, '.git')}`);
  });

  test('is nothing for an ordinary clone', async () => {
    const place = world();
    const asked = await askedIn(place, place.clone);
    expect(asked).toContain(place.clone);
    expect(asked).not.toContain(join(place.clone, '.git'));
  });
});
