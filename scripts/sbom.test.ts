import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { bundledPackages, bundledSiblings, readBundled } from './package-build/bundled-packages.ts';
import { publishedPackages, readPackageManifest } from './package-build/package-manifest.ts';
import { repositoryRoot } from './package-build/repository-root.ts';
import { billOfMaterials } from './sbom/bill-of-materials.ts';
import { licencesPagePath } from './sbom/licences-page.ts';
import { readLockfile } from './sbom/lockfile.ts';
import { permittedLicences, requirePermitted } from './sbom/permitted-licences.ts';
import { problemsOfBill } from './sbom/problems-of-bill.ts';
import { installedComponents } from './sbom/shipped-components.ts';

const lockfile = readLockfile();
const cliFolder = join(repositoryRoot, 'packages', 'cli');
const cli = readPackageManifest(cliFolder);

/** A file of a package that the gateway bundles, as esbuild names it from the folder of the cli. */
function fileOf(name: string, file = 'index.js'): string {
  const folder = join(repositoryRoot, 'packages', 'gateway', 'node_modules', name);
  return relative(cliFolder, join(realpathSync(folder), file));
}

const bundle = {
  outputs: {
    'dist/bin.js': {
      inputs: {
        'src/bin.ts': { bytesInOutput: 10 },
        '../core/src/index.ts': { bytesInOutput: 10 },
        '../metrics/src/index.ts': { bytesInOutput: 0 },
        [fileOf('hono', 'dist/index.js')]: { bytesInOutput: 10 },
        [fileOf('prom-client')]: { bytesInOutput: 10 },
        [fileOf('jose')]: { bytesInOutput: 0 },
      },
    },
  },
};

function bill(sourceDateEpoch?: string) {
  const bundled = bundledPackages(cliFolder, bundle);
  const siblings = bundledSiblings(cliFolder, bundle).map(readPackageManifest);
  return billOfMaterials({ manifest: cli, bundled, siblings, sourceDateEpoch });
}

function shipped(how: string): string[] {
  return bill()
    .components.filter(({ properties }) => properties.some(({ value }) => value === how))
    .map(({ group, name }) => (group === undefined ? name : `${group}/${name}`));
}

describe('a bill of materials', () => {
  test('has what stands in the files, our own packages too, and nothing that was shaken out', () => {
    expect(shipped('bundled')).toEqual(['@adjutant/core', 'hono', 'prom-client']);
  });

  test('has what is installed beside the files, down to the last, for every platform', () => {
    const installed = shipped('installed');
    const expected = ['@libsql/client', 'libsql', 'zod', '@neon-rs/load', 'ws', 'js-base64'];
    expect(installed).toEqual(expect.arrayContaining(expected));
    const platforms = bill().components.filter(({ scope }) => scope === 'optional');
    expect(platforms.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['linux-x64-gnu', 'darwin-arm64', 'win32-x64-msvc']),
    );
  });

  test('has no tool of development', () => {
    const names = bill().components.map(({ name }) => name);
    for (const tool of ['vitest', 'typescript', 'tsup', 'cyclonedx-library', 'sdk-trace-base'])
      expect(names).not.toContain(tool);
  });

  test('has a licence and a digest for each package of others', () => {
    for (const { group, hashes, licenses } of bill().components) {
      const [named] = licenses;
      const licence =
        named !== undefined && 'license' in named ? named.license.id : named?.expression;
      expect(requirePermitted('one', licence ?? null)).toBe(licence);
      if (group !== '@adjutant') expect(hashes?.[0]?.content).toMatch(/^[0-9a-f]{128}$/);
    }
  });

  test('names in its dependencies only what it has, and every part that it has', () => {
    const { metadata, components, dependencies } = bill();
    const known = [metadata.component, ...components].map((part) => part['bom-ref']);
    expect(dependencies.map(({ ref }) => ref).toSorted()).toEqual(known.toSorted());
    const named = new Set(dependencies.flatMap(({ dependsOn }) => dependsOn));
    expect([...named].filter((ref) => !known.includes(ref))).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
  });

  test('holds against the published schema of CycloneDX 1.6, which a wrong one does not', () => {
    expect(problemsOfBill(bill())).toEqual([]);
    expect(problemsOfBill(bill('1700000000'))).toEqual([]);
    expect(problemsOfBill({ ...bill(), components: [{ name: 'nothing' }] })).not.toEqual([]);
  });

  test('is the same each time, and has a time only where one is given', () => {
    expect(JSON.stringify(bill())).toBe(JSON.stringify(bill()));
    expect(bill().metadata).not.toHaveProperty('timestamp');
    expect(bill('1700000000').metadata).toHaveProperty('timestamp', '2023-11-14T22:13:20.000Z');
  });

  test.each(publishedPackages().map((manifest) => [manifest.name, manifest] as const))(
    'can be made of %s, every licence permitted',
    (_, manifest) => {
      const made = billOfMaterials({ manifest, bundled: [], siblings: [] });
      expect(made.components.length).toBeGreaterThan(0);
    },
  );
});

