import { createHash } from 'node:crypto';
import {
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, Socket, type Server } from 'node:net';
import { join } from 'node:path';
import type { Command as CommanderCommand } from 'commander';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  expect,
  onTestFinished,
  test,
  vi,
} from 'vitest';
import { createCommandTree } from '../command-tree.ts';
import { openForAssistant } from '../open-for-assistant.ts';
import { createOutput } from '../output.ts';
import { systemClock } from '@adjutant/core/ports';
import { type HostileKind, hostileKinds, privateLine, secrets } from '../testing/hostile-clone.ts';
import { makeClone } from '../testing/make-clone.ts';
import { ioOf, runCli, temporaryFolder } from '../testing/run-cli.ts';

const isRoot = process.getuid?.() === 0;
let server: Server;
let host = '';
let heard = 0;
let template = '';
const removals: (() => void)[] = [];

beforeAll(async () => {
  template = makeClone(
    join(
      temporaryFolder((remove) => removals.push(remove)),
      'api',
    ),
    2,
  );
  server = createServer((socket) => {
    heard += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  host = `127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
});
afterAll(() => {
  server.close();
  for (const remove of removals) remove();
});

let connected = 0;
beforeEach(() => {
  heard = 0;
  connected = 0;
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(() => {
    connected += 1;
    throw new Error('no test of this file goes out');
  });
});
afterEach(() => vi.restoreAllMocks());

function isUnheard(): void {
  expect({ connected, heard }).toEqual({ connected: 0, heard: 0 });
}

/** A person's folder with a clone in it, and something hostile in the clone. */
function worldOf({ plant, env = () => ({}) }: HostileKind) {
  const home = temporaryFolder(onTestFinished);
  const place = { clone: join(home, 'work', 'api'), outside: join(home, 'outside'), host };
  cpSync(template, place.clone, { recursive: true });
  mkdirSync(place.outside);
  writeFileSync(join(place.outside, 'private'), `${privateLine}: [\n`, { mode: 0o600 });
  writeFileSync(join(place.outside, 'own.db'), 'the person’s own', { mode: 0o600 });
  plant(place);
  const own = { XDG_DATA_HOME: join(home, 'data'), HOME: home, ...secrets, ...env(place) };
  const run = (argv: readonly string[]) =>
    runCli(argv, { cwd: place.clone, env: own, hasTrusted: false });
  return { home, ...place, env: own, run };
}

/** Everything below a folder: kind, link and contents. */
function everythingIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => !/(^|[\\/])\.git([\\/]|$)/.test(name))
    .toSorted()
    .map((name) => {
      const path = join(folder, name);
      const found = lstatSync(path);
      if (found.isSymbolicLink()) return `${name} → ${readlinkSync(path)}`;
      if (!found.isFile()) return `${name} ${found.isDirectory() ? 'folder' : 'other'}`;
      return `${name} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
    });
}

function showsNothing(text: string): void {
  for (const secret of [...Object.values(secrets), privateLine]) expect(text).not.toContain(secret);
}

const policyReaders = [
  ['policy', 'check'],
  ['policy', 'explain', 'pr.merge'],
];

const named = [
  ['look', '--no-report'],
  ['status'],
  ['today'],
  ['sync'],
  ['serve', '--port', '0'],
  ['report'],
  ['status', '--json'],
  ['restore', 'none.db', '--yes'],
  ['policy', 'show'],
  ...policyReaders,
  ['rules', 'check'],
];

/** Reading a clone takes a second, and `look` only ever asks whether a configuration is there at all. */
const lookedAt: ReadonlySet<HostileKind | undefined> = new Set([
  hostileKinds['the write token by its name'],
  hostileKinds['a link to a secret file'],
  hostileKinds['a link in a circle'],
  hostileKinds['a pipe as configuration'],
  hostileKinds['a remote store'],
  hostileKinds['a module of metrics by a relative name'],
  hostileKinds['a folder above that everybody may write'],
]);

function argvsOf(kind: HostileKind): readonly (readonly string[])[] {
  if (kind.isNone === true) return named.slice(0, 1);
  return lookedAt.has(kind) ? named : named.slice(1);
}

const kinds = Object.entries(hostileKinds).filter(([, kind]) => isRoot || kind.needsRoot !== true);

test.each(kinds)(
  '%s: nothing is believed, sent, written or shown',
  { timeout: 60_000 },
  async (_, kind) => {
    const { home, run, env, clone } = worldOf(kind);
    const before = everythingIn(home);
    for (const argv of argvsOf(kind)) {
      const { exitCode, stdout, stderr } = await run(argv);
      showsNothing(stdout + stderr);
      if (argv[0] === 'look') expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
      else expect([argv, exitCode, stderr]).toEqual([argv, expect.toBeOneOf([3, 5]), stderr]);
      expect(everythingIn(home)).toEqual(before);
    }
    isUnheard();
    if (kind.isNone === true) return;
    const { io } = ioOf(['mcp'], { cwd: clone, env });
    const output = createOutput(io, { json: false, color: false });
    const context = { io, output, clock: systemClock, configPath: undefined, secrets: [] };
    const refused: unknown = await openForAssistant(context)
      .open()
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: expect.toBeOneOf(['NotTrusted', 'Configuration']) });
    expect(everythingIn(home)).toEqual(before);
  },
);

/** Commands that read no configuration of a clone, each with why. */
const apart: Readonly<Record<string, string>> = {
  look: 'needs none',
  demo: 'makes its own',
  init: 'writes one',
  trust: 'shows what it would be trusted with',
  'trust list': 'lists what is in the data folder',
  'trust revoke': 'takes trust away',
  mcp: 'starts, and refuses each call',
  'policy test': 'reads the table that is named',
};

/** Every command line of the tree, with a word for each argument that it needs. */
function allCommands(): string[][] {
  const io = { stdout: { write: () => true, isTty: false, columns: 80 } };
  const walk = (command: CommanderCommand, names: readonly string[]): string[][] => {
    const words = command.registeredArguments.filter(({ required }) => required).map(() => 'word');
    const own = names.length === 0 || names.join(' ') in apart ? [] : [[...names, ...words]];
    return [...own, ...command.commands.flatMap((each) => walk(each, [...names, each.name()]))];
  };
  return walk(
    createCommandTree(io, () => async () => undefined),
    [],
  );
}

test('every command of the tree is refused, whichever will be added', {
  timeout: 120_000,
}, async () => {
  const [, kind] = kinds[0] ?? [];
  if (kind === undefined) throw new Error('There is no kind.');
  const { home, run } = worldOf(kind);
  const before = everythingIn(home);
  const commands = allCommands();
  expect(commands.length).toBeGreaterThan(60);
  for (const argv of commands) {
    const { exitCode, stdout, stderr } = await run(argv);
    showsNothing(stdout + stderr);
    // Some are refused for their words before anything is read; none succeeds.
    expect([argv, exitCode]).not.toEqual([argv, 0]);
    expect([argv, everythingIn(home)]).toEqual([argv, before]);
  }
  isUnheard();
});

test('a policy that only lies there, and leads elsewhere, is not read', async () => {
  const { run, outside, clone } = worldOf({ isNone: true, plant: () => undefined });
  symlinkSync(join(outside, 'private'), join(clone, 'adjutant.policy.yaml'));
  for (const argv of policyReaders) {
    const { exitCode, stdout, stderr } = await run(argv);
    showsNothing(stdout + stderr);
    expect([argv, exitCode]).not.toEqual([argv, 0]);
  }
});
