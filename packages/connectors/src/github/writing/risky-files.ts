import type { PreviewFact } from '@adjutant/core';
import { listed } from '../../writing/neutral-text.ts';

const lockfiles = new Set([
  'bun.lock',
  'bun.lockb',
  'cargo.lock',
  'composer.lock',
  'flake.lock',
  'gemfile.lock',
  'go.sum',
  'gradle.lockfile',
  'mix.lock',
  'npm-shrinkwrap.json',
  'package-lock.json',
  'package.resolved',
  'packages.lock.json',
  'pdm.lock',
  'pipfile.lock',
  'pnpm-lock.yaml',
  'podfile.lock',
  'poetry.lock',
  'pubspec.lock',
  'uv.lock',
  'yarn.lock',
]);

const pipelines =
  /^(?:\.github\/(?:workflows|actions)\/|\.circleci\/|\.buildkite\/|\.drone\.ya?ml$|\.gitlab-ci\.ya?ml$|\.travis\.ya?ml$|azure-pipelines\.ya?ml$|bitbucket-pipelines\.ya?ml$|jenkinsfile(?:$|\.))/i;

type Kind = 'ci' | 'codeowners' | 'lockfile';

/** Returns which kinds of file that deserve a look a path is. */
function kindOf(path: string): Kind | null {
  const name = path.split('/').at(-1)?.toLowerCase() ?? '';
  if (/^(?:\.github\/|docs\/)?codeowners$/i.test(path)) return 'codeowners';
  if (pipelines.test(path)) return 'ci';
  return lockfiles.has(name) ? 'lockfile' : null;
}

const labels: Record<Kind, string> = {
  ci: 'CI changes',
  codeowners: 'CODEOWNERS changes',
  lockfile: 'Lockfile changes',
};

/** Returns what policy may ask of the files of a change; null where not all of them are known. */
export function riskyFileConditions(
  paths: readonly string[],
  isComplete: boolean,
): Record<'changes_ci' | 'changes_owners' | 'changes_lockfile', boolean | null> {
  const kinds = new Set(paths.map(kindOf));
  const has = (kind: Kind): boolean | null => kinds.has(kind) || (isComplete ? false : null);
  return {
    changes_ci: has('ci'),
    changes_owners: has('codeowners'),
    changes_lockfile: has('lockfile'),
  };
}

/** Returns what a change does to CI, CODEOWNERS and lockfiles; always three facts. */
export function riskyFileFacts(paths: readonly string[], isComplete: boolean): PreviewFact[] {
  return (['ci', 'codeowners', 'lockfile'] as const).map((kind) => {
    const found = paths.filter((path) => kindOf(path) === kind).toSorted();
    if (found.length > 0) {
      return { label: labels[kind], value: listed(found), tone: 'warning' as const };
    }
    return isComplete
      ? { label: labels[kind], value: 'none', tone: 'plain' as const }
      : {
          label: labels[kind],
          value: 'none seen, but not all files were',
          tone: 'warning' as const,
        };
  });
}
