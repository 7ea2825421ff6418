import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { answering } from '../testing/answering.ts';
import { makeClone } from '../testing/make-clone.ts';
import { ioOf, runCli, temporaryFolder } from '../testing/run-cli.ts';
import { writeSection } from '../setup/edit-config.ts';
import { createOutput } from '../output.ts';
import { systemClock } from '@adjutant/core/ports';
import { trustWritten } from './trust-written.ts';

const name = 'adjutant.config.yaml';

/** A clone, and a folder of the person's own with a file that no command may change. */
function world() {
  const home = temporaryFolder(onTestFinished);
  const clone = makeClone(join(home, 'work', 'api'), 2);
  const outside = join(home, 'outside');
  const own = join(outside, 'own');
  mkdirSync(outside);
  writeFileSync(own, 'the person’s own\n');
  const env = { XDG_DATA_HOME: join(home, 'data'), HOME: home };
  const run = (argv: readonly string[], options = {}) =>
    runCli(argv, { cwd: clone, env, hasTrusted: false, ...options });
  const isUntouched = (): void => {
    expect(readdirSync(outside)).toEqual(['own']);
    expect(readFileSync(own, 'utf8')).toBe('the person’s own\n');
  };
  return { home, clone, outside, own, env, run, isUntouched };
}

/** What a clone can have at the names that `init` writes to. */
const links: [string, readonly string[], string][] = [
  ['.gitignore', ['init', '--yes'], 'own'],
  ['.gitignore', ['init', '--yes'], 'new'],
  [name, ['init', '--yes'], 'own'],
  [name, ['init', '--yes'], 'new'],
  [name, ['init', '--yes', '--force'], 'own'],
  [name, ['init', '--yes', '--force'], 'new'],
  ['adjutant-report.html', ['look'], 'own'],
  ['adjutant-report.html', ['look', '--force'], 'own'],
];

test.each(links)('a link at %s is not written through by %s to %s', async (at, argv, to) => {
  const { clone, outside, run, isUntouched } = world();
  symlinkSync(join(outside, to), join(clone, at));
  await run(argv);
  isUntouched();
});

test('a linked folder of the store is not trusted by init, but shown and asked about', async () => {
  const { clone, outside, run, isUntouched } = world();
  symlinkSync(outside, join(clone, '.adjutant'));
  expect((await run(['init', '--yes'])).exitCode).toBe(5);
  isUntouched();
  const asked: string[] = [];
  await run(['status'], { prompts: answering({ 'Do you trust this file?': false }, asked) });
  expect(asked.join('\n')).toContain(join(outside, 'adjutant.db'));
  isUntouched();
});

test.each(['-wal', '-shm', '-journal'])(
  'a store whose %s is a link is not opened, even where all is trusted',
  async (end) => {
    const { clone, outside, own, run, isUntouched } = world();
    for (const to of [own, join(outside, 'new')]) {
      writeFileSync(join(clone, name), `store: file:db-${to === own}/adjutant.db\n`);
      mkdirSync(join(clone, `db-${to === own}`));
      symlinkSync(to, join(clone, `db-${to === own}`, `adjutant.db${end}`));
      expect((await run(['trust', '--json'])).exitCode).toBe(3);
      expect((await run(['status'])).exitCode).toBe(3);
      isUntouched();
    }
  },
);

test.each(['-wal', '-shm', '-journal'])(
  'nor one whose %s is a link beside where a linked store really lies',
  async (end) => {
    const { clone, own, run, isUntouched } = world();
    mkdirSync(join(clone, 'real'));
    writeFileSync(join(clone, 'real', 'a.db'), '');
    symlinkSync(join(clone, 'real', 'a.db'), join(clone, 'linked.db'));
    symlinkSync(own, join(clone, 'real', `a.db${end}`));
    writeFileSync(join(clone, name), 'store: linked.db\n');
    expect((await run(['trust', '--json'])).exitCode).toBe(3);
    isUntouched();
  },
);

test('a page’s answer is written beside the file, whatever a clone has at the names of drafts', () => {
  const { clone, own, isUntouched } = world();
  const place = join(clone, name);
  writeFileSync(place, 'store: a.db\n');
  for (const end of ['.new', '.tmp', `.${process.pid}.new`, `.${process.pid}.tmp`]) {
    symlinkSync(own, `${place}${end}`);
  }
  expect(() => writeSection(place, ['timeZone'], 'UTC', { store: 'a.db' })).toThrow();
  isUntouched();
  expect(readFileSync(place, 'utf8')).toBe('store: a.db\n');
});

