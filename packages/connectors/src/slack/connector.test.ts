import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import { createFakeClock, testConnector } from '@adjutant/core/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { makeSlackWorld, now, plantedSentence, plantedTopic } from './__fixtures__/slack-world.ts';
import { slack } from './connector.ts';
import { startSlackTwin } from './testing/start-slack-twin.ts';

const clock = createFakeClock(now);
const world = makeSlackWorld();
const twin = await startSlackTwin({ data: world.data, clock, mostPerPage: 2 });
const folder = mkdtempSync(join(tmpdir(), 'slack-conformance-'));
let stores = 0;
const config = {
  channels: ['C0WIDGETS', '#quiet'],
  baseUrl: twin.baseUrl,
  token: twin.token,
  writeToken: twin.writeToken,
};
const createStoreUrl = (): string => `file:${join(folder, `${(stores += 1)}.db`)}`;

afterAll(async () => {
  await twin.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('conformance', () => {
  const create = () => slack(config);
  for (const { name, run } of testConnector({
    create,
    createStoreUrl,
    clock,
    minimumRecords: 12,
  })) {
    it(name, run, 60_000);
  }
});

describe('what is kept', () => {
  it('holds no word that was said, and no token', async () => {
    const url = createStoreUrl();
    const adjutant = await createAdjutant({ store: url, connectors: [slack(config)], clock });
    const { records } = await adjutant.sync();
    await adjutant.close();
    expect(records).toBeGreaterThan(10);
    const name = url.slice(url.lastIndexOf('/') + 1);
    const files = readdirSync(folder).filter((file) => file.startsWith(name));
    const bytes = files.map((file) => readFileSync(join(folder, file), 'latin1')).join('\n');
    expect(bytes).toContain('C0WIDGETS');
    const forbidden = [plantedSentence, plantedTopic, 'Anybody', 'Good morning', 'alert'];
    for (const words of [...forbidden, twin.token, twin.writeToken]) {
      expect(bytes.includes(words), words).toBe(false);
    }
  });
});

describe('the allow-list', () => {
  it('is crossed by no request', async () => {
    const before = twin.requests.length;
    const adjutant = await createAdjutant({
      store: createStoreUrl(),
      connectors: [slack(config)],
      clock,
    });
    await adjutant.sync();
    await adjutant.sync({ mode: 'census' });
    await adjutant.check();
    await adjutant.close();
    const requests = twin.requests.slice(before);
    const asked = new Set(requests.flatMap(({ parameters }) => parameters['channel'] ?? []));
    expect([...asked].toSorted()).toEqual(['C0QUIET', 'C0WIDGETS']);
    // Nothing else can show what is said somewhere, and reading uses no token that writes.
    expect([...new Set(requests.map(({ method }) => method))].toSorted()).toEqual([
      'auth.test',
      'conversations.history',
      'conversations.info',
      'conversations.replies',
      'usergroups.list',
      'users.conversations',
      'users.list',
    ]);
    expect(requests.filter(({ token }) => token !== 'read')).toEqual([]);
  });
});
