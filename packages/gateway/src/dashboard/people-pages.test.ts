import type { Account } from '@adjutant/core/domain';
import { createRowsConnector } from '@adjutant/core/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Asker, type HostWorld, openHostWorld, wordsOf } from '../testing/host-world.ts';

const pages = [
  '/',
  '/signals',
  '/briefs/weekly',
  '/reports',
  '/sprint',
  '/ai-impact',
  '/search',
  '/search?q=deploy',
  '/people',
  '/ledger',
  '/settings',
  '/setup',
] as const;
const largestPageBytes = 150_000;

describe('before anything was read', () => {
  let world: HostWorld;
  beforeAll(async () => {
    world = await openHostWorld();
  });
  afterAll(() => world.close());

  test.each(pages)('%s says what to expect and what to do next', async (path) => {
    const words = wordsOf(await world.page(path));
    expect(words).toMatch(/Next:|next|Setting up/);
    expect(words).toMatchSnapshot();
  });

  test.each(pages)('%s asks nobody outside, runs nothing inline and is small', async (path) => {
    const response = await world.get(path);
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(html).not.toMatch(/<style|\son\w+=|\sstyle=|<script(?! src="\/assets\/)/);
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(Buffer.byteLength(html)).toBeLessThan(largestPageBytes);
  });
});

describe('who sees which page', () => {
  let world: HostWorld;
  beforeAll(async () => {
    world = await openHostWorld();
  });
  afterAll(() => world.close());

  const others = (path: string): readonly (readonly [string, Asker, number])[] => [
    [path, 'member', path === '/setup' ? 403 : 200],
    [path, 'lead', path === '/setup' ? 403 : 200],
    [path, 'admin', 200],
    [path, 'token', 403],
    [path, 'nobody', 401],
  ];
  test.each(pages.flatMap(others))('%s as %s answers %i', async (path, as, status) => {
    expect((await world.get(path, as)).status).toBe(status);
  });

  test('a way to a page stands in the navigation only for whom it is shown', async () => {
    const nav = async (as: Asker): Promise<string> =>
      /<nav id="pages"[\s\S]*?<\/nav>/.exec(await world.page('/', as))?.[0] ?? '';
    expect(await nav('admin')).toContain('href="/setup"');
    expect(await nav('lead')).not.toContain('href="/setup"');
    expect(await nav('member')).toContain('href="/signals"');
  });
});

const hostile = '"><img src=x onerror=alert(1)><script>alert(2)</script>\u202e';
const account = (externalId: string, name: string): Account => ({
  source: 'chat',
  externalId,
  login: externalId,
  name,
  email: `${externalId}@example.com`,
  emailVerified: true,
  vendorId: null,
  kind: 'human',
  isBot: false,
});

describe('with people and their words', () => {
  let world: HostWorld;
  let ids: Map<string, string>;
  beforeAll(async () => {
    world = await openHostWorld({
      connectors: [
        createRowsConnector({
          id: 'chat',
          records: () => ({
            all: {
              accounts: [
                account('ada', 'Ada'),
                account('evil', hostile),
                account('robot', 'Robot'),
              ],
            },
          }),
        }),
      ],
    });
    await world.adjutant.sync();
    const { items } = await world.adjutant
      .workspace()
      .as(await world.adjutant.owner())
      .findPeople();
    ids = new Map(items.map(({ id, accounts }) => [accounts[0]?.login ?? '', id]));
  });
  afterAll(() => world.close());

  test('text from outside stands there as text', async () => {
    const adaId = ids.get('ada') ?? '';
    await world.post(
      '/api/do/reports/submit',
      { day: '2026-11-02', did: hostile, next: '', blockers: '' },
      'member',
      adaId,
    );
    for (const path of ['/people', '/reports', `/search?q=${encodeURIComponent(hostile)}`]) {
      const html = await world.page(path, 'member', adaId);
      expect(html).not.toContain('<img');
      expect(html).not.toContain('<script>');
      // In a field for editing it stands as it was written.
      expect(html.replaceAll(/<textarea[\s\S]*?<\/textarea>/g, '')).not.toContain('\u202e');
    }
    expect(await world.page('/people', 'lead')).toContain('&lt;script&gt;alert(2)');
  });

  test('members are not offered what leads decide', async () => {
    const asMember = await world.page('/people', 'member');
    const asLead = await world.page('/people', 'lead');
    expect(asMember).toContain('Robot');
    expect(asMember).not.toContain('/api/do/people/');
    expect(asLead).toContain('/api/do/people/bot');
  });

  test('what somebody wrote and did not share is on nobody else’s page, whatever their role', async () => {
    const adaId = ids.get('ada') ?? '';
    const robotId = ids.get('robot') ?? '';
    await world.post(
      '/api/do/reports/submit',
      { day: '2026-11-02', did: 'I tripped over the wardrobe', next: '', blockers: '' },
      'member',
      adaId,
    );
    expect(await world.page('/reports', 'member', adaId)).toContain('wardrobe');
    for (const path of [...pages, '/search?q=wardrobe']) {
      for (const as of ['member', 'lead', 'admin'] as const) {
        const html = await world.page(path, as, robotId);
        expect(
          html.replaceAll('value="wardrobe"', '').replaceAll('Search: wardrobe', ''),
          path,
        ).not.toContain('wardrobe');
      }
    }
  });

  test('with hundreds of people a page stays small, and what it does not show is counted', async () => {
    const crowd = await openHostWorld({
      connectors: [
        createRowsConnector({
          id: 'chat',
          records: () => ({
            all: {
              accounts: Array.from({ length: 300 }, (_, place) =>
                account(`person-${place}`, `Somebody with a rather long name ${place}`),
              ),
            },
          }),
        }),
      ],
    });
    await crowd.adjutant.sync();
    const html = await crowd.page('/people', 'lead');
    expect(Buffer.byteLength(html)).toBeLessThan(largestPageBytes);
    expect(wordsOf(html)).toContain('50 people of 300');
    expect(html).toContain('/api/do/people/merge"');
    await crowd.close();
  });

  test('a finding, an entry, a brief that are not there are said so', async () => {
    for (const path of ['/signals/none', '/ledger/none', '/briefs/none']) {
      const response = await world.get(path);
      expect(response.status, path).toBe(404);
      expect(await response.text()).toMatch(/There is no|no such/);
    }
  });

  test('an entry of the ledger shows its detail, and that its content fits its hash', async () => {
    const list = await world.page('/ledger');
    const id = /href="\/ledger\/([^"]+)"/.exec(list)?.[1] ?? '';
    const words = wordsOf(await world.page(`/ledger/${id}`));
    expect(words).toContain('Its content fits its hash.');
  });
});
