import { setTimeout as sleep } from 'node:timers/promises';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdjutant, type WorkspaceHandle } from '@adjutant/core';
import { expect, onTestFinished, test } from 'vitest';
import { makeClone } from '../testing/make-clone.ts';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

const looks = 200;

async function until(isSo: () => Promise<boolean>): Promise<boolean> {
  for (let look = 0; look < looks; look += 1) {
    if (await isSo()) return true;
    await sleep(100);
  }
  return false;
}

async function hasRead(handle: WorkspaceHandle): Promise<boolean> {
  return (await handle.syncStatus()).meta.syncedAt !== null;
}

test('what is asked for with a refresh is read by serve, without an interval too', async () => {
  const cwd = temporaryFolder(onTestFinished);
  makeClone(join(cwd, 'api'), 4);
  writeFileSync(
    join(cwd, 'adjutant.config.yaml'),
    'store: store.db\nconnectors: { git: { repositories: [api] } }\n',
  );
  const stop = new AbortController();
  const serving = runCli(['serve', '--port', '0'], { cwd, signal: stop.signal });
  const adjutant = await createAdjutant({ store: join(cwd, 'store.db') });
  const handle = adjutant.workspace().as(await adjutant.owner());
  expect(await until(async () => (await handle.syncStatus()).worker.running)).toBe(true);
  expect(await hasRead(handle)).toBe(false);
  await handle.requestRefresh();
  expect(await until(() => hasRead(handle))).toBe(true);
  await adjutant.close();
  stop.abort();
  expect(await serving).toMatchObject({ exitCode: 130, stderr: '' });
}, 60_000);