describe('a licence', () => {
  test('that is not permitted, or not named, is refused', () => {
    expect(requirePermitted('one', 'MIT')).toBe('MIT');
    for (const licence of ['GPL-3.0-only', 'SEE LICENSE IN x', 'UNLICENSED', 'mit', '', null])
      expect(() => requirePermitted('one', licence)).toThrow('one is under');
  });

  test.each([
    'MIT OR GPL-2.0-only',
    '(MIT OR Apache-2.0)',
    'MIT AND ISC',
    '(MIT AND (ISC OR AGPL-3.0-only))',
    'GPL-2.0-only AND MIT OR ISC',
    'Apache-2.0 WITH LLVM-exception',
  ])('that is the expression %s is permitted', (licence) => {
    expect(requirePermitted('one', licence)).toBe(licence);
  });

  test.each([
    'MIT AND GPL-2.0-only',
    '(MIT OR ISC) AND GPL-2.0-only',
    'GPL-2.0-only OR AGPL-3.0-only',
    'GPL-2.0-only WITH Classpath-exception-2.0',
    'MIT WITH Commons-Clause',
    'MIT OR',
    'MIT ISC',
    '(MIT',
    'MIT)',
    '()',
    'MIT or ISC',
    'OR MIT',
  ])('that is the expression %s is refused', (licence) => {
    expect(() => requirePermitted('one', licence)).toThrow('one is under');
  });

  test('of a bundled package that is not permitted stops the build', () => {
    const folder = mkdtempSync(join(tmpdir(), 'adjutant-licence-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const other = join(folder, 'node_modules', 'hono');
    mkdirSync(other, { recursive: true });
    const { version } = readBundled(
      join(repositoryRoot, 'packages', 'gateway', 'node_modules', 'hono'),
    );
    const manifest = { name: 'hono', version, license: 'AGPL-3.0-only' };
    writeFileSync(join(other, 'package.json'), JSON.stringify(manifest));
    const outputs = { a: { inputs: { 'node_modules/hono/a.js': { bytesInOutput: 1 } } } };
    const bundled = bundledPackages(folder, { outputs });
    expect(() => billOfMaterials({ manifest: cli, bundled, siblings: [] })).toThrow(
      'AGPL-3.0-only',
    );
  });

  test('of what is for one platform is the one that its own manifest names, where it is installed', () => {
    const store = join(repositoryRoot, 'node_modules', '.pnpm');
    const parts = installedComponents(cli, lockfile).filter(({ name }) =>
      /^@libsql\/(linux|darwin|win32)-/.test(name),
    );
    const here = parts.flatMap(({ name, version, licence }) => {
      const folder = join(store, `${name.replace('/', '+')}@${version}`, 'node_modules', name);
      try {
        return [[licence, readBundled(folder).licence]];
      } catch {
        return [];
      }
    });
    expect(here.length).toBeGreaterThan(0);
    for (const [told, own] of here) expect(told).toBe(own);
  });
});

describe('the page of licences', () => {
  const rows = readFileSync(join(repositoryRoot, licencesPagePath), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, name, version, licence] = /^\| `(\S+)` +\| (\S+) +\| (\S+) +\|/.exec(line) ?? [];
      return name === undefined ? [] : [{ key: `${name}@${version}`, licence }];
    });
  const keys = new Set(rows.map(({ key }) => key));

  test('has only versions of the lockfile, each under a permitted licence', () => {
    expect(rows.length).toBeGreaterThan(50);
    expect([...keys].filter((key) => !lockfile.packages.has(key))).toEqual([]);
    for (const { licence } of rows) expect(permittedLicences).toContain(licence);
  });

  test('has everything that is installed with a package of ours', () => {
    const installed = publishedPackages().flatMap((manifest) =>
      installedComponents(manifest, lockfile).map(({ name, version }) => `${name}@${version}`),
    );
    expect(installed.filter((key) => !keys.has(key))).toEqual([]);
  });

  test('has no tool that only the repository itself uses', () => {
    const root = z
      .object({ devDependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')));
    const ours = new Set(
      publishedPackages().flatMap(({ dependencies, devDependencies }) =>
        Object.keys({ ...dependencies, ...devDependencies }),
      ),
    );
    const tools = Object.keys(root.devDependencies).filter((name) => !ours.has(name));
    expect(tools.length).toBeGreaterThan(10);
    // The types of Node are a dependency of the driver's own types.
    const listed = new Set([...keys].map((key) => key.slice(0, key.lastIndexOf('@'))));
    expect(tools.filter((name) => listed.has(name))).toEqual(['@types/node']);
  });
});
