import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { openRepository } from './open-repository.ts';
import { runGit } from './spawn-git.ts';
import { createFixtureShelf, failureOf } from './testing/fixture-shelf.ts';
import { makeRepository, plainGit } from './testing/leading-away.ts';

const { temporaryFolder, clear } = createFixtureShelf();
afterEach(clear);

async function cloneWith(name: string, make: (place: string) => void): Promise<string> {
  const clone = makeRepository(join(await temporaryFolder(), 'clone'), 'Public');
  const place = join(clone, '.git', name);
  mkdirSync(dirname(place), { recursive: true });
  rmSync(place, { recursive: true, force: true });
  make(place);
  return clone;
}

const pipe = (place: string): void => void execFileSync('mkfifo', [place]);

const names = [
  'HEAD',
  'config',
  'config.worktree',
  'packed-refs',
  'shallow',
  'commondir',
  'gitdir',
  'index',
  'main',
  'refs/heads/x',
  'refs/remotes/origin/HEAD',
  'objects/info/alternates',
  'objects/info/commit-graph',
  'objects/pack/x.idx',
  'objects/pack/x.pack',
  'objects/ab/cdef',
  'info/exclude',
  'info/attributes',
  'info/grafts',
  'worktrees/x/HEAD',
  'reftable/tables.list',
];

describe.skipIf(process.platform === 'win32')('a clone in which git would wait is refused', () => {
  it.each(names)('for a pipe at %s', { timeout: 10_000 }, async (name) => {
    const clone = await cloneWith(name, pipe);
    expect(await failureOf(openRepository(clone))).toMatchObject({
      code: 'Configuration',
      message: expect.stringMatching(/has a pipe, a socket or a device|leads git to/),
      hint: expect.any(String),
    });
  });

  it.each(['HEAD', 'packed-refs', 'refs/heads/x', 'objects/pack/x.idx', 'info/exclude'])(
    'for a link to a device at %s',
    async (name) => {
      const clone = await cloneWith(name, (place) => symlinkSync('/dev/zero', place));
      expect(await failureOf(openRepository(clone))).toMatchObject({ code: 'Configuration' });
    },
  );

  it('for a socket among its references, and not for that of a watcher', async () => {
    const listen = async (path: string): Promise<void> => {
      const server = createServer().listen(path);
      await new Promise((resolve) => server.once('listening', resolve));
      onTestFinished(() => void server.close());
    };
    const clone = await cloneWith('x', () => undefined);
    await listen(join(clone, '.git', 'fsmonitor--daemon.ipc'));
    await openRepository(clone);
    await listen(join(clone, '.git', 'refs', 'heads', 'x'));
    expect(await failureOf(openRepository(clone))).toMatchObject({ code: 'Configuration' });
  });

  it('for a pipe where no repository is yet', { timeout: 10_000 }, async () => {
    const folder = await temporaryFolder();
    mkdirSync(join(folder, '.git'));
    pipe(join(folder, '.git', 'HEAD'));
    mkdirSync(join(folder, 'below'));
    expect(await failureOf(openRepository(join(folder, 'below')))).toMatchObject({
      message: expect.stringContaining('has a pipe'),
    });
  });

  it('for a pipe that its configuration includes, once the time is over', async () => {
    const clone = await cloneWith('pipe.of.an.include', () => undefined);
    const place = join(await temporaryFolder(), 'pipe');
    pipe(place);
    plainGit(clone, 'config', 'include.path', place);
    const call = { arguments: ['-C', clone, 'rev-parse', '--git-common-dir'], subject: clone };
    expect(await failureOf(runGit({ ...call, mostMs: 300 }))).toMatchObject({
      code: 'Configuration',
      message: expect.stringContaining('does not answer'),
    });
  });
});
