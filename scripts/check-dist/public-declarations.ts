import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { type PackageManifest, sourceEntries } from '../package-build/package-manifest.ts';
import type { Figure } from './figure.ts';

/** Packages that a declaration may name: what is installed beside it. */
function mayName(manifest: PackageManifest, specifier: string): boolean {
  if (specifier.startsWith('node:')) return true;
  const { dependencies, peerDependencies } = manifest;
  const names = [manifest.name, ...Object.keys({ ...dependencies, ...peerDependencies })];
  return names.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}

/**
 * Follows the declarations from a package's exports and tells each that names a package which its
 * reader does not get: one that was bundled.
 */
export function judgeDeclarations(manifest: PackageManifest): Figure {
  const open = sourceEntries(manifest).map(([, { types }]) => join(manifest.folder, types));
  const seen = new Set<string>();
  const wrong: string[] = [];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    if (!existsSync(file)) {
      wrong.push(`${file} is missing`);
      continue;
    }
    for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles) {
      if (fileName.startsWith('.')) open.push(declarationOf(file, fileName));
      else if (!mayName(manifest, fileName)) wrong.push(`${file} names ${fileName}`);
    }
  }
  return {
    what: `${manifest.name}: declarations that name a bundled package`,
    found: `${wrong.length} of ${seen.size}`,
    limit: '0',
    ok: wrong.length === 0,
    detail: wrong.join('\n'),
  };
}

function declarationOf(from: string, specifier: string): string {
  return join(dirname(from), specifier.replace(/\.(ts|js)$/, '.d.ts'));
}
