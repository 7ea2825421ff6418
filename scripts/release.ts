// The owner's one command: checks, tests, versions from the changesets, builds, checks what would
// be published, commits, publishes and tags. `--dry-run` changes and publishes nothing.
import { repositoryRoot } from './package-build/repository-root.ts';
import { pnpmCommand, runCommand, runOrThrow } from './run-command.ts';

const dryRun = process.argv.includes('--dry-run');
const cwd = repositoryRoot;

async function step(name: string, command: string, parameters: readonly string[]): Promise<void> {
  console.log(`\n== ${name}`);
  const { exitCode } = await runCommand(command, parameters, { cwd, show: true });
  if (exitCode !== 0) throw new Error(`${name} failed; nothing was published`);
}

async function pnpm(name: string, ...parameters: string[]): Promise<void> {
  const [command, ...before] = pnpmCommand();
  await step(name, command, [...before, ...parameters]);
}

async function refuseUnlessReady(): Promise<void> {
  const branch = (await runOrThrow('git', ['branch', '--show-current'], { cwd })).trim();
  const changes = (await runOrThrow('git', ['status', '--porcelain'], { cwd })).trim();
  if (branch !== 'main') throw new Error(`releases are made from main, this is ${branch}`);
  if (changes !== '') throw new Error(`commit or remove these first:\n${changes}`);
}

async function release(): Promise<void> {
  if (!dryRun) await refuseUnlessReady();
  await pnpm('check', 'check');
  await pnpm('test', 'test');
  if (dryRun) {
    await step('changesets', 'changeset', ['status']);
    await pnpm('check:dist', 'check:dist');
    await pnpm('publish, dry', '--recursive', 'publish', '--dry-run', '--no-git-checks');
    console.log('\nDry run: nothing was changed or published.');
    return;
  }
  await step('version', 'changeset', ['version']);
  await pnpm('lockfile', 'install', '--lockfile-only', '--no-frozen-lockfile');
  await pnpm('check:dist', 'check:dist');
  await step('stage', 'git', ['add', '--all']);
  await step('commit', 'git', ['commit', '--message', 'Release']);
  await step('publish and tag', 'changeset', ['publish']);
  console.log('\nPublished. Now: git push --follow-tags');
}

try {
  await release();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
