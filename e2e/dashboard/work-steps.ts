import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { BrowserPage } from '../browser-page.ts';
import { type Step, textOf } from './scene.ts';

/** How many rows the lead time rests on, as the page says. */
async function leadTimeRows(page: BrowserPage): Promise<number> {
  const text = String(
    await page.evaluate(
      `document.querySelector('.stat:has(a[href^="/metrics/lead_time"])').innerText`,
    ),
  );
  return Number(/n (\d+)/.exec(text)?.[1]);
}

/** What people do with the figures: narrow them, and go from a number to what it is made of. */
export const workSteps: readonly Step[] = [
  [
    'narrowed by range, team and repository, each figure rests on fewer rows',
    async ({ owner, demo, folder }) => {
      const { page } = owner;
      await owner.open(`${demo.origin}/delivery`);
      await page.locator('.presets a', { hasText: '90' }).click();
      await owner.waitFor(`location.search.includes('days=90')`);
      const quarter = await leadTimeRows(owner);
      await page.locator('.presets a', { hasText: '30' }).first().click();
      await owner.waitFor(`location.search.includes('days=30')`);
      const month = await leadTimeRows(owner);
      await page.getByLabel('Team').selectOption({ label: 'Buying' });
      await page.getByRole('button', { name: 'Apply' }).click();
      await owner.waitFor(`location.search.includes('team=')`);
      const team = await leadTimeRows(owner);
      await page.getByLabel('Repository').selectOption('checkout');
      await page.getByRole('button', { name: 'Apply' }).click();
      await owner.waitFor(`location.search.includes('repository=checkout')`);
      const repository = await leadTimeRows(owner);
      await owner.screenshot(join(folder, 'narrowed.png'));
      assert.ok(quarter > month && month > team && team > repository && repository > 0);
      return `${quarter} in 90 days > ${month} in 30 > ${team} of the team > ${repository} of the repository > 0`;
    },
  ],
  [
    'from a number to its rows, and to one piece of work',
    async ({ owner, demo, folder }) => {
      await owner.open(`${demo.origin}/delivery`);
      const rows = await leadTimeRows(owner);
      await owner.click('.stat a[href^="/metrics/lead_time"]');
      await owner.waitFor(`location.pathname.startsWith('/metrics/lead_time')`);
      const said = /(\d+) rows of (\d+)/.exec(await textOf(owner));
      assert.equal(Number(said?.[2]), rows);
      await owner.click('tbody a[href^="/work/"]');
      await owner.waitFor(`location.pathname.startsWith('/work/')`);
      const title = String(await owner.evaluate(`document.querySelector('h1').innerText`));
      assert.notEqual(title, '');
      await owner.screenshot(join(folder, 'drilled-down.png'));
      return `n ${rows} (the page of the metric lists ${said?.[2]}), then “${title}”`;
    },
  ],
  [
    'people who may be one are joined together, and it stands among the decisions',
    async ({ owner, demo, folder }) => {
      await owner.open(`${demo.origin}/people`);
      const boxes = `document.querySelectorAll('input[name="pairs[]"]').length`;
      const offered = Number(await owner.evaluate(boxes));
      assert.ok(offered >= 3, `${offered} pairs are offered`);
      await owner.screenshot(join(folder, 'people-before.png'));
      await owner.click('.action-form:has(input[name="pairs[]"]) button');
      await owner.waitFor(`document.readyState === 'complete' && ${boxes} === 0`);
      const decided = `document.querySelectorAll('#changes ~ .entries > li, section:has(#changes) .entries > li').length`;
      const joined = Number(await owner.evaluate(decided));
      assert.equal(joined, offered);
      await owner.screenshot(join(folder, 'people-joined.png'));
      return `${joined} joined (${offered} offered)`;
    },
  ],
];
