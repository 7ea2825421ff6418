import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gitStartFolder } from './git-environment.ts';
import { runGit, streamGit } from './spawn-git.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adjutant-fake-git-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** Puts a program called git first on PATH. */
async function fakeGit(script: string): Promise<void> {
  const path = join(folder, 'git');
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH']}`);
}

async function failureOf(promise: Promise<unknown>): Promise<AdjutantError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!AdjutantError.isInstance(error)) throw new Error(`Not our error: ${String(error)}`);
  return error;
}

describe.skipIf(process.platform === 'win32')('a git child', () => {
  it('sees nothing of the parent but PATH', async () => {
    vi.stubEnv('ADJUTANT_CANARY', 'canary-5c1f');
    vi.stubEnv('GITHUB_TOKEN', 'canary-5c1f');
    vi.stubEnv('GIT_DIR', '/elsewhere');
    vi.stubEnv('GIT_EXTERNAL_DIFF', '/bin/false');
    await fakeGit('env');
    const { output } = await runGit({ arguments: [], subject: 'x' });
    const names = output
      .toString()
      .trim()
      .split('\n')
      .map((line) => line.slice(0, line.indexOf('=')))
      // A shell sets these by itself.
      .filter((name) => !['PWD', 'SHLVL', '_', 'OLDPWD'].includes(name))
      .toSorted();
    expect(output.toString()).not.toContain('canary-5c1f');
    expect(names).toEqual([
      'GIT_ALLOW_PROTOCOL',
      'GIT_ASKPASS',
      'GIT_ATTR_NOSYSTEM',
      'GIT_CONFIG_GLOBAL',
      'GIT_CONFIG_NOSYSTEM',
      'GIT_CONFIG_SYSTEM',
      'GIT_FLUSH',
      'GIT_GRAFT_FILE',
      'GIT_NO_LAZY_FETCH',
      'GIT_NO_REPLACE_OBJECTS',
      'GIT_OPTIONAL_LOCKS',
      'GIT_PAGER',
      'GIT_TERMINAL_PROMPT',
      'LC_ALL',
      'PATH',
      'SSH_ASKPASS',
      'TZ',
    ]);
  });

  it('starts in a folder of no clone where the system looks for programs there first', () => {
    expect(gitStartFolder('win32', 'C:\\Program Files\\nodejs\\node.exe')).toBe(
      'C:\\Program Files\\nodejs',
    );
    expect(gitStartFolder('linux', '/usr/bin/node')).toBeNull();
  });

  it('is not looked for in relative folders of PATH', async () => {
    await fakeGit('echo planted');
    vi.stubEnv('PATH', `.${delimiter}${delimiter}bin`);
    const error = await failureOf(runGit({ arguments: [], subject: 'x' }));
    expect(error.code).toBe('Configuration');
    expect(error.message).toContain('No git program');
    expect(error.hint).toContain('Install git');
  });

  it('is killed on abort, and the reason is given back', async () => {
    await fakeGit('echo begun; exec sleep 600');
    const controller = new AbortController();
    const stream = streamGit({ arguments: [], subject: 'x', signal: controller.signal });
    expect((await stream.next()).value?.toString()).toBe('begun\n');
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(stream.next()).rejects.toBe(reason);
  });

  it('is killed when nobody reads on', async () => {
    await fakeGit('echo $$; exec sleep 600');
    const stream = streamGit({ arguments: [], subject: 'x' });
    const pid = Number((await stream.next()).value?.toString());
    await stream.return(0);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('is not started under a signal that is aborted already', async () => {
    await fakeGit(`touch ${folder}/started`);
    const call = runGit({
      arguments: [],
      subject: 'x',
      signal: AbortSignal.abort(new Error('no')),
    });
    await expect(call).rejects.toThrow('no');
  });

  it.each([
    ['fatal: not a git repository', 'Configuration', 'is not a git repository'],
    ["fatal: could not open 'x': Permission denied", 'Permission', 'cannot be read'],
    ['error: object file is empty\nfatal: loose object is corrupt', 'Upstream', 'is corrupt'],
    ['', 'Upstream', 'exit code 128'],
  ])('that fails with %j gives a %s error with a hint', async (stderr, code, message) => {
    await fakeGit(`printf '%s' "${stderr}" >&2; exit 128`);
    const error = await failureOf(runGit({ arguments: [], subject: 'the folder' }));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.hint).toBeTruthy();
  });

  it('may complain at any length without filling memory or the message', async () => {
    await fakeGit('yes "fatal: $(printf "\\033[31m")no" | head -c 3000000 >&2; exit 1');
    const error = await failureOf(runGit({ arguments: [], subject: 'x' }));
    expect(error.message.length).toBeLessThan(600);
    expect(error.message).not.toContain('\u001b');
  });

  it('that fails in the middle gives what it had, then the error', async () => {
    await fakeGit('echo one; exit 1');
    const stream = streamGit({ arguments: [], subject: 'x' });
    expect((await stream.next()).value?.toString()).toBe('one\n');
    expect((await failureOf(stream.next())).code).toBe('Upstream');
  });
});
