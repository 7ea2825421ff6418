import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hiddenIn, numberOf } from '@adjutant/core/ports';
import { plantHidden } from '@adjutant/core/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allRoutes } from './api/all-routes.ts';
import { allPages } from './dashboard/all-pages.ts';
import { changeAddress } from './identity-change.ts';
import { apiTable } from './testing/api-table.ts';
import { type ApiWorld, openApiWorld } from './testing/api-world.ts';

// A store of which every text that may come from outside holds characters that cannot be seen, planted by
// SQL, so that no column is left out; then every page, by following every link, and every route.

let folder: string;
let world: ApiWorld;
let planted: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-hidden-'));
  const store = join(folder, 'store.db');
  world = await openApiWorld(store);
  // Once of everything that can be written, so that its tables are not empty.
  for (const route of allRoutes.filter(({ method }) => method !== 'GET')) await sendTo(route.id);
  for (const reason of ['a', 'b']) {
    const { id } = await world.propose();
    await world.admin().actions.withdraw(id, reason);
  }
  await world.propose();
  planted = plantHidden(store);
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

async function sendTo(id: string): Promise<string> {
  const route = allRoutes.find((one) => one.id === id);
  const entry = apiTable[id];
  if (route === undefined || entry === undefined) throw new Error(`${id} is no route.`);
  const { parameters = {}, query = '', body } = await entry.make(world, 'admin');
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(parameters[name] ?? ''),
  );
  const answer = await world.ask('admin', { method: route.method, path: `${path}${query}`, body });
  return answer.text();
}

/** What stands in a field that somebody edits has to stay as it is; beside it the same text is shown marked. */
const withoutFields = (page: string): string =>
  page.replaceAll(/<textarea[^>]*>[^<]*<\/textarea>/g, '');

/** Where and which, in one line each. */
function leak(place: string, text: string): string[] {
  const numbers = [...new Set(hiddenIn(text).map(numberOf))];
  return numbers.length === 0 ? [] : [`${place}: ${numbers.join(' ')}`];
}

const mostOfAForm = 4;

/** Follows every link from the first page on, each address once. */
async function crawl(): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  const counts = new Map<string, number>();
  const waiting = ['/', '/approvals', '/passkeys', '/sign-in', '/no-such-page', '/work/none'];
  waiting.push(...['pelican', 'widgets'].map((word) => `/search?q=${word}`));
  const { member, lead } = world.castOf('default');
  // A form leads there, and no link.
  waiting.push(changeAddress({ kind: 'merge', fromPersonId: member, toPersonId: lead }));
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    // Of one form, such as the page of a figure in each of its windows, some are enough.
    const form = path.replace(/\?.*/, '?').replaceAll(/\/[0-9a-f-]{36}/g, '/:id');
    const count = counts.get(form) ?? 0;
    if (seen.has(path) || count >= mostOfAForm) continue;
    counts.set(form, count + 1);
    const page = await (await world.ask('admin', { method: 'GET', path })).text();
    seen.set(path, page);
    for (const [, href = ''] of page.matchAll(/href="(\/[^"#]*)/g)) {
      const address = href.replaceAll('&amp;', '&');
      if (!/^\/(?:assets|sign-in\/)/.test(address)) waiting.push(address);
    }
  }
  return seen;
}

test('texts of every kind are planted', () => {
  expect(planted.length).toBeGreaterThan(40);
  expect(planted).toEqual(
    expect.arrayContaining(['pull_requests.title', 'actions.target_ref', 'people.display_name']),
  );
});

test('no page shows one unmarked', { timeout: 300_000 }, async () => {
  const pages = await crawl();
  const found = [...pages].flatMap(([path, page]) => leak(path, withoutFields(page)));
  expect(found).toEqual([]);
  const visited = [...pages.keys()].map((path) => path.replace(/\?.*/, ''));
  const missed = allPages.filter(({ path }) => {
    const form = new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`);
    return !visited.some((one) => form.test(one));
  });
  expect(missed.map(({ path }) => path)).toEqual([]);
  expect([...pages.values()].filter((page) => page.includes('pelican')).length).toBeGreaterThan(10);
});

test('no route answers with one unmarked', { timeout: 300_000 }, async () => {
  const found: string[] = [];
  let told = '';
  for (const { id, method } of allRoutes) {
    if (method !== 'GET') continue;
    const text = await sendTo(id);
    told += text;
    found.push(...leak(id, text));
  }
  expect(found).toEqual([]);
  // As its escape each is still there: the value is the text that the source has.
  expect(told).toContain('\\u200b');
  expect(told).toContain('elican');
});
