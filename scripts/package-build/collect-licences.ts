import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from 'tsup';
import { billOfMaterials } from '../sbom/bill-of-materials.ts';
import { type BundledPackage, bundledPackages, bundledSiblings } from './bundled-packages.ts';
import { readPackageManifest } from './package-manifest.ts';
import { repositoryRoot } from './repository-root.ts';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

// Not `import.meta.dirname`: tsup bundles its configuration and rewrites only `import.meta.url`.
const licenceTexts = join(repositoryRoot, 'scripts/package-build/licence-texts');

/**
 * Returns a plugin that writes dist/THIRD-PARTY-LICENSES.txt for what really was bundled, and
 * dist/sbom.cdx.json for that and what is installed beside it.
 */
export function collectLicences(packageFolder: string): Plugin {
  return {
    name: 'collect-licences',
    setup: (build) => {
      build.onEnd((result) => {
        const bundle = { outputs: result.metafile?.outputs ?? {} };
        const bundled = bundledPackages(packageFolder, bundle);
        const bill = billOfMaterials({
          manifest: readPackageManifest(packageFolder),
          bundled,
          siblings: bundledSiblings(packageFolder, bundle).map(readPackageManifest),
          sourceDateEpoch: process.env['SOURCE_DATE_EPOCH'],
        });
        const dist = join(packageFolder, 'dist');
        mkdirSync(dist, { recursive: true });
        writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), licenceText(bundled));
        writeFileSync(join(dist, 'sbom.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`);
      });
    },
  };
}

function licenceText(bundled: readonly BundledPackage[]): string {
  if (bundled.length === 0) return 'This package bundles no package of others.\n';
  const sections = bundled.map(licenceSection).toSorted();
  return `${sections.join(`\n\n${'-'.repeat(72)}\n\n`)}\n`;
}

function licenceSection({ name, version, licence, folder }: BundledPackage): string {
  const own = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice)/i.test(file))
    .toSorted();
  // Some packages name a licence and forget its text, which the licence wants to go along.
  const standard = join(licenceTexts, `${licence ?? 'none'}.txt`);
  const files = own.length > 0 ? own.map((file) => join(folder, file)) : [standard];
  if (!files.every((file) => existsSync(file))) {
    throw new Error(`no licence text for ${name}@${version} (${licence ?? 'unnamed'})`);
  }
  const texts = files.map((file) => readFileSync(file, 'utf8').trim());
  return [`${name}@${version}`, `Licence: ${licence ?? 'see below'}`, ...texts].join('\n\n');
}
