import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { publishedPackages, sourceEntries } from './package-build/package-manifest.ts';
import { repositoryRoot } from './package-build/repository-root.ts';

const packages = publishedPackages();
const workspaceSchema = z.object({ catalog: z.record(z.string(), z.coerce.string()) });
const exportsSchema = z.object({
  exports: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])),
});
const manifestSchema = z.object({
  scripts: z.record(z.string(), z.string()).default({}),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
});

function read(path: string): string {
  return readFileSync(join(repositoryRoot, path), 'utf8');
}

function readManifest(path: string): z.infer<typeof manifestSchema> {
  return manifestSchema.parse(JSON.parse(read(path)));
}

describe.each(packages)('$name', (manifest) => {
  const entries = sourceEntries(manifest);

  test('exports sources that exist, and a file of dist that is built from each', () => {
    expect(entries.length).toBeGreaterThan(0);
    for (const [, target] of entries) {
      const source = target['@adjutant/source'];
      expect(existsSync(join(manifest.folder, source)), source).toBe(true);
      const built = source.replace('./src/', './dist/').replace(/\.ts$/, '');
      expect(target).toMatchObject({ types: `${built}.d.ts`, default: `${built}.js` });
    }
  });

  test('names the source condition first, so that nothing needs a build here', () => {
    // The file itself: parsing with a schema puts keys into the order of the schema.
    const text = readFileSync(join(manifest.folder, 'package.json'), 'utf8');
    const { exports } = exportsSchema.parse(JSON.parse(text));
    const conditions = Object.values(exports).filter((target) => typeof target !== 'string');
    expect(conditions).toHaveLength(entries.length);
    for (const target of conditions) expect(Object.keys(target)[0]).toBe('@adjutant/source');
  });

  // People import the others and look at their source; the command is installed to be run.
  test('publishes dist and, but for the command, src without tests', () => {
    const source = ['src', '!src/**/*.test.ts', '!src/**/__fixtures__'];
    const isCommand = manifest.name === '@adjutant/cli';
    expect(manifest.files).toEqual(expect.arrayContaining(['dist', ...(isCommand ? [] : source)]));
    if (isCommand) expect(manifest.files).not.toContain('src');
  });

  test('depends on its siblings within the workspace, and on all others by the catalog', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const [name, range] of Object.entries(all)) {
      expect(`${name} ${range}`).toBe(
        `${name} ${name.startsWith('@adjutant/') ? 'workspace:*' : 'catalog:'}`,
      );
    }
  });
});

test('all packages have one version', () => {
  expect(new Set(packages.map(({ version }) => version)).size).toBe(1);
});

test('every entry of the catalog is used', () => {
  const { catalog } = workspaceSchema.parse(parse(read('pnpm-workspace.yaml')));
  const manifests = globSync('{.,packages/*,examples/*,bench,chaos,e2e,evals}/package.json', {
    cwd: repositoryRoot,
  }).map(readManifest);
  const used = new Set(
    manifests.flatMap((manifest) =>
      Object.keys({
        ...manifest.dependencies,
        ...manifest.devDependencies,
        ...manifest.optionalDependencies,
        ...manifest.peerDependencies,
      }),
    ),
  );
  expect(used.size).toBeGreaterThan(0);
  expect(Object.keys(catalog).filter((name) => !used.has(name))).toEqual([]);
});

test('every root script first looks at the version of Node', () => {
  const { scripts } = readManifest('package.json');
  const without = Object.entries(scripts)
    .filter(([, command]) => !command.startsWith('node scripts/require-node.cjs && '))
    .map(([name]) => name);
  expect(without).toEqual([]);
});

test('every file that a root script runs exists', () => {
  const { scripts } = readManifest('package.json');
  const files = Object.values(scripts).flatMap(
    (command) => command.match(/\b(scripts|bench|chaos|packages)\/[\w./-]+\.[ct]s\b/g) ?? [],
  );
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !existsSync(join(repositoryRoot, file)))).toEqual([]);
});

test('decisions are numbered from 0001 without a hole', () => {
  const numbers = readdirSync(join(repositoryRoot, 'docs/decisions'))
    .filter((name) => /^\d{4}-.+\.md$/.test(name))
    .map((name) => Number(basename(name).slice(0, 4)))
    .toSorted((left, right) => left - right);
  expect(numbers.length).toBeGreaterThan(0);
  expect(numbers).toEqual(numbers.map((_number, position) => position + 1));
});

test('a command file parses, calls and formats: at most 60 lines', () => {
  const files = globSync('packages/cli/src/commands/*.ts', { cwd: repositoryRoot }).filter(
    (file) => !file.endsWith('.test.ts'),
  );
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => read(file).trimEnd().split('\n').length > 60)).toEqual([]);
});
