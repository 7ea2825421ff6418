import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../package-build/repository-root.ts';
import { licencesPagePath } from '../sbom/licences-page.ts';

/** Returns the names of all packages of others that ours ship: `check:dist` holds the page to the build. */
export function shippedNames(): ReadonlySet<string> {
  const page = readFileSync(join(repositoryRoot, licencesPagePath), 'utf8');
  const names = [...page.matchAll(/^\| `(\S+)` +\|/gm)].map(([, name = '']) => name);
  if (names.length === 0) throw new Error(`${licencesPagePath} names no package: pnpm sbom`);
  return new Set(names);
}
