import assert from 'node:assert/strict';
import { join } from 'node:path';
import { z } from 'zod';
import { type Step, textOf } from './scene.ts';

const approve: Step = [
  'the waiting merge is approved with a passkey, carried out, and the code host says merged',
  async ({ owner, demo, folder }) => {
    const { origin, waiting } = demo;
    const key = `${waiting.repository.split('/')[1]}#${waiting.number}`;
    await owner.open(`${origin}/search?q=${encodeURIComponent(key)}`);
    const work = await workPageOf(
      (expression) => owner.evaluate(expression),
      key,
      async () => owner.open(`${origin}/pull-requests`),
    );
    await owner.addAuthenticator();
    await owner.open(`${origin}/passkeys`);
    await owner.fill('input[name=label]', 'Laptop');
    await owner.click('form[data-do=enrol] button');
    await owner.waitFor(`document.body.innerText.includes('This installation reaches: presence')`);
    await owner.open(waiting.address);
    await owner.click('button[value=approve]');
    await owner.waitFor(`document.querySelector('.chips').innerText.includes('done')`);
    await owner.screenshot(join(folder, 'approved.png'));
    assert.match(await textOf(owner), /proved to be there \(presence\)/);
    // What the host says of it comes back with the next reading.
    await owner.open(`${origin}/`);
    await owner.click('form[data-path$="refresh"] button');
    for (let turn = 0; turn < 60; turn += 1) {
      await owner.open(`${origin}${work}`);
      if (/\bmerged\b/i.test(await textOf(owner))) return `${key} merged, read again from the host`;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new Error(`The host does not say that ${key} is merged:\n${await textOf(owner)}`);
  },
];

/** Finds the page of a piece of work by its key. */
async function workPageOf(
  evaluate: (expression: string) => Promise<unknown>,
  key: string,
  goOn: () => Promise<void>,
): Promise<string> {
  const link = `[...document.querySelectorAll('main a[href^="/work/"]')].find((one) => one.textContent.trim() === ${JSON.stringify(key)})?.getAttribute('href') ?? null`;
  const there = z
    .string()
    .nullable()
    .parse(await evaluate(link));
  if (there !== null) return there;
  await goOn();
  return z.string().parse(await evaluate(link));
}

function refused(role: 'lead' | 'member', mayMap: boolean): Step {
  return [
    `signed in as a ${role}: no set-up in the navigation, and 403 at its address`,
    async ({ others, demo, folder }) => {
      const page = others[role];
      const links = await page.evaluate(
        `document.querySelectorAll('#pages a[href="/setup"]').length`,
      );
      assert.equal(links, 0);
      const answer = await page.page.goto(`${demo.origin}/setup`);
      assert.equal(answer?.status(), 403);
      const said = String(await page.evaluate(`document.querySelector('h1').innerText`));
      await page.screenshot(join(folder, `refused-${role}.png`));
      await page.open(`${demo.origin}/people`);
      const forms = Number(
        await page.evaluate(`document.querySelectorAll('main form[data-do="act"]').length`),
      );
      assert.equal(forms > 0, mayMap, `${forms} forms on /people`);
      const complaints = page.complaints().filter((text) => !/status of 403/.test(text));
      assert.deepEqual(complaints, []);
      assert.deepEqual(page.foreignRequests(), []);
      return `403 (403), “${said}”, ${forms} forms on /people (${mayMap ? 'some' : '0'})`;
    },
  ];
}

/** What is decided, and what others may not. */
export const decisionSteps: readonly Step[] = [
  approve,
  refused('lead', true),
  refused('member', false),
];
