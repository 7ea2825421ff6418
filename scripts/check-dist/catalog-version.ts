import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { repositoryRoot } from '../package-build/repository-root.ts';

const workspaceSchema = z.object({ catalog: z.record(z.string(), z.string()) });

/** Returns the version of a package that the catalog of pnpm-workspace.yaml pins. */
export function catalogVersion(name: string): string {
  const text = readFileSync(join(repositoryRoot, 'pnpm-workspace.yaml'), 'utf8');
  const version = workspaceSchema.parse(parse(text)).catalog[name];
  if (version === undefined) throw new Error(`the catalog has no ${name}`);
  return version;
}
