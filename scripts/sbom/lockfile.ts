import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { repositoryRoot } from '../package-build/repository-root.ts';

const versionsSchema = z.record(z.string(), z.string()).default({});
const chosenSchema = z.record(z.string(), z.object({ version: z.string() })).default({});
const lockfileSchema = z.object({
  importers: z.record(
    z.string(),
    z.object({
      dependencies: chosenSchema,
      devDependencies: chosenSchema,
      optionalDependencies: chosenSchema,
    }),
  ),
  packages: z.record(
    z.string(),
    z.object({
      resolution: z.object({ integrity: z.string().optional() }),
      os: z.array(z.string()).optional(),
      cpu: z.array(z.string()).optional(),
    }),
  ),
  snapshots: z.record(
    z.string(),
    z.object({ dependencies: versionsSchema, optionalDependencies: versionsSchema }),
  ),
});

/** One package at one version, and which it needs. */
export interface LockedPackage {
  name: string;
  version: string;
  /** SHA-512 of the tarball, in base64. */
  integrity: string | null;
  /** Whether it is for some operating systems or processors only. */
  isOfPlatform: boolean;
  /** As `name@version`. */
  needs: readonly string[];
  /** What is only installed where it fits. */
  mayHave: readonly string[];
}

export interface Lockfile {
  /** By `name@version`, whatever its peers are. */
  packages: ReadonlyMap<string, LockedPackage>;
  /** What a workspace package needs when installed, as `name@version`; `link:` versions are ours. */
  importer(folder: string): { needs: string[]; bundles: string[] };
}

let read: Lockfile | null = null;

/** Returns what pnpm-lock.yaml says; it is read once in a process. */
export function readLockfile(): Lockfile {
  read ??= parseLockfile(readFileSync(join(repositoryRoot, 'pnpm-lock.yaml'), 'utf8'));
  return read;
}

function parseLockfile(text: string): Lockfile {
  const { importers, packages, snapshots } = lockfileSchema.parse(parse(text));
  const found = new Map<string, LockedPackage>();
  for (const [snapshot, { dependencies, optionalDependencies }] of Object.entries(snapshots)) {
    const key = withoutPeers(snapshot);
    const at = key.lastIndexOf('@');
    const locked = packages[key];
    const before = found.get(key);
    const needs = [...(before?.needs ?? []), ...keysOf(dependencies)];
    const mayHave = [...(before?.mayHave ?? []), ...keysOf(optionalDependencies)];
    found.set(key, {
      name: key.slice(0, at),
      version: key.slice(at + 1),
      integrity: locked?.resolution.integrity ?? null,
      isOfPlatform: locked?.os !== undefined || locked?.cpu !== undefined,
      needs: [...new Set(needs)].toSorted(),
      mayHave: [...new Set(mayHave)].toSorted(),
    });
  }
  return {
    packages: found,
    importer(folder) {
      const importer = importers[folder];
      if (importer === undefined) throw new Error(`pnpm-lock.yaml has no ${folder}`);
      const { dependencies, devDependencies, optionalDependencies } = importer;
      return {
        needs: chosen({ ...dependencies, ...optionalDependencies }),
        bundles: chosen(devDependencies),
      };
    },
  };
}

function chosen(versions: Readonly<Record<string, { version: string }>>): string[] {
  return keysOf(
    Object.fromEntries(Object.entries(versions).map(([name, { version }]) => [name, version])),
  );
}

function keysOf(versions: Readonly<Record<string, string>>): string[] {
  return Object.entries(versions).map(([name, version]) => `${name}@${withoutPeers(version)}`);
}

/** `drizzle-orm@0.45.4(@libsql/client@0.18.0)` is one package, whatever stands beside it. */
function withoutPeers(key: string): string {
  return key.replace(/\(.*$/, '');
}
