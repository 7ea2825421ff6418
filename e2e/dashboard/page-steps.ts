import assert from 'node:assert/strict';
import { z } from 'zod';
import type { BrowserPage } from '../browser-page.ts';
import { lookAtPage } from './look-at-page.ts';
import type { Scene, Step } from './scene.ts';

const mostBytes = 150_000;
const mostPaintMs = 1_000;

/** Pages that the navigation does not lead to, each by the page on which a link to it stands. */
const linkedPages = [
  { name: 'briefs', on: '/', link: 'a[href^="/briefs/"]' },
  { name: 'metric', on: '/delivery', link: 'a[href^="/metrics/"]' },
  { name: 'work', on: '/pull-requests', link: 'a[href^="/work/"]' },
  { name: 'finding', on: '/signals', link: 'a[href^="/signals/"]' },
  { name: 'ledger-entry', on: '/ledger', link: 'a[href^="/ledger/"]' },
] as const;

/** Pages whose address is known. `drawings` is how many charts must stand on it, at least. */
const knownPages: readonly { path: string; drawings: number }[] = [
  { path: '/', drawings: 0 },
  { path: '/approvals', drawings: 0 },
  { path: '/signals', drawings: 0 },
  { path: '/reports', drawings: 0 },
  { path: '/delivery', drawings: 3 },
  { path: '/flow', drawings: 5 },
  { path: '/pull-requests', drawings: 6 },
  { path: '/sprint', drawings: 1 },
  { path: '/quality', drawings: 3 },
  { path: '/ai-impact', drawings: 1 },
  { path: '/search', drawings: 0 },
  { path: '/people', drawings: 0 },
  { path: '/ledger', drawings: 0 },
  { path: '/settings', drawings: 0 },
  { path: '/passkeys', drawings: 0 },
  { path: '/setup', drawings: 0 },
  { path: '/search?q=who+owns+checkout', drawings: 0 },
];

const nameOf = (path: string): string =>
  path
    .slice(1)
    .replaceAll(/[^a-z-]+/g, '-')
    .slice(0, 30) || 'today';

/** Every page of the navigation, and one of each kind behind them. */
export const pageSteps: readonly Step[] = [
  [
    'the navigation leads to every page that is looked at, and to no other',
    async ({ owner, demo }) => {
      await owner.open(`${demo.origin}/`);
      const told = await owner.evaluate(
        `[...document.querySelectorAll('#pages a')].map((link) => link.getAttribute('href'))`,
      );
      const links = z.array(z.string()).parse(told);
      const known = knownPages.map(({ path }) => path).filter((path) => !path.includes('?'));
      assert.deepEqual(links.toSorted(), known.toSorted());
      return `${links.length} pages`;
    },
  ],
  ...knownPages.map(
    ({ path, drawings }): Step => [
      `page ${path}`,
      async (scene) => {
        const line = await lookAt(scene, path, nameOf(path));
        const drawn = Number(await scene.owner.evaluate(`document.querySelectorAll('svg').length`));
        assert.ok(drawn >= drawings, `${drawn} charts, at least ${drawings}`);
        return drawings === 0 ? line : `${line}, ${drawn} charts (at least ${drawings})`;
      },
    ],
  ),
  ...linkedPages.map(
    ({ name, on, link }): Step => [
      `page behind ${on}: ${name}`,
      async (scene) =>
        lookAt(scene, await linkOn(scene.owner, `${scene.demo.origin}${on}`, link), name),
    ],
  ),
  [
    'page of the action that waits',
    (scene) => lookAt(scene, new URL(scene.demo.waiting.address).pathname, 'action'),
  ],
];

async function linkOn(page: BrowserPage, url: string, selector: string): Promise<string> {
  await page.open(url);
  const found = await page.evaluate(
    `document.querySelector(${JSON.stringify(`main ${selector}`)})?.getAttribute('href')`,
  );
  return z.string().parse(found);
}

async function lookAt({ owner, demo, folder }: Scene, path: string, name: string): Promise<string> {
  const before = owner.complaints().length;
  const look = await lookAtPage(owner, `${demo.origin}${path}`, { folder, name });
  assert.deepEqual(look.faults, []);
  assert.deepEqual(owner.complaints().slice(before), []);
  const weight = `${(look.bytes / 1_000).toFixed(1)} kB decoded (under ${mostBytes / 1_000})`;
  assert.ok(look.bytes < mostBytes, weight);
  const paint = `first paint ${Math.round(look.paintMs)} ms (under ${mostPaintMs})`;
  assert.ok(look.paintMs < mostPaintMs, paint);
  const lesser =
    look.lesser.length === 0 ? '' : `, ${look.lesser.length} lesser: ${look.lesser[0]}`;
  return `${paint}, ${weight}, 0 serious or critical (0)${lesser}`;
}
