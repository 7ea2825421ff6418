import { fileURLToPath } from 'node:url';
import type { Options } from 'tsup';
import { collectLicences } from './collect-licences.ts';
import { inlineText } from './inline-text.ts';
import { readPackageManifest, sourceEntries } from './package-manifest.ts';
import { oneLocale } from './one-locale.ts';
import { publishedSchema } from './published-schema.ts';

// Some bundled packages are CommonJS and call `require('process')` and the like; in an ES module
// that name exists only when made.
const requireBanner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

export interface PackageBuild {
  /** Further entries by output name, such as the file behind `bin`. */
  entries?: Readonly<Record<string, string>>;
  /** Set where what is bundled is CommonJS. */
  needsRequire?: boolean;
  /**
   * Set for an executable: bundles our other packages, from their sources, and zod as well. Found
   * one by one in node_modules, their files cost as long to load as all the rest of a start.
   */
  selfContained?: boolean;
}

/**
 * Returns the tsup configuration of the package whose tsup.config.ts has this URL: one entry for
 * each of its `exports`; devDependencies that it imports are bundled into lazy chunks, its
 * dependencies are not.
 */
export function definePackage(configUrl: string, build: PackageBuild = {}): Options {
  const manifest = readPackageManifest(fileURLToPath(new URL('.', configUrl)));
  const entries: Record<string, string> = {};
  for (const [, target] of sourceEntries(manifest)) {
    const name = target.default.replace(/^\.\/dist\//, '').replace(/\.js$/, '');
    entries[name] = target['@adjutant/source'];
  }
  return {
    entry: { ...entries, ...build.entries },
    format: 'esm',
    target: 'node22',
    platform: 'node',
    splitting: true,
    // Declarations come from `tsc -b`: one program for all packages, and declaration maps.
    dts: false,
    clean: false,
    silent: true,
    tsconfig: '../../tsconfig.json',
    ...(build.needsRequire === true ? { banner: { js: requireBanner } } : {}),
    ...(build.selfContained === true ? { noExternal: [/^@adjutant\//, 'zod'] } : {}),
    esbuildPlugins: [
      publishedSchema(),
      inlineText(),
      oneLocale(),
      collectLicences(manifest.folder),
    ],
    esbuildOptions: (options) => {
      options.metafile = true;
      options.legalComments = 'none';
      // Sources, because the packages are built side by side and a dist may not be there yet.
      if (build.selfContained === true) options.conditions = ['@adjutant/source', 'module'];
      // Names stay, so that a stack trace in a report can be read; the sources lie beside it.
      options.minifyWhitespace = true;
      options.minifySyntax = true;
    },
  };
}
