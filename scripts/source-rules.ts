// Rules that the linter cannot state: they need to know what declares a member, or how a
// constructor is called. Exit code 1 and one line for each place where one is broken.
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedPackages, sourceEntries } from './package-build/package-manifest.ts';
import { repositoryRoot } from './package-build/repository-root.ts';
import { clockReads } from './source-rules/clock-free.ts';
import { createProgram } from './source-rules/create-program.ts';
import { packageHosts } from './source-rules/package-hosts.ts';
import { unportableQueries } from './source-rules/portable-queries.ts';
import { undocumentedFunctions } from './source-rules/undocumented-functions.ts';

function sourcesOf(packageName: string): string[] {
  const pattern = `packages/${packageName}/src/**/*.ts`;
  return globSync(pattern, { cwd: repositoryRoot })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => join(repositoryRoot, file));
}

// The forms of the port to a driver; another dialect brings a form of its own.
const driverModules = new Set(
  ['local-client.ts', 'remote-client.ts'].map((name) =>
    join(repositoryRoot, 'packages/core/src/store', name),
  ),
);
const core = sourcesOf('core');
const metrics = sourcesOf('metrics');
const entries = publishedPackages().flatMap((manifest) =>
  sourceEntries(manifest).map(([, target]) => join(manifest.folder, target['@adjutant/source'])),
);
// What is not added yet counts too; what is binary names nothing that a person reads.
const kept = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: repositoryRoot,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})
  .split('\0')
  .filter((file) =>
    /\.(?:[cm]?[jt]sx?|json[cl]?|ya?ml|md|css|html?|svg|toml|sh|txt|sql)$|(?:^|\/)(?:Dockerfile|\.npmrc|LICENSE)$/.test(
      file,
    ),
  );
const program = createProgram([...core, ...metrics, ...entries], repositoryRoot);
const findings = [
  ...unportableQueries(
    program,
    (file) => core.includes(file) && !driverModules.has(file),
    repositoryRoot,
  ),
  ...metrics.flatMap((file) => {
    const source = program.getSourceFile(file);
    return source === undefined ? [] : clockReads(source, repositoryRoot);
  }),
  ...undocumentedFunctions(program, entries, repositoryRoot),
  ...kept
    .filter((file) => existsSync(join(repositoryRoot, file)))
    .flatMap((file) => packageHosts(readFileSync(join(repositoryRoot, file), 'utf8'), file)),
];
for (const { file, line, message } of findings) console.error(`${file}:${line}: ${message}`);
if (findings.length > 0) process.exitCode = 1;