test('what could not be read before is not trusted because a page’s answer makes it readable', async () => {
  const { clone, env, run } = world();
  const place = join(clone, name);
  writeFileSync(
    place,
    'connectors:\n  git: { repositories: [] }\n  github: { repositories: [a/b], writeToken: "${GITHUB_TOKEN}" }\n',
  );
  const { io } = ioOf(['serve'], { cwd: clone, env });
  const output = createOutput(io, { json: false, color: false });
  const context = { io, output, clock: systemClock, configPath: undefined, secrets: [] };
  trustWritten(context, place, () =>
    writeSection(place, ['connectors', 'git', 'repositories'], ['.'], { store: 'a.db' }),
  );
  expect((await run(['status'])).exitCode).toBe(5);
  expect(existsSync(join(clone, '.adjutant'))).toBe(false);
});

test('doctor starts no git of the clone, whatever relative entries PATH has', async () => {
  const { clone, run } = world();
  const program = join(clone, 'git');
  writeFileSync(program, `#!/bin/sh\ntouch '${clone}/ran'\necho git version 2.50.0\n`);
  chmodSync(program, 0o755);
  const before = process.cwd();
  process.chdir(clone);
  onTestFinished(() => process.chdir(before));
  for (const entry of ['.', '', './']) {
    await run(['doctor'], {
      env: { PATH: [entry, process.env['PATH']].join(delimiter), HOME: clone },
    });
  }
  expect(existsSync(join(clone, 'ran'))).toBe(false);
});

test.each([
  'libsql://db.example.com?tls=0',
  'libsql://db.example.com:8080/?tls=0',
  'https://db.example.com/?AuthToken=x',
  'wss://db.example.com/#x',
  'https://db.example.com?',
])('a store at %s is refused: what stands behind the address is shown to nobody', async (store) => {
  const { clone, run } = world();
  writeFileSync(join(clone, name), `store: "${store}"\n`);
  expect((await run(['trust', '--json'])).exitCode).toBe(3);
});

test('a point is shown to its end, however long', async () => {
  const { clone, run } = world();
  const long = 'x'.repeat(990);
  writeFileSync(
    join(clone, name),
    `gateway: { oidc: { issuer: "https://id.example.com/${'y'.repeat(900)}", clientId: a, people: { ${long}: "owner:default" } } }\n`,
  );
  const asked: string[] = [];
  await run(['status'], { prompts: answering({ 'Do you trust this file?': false }, asked) });
  expect(asked.join('\n')).toContain('as person owner:default');
});

test('what is replaced by force is a file afterwards', async () => {
  const { clone, own, run, isUntouched } = world();
  symlinkSync(own, join(clone, name));
  await run(['init', '--yes', '--force']);
  expect(lstatSync(join(clone, name)).isSymbolicLink()).toBe(false);
  isUntouched();
});

test('of a store on a server it is said who can decide in it', async () => {
  const { clone, run } = world();
  writeFileSync(join(clone, name), 'store: libsql://db.example.com\n');
  const asked: string[] = [];
  await run(['status'], { prompts: answering({ 'Do you trust this file?': false }, asked) });
  expect(asked.join('\n')).toContain('anyone who can write there can decide');
});

test.each([
  ['cursor', '.cursor', ''],
  ['vscode', '.vscode', ''],
  ['claude', '.mcp.json', 'own'],
  ['claude', '.mcp.json', 'new'],
])('mcp install for %s neither reads nor writes through a link at %s', async (client, at, to) => {
  const { clone, outside, own, run, isUntouched } = world();
  writeFileSync(own, '{"mine":"the person’s own"}');
  symlinkSync(join(outside, to), join(clone, at));
  const { exitCode, stderr } = await run(['mcp', 'install', '--client', client]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('is a link')]);
  expect(lstatSync(join(clone, at)).isSymbolicLink()).toBe(true);
  writeFileSync(own, 'the person’s own\n');
  isUntouched();
});

test.each([
  ['cursor', '.cursor/mcp.json'],
  ['vscode', '.vscode/mcp.json'],
  ['claude', '.mcp.json'],
])('mcp install for %s does not wait for a pipe at %s', async (client, at) => {
  const { clone, run, isUntouched } = world();
  mkdirSync(dirname(join(clone, at)), { recursive: true });
  execFileSync('mkfifo', [join(clone, at)]);
  const { exitCode, stderr } = await run(['mcp', 'install', '--client', client]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('is no file')]);
  isUntouched();
});
