import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type PackageManifest, sourceEntries } from './package-manifest.ts';

const relativeImport = /(?:\bfrom|\bimport)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g;

/**
 * Removes the declarations that no public one reaches: `tsc` writes one for each file, and nobody who
 * installs the package can import it.
 */
export function pruneDeclarations(manifest: PackageManifest): void {
  const dist = join(manifest.folder, 'dist');
  const reached = new Set<string>();
  const waiting = sourceEntries(manifest).map(([, { types }]) => resolve(manifest.folder, types));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path) || !existsSync(path)) continue;
    reached.add(path);
    for (const [, specifier = ''] of readFileSync(path, 'utf8').matchAll(relativeImport)) {
      waiting.push(resolve(path, '..', specifier.replace(/\.(?:ts|js)$/, '.d.ts')));
    }
  }
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const isDeclaration = entry.isFile() && /\.d\.ts(?:\.map)?$/.test(entry.name);
    if (isDeclaration && !reached.has(path.replace(/\.map$/, ''))) rmSync(path);
  }
}
