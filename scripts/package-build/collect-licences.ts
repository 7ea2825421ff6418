import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Options } from 'tsup';
import { z } from 'zod';
import { repositoryRoot } from './repository-root.ts';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

// Not `import.meta.dirname`: tsup bundles its configuration and rewrites only `import.meta.url`.
const licenceTexts = join(repositoryRoot, 'scripts/package-build/licence-texts');
const bundledManifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
});

/** Returns a plugin that writes dist/THIRD-PARTY-LICENSES.txt for what really was bundled. */
export function collectLicences(packageFolder: string): Plugin {
  return {
    name: 'collect-licences',
    setup: (build) => {
      build.onEnd((result) => {
        const outputs = Object.values(result.metafile?.outputs ?? {});
        // `inputs` of the outputs, not of the build: what tree shaking dropped is not shipped.
        const inputs = outputs.flatMap((output) =>
          Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) =>
            bytesInOutput > 0 ? [path] : [],
          ),
        );
        const folders = new Set(inputs.flatMap((path) => folderOfPackage(packageFolder, path)));
        const target = join(packageFolder, 'dist', 'THIRD-PARTY-LICENSES.txt');
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, licenceText([...folders]));
      });
    },
  };
}

function folderOfPackage(packageFolder: string, input: string): string[] {
  const path = resolve(packageFolder, input);
  if (!path.split(/[\\/]/).includes('node_modules')) return [];
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    // A package may hold further package.json files that only say `"type": "module"`.
    if (existsSync(join(folder, 'package.json')) && readManifest(folder).success) return [folder];
  }
  throw new Error(`${input} belongs to no package`);
}

function readManifest(folder: string): ReturnType<typeof bundledManifestSchema.safeParse> {
  const json: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return bundledManifestSchema.safeParse(json);
}

function licenceText(folders: readonly string[]): string {
  if (folders.length === 0) return 'This package bundles no package of others.\n';
  const sections = folders.map(licenceSection).toSorted();
  return `${sections.join(`\n\n${'-'.repeat(72)}\n\n`)}\n`;
}

function licenceSection(folder: string): string {
  const { name, version, license } = bundledManifestSchema.parse(
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
  );
  const own = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice)/i.test(file))
    .toSorted();
  // Some packages name a licence and forget its text, which the licence wants to go along.
  const standard = join(licenceTexts, `${license ?? 'none'}.txt`);
  const files = own.length > 0 ? own.map((file) => join(folder, file)) : [standard];
  if (!files.every((file) => existsSync(file))) {
    throw new Error(`no licence text for ${name}@${version} (${license ?? 'unnamed'})`);
  }
  const texts = files.map((file) => readFileSync(file, 'utf8').trim());
  return [`${name}@${version}`, `Licence: ${license ?? 'see below'}`, ...texts].join('\n\n');
}
