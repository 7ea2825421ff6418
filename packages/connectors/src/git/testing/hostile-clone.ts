import { appendFile, chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runGit } from '../spawn-git.ts';
import { createGitFixture } from './git-fixture.ts';
import { objectId } from './object-id.ts';

const ada = { name: 'Ada', email: 'ada@example.com' };
const promised = 'Ada <ada@example.com> <old@example.com>\n';
/** A program in the configuration below. */
const program = /\$([a-z-]+)/g;
const hooks = ['post-index-change', 'reference-transaction', 'post-checkout', 'pre-auto-gc'];

/** Every setting with which git can be made to run something; `$name` stands for a program of that name. */
const hostileConfig = `
[core]
	fsmonitor = $fsmonitor
	hooksPath = HOOKS
	pager = $pager
	editor = $editor
	askPass = $askpass
	sshCommand = $ssh
	gitProxy = $proxy
	alternateRefsCommand = $alternates
	attributesFile = ATTRIBUTES
[pager]
	log = $pager-log
	config = $pager-config
	for-each-ref = $pager-refs
[log]
	showSignature = true
	mailmap = true
[gpg]
	program = $gpg
	format = openpgp
[gpg "ssh"]
	program = $gpg-ssh
	defaultKeyCommand = $gpg-key
[gpg "x509"]
	program = $gpg-x509
[diff]
	external = $diff
[diff "evil"]
	command = $diff-driver
	textconv = $textconv
[filter "evil"]
	clean = $clean
	smudge = $smudge
	process = $filter
	required = true
[merge "evil"]
	driver = $merge
[credential]
	helper = $credential
[alias]
	log = !$alias
	rev-list = !$alias
[protocol]
	allow = always
[protocol "ext"]
	allow = always
[remote "origin"]
	url = ext::$transport
	uploadpack = $uploadpack
	promisor = true
	partialclonefilter = blob:none
	vcs = evil
[extensions]
	partialClone = origin
[uploadpack]
	packObjectsHook = $pack
[trace2]
	eventTarget = TRACE
[gc]
	auto = 1
[maintenance]
	auto = true
[include]
	path = INCLUDED
`;

export interface HostileClone {
  directory: string;
  /** The commit of its default branch, and one that carries a signature. */
  head: string;
  signed: string;
  /** Names of what was run since the last call: each program leaves its own. */
  takeWitnesses(): Promise<string[]>;
  remove(): Promise<void>;
}

/** Makes a clone whose every setting, hook, attribute and name tries to run something. */
export async function createHostileClone(): Promise<HostileClone> {
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
  const { gitDirectory, directory, shas } = fixture;
  const witnesses = join(directory, 'witnesses');
  const programs = join(directory, 'programs');
  await mkdir(witnesses);
  await mkdir(programs);
  // Git starts some of them without a shell, so none may need an argument.
  for (const [, name = ''] of hostileConfig.matchAll(program)) {
    await writeExecutable(join(programs, name), `touch "${witnesses}/${name}"`);
  }
  const hookFolder = join(directory, 'hostile-hooks');
  for (const folder of [hookFolder, join(gitDirectory, 'hooks')]) {
    await mkdir(folder, { recursive: true });
    for (const hook of hooks) {
      await writeExecutable(join(folder, hook), `touch "${witnesses}/hook-${hook}"`);
    }
  }
  const attributes = join(directory, 'attributes');
  await writeFile(attributes, '* diff=evil filter=evil merge=evil\n');
  const included = join(directory, 'included');
  await writeFile(included, `[core]\n\tfsmonitor = ${join(programs, 'fsmonitor')}\n`);
  const merge = shas['merge'] ?? '';
  const signed = await signCommit(gitDirectory, merge);
  await nameLikeOptions(gitDirectory, merge);
  // The blob of .mailmap is promised by a remote that would have to be asked.
  const blob = objectId('blob', promised);
  await rm(join(gitDirectory, 'objects', blob.slice(0, 2), blob.slice(2)));
  await appendFile(
    join(gitDirectory, 'config'),
    hostileConfig
      .replaceAll(program, (_, name: string) => join(programs, name))
      .replace('HOOKS', hookFolder)
      .replace('ATTRIBUTES', attributes)
      .replace('TRACE', join(witnesses, 'trace'))
      .replace('INCLUDED', included),
  );
  return {
    directory,
    head: merge,
    signed,
    async takeWitnesses() {
      const names = await readdir(witnesses);
      for (const name of names) await rm(join(witnesses, name), { recursive: true });
      return names.toSorted();
    },
    remove: () => fixture.remove(),
  };
}

async function writeExecutable(path: string, script: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
}

/** Branches and tags that read like options. */
async function nameLikeOptions(gitDirectory: string, sha: string): Promise<void> {
  await mkdir(join(gitDirectory, 'refs/tags'), { recursive: true });
  for (const name of ['--output=witness', '-v', '--upload-pack=x', '--exec=x']) {
    await writeFile(join(gitDirectory, 'refs/tags', name), `${sha}\n`);
    await writeFile(join(gitDirectory, 'refs/heads', name), `${sha}\n`);
  }
}

/** Adds a commit that carries a signature, under a tag, and returns its id. */
async function signCommit(gitDirectory: string, parent: string): Promise<string> {
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
  return output.toString().trim();
}
