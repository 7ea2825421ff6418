import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { buildTeamReport } from '../report/build-team-report.ts';
import { emptyFakeData, type FakeData } from '../testing/fake-data.ts';
import { createFakeWorkspace } from '../testing/fake-workspace.ts';
import { hostileTeam } from '../testing/hostile.ts';
import { richTeam } from '../testing/rich-team.ts';
import { renderTeamReportPage } from './page.ts';

async function pageOf(data: FakeData = richTeam()): Promise<string> {
  const report = await buildTeamReport(createFakeWorkspace(data), { now: data.now });
  return renderTeamReportPage(report);
}

/** Every element of a page with its attributes, read as a browser would read quoted attributes. */
function elementsOf(page: string) {
  return [
    ...page.matchAll(/<([a-z][a-z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9-]*(?:="[^"]*")?)*)\s*\/?>/g),
  ].map(([whole, name = '', attributes = '']) => ({
    whole,
    name,
    attributes: new Map(
      [...attributes.matchAll(/([a-zA-Z][a-zA-Z0-9-]*)(?:="([^"]*)")?/g)].map(
        ([, key = '', value = '']) => [key, value],
      ),
    ),
  }));
}

test('every tag of a page is well formed, and every attribute quoted', async () => {
  for (const data of [richTeam(), hostileTeam(), emptyFakeData()]) {
    const page = (await pageOf(data))
      .replace(/<style>.*<\/style>/s, '')
      .replace('<!doctype html>', '');
    const opening = page.match(/<(?!\/)/g)?.length;
    expect(elementsOf(page)).toHaveLength(opening ?? 0);
  }
});

test('the page asks nothing of the network and runs nothing', async () => {
  for (const data of [richTeam(), hostileTeam()]) {
    const page = await pageOf(data);
    const elements = elementsOf(page);
    const names = new Set(elements.map(({ name }) => name));
    for (const forbidden of [
      'script',
      'img',
      'iframe',
      'link',
      'object',
      'embed',
      'form',
      'base',
      'image',
      'use',
    ]) {
      expect(names).not.toContain(forbidden);
    }
    const keys = new Set(elements.flatMap(({ attributes }) => [...attributes.keys()]));
    expect([...keys].filter((key) => /^on|^src|^style$|^srcset|^action/i.test(key))).toEqual([]);
    const hrefs = elements.flatMap(({ attributes }) => attributes.get('href') ?? []);
    const known = /^(#[a-z0-9-]+|https:\/\/github\.com\/acme\/[^\s]+)$/;
    expect(hrefs.filter((href) => !known.test(href))).toEqual([]);
    expect(page).not.toMatch(/url\(|@import/);
  }
});

test('the policy forbids everything but the one style sheet, by its hash', async () => {
  const page = await pageOf();
  const style = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = /Content-Security-Policy" content="([^"]+)"/
    .exec(page)?.[1]
    ?.replaceAll('&#39;', "'");
  expect(policy).toBe(
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  );
});

test('hostile text is only ever text', async () => {
  const page = await pageOf(hostileTeam());
  expect(page).not.toMatch(/<script|<img|<svg onload|javascript:/i);
  expect(page).toContain('&lt;script&gt;alert(&quot;owned&quot;)&lt;/script&gt;');
  expect(page.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/u);
  expect(page.length).toBeLessThan(4_000_000);
});

test('a title of a megabyte stands in the page as a bounded piece', async () => {
  const page = await pageOf(hostileTeam());
  const longest = Math.max(...(page.match(/x{10,}/g) ?? []).map((run) => run.length));
  expect(longest).toBeGreaterThan(100);
  expect(longest).toBeLessThanOrEqual(300);
});

test('ids are unique and every link inside the page arrives', async () => {
  for (const data of [richTeam(), hostileTeam(), emptyFakeData()]) {
    const elements = elementsOf(await pageOf(data));
    const ids = elements.flatMap(({ attributes }) => attributes.get('id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const wanted = elements.flatMap(({ attributes }) => [
      ...(attributes.get('href')?.startsWith('#') ? [attributes.get('href')?.slice(1)] : []),
      ...(attributes.get('aria-labelledby')?.split(' ') ?? []),
    ]);
    expect(wanted.filter((id) => !ids.includes(id ?? ''))).toEqual([]);
  }
});

test('every known figure opens its rows, shows its n, and every drawing is described', async () => {
  const data = richTeam();
  const report = await buildTeamReport(createFakeWorkspace(data), { now: data.now });
  const page = renderTeamReportPage(report);
  for (const { id, value, evidence } of report.figures) {
    const anchor = `id="figure-${id.replaceAll('_', '-')}"`;
    const card = page.slice(page.indexOf(anchor)).split('</article>')[0] ?? '';
    if (value === null) continue;
    expect(card).toContain('<details class="rows"><summary>');
    expect(card.match(/<tr>/g)).toHaveLength(evidence.rows.length + 1);
    expect(card).toContain('<dt>n</dt>');
  }
  const drawings = page.match(/<svg class="chart"/g)?.length ?? 0;
  expect(drawings).toBeGreaterThan(5);
  expect(page.match(/<desc id="[^"]+">[^<]+<\/desc>/g)).toHaveLength(drawings);
});

test('unknown is written as unknown with its reason, never as 0', async () => {
  const page = await pageOf();
  expect(page).toMatch(
    /Lead time for changes: <span class="unknown">unknown<\/span><\/h3><p class="quiet">No pull request is known/,
  );
  expect(page).toContain('merges <span class="unknown">unknown</span>');
  expect(page).not.toMatch(/NaN|Infinity|>null<|>undefined</);
});

test('gaps stand beside the figures and lead to their sentence', async () => {
  const page = await pageOf();
  expect(page).toContain('href="#gap-squash-author-time"');
  expect(page).toContain('id="gap-squash-author-time"');
});

test('an empty workspace gives a page that says so', async () => {
  const page = await pageOf(emptyFakeData());
  expect(page).toContain('Nothing stands out');
  expect(page).toContain('No figure is known for this window.');
});
