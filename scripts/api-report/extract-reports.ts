import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { installTool } from '../install-tool.ts';
import { type PackageManifest, sourceEntries } from '../package-build/package-manifest.ts';
import { repositoryRoot } from '../package-build/repository-root.ts';
import { reportName } from './report-files.ts';

/** The part of API Extractor that is used. It lies in tools/, so its own types are not at hand. */
interface ApiExtractor {
  Extractor: {
    invoke(
      config: unknown,
      options: { localBuild: boolean; messageCallback(message: ExtractorMessage): void },
    ): { errorCount: number };
  };
  ExtractorConfig: {
    prepare(options: {
      configObject: object;
      configObjectFullPath: undefined;
      packageJsonFullPath: string;
    }): unknown;
  };
}

interface ExtractorMessage {
  logLevel: string;
  text: string;
  handled: boolean;
}

const moduleSchema = z.custom<ApiExtractor>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    'Extractor' in value &&
    'ExtractorConfig' in value,
);

/** Returns the report of each public entry, from the declarations that `tsc -b` wrote. */
export async function extractReports(
  packages: readonly PackageManifest[],
): Promise<Map<string, string>> {
  const tool = await installTool('api-report');
  const load = createRequire(join(tool, 'package.json'));
  const extractor = moduleSchema.parse(load('@microsoft/api-extractor'));
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-api-'));
  mkdirSync(join(folder, 'temp'));
  try {
    return new Map(
      packages.flatMap((manifest) =>
        sourceEntries(manifest).map(([subpath, { types }]): [string, string] => {
          const name = reportName(manifest, subpath);
          extract(extractor, manifest, join(manifest.folder, types), { folder, name });
          return [name, inOneOrder(readFileSync(join(folder, name), 'utf8'))];
        }),
      ),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function extract(
  { Extractor, ExtractorConfig }: ApiExtractor,
  manifest: PackageManifest,
  entry: string,
  report: { folder: string; name: string },
): void {
  const silent = { default: { logLevel: 'none' } };
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(manifest.folder, 'package.json'),
    configObject: {
      projectFolder: manifest.folder,
      mainEntryPointFilePath: entry,
      newlineKind: 'lf',
      compiler: { overrideTsconfig: { compilerOptions, files: [entry] } },
      apiReport: {
        enabled: true,
        // What an exported type is made of is public too, whether or not it has a public name.
        includeForgottenExports: true,
        reportFileName: report.name,
        reportFolder: report.folder,
        reportTempFolder: join(report.folder, 'temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: silent,
        extractorMessageReporting: silent,
        tsdocMessageReporting: silent,
      },
    },
  });
  const errors: string[] = [];
  const { errorCount } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback(message) {
      if (message.logLevel === 'error') errors.push(message.text);
      // Else it prints that a new report file was made, which is what it was asked for.
      message.handled = true;
    },
  });
  if (errorCount > 0) throw new Error(`${entry}: ${errors.join('\n')}`);
}

const compilerOptions = {
  target: 'es2023',
  lib: ['es2023'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  noEmit: true,
  types: ['node'],
  typeRoots: [join(repositoryRoot, 'node_modules', '@types')],
};

/**
 * The compiler writes a union of words, and the object of an enumeration, in the order in which it met
 * them, which differs by run.
 */
export function inOneOrder(report: string): string {
  return report
    .replaceAll(/"[^"\n]*"(?: \| "[^"\n]*")+/g, (words) =>
      words.split(' | ').toSorted().join(' | '),
    )
    .replaceAll(/(?:^[ ]*"?[\w-]+"?: "[^"\n]*";\n)+/gm, (members) =>
      members.trimEnd().split('\n').toSorted().join('\n').concat('\n'),
    );
}
