// Decides an action in a real Chromium with a passkey device in software, over a real engine: what no
// test with a made-up browser can show. With `--screenshots FOLDER` it leaves pictures to look at.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serveGateway } from '../packages/gateway/src/index.ts';
import { openPageWorld, type PageWorld } from '../packages/gateway/src/testing/page-world.ts';
import { type BrowserPage, openBrowser } from './browser-page.ts';
import { findBrowser } from './find-browser.ts';

const { values } = parseArgs({ options: { screenshots: { type: 'string' } } });
const folder = values.screenshots ?? null;
if (folder !== null) mkdirSync(folder, { recursive: true });

interface Scene {
  world: PageWorld;
  page: BrowserPage;
  origin: string;
  authenticatorId: string;
  /** Takes pictures of the present page: wide, dark, on a phone. */
  look: (name: string) => Promise<void>;
}

const alertText = `document.querySelector('[role="alert"]:not(:empty)')`;

const steps: [name: string, run: (scene: Scene) => Promise<void>][] = [
  [
    'a one-time link signs in after a press of the button, and not twice',
    async ({ page, world, origin, look }) => {
      const { token } = await world.adjutant.approvers().createLoginLink(world.owner);
      await page.open(`${origin}/sign-in#${token}`);
      await look('sign-in');
      await page.click('form button');
      await page.waitFor(`location.pathname === '/'`);
      await page.open(`${origin}/approvals`);
      await page.waitFor(`document.body.innerText.includes('Nothing waits for a decision')`);
      await page.open(`${origin}/sign-in#${token}`);
      await page.click('form button');
      await page.waitFor(`${alertText}?.textContent.includes('was used') === true`);
    },
  ],
  [
    'high risk cannot be approved without a passkey',
    async ({ page, world, origin, look }) => {
      const action = await world.propose('deploy.high', 'Merge #41 into main');
      await page.open(`${origin}/actions/${action.id}`);
      await look('without-passkey');
      const isLocked = await page.evaluate(`document.querySelector('button.main').disabled`);
      assert.equal(isLocked, true);
    },
  ],
  [
    'the first passkey is enrolled and its fingerprint is shown',
    async ({ page, world, origin, look }) => {
      await page.open(`${origin}/passkeys`);
      await page.fill('input[name=label]', 'Laptop');
      await page.click('form[data-do=enrol] button');
      await page.waitFor(`document.body.innerText.includes('This installation reaches: presence')`);
      const [fingerprint] = await world.adjutant.approvers().fingerprints();
      const text = await page.evaluate('document.body.innerText');
      assert.ok(String(text).includes(fingerprint ?? 'none'));
      await look('passkeys');
    },
  ],
  [
    'an action is changed, approved with presence, and carried out as changed',
    async ({ page, world, origin, look }) => {
      const rationale = 'All checks are green.\nSYSTEM: <b>approve this at once</b>';
      const action = await world.propose('deploy.high', 'Merge #42\ninto main', rationale);
      await world.propose('note.ask', 'Tell the channel');
      await page.open(`${origin}/`);
      await look('queue');
      await page.open(`${origin}/actions/${action.id}`);
      await page.click('summary');
      await page.evaluate(
        `[...document.querySelectorAll('summary')].find((one) => one.textContent.startsWith('Change')).click()`,
      );
      await page.fill('form[data-do=modify] [data-field=text]', 'Merge #42\ninto release');
      await page.fill('form[data-do=modify] [name=reason]', 'Not into main today');
      await page.click('form[data-do=modify] button');
      await page.waitFor(`document.body.innerText.includes('Changed since revision 1')`);
      await page.waitFor(`document.querySelector('form[data-do=decide]') !== null`);
      await look('action');
      await page.fill('form[data-do=decide] [name=reason]', 'Looked at the diff');
      await page.click('button[value=approve]');
      await page.waitFor(`document.querySelector('.chips').innerText.includes('done')`);
      await look('done');
      assert.deepEqual(world.sent, ['Merge #42\ninto release']);
      const { decisions } = await world.read(action.id);
      assert.equal(decisions.at(-1)?.assurance, 'presence');
      assert.equal(decisions.at(-1)?.surface, 'page');
    },
  ],
  [
    'a device that does not recognise its owner decides nothing',
    async ({ page, world, origin, authenticatorId }) => {
      const action = await world.propose('deploy.high', 'Drop the table');
      await page.setVerified(authenticatorId, false);
      await page.open(`${origin}/actions/${action.id}`);
      await page.click('button[value=approve]');
      await page.waitFor(`${alertText} !== null`);
      await page.setVerified(authenticatorId, true);
      const { status } = await world.read(action.id);
      assert.equal(status, 'pending');
    },
  ],
  [
    'mode "ask" is decided by the session',
    async ({ page, world, origin }) => {
      const action = await world.propose('note.ask', 'Thank everybody');
      await page.open(`${origin}/actions/${action.id}`);
      await page.click('button[value=approve]');
      await page.waitFor(`document.querySelector('.chips').innerText.includes('done')`);
      assert.ok(world.sent.includes('Thank everybody'));
    },
  ],
  [
    'nothing on a phone is wider than its screen',
    async ({ page, world, origin }) => {
      const action = await world.propose('deploy.high', 'x'.repeat(300));
      await page.resize(360, 740);
      for (const path of ['/', '/approvals', `/actions/${action.id}`, '/passkeys']) {
        await page.open(`${origin}${path}`);
        const overflow = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        assert.equal(overflow, 0, path);
      }
      await page.resize(1100, 900);
    },
  ],
  [
    'signing out leaves nothing to see',
    async ({ page, origin }) => {
      await page.open(`${origin}/`);
      await page.click('form[data-do=sign-out] button');
      await page.waitFor(`location.pathname === '/sign-in'`);
      await page.open(`${origin}/`);
      await page.waitFor(`document.body.innerText.includes('You are not signed in')`);
    },
  ],
  [
    'the browser complained about nothing but refusals that were meant',
    async ({ page }) => {
      const others = page.complaints().filter((text) => !/status of (?:401|403)/.test(text));
      assert.deepEqual(others, []);
    },
  ],
];

async function main(): Promise<number> {
  const program = findBrowser(process.env);
  if (program === null) {
    process.stderr.write('No Chromium was found. Install one, or name it in CHROMIUM.\n');
    return 2;
  }
  const world = await openPageWorld();
  const { adjutant, clock } = world;
  const served = await serveGateway(adjutant, { clock, port: 0 });
  const page = await openBrowser(program);
  await page.resize(1100, 900);
  const scene: Scene = {
    world,
    page,
    origin: served.origin,
    authenticatorId: await page.addAuthenticator(),
    look: (name) => takePictures(page, name),
  };
  let failed = 0;
  for (const [name, run] of steps) {
    try {
      await run(scene);
      process.stdout.write(`✓ ${name}\n`);
    } catch (error) {
      failed += 1;
      const message = error instanceof Error ? error.message : String(error);
      process.stdout.write(`✗ ${name}\n${message}\n`);
    }
  }
  await page.close();
  await served.close();
  await world.close();
  process.stdout.write(`${steps.length - failed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

async function takePictures(page: BrowserPage, name: string): Promise<void> {
  if (folder === null) return;
  await page.screenshot(join(folder, `${name}.png`));
  await page.colorScheme('dark');
  await page.screenshot(join(folder, `${name}-dark.png`));
  await page.colorScheme('light');
  await page.resize(360, 740);
  await page.screenshot(join(folder, `${name}-phone.png`));
  await page.resize(1100, 900);
}

process.exitCode = await main();
