import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { createAdjutant } from '@adjutant/core';
import { afterAll, beforeAll, expect, test } from 'vitest';

const start = ['--conditions=@adjutant/source', join(import.meta.dirname, 'main.ts')];
let folder: string;

function environment(store: string): NodeJS.ProcessEnv {
  return { ...process.env, DASHBOARD_STORE: join(folder, store), PORT: '0' };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-dashboard-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('the program serves a store on this machine, and ends when asked', async () => {
  const adjutant = await createAdjutant({ store: join(folder, 'adjutant.db') });
  await adjutant.close();
  const program = spawn(process.execPath, start, {
    env: environment('adjutant.db'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(program, 'exit');
  let page = '';
  for await (const line of createInterface(program.stdout)) {
    const url = line.replace('Dashboard at ', '');
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    page = await (await fetch(url)).text();
    break;
  }
  program.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  expect(page).toContain('nothing was read yet');
});

test('without a store it makes none, and says which variable names one', async () => {
  const run = promisify(execFile)(process.execPath, start, { env: environment('missing.db') });
  await expect(run).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('DASHBOARD_STORE') as string,
  });
});
