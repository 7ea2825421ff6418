import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dataHomeOf, runCli, temporaryFolder } from '../testing/run-cli.ts';
import { loadIn } from '../testing/load-in.ts';

test('the nearest file upward holds, and relative paths are relative to it', () => {
  const folder = temporaryFolder(onTestFinished);
  mkdirSync(join(folder, 'a', 'b'), { recursive: true });
  writeFileSync(join(folder, 'adjutant.config.yaml'), 'store: outer.db\n');
  writeFileSync(join(folder, 'a', 'adjutant.config.yaml'), 'store: inner.db\n');
  const { loaded } = loadIn(join(folder, 'a', 'b'), {
    XDG_DATA_HOME: dataHomeOf(folder),
  });
  expect(loaded).toMatchObject({ folder: join(folder, 'a'), config: { store: 'inner.db' } });
});

test('without a file the store lies in a folder of the user that nobody else may enter', async () => {
  const folder = temporaryFolder(onTestFinished);
  expect((await runCli(['status'], { cwd: folder })).exitCode).toBe(0);
  const { loaded } = loadIn(folder);
  expect(loaded.path).toBeNull();
  expect(loaded.config.store).toBe(join(dataHomeOf(folder), 'adjutant', 'adjutant.db'));
  expect(statSync(join(dataHomeOf(folder), 'adjutant')).mode & 0o777).toBe(0o700);
});

test('an environment reference is replaced and its value is kept out of every message', () => {
  const folder = temporaryFolder(onTestFinished);
  writeFileSync(join(folder, 'adjutant.config.yaml'), 'store: ${ADJUTANT_STORE}\n');
  const { loaded, secrets } = loadIn(folder, { ADJUTANT_STORE: 'libsql://team.example.com' });
  expect(loaded.config.store).toBe('libsql://team.example.com');
  expect(loaded.variables).toEqual(['ADJUTANT_STORE']);
  expect(secrets).toContain('libsql://team.example.com');
});

test('a variable that is not for the address of a store is refused, whatever it holds', () => {
  const folder = temporaryFolder(onTestFinished);
  const path = join(folder, 'adjutant.config.yaml');
  for (const text of ['store: file:${HOME}/a.db\n', 'store: ${HOME}\n', 'store: ${AWS_SECRET}\n']) {
    writeFileSync(path, text);
    expect(() => loadIn(folder, { HOME: '/home/somebody', AWS_SECRET: 'hidden-value' })).toThrow(
      expect.objectContaining({
        code: 'Configuration',
        message: expect.not.stringMatching(/somebody|hidden-value/),
        hint: expect.stringContaining('ADJUTANT_STORE'),
      }),
    );
  }
});

const faults: [string, string, string, string][] = [
  ['broken YAML', 'store: [a\nteams: }', ':2:1', 'Correct that line'],
  ['a missing key', 'connectors: { git: {} }', ':1:20', 'guide'],
  ['a tab as indentation', 'teams:\n\t- a', ':2:1', 'Correct that line'],
  ['a key twice', 'store: a\nstore: b', ':2:1', 'Correct that line'],
  ['an unknown key', 'store: a\nconectors: {}', ':2:1', 'Did you mean "connectors"?'],
  [
    'an unknown key inside',
    'connectors:\n  git:\n    repositoris: [.]',
    ':3:5',
    'Did you mean "repositories"?',
  ],
  [
    'a key like no other',
    'zzzzzz: 1',
    ':1:1',
    'Known here: store, connectors, teams, people, flow, rollups, timeZone, checkpoints, retention, archive, signals, gateway.',
  ],
  ['an unknown connector', 'connectors: { gitt: {} }', ':1:15', 'Did you mean "git"?'],
  ['a wrong type', 'teams:\n  - key: a\n    name: 7', ':3:11', 'guide'],
  ['an account without a source', 'people:\n  - name: Ada\n    accounts: [ada]', ':3:16', 'guide'],
  [
    'a variable where no credential belongs',
    'store: a\npeople: [{ name: "${WHO}", accounts: ["git:a"] }]',
    ':2:18',
    'write the value',
  ],
  ['half a reference', 'store: "${}"', ':1:8', 'ADJUTANT_STORE'],
  ['an address that is not set', 'store: ${ADJUTANT_STORE}', ':1:8', 'export ADJUTANT_STORE='],
  [
    'a remote address with a variable in it',
    'store: https://x.example/${HOME}',
    ':1:8',
    'whole address',
  ],
  ['a list instead of a mapping', '- a', '', 'guide'],
  [
    'an alias bomb',
    `a: &a [${'x,'.repeat(50)}]\nb: &b [${'*a,'.repeat(50)}]\nc: [${'*b,'.repeat(50)}]`,
    '',
    '',
  ],
];

test.each(faults)('%s is told with its place and what to do', (_, text, place, hint) => {
  const folder = temporaryFolder(onTestFinished);
  const path = join(folder, 'adjutant.config.yaml');
  writeFileSync(path, text);
  expect(() => loadIn(folder, { HOME: '/home/somebody' })).toThrow(
    expect.objectContaining({
      code: 'Configuration',
      message: expect.stringContaining(`${path}${place}`),
      hint: expect.stringContaining(hint),
    }),
  );
});
