import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { openPageIn } from '../browser-page.ts';
import { collect, shown } from '../whole-way/world.ts';
import { signIn, type Step, textOf } from './scene.ts';
import { makeOwnFolder, stopCommand } from './served-demo.ts';

const mostSteps = 20;

/** A first run: "adjutant serve" where nothing is configured, and the set-up with every step left out. */
export const firstRun: Step = [
  'first run: "serve" in an empty folder, the set-up walked through, each step left out',
  async ({ browser, folder }) => {
    const { start, remove } = makeOwnFolder();
    const server = start('serve', '--port', '0');
    const page = await openPageIn(browser);
    try {
      const output = collect(server);
      const from = await shown(output, 'within five minutes: ', 0, once(server, 'exit'));
      await shown(output, '\n', from);
      const link = output.text.slice(from).split('\n')[0] ?? '';
      await signIn(page, link);
      assert.match(await textOf(page), /Setting up/);
      const { origin } = new URL(link);
      await page.open(`${origin}/setup`);
      await page.screenshot(join(folder, 'first-run.png'));
      const offered = Number(await page.evaluate(openSteps));
      assert.ok(offered >= 4, `${offered} steps are offered`);
      for (let left = offered; left > 0 && left < mostSteps; left -= 1) {
        assert.equal(await page.evaluate(openSteps), left);
        await page.click('.action-form:has(input[name=skipped][value=yes]) button');
        await page.waitFor(`${openSteps} === ${left - 1}`);
      }
      const settled = `${offered} of ${offered} steps settled`;
      assert.ok((await textOf(page)).includes(settled), settled);
      await page.screenshot(join(folder, 'first-run-left-out.png'));
      assert.deepEqual(page.complaints(), []);
      assert.deepEqual(page.foreignRequests(), []);
      return `${settled} (all must be), 0 complaints`;
    } finally {
      await page.close();
      await stopCommand(server);
      remove();
    }
  },
];

const openSteps = `document.querySelectorAll('input[name=skipped][value=yes]').length`;
