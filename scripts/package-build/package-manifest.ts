import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from './repository-root.ts';

const exportTargetSchema = z.object({
  '@adjutant/source': z.string(),
  types: z.string(),
  default: z.string(),
});

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  bin: z.record(z.string(), z.string()).default({}),
  exports: z.record(z.string(), z.union([z.string(), exportTargetSchema])),
  files: z.array(z.string()),
  dependencies: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

export type ExportTarget = z.infer<typeof exportTargetSchema>;

export interface PackageManifest extends z.infer<typeof manifestSchema> {
  /** Absolute. */
  folder: string;
}

/** Returns the manifest of a published package, checked. */
export function readPackageManifest(folder: string): PackageManifest {
  const json: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { ...manifestSchema.parse(json), folder };
}

/** Returns every package under packages/, those that others need first. */
export function publishedPackages(): PackageManifest[] {
  const parent = join(repositoryRoot, 'packages');
  const manifests = readdirSync(parent).map((name) => readPackageManifest(join(parent, name)));
  return dependenciesFirst(manifests);
}

/** Returns the entries of `exports` that have a source, by their subpath. */
export function sourceEntries(manifest: PackageManifest): [string, ExportTarget][] {
  return Object.entries(manifest.exports).flatMap(([subpath, target]) =>
    typeof target === 'string' ? [] : [[subpath, target] satisfies [string, ExportTarget]],
  );
}

function dependenciesFirst(manifests: readonly PackageManifest[]): PackageManifest[] {
  const ordered: PackageManifest[] = [];
  const visit = (manifest: PackageManifest): void => {
    if (ordered.includes(manifest)) return;
    for (const other of manifests) if (other.name in manifest.dependencies) visit(other);
    ordered.push(manifest);
  };
  for (const manifest of manifests) visit(manifest);
  return ordered;
}
