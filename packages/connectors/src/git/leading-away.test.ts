import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { git } from './connector.ts';
import { openRepository } from './open-repository.ts';
import { placesBeyond } from './repository-places.ts';
import { createFixtureShelf, failureOf, readAll } from './testing/fixture-shelf.ts';
import {
  type LeadingPlace,
  makeRepository,
  plainGit,
  privateWords,
  waysAway,
} from './testing/leading-away.ts';
import { createGitContext, rowsOf, syncIntoMemory } from './testing/memory-sync.ts';

const { temporaryFolder, clear } = createFixtureShelf();
afterEach(clear);

async function placeOf(): Promise<LeadingPlace> {
  const folder = await temporaryFolder();
  const own = makeRepository(join(folder, 'private'), 'PRIVATE-SUBJECT');
  const clone = makeRepository(join(folder, 'clone'), 'Public');
  return { clone, private: own, id: plainGit(own, 'rev-parse', 'HEAD').trim() };
}

async function subjectsOf(path: string, ...named: string[]): Promise<string[]> {
  const config = { repositories: [path, ...named] };
  const { memory } = await syncIntoMemory(config);
  return rowsOf(memory, config).commits.map(({ subject }) => subject);
}

describe.skipIf(process.platform === 'win32')('a clone that leads to another repository', () => {
  it.each(Object.entries(waysAway))(
    'by %s is refused, and nothing of it is told',
    async (_, way) => {
      const place = await placeOf();
      way(place);
      // Git itself goes there, given the directory that it names.
      const common = plainGit(place.clone, 'rev-parse', '--git-common-dir').trim();
      const log = plainGit(place.clone, '--git-dir', resolve(place.clone, common), 'log', 'main');
      expect(log).toContain('PRIVATE-SUBJECT');
      const error = await failureOf(openRepository(place.clone));
      expect(error).toMatchObject({ code: 'Configuration', hint: expect.any(String) });
      expect(await failureOf(subjectsOf(place.clone))).toMatchObject({ code: 'Configuration' });
      const context = createGitContext({ repositories: [place.clone] });
      const { items } = await git.definition.check(context);
      expect(items.map(({ ok }) => ok)).toEqual([true, false]);
      for (const word of privateWords) {
        expect(JSON.stringify([items, error.message, error.hint])).not.toContain(word);
      }
      expect(placesBeyond(place.clone)).toEqual([]);
    },
  );

  const agreed = Object.entries(waysAway).filter(
    ([name]) => !/behind|made up|pulled|quotation|zero/.test(name),
  );
  it.each(agreed)('by %s is read where that one is named as well', async (_, way) => {
    const place = await placeOf();
    way(place);
    expect(await subjectsOf(place.clone, place.private)).toEqual(['PRIVATE-SUBJECT']);
  });

  it('tells no word of a file that is linked where git has a path', async () => {
    for (const name of ['commondir', 'objects/info/alternates', 'packed-refs', 'HEAD']) {
      const { clone } = await placeOf();
      writeFileSync(join(clone, '../secret'), 'SECRET-WORDS\n');
      rmSync(join(clone, '.git', name), { force: true });
      symlinkSync(join(clone, '../secret'), join(clone, '.git', name));
      const error = await failureOf(openRepository(clone));
      expect(error.message + error.hint).not.toContain('SECRET-WORDS');
    }
  });

  it('takes no name from a configuration that its own includes', async () => {
    const { clone, private: own } = await placeOf();
    plainGit(own, 'config', 'remote.origin.url', 'https://git.example.com/PRIVATE/NAME');
    plainGit(clone, 'config', 'include.path', join(own, '.git/config'));
    const { scope } = await readAll(clone);
    expect(scope.externalId).toMatch(/^local\/clone-/);
  });
});

describe('what belongs to a repository', () => {
  it('is read for a worktree, and for a folder in one, and told', async () => {
    const { clone } = await placeOf();
    const tree = join(clone, '../tree');
    plainGit(clone, 'worktree', 'add', '-q', '-b', 'topic', tree);
    mkdirSync(join(tree, 'inside'));
    for (const path of [tree, join(tree, 'inside')]) {
      expect(await subjectsOf(path)).toEqual(['Public']);
      expect(placesBeyond(path)).toEqual([join(clone, '.git')]);
    }
    expect(placesBeyond(tree, [clone])).toEqual([]);
  });

  it('is refused for a worktree that was moved, until git has mended it', async () => {
    const { clone } = await placeOf();
    const moved = join(clone, '../moved');
    plainGit(clone, 'worktree', 'add', '-q', '-b', 'topic', join(clone, '../tree'));
    renameSync(join(clone, '../tree'), moved);
    expect((await failureOf(openRepository(moved))).hint).toContain('git worktree repair');
    plainGit(moved, 'worktree', 'repair');
    expect(await subjectsOf(moved)).toEqual(['Public']);
  });

  it('is read for a submodule, and told', async () => {
    const { clone, private: own } = await placeOf();
    const name = 'a "b" c';
    plainGit(own, 'submodule', 'add', '-q', clone, name);
    expect(await subjectsOf(join(own, name))).toEqual(['Public']);
    expect(placesBeyond(join(own, name))).toEqual([join(own, '.git/modules', name)]);
  });

  it('is read for a clone that borrows its objects, where the lender is named', async () => {
    const { clone } = await placeOf();
    const shared = join(clone, '../shared');
    plainGit(clone, 'clone', '-q', '--shared', clone, shared);
    const error = await failureOf(openRepository(shared));
    expect(error.message).toContain(join(clone, '.git/objects'));
    expect(await subjectsOf(shared, clone)).toEqual(['Public']);
    plainGit(shared, 'repack', '-q', '-a', '-d');
    rmSync(join(shared, '.git/objects/info/alternates'));
    expect(await subjectsOf(shared)).toEqual(['Public']);
  });

  it('is read where its directory lies apart, named itself or as well', async () => {
    const { clone } = await placeOf();
    const [apart, work] = [join(clone, '../apart.git'), join(clone, '../work')];
    plainGit(clone, 'clone', '-q', `--separate-git-dir=${apart}`, clone, work);
    expect(await failureOf(openRepository(work))).toMatchObject({ code: 'Configuration' });
    expect(await subjectsOf(apart)).toEqual(['Public']);
    expect(await subjectsOf(work, apart)).toEqual(['Public']);
  });

  it('is read and told where it lies around the folder', async () => {
    const { clone } = await placeOf();
    mkdirSync(join(clone, 'deep/er'), { recursive: true });
    expect(await subjectsOf(join(clone, 'deep/er'))).toEqual(['Public']);
    expect(placesBeyond(join(clone, 'deep/er'))).toEqual([join(clone, '.git')]);
    expect(placesBeyond(clone)).toEqual([]);
  });

  it('is read where a file or a link leads to it within the folder, and hooks lead anywhere', async () => {
    const { clone } = await placeOf();
    renameSync(join(clone, '.git'), join(clone, '.bare'));
    writeFileSync(join(clone, '.git'), 'gitdir: ./.bare\n');
    rmSync(join(clone, '.bare/hooks'), { recursive: true, force: true });
    symlinkSync('/tmp', join(clone, '.bare/hooks'));
    expect(await subjectsOf(clone)).toEqual(['Public']);
    rmSync(join(clone, '.git'));
    symlinkSync('.bare', join(clone, '.git'));
    expect(await subjectsOf(clone)).toEqual(['Public']);
    expect(placesBeyond(clone)).toEqual([]);
  });
});
