import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type BundledPackage, readBundled } from '../package-build/bundled-packages.ts';
import type { PackageManifest } from '../package-build/package-manifest.ts';
import { repositoryRoot } from '../package-build/repository-root.ts';
import type { LockedPackage, Lockfile } from './lockfile.ts';
import { requirePermitted } from './permitted-licences.ts';

/** One package that reaches whoever installs one of ours. */
export interface ShippedComponent {
  name: string;
  version: string;
  /** An SPDX identifier or expression, each permitted. */
  licence: string;
  /** In our own files, beside them in node_modules, or in both. */
  shipped: 'bundled' | 'installed' | 'both';
  /** Whether it is installed only where it fits the machine. */
  isOptional: boolean;
  /** SHA-512 of its tarball, in base64; null for our own. */
  integrity: string | null;
  /** As `name@version`; some may not be shipped. */
  needs: readonly string[];
}

const link = /^(@adjutant\/[\w-]+)@link:/;

/** Returns the packages of others in a bundle. @throws Error for one that the lockfile has not */
export function bundledComponents(
  bundled: readonly BundledPackage[],
  lockfile: Lockfile,
): ShippedComponent[] {
  return bundled.map(({ name, version, licence }) => {
    const key = `${name}@${version}`;
    const locked = lockedPackage(lockfile, key);
    return component(locked, requirePermitted(key, licence), 'bundled', false);
  });
}

/** Returns what is installed beside a package, down to the last: all of it, for every platform. */
export function installedComponents(
  manifest: Pick<PackageManifest, 'folder'>,
  lockfile: Lockfile,
): ShippedComponent[] {
  const found = new Map<string, ShippedComponent>();
  const visit = (key: string, wanted: Wanted): void => {
    const before = found.get(key);
    if (before !== undefined && (wanted.isOptional || !before.isOptional)) return;
    const locked = lockedPackage(lockfile, key);
    const folder = folderOf(locked.name, wanted.from);
    // One for another platform is not installed here; it is built with what asks for it.
    const own = folder === null || locked.isOfPlatform ? null : readBundled(folder).licence;
    if (own === null && !locked.isOfPlatform) throw new Error(`${key} is not installed here`);
    const licence = requirePermitted(key, own ?? wanted.licence);
    found.set(key, component(locked, licence, 'installed', wanted.isOptional));
    const from = folder ?? wanted.from;
    for (const next of locked.needs) {
      visit(next, { from, licence, isOptional: wanted.isOptional });
    }
    for (const next of locked.mayHave) visit(next, { from, licence, isOptional: true });
  };
  for (const folder of withSiblings(manifest.folder, lockfile)) {
    for (const key of needsOf(folder, lockfile)) {
      if (!link.test(key)) visit(key, { from: folder, licence: null, isOptional: false });
    }
  }
  return [...found.values()];
}

/** Returns the folders of our packages that are installed with one of them, itself first. */
export function withSiblings(folder: string, lockfile: Lockfile): string[] {
  const folders = [folder];
  // It grows as it is walked.
  for (const current of folders) {
    for (const key of needsOf(current, lockfile)) {
      const name = link.exec(key)?.[1];
      if (name === undefined) continue;
      const sibling = join(repositoryRoot, 'packages', name.replace('@adjutant/', ''));
      if (!folders.includes(sibling)) folders.push(sibling);
    }
  }
  return folders;
}

interface Wanted {
  /** The folder of what asks for it. */
  from: string;
  licence: string | null;
  isOptional: boolean;
}

function needsOf(folder: string, lockfile: Lockfile): string[] {
  return lockfile.importer(relative(repositoryRoot, folder).replaceAll('\\', '/')).needs;
}

function lockedPackage(lockfile: Lockfile, key: string): LockedPackage {
  const locked = lockfile.packages.get(key);
  if (locked === undefined) throw new Error(`pnpm-lock.yaml has no ${key}`);
  return locked;
}

function component(
  locked: LockedPackage,
  licence: string,
  shipped: ShippedComponent['shipped'],
  isOptional: boolean,
): ShippedComponent {
  const { name, version, integrity } = locked;
  const needs = [...locked.needs, ...locked.mayHave];
  return { name, version, licence, shipped, isOptional, integrity, needs };
}

/** Where Node would find a package from another one; null where it is not installed. */
function folderOf(name: string, from: string): string | null {
  const start = realpathSync(from);
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(candidate)) return realpathSync(candidate);
    if (dirname(folder) === folder) return null;
  }
}
