import { appendFile, chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { GitConfig } from './config.ts';
import { git } from './connector.ts';
import { runGit } from './spawn-git.ts';
import { objectId } from './testing/object-id.ts';
import { createGitFixture } from './testing/git-fixture.ts';
import { createGitContext, rowsOf, syncIntoMemory } from './testing/memory-sync.ts';

const ada = { name: 'Ada', email: 'ada@example.com' };
const promised = 'Ada <ada@example.com> <old@example.com>\n';
const hooks = ['post-index-change', 'reference-transaction', 'post-checkout', 'pre-auto-gc'];

/** Every setting with which git can be made to run something; `$` stands for the program. */
const hostileConfig = `
[core]
	fsmonitor = $ fsmonitor
	hooksPath = HOOKS
	pager = $ pager
	editor = $ editor
	askPass = $ askpass
	sshCommand = $ ssh
	gitProxy = $ proxy
	alternateRefsCommand = $ alternates
	attributesFile = ATTRIBUTES
[pager]
	log = $ pager-log
	config = $ pager-config
	for-each-ref = $ pager-refs
[log]
	showSignature = true
	mailmap = true
[gpg]
	program = $ gpg
	format = openpgp
[gpg "ssh"]
	program = $ gpg-ssh
	defaultKeyCommand = $ gpg-key
[gpg "x509"]
	program = $ gpg-x509
[diff]
	external = $ diff
[diff "evil"]
	command = $ diff-driver
	textconv = $ textconv
[filter "evil"]
	clean = $ clean
	smudge = $ smudge
	process = $ filter
	required = true
[merge "evil"]
	driver = $ merge
[credential]
	helper = $ credential
[alias]
	log = !$ alias
	rev-list = !$ alias
[protocol]
	allow = always
[protocol "ext"]
	allow = always
[remote "origin"]
	url = ext::$ transport
	uploadpack = $ uploadpack
	promisor = true
	partialclonefilter = blob:none
	vcs = evil
[extensions]
	partialClone = origin
[uploadpack]
	packObjectsHook = $ pack
[trace2]
	eventTarget = TRACE
[gc]
	auto = 1
[maintenance]
	auto = true
[include]
	path = INCLUDED
`;

it.skipIf(process.platform === 'win32')(
  'runs none of the commands of a hostile clone while it reads all of it',
  async () => {
    const fixture = await createGitFixture({
      commits: [
        {
          id: 'one',
          message: 'One\n',
          files: { '.gitattributes': '* diff=evil filter=evil\n', '.mailmap': promised },
        },
        { id: 'topic', message: 'Topic\n' },
        {
          id: 'merge',
          parents: ['one', 'topic'],
          message: 'Merge pull request #1 from o/--upload-pack=evil\n\n--output=witness\n',
        },
      ],
      tags: { v1: { on: 'merge', at: '2026-03-03T00:00:00Z' } },
    });
    try {
      const { gitDirectory, directory, shas } = fixture;
      const witnesses = join(directory, 'witnesses');
      const program = join(directory, 'witness.sh');
      await mkdir(witnesses);
      await writeFile(program, `#!/bin/sh\ntouch "${witnesses}/$1"\ncat >/dev/null\n`);
      await chmod(program, 0o755);
      const hookFolder = join(directory, 'hostile-hooks');
      for (const folder of [hookFolder, join(gitDirectory, 'hooks')]) {
        await mkdir(folder, { recursive: true });
        for (const hook of hooks) {
          await writeFile(join(folder, hook), `#!/bin/sh\n"${program}" hook-${hook}\n`);
          await chmod(join(folder, hook), 0o755);
        }
      }
      const attributes = join(directory, 'attributes');
      await writeFile(attributes, '* diff=evil filter=evil merge=evil\n');
      const included = join(directory, 'included');
      await writeFile(included, `[core]\n\tfsmonitor = ${program} included\n`);
      const merge = shas['merge'] ?? '';
      await signCommit(gitDirectory, merge);
      // Branches and tags that read like options.
      await mkdir(join(gitDirectory, 'refs/tags'), { recursive: true });
      for (const name of ['--output=witness', '-v', '--upload-pack=x', '--exec=x']) {
        await writeFile(join(gitDirectory, 'refs/tags', name), `${merge}\n`);
        await writeFile(join(gitDirectory, 'refs/heads', name), `${merge}\n`);
      }
      // The blob of .mailmap is promised by a remote that would have to be asked.
      const blob = objectId('blob', promised);
      await rm(join(gitDirectory, 'objects', blob.slice(0, 2), blob.slice(2)));
      await appendFile(
        join(gitDirectory, 'config'),
        hostileConfig
          .replaceAll('$', program)
          .replace('HOOKS', hookFolder)
          .replace('ATTRIBUTES', attributes)
          .replace('TRACE', join(witnesses, 'trace'))
          .replace('INCLUDED', included),
      );

      const config: GitConfig = {
        repositories: [directory],
        deployments: { tags: '*', environment: 'production' },
      };
      const report = await git.definition.check(createGitContext(config));
      const { memory } = await syncIntoMemory(config);
      const rows = rowsOf(memory, config);

      expect(await readdir(witnesses)).toEqual([]);
      expect(report.items.every(({ ok }) => ok)).toBe(true);
      expect(rows.commits.map(({ subject }) => subject)).toContain('Signed');
      expect(rows.pullRequests).toMatchObject([{ number: 1, title: '--output=witness' }]);
      expect(rows.releases.map(({ name }) => name).toSorted()).toEqual(
        ['--exec=x', '--output=witness', '--upload-pack=x', '-v', 'signed', 'v1'].toSorted(),
      );
    } finally {
      await fixture.remove();
    }
  },
);

it.skipIf(process.platform === 'win32')(
  'has a witness that would have told: plain git runs the signature program of that clone',
  async () => {
    const fixture = await createGitFixture({ commits: [{ id: 'one', message: 'One\n' }] });
    try {
      const { gitDirectory, directory, shas } = fixture;
      const program = join(directory, 'witness.sh');
      await writeFile(program, `#!/bin/sh\ntouch "${directory}/seen"\n`);
      await chmod(program, 0o755);
      await signCommit(gitDirectory, shas['one'] ?? '');
      const { execFileSync } = await import('node:child_process');
      execFileSync('git', [
        `--git-dir=${gitDirectory}`,
        '-c',
        `gpg.program=${program}`,
        'log',
        '--show-signature',
        'signed',
      ]);
      expect(await readdir(directory)).toContain('seen');
    } finally {
      await fixture.remove();
    }
  },
);

/** Adds a commit that carries a signature, under a tag. */
async function signCommit(gitDirectory: string, parent: string): Promise<void> {
  const content = [
    'tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904',
    `parent ${parent}`,
    `author ${ada.name} <${ada.email}> 1772500000 +0000`,
    `committer ${ada.name} <${ada.email}> 1772500000 +0000`,
    'gpgsig -----BEGIN PGP SIGNATURE-----',
    ' ',
    ' iQ==',
    ' -----END PGP SIGNATURE-----',
    '',
    'Signed',
    '',
  ].join('\n');
  const { output } = await runGit({
    arguments: [
      '--git-dir',
      gitDirectory,
      'hash-object',
      '-t',
      'commit',
      '-w',
      '--stdin',
      '--literally',
    ],
    subject: 'fixture',
    input: content,
  });
  await mkdir(join(gitDirectory, 'refs/tags'), { recursive: true });
  await writeFile(join(gitDirectory, 'refs/tags/signed'), output.toString());
}

it('tolerates a folder that is gone between discovery and reading', async () => {
  const fixture = await createGitFixture({ commits: [{ id: 'one', message: 'One\n' }] });
  const { memory } = await syncIntoMemory({ repositories: [fixture.directory] });
  await rm(fixture.directory, { recursive: true });
  await expect(syncIntoMemory({ repositories: [fixture.directory] }, memory)).rejects.toMatchObject(
    { code: 'Configuration' },
  );
});
