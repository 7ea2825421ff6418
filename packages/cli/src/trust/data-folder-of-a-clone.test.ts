import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import {
  ioOf,
  runCli,
  type RunOptions,
  type RunResult,
  temporaryFolder,
  trustShown,
} from '../testing/run-cli.ts';

let server: Server;
let host = '';
let heard: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    heard.push(`${request.url} ${request.headers.authorization}`);
    response.writeHead(404).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  host = `127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
});
afterAll(() => server.close());
beforeEach(() => (heard = []));

const created = z.object({ token: z.string() });
const listed = z.looseObject({
  tokens: z.array(z.looseObject({ revokedAt: z.number().nullable() })),
});

/** A person's home and a clone whose author knows where it will lie, and has made its memory for it. */
async function world() {
  const folder = temporaryFolder(onTestFinished);
  const [home, clone, attacker] = [
    join(folder, 'home'),
    join(folder, 'clone'),
    join(folder, 'attacker'),
  ] as const;
  for (const each of [home, clone, attacker]) mkdirSync(each, { mode: 0o755 });
  mkdirSync(join(clone, '.git'));
  writeFileSync(
    join(clone, 'adjutant.config.yaml'),
    `store: file:.adjutant/adjutant.db\nconnectors:\n  github: { repositories: [octo/hello], baseUrl: "http://${host}", token: "\${GITHUB_TOKEN}" }\n`,
  );
  const secrets = { GITHUB_TOKEN: 'ghp_ofthevictim000000000000', GITHUB_TOKEN_HOST: host };
  const withOptions = (options: Partial<RunOptions>): RunOptions => ({
    cwd: clone,
    hasTrusted: false,
    homeDirectory: home,
    accountHome: home,
    ...options,
    env: { XDG_DATA_HOME: '', ...secrets, ...options.env },
  });
  const run = (line: string, options: Partial<RunOptions>): Promise<RunResult> =>
    runCli(line.split(' '), withOptions(options));
  const trusts = (options: Partial<RunOptions>) =>
    trustShown(ioOf([], withOptions(options)).io, []);
  await trusts({ homeDirectory: attacker });
  const options = { homeDirectory: attacker };
  const made = await run('tokens create x --scope read --scope mcp --json', options);
  created.parse(JSON.parse(made.stdout));
  const prepared = join(attacker, '.local', 'share', 'adjutant');
  const plant = (data: string): void =>
    cpSync(prepared, join(data, 'adjutant'), { recursive: true });
  return { folder, home, clone, run, trusts, plant };
}
type World = Awaited<ReturnType<typeof world>>;

const inside = (clone: string) => join(clone, '.local', 'share');

const hostile: Record<string, (world: World) => Partial<RunOptions>> = {
  'no HOME and no account': () => ({ homeDirectory: null }),
  'an empty HOME': () => ({ homeDirectory: '' }),
  'HOME is .': () => ({ homeDirectory: '.' }),
  'a relative HOME': () => ({ homeDirectory: 'relative' }),
  'HOME is the clone': ({ clone }) => ({ homeDirectory: clone }),
  'HOME is a folder of the clone': ({ clone, plant }) => {
    plant(join(clone, 'home', '.local', 'share'));
    return { homeDirectory: join(clone, 'home') };
  },
  'relative XDG_DATA_HOME and HOME': () => ({
    homeDirectory: '',
    env: { XDG_DATA_HOME: '.local/share' },
  }),
  'XDG_DATA_HOME inside the clone': ({ clone }) => ({ env: { XDG_DATA_HOME: inside(clone) } }),
  'XDG_DATA_HOME links into the clone': ({ clone, folder }) => {
    symlinkSync(inside(clone), join(folder, 'link'));
    return { env: { XDG_DATA_HOME: join(folder, 'link') } };
  },
  'trust links into the clone': ({ clone, folder }) => {
    mkdirSync(join(folder, 'own', 'adjutant'), { recursive: true });
    for (const name of ['trust', 'stores']) {
      const target = join(inside(clone), 'adjutant', name);
      symlinkSync(target, join(folder, 'own', 'adjutant', name));
    }
    return { env: { XDG_DATA_HOME: join(folder, 'own') } };
  },
  'a relative LOCALAPPDATA': () => ({
    platform: 'win32',
    env: { LOCALAPPDATA: '.local/share' },
  }),
  'LOCALAPPDATA inside the clone': ({ clone }) => ({
    platform: 'win32',
    env: { LOCALAPPDATA: inside(clone) },
  }),
  'a data folder that others may write': ({ folder, plant }) => {
    plant(join(folder, 'shared'));
    chmodSync(join(folder, 'shared', 'adjutant'), 0o777);
    return { env: { XDG_DATA_HOME: join(folder, 'shared') } };
  },
  'a trust folder that others may write': ({ folder, plant }) => {
    plant(join(folder, 'shared'));
    chmodSync(join(folder, 'shared', 'adjutant', 'trust'), 0o777);
    return { env: { XDG_DATA_HOME: join(folder, 'shared') } };
  },
};

test.each(Object.entries(hostile))(
  '%s: no trust is believed, no store adopted, no token sent',
  { timeout: 60_000 },
  async (_, optionsOf) => {
    const all = await world();
    all.plant(inside(all.clone));
    all.plant(join(all.clone, 'relative', '.local', 'share'));
    const options = optionsOf(all);
    const before = readdirSync(all.clone, { recursive: true }).toSorted();
    for (const line of ['sync', 'tokens list', 'status', 'trust']) {
      const { exitCode, stdout, stderr } = await all.run(line, options);
      expect([line, exitCode, stdout]).toEqual([line, 3, '']);
      expect(stderr).toMatch(/data folder|other users of this machine/);
      expect(stderr).toMatch(/\n {2}(Set|Run:) /);
    }
    expect(heard).toEqual([]);
    expect(readdirSync(all.clone, { recursive: true }).toSorted()).toEqual(before);
  },
);

test('a data folder of the user’s own works, and takes a store that came along as a foreign one', {
  timeout: 60_000,
}, async () => {
  const { run, trusts, clone, plant } = await world();
  plant(inside(clone));
  expect((await run('sync', {})).exitCode).toBe(5);
  expect(heard).toEqual([]);
  await trusts({});
  const tokens = await run('tokens list --json', {});
  const valid = listed
    .parse(JSON.parse(tokens.stdout))
    .tokens.filter((one) => one.revokedAt === null);
  expect(valid).toEqual([]);
  await run('sync', {});
  expect(heard[0]).toContain('ghp_ofthevictim');
});

test.each([['the home directory'], ['a folder above it']])(
  'a home directory in git goes on working: the repository is %s',
  { timeout: 60_000 },
  async (where) => {
    const { run, trusts, clone, home, folder } = await world();
    rmSync(join(clone, '.adjutant'), { recursive: true });
    mkdirSync(join(where === 'the home directory' ? home : folder, '.git'));
    const project = join(home, 'work', 'api');
    cpSync(clone, project, { recursive: true });
    await trusts({ cwd: project });
    expect((await run('status', { cwd: project })).exitCode).toBe(0);
    expect((await run('status', { cwd: home })).exitCode).toBe(0);
    expect(existsSync(join(home, '.local', 'share', 'adjutant', 'adjutant.db'))).toBe(true);
  },
);

test('a configuration in the home directory works, and not one of the repository there', async () => {
  const { run, trusts, clone, home } = await world();
  writeFileSync(join(home, 'adjutant.config.yaml'), 'store: file:own.db\n');
  await trusts({ cwd: home });
  expect((await run('status', { cwd: home })).exitCode).toBe(0);
  mkdirSync(join(home, '.git'));
  expect((await run('status', { cwd: home })).exitCode).toBe(3);
  // What HOME says makes nothing a home directory.
  const other = { cwd: home, homeDirectory: home, accountHome: clone };
  rmSync(join(home, '.git'), { recursive: true });
  expect((await run('status', other)).exitCode).toBe(3);
});

test('a store in the data folder is not believed where that came with a clone', async () => {
  const { run, clone, plant } = await world();
  rmSync(join(clone, 'adjutant.config.yaml'));
  plant(inside(clone));
  expect(await run('tokens list', { homeDirectory: clone })).toMatchObject({ exitCode: 3 });
});

test('a configuration that the environment names needs a data folder, wherever it is', async () => {
  const { run, clone } = await world();
  rmSync(join(clone, '.adjutant'), { recursive: true });
  const env = { ADJUTANT_TRUSTED_CONFIG: join(clone, 'adjutant.config.yaml') };
  expect((await run('status', { env, homeDirectory: clone })).exitCode).toBe(0);
  expect((await run('status', { env, homeDirectory: null })).stderr).toBe(
    'adjutant: Your data folder is unknown: HOME is not set, and this user has no home directory. Nothing was read, sent or changed.\n' +
      '  Set HOME to your home directory, or XDG_DATA_HOME to an absolute path.\n',
  );
});

test('what needs no memory goes on without a data folder', async () => {
  const { run } = await world();
  for (const line of ['--version', '--help', 'policy --help']) {
    expect([line, (await run(line, { homeDirectory: null })).exitCode]).toEqual([line, 0]);
  }
});
