import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../package-build/repository-root.ts';

/** Returns the version of a package that the catalog of pnpm-workspace.yaml pins. */
export function catalogVersion(name: string): string {
  const text = readFileSync(join(repositoryRoot, 'pnpm-workspace.yaml'), 'utf8');
  const line = text
    .split('\n')
    .find((entry) => entry.startsWith(`  ${name}:`) || entry.startsWith(`  "${name}":`));
  const version = line?.slice(line.indexOf(':', line.indexOf(name)) + 1).trim();
  if (version === undefined) throw new Error(`the catalog has no ${name}`);
  return version;
}
