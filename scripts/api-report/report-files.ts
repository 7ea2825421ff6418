import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PackageManifest, sourceEntries } from '../package-build/package-manifest.ts';
import { repositoryRoot } from '../package-build/repository-root.ts';

/** Where the committed reports lie. */
export const reportFolder = join(repositoryRoot, 'docs', 'api');

/** Returns the name of an entry's report: `core.api.md`, `connectors-git.api.md`. */
export function reportName({ name }: Pick<PackageManifest, 'name'>, subpath: string): string {
  const place = `${name.replace(/^@[^/]+\//, '')}/${subpath.replace(/^\.\/?/, '')}`;
  return `${place.replace(/\/$/, '').replaceAll('/', '-')}.api.md`;
}

/** Returns the names of the reports that the public entries of the packages have. */
export function expectedReports(packages: readonly PackageManifest[]): string[] {
  return packages.flatMap((manifest) =>
    sourceEntries(manifest).map(([subpath]) => reportName(manifest, subpath)),
  );
}

/** Returns the committed reports by name. */
export function readReports(): Map<string, string> {
  if (!existsSync(reportFolder)) return new Map();
  const names = readdirSync(reportFolder).filter((name) => name.endsWith('.api.md'));
  return new Map(names.map((name) => [name, readFileSync(join(reportFolder, name), 'utf8')]));
}
