import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from './repository-root.ts';

/** What esbuild says of the files that it wrote, as far as is looked at here. */
export interface BundleOutputs {
  outputs: Readonly<
    Record<string, { inputs: Readonly<Record<string, { bytesInOutput: number }>> }>
  >;
}

/** A package of others of which something stands in the bundle. */
export interface BundledPackage {
  name: string;
  version: string;
  /** As its manifest has it; null where it names none. */
  licence: string | null;
  folder: string;
}

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
});

/** Returns the packages of others that really were bundled, by name and version. */
export function bundledPackages(packageFolder: string, bundle: BundleOutputs): BundledPackage[] {
  const folders = new Set(
    shippedInputs(packageFolder, bundle).flatMap((path) => folderOfPackage(path)),
  );
  return [...folders]
    .map(readBundled)
    .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** Returns the folders of our own packages of which sources stand in the bundle. */
export function bundledSiblings(packageFolder: string, bundle: BundleOutputs): string[] {
  const own = shippedInputs(packageFolder, bundle).flatMap((path) => {
    const [top, name] = relative(repositoryRoot, path).split(/[\\/]/);
    return top === 'packages' && name !== undefined && !isOfOthers(path)
      ? [join(repositoryRoot, top, name)]
      : [];
  });
  const others = own.filter((folder) => resolve(folder) !== resolve(packageFolder));
  return [...new Set(others)].toSorted();
}

/** Returns the manifest of a package of others. @throws Error where it has no name or version */
export function readBundled(folder: string): BundledPackage {
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  const { license, ...rest } = manifestSchema.parse(JSON.parse(text));
  return { ...rest, licence: license ?? null, folder };
}

/** `inputs` of the outputs, not of the build: what tree shaking dropped is not shipped. */
function shippedInputs(packageFolder: string, { outputs }: BundleOutputs): string[] {
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [resolve(packageFolder, path)] : [],
    ),
  );
}

function isOfOthers(path: string): boolean {
  return path.split(/[\\/]/).includes('node_modules');
}

function folderOfPackage(path: string): string[] {
  if (!isOfOthers(path)) return [];
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    // A package may hold further package.json files that only say `"type": "module"`.
    const manifest = join(folder, 'package.json');
    if (!existsSync(manifest)) continue;
    const json: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
    if (manifestSchema.safeParse(json).success) return [folder];
  }
  throw new Error(`${path} belongs to no package`);
}

function keyOf({ name, version }: BundledPackage): string {
  return `${name}@${version}`;
}
