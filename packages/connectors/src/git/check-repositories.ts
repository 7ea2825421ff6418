import type { CheckItem, CheckReport, ConnectorContext } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import type { GitConfig } from './config.ts';
import { findDefaultBranch } from './default-branch.ts';
import { findMergeStyle } from './merge-style.ts';
import { identifyRepository, openRepository } from './open-repository.ts';
import { runGit } from './spawn-git.ts';
import { printable } from '../commits/text.ts';

/** The oldest git whose options are used. */
const oldestMinor = 24;

/** Reports whether git is there and what each repository can tell. */
export async function checkRepositories(
  context: ConnectorContext<GitConfig>,
): Promise<CheckReport> {
  const { config, signal } = context;
  const version = await attempt('git_version', () => checkVersion(signal));
  if (!version[0]?.ok) return { identity: null, items: version };
  const items = [...version];
  for (const path of config.repositories) {
    const id = `repository:${printable(path, 200)}`;
    items.push(...(await attempt(id, () => checkRepository(path, config, signal))));
  }
  return { identity: null, items };
}

async function attempt(id: string, check: () => Promise<CheckItem[]>): Promise<CheckItem[]> {
  try {
    return await check();
  } catch (error) {
    if (!AdjutantError.isInstance(error)) throw error;
    return [{ id, ok: false, message: error.message, hint: error.hint }];
  }
}

async function checkVersion(signal: AbortSignal): Promise<CheckItem[]> {
  const { output } = await runGit({ arguments: ['--version'], subject: 'git', signal });
  const text = printable(output.toString('utf8').trim(), 100);
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(text) ?? [];
  const ok = Number(major) > 2 || (Number(major) === 2 && Number(minor) >= oldestMinor);
  const hint = ok ? null : `Install git 2.${oldestMinor} or newer.`;
  return [{ id: 'git_version', ok, message: text, hint }];
}

async function checkRepository(
  path: string,
  config: GitConfig,
  signal: AbortSignal,
): Promise<CheckItem[]> {
  const repository = await openRepository(path, { signal, named: config.repositories });
  const { externalId } = await identifyRepository(repository);
  const branch = await findDefaultBranch(repository, config.defaultBranch);
  const item = (name: string, ok: boolean, message: string, hint: string | null): CheckItem => ({
    id: `${name}:${externalId}`,
    ok,
    message,
    hint,
  });
  const kind = repository.isBare ? 'a bare repository' : 'a clone';
  const items = [
    item('repository', true, `${printable(path, 200)} is ${kind} of ${externalId}.`, null),
    repository.isShallow
      ? item('history', false, 'The clone is shallow.', 'Run "git fetch --unshallow" in it.')
      : item('history', true, 'The clone has its whole history.', null),
  ];
  if (branch === null) {
    items.push(item('default_branch', false, 'There is no commit yet.', 'Commit something first.'));
    return items;
  }
  const style = await findMergeStyle(repository, branch);
  const name = branch.name ?? 'a detached head';
  items.push(
    item('default_branch', true, `The default branch is ${printable(name, 100)}.`, null),
    item('merge_style', true, `Its merge style is ${style}.`, null),
  );
  return items;
}
