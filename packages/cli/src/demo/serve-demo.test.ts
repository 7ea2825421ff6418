import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../config/config-schema.ts';
import { createOutput } from '../output.ts';
import { ioOf, temporaryFolder } from '../testing/run-cli.ts';
import { addDemoTeams } from './demo-teams.ts';
import { tellDemoServed } from './tell-demo-served.ts';

const served = {
  origin: 'http://localhost:4747',
  signIns: [
    { name: 'Owner', role: 'admin', link: 'http://localhost:4747/sign-in#one' },
    { name: 'Mira\u001b[2JOkafor', role: 'lead', link: 'http://localhost:4747/sign-in#two' },
  ],
  waiting: { id: 'a-1', repository: 'acme/checkout', number: 7 },
} as const;

function told(json: boolean): string {
  const { io, written } = ioOf([], { cwd: temporaryFolder(onTestFinished) });
  tellDemoServed({ io, output: createOutput(io, { json, color: false }) }, served);
  return written.stdout;
}

test('a program is told in one line of JSON where the page is and who may sign in', () => {
  const text = told(true);
  expect(text.trimEnd().split('\n')).toHaveLength(1);
  expect(JSON.parse(text)).toMatchObject({
    origin: served.origin,
    signIns: [{ role: 'admin' }, { role: 'lead' }],
    waiting: { address: 'http://localhost:4747/actions/a-1' },
  });
});

test('a person is told every link, and a name cannot act in the terminal', () => {
  const text = told(false);
  for (const { link } of served.signIns) expect(text).toContain(link);
  expect(text).toContain('http://localhost:4747/actions/a-1');
  expect(text).not.toContain('\u001b');
});

test('the teams of a served demo stand in its configuration, each repository in one of them', () => {
  const path = join(temporaryFolder(onTestFinished), 'adjutant.config.yaml');
  writeFileSync(path, 'store: file:demo.db\npeople: []\n');
  addDemoTeams(path, ['acme/checkout', 'acme/mobile', 'acme/platform']);
  const { teams, store } = configSchema.parse(parse(readFileSync(path, 'utf8')));
  expect(store).toBe('file:demo.db');
  expect(teams.map(({ repositories }) => repositories)).toEqual([
    ['checkout', 'mobile'],
    ['platform'],
  ]);
});
