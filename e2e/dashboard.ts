// Drives the dashboard in a real Chromium, over the demo's team as "adjutant demo --serve" serves it: the
// first run, every page in two widths and two colour schemes, the ways from a number to its rows, a merge
// approved with a passkey in software and carried out at the made-up code host, other roles, and
// assistants over HTTP. Pictures stay in e2e/artefacts.
import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserPage, launchBrowser, openPageIn } from './browser-page.ts';
import { decisionSteps } from './dashboard/decision-steps.ts';
import { firstRun } from './dashboard/first-run.ts';
import { mcpSteps } from './dashboard/mcp-steps.ts';
import { pageSteps } from './dashboard/page-steps.ts';
import { type Scene, signIn, type Step } from './dashboard/scene.ts';
import { startServedDemo } from './dashboard/served-demo.ts';
import { workSteps } from './dashboard/work-steps.ts';
import { findBrowser } from './find-browser.ts';

const interruptedCode = 130;

const lastSteps: readonly Step[] = [
  [
    'the browser asked no other origin, and complained about nothing',
    async ({ owner }) => {
      assert.deepEqual(owner.foreignRequests(), []);
      assert.deepEqual(owner.complaints(), []);
      return '0 requests elsewhere (0), 0 complaints (0)';
    },
  ],
  [
    'Ctrl-C ends the demo',
    async ({ demo }) => {
      const code = await demo.stop();
      assert.equal(code, interruptedCode);
      return `exit code ${code} (${interruptedCode})`;
    },
  ],
];

const steps: readonly Step[] = [
  firstRun,
  ...pageSteps,
  ...workSteps,
  ...decisionSteps,
  ...mcpSteps,
  ...lastSteps,
];

async function main(): Promise<number> {
  const program = findBrowser(process.env);
  if (program === null) {
    process.stderr.write('No Chromium was found. Install one, or name it in CHROMIUM.\n');
    return 2;
  }
  const folder = join(import.meta.dirname, 'artefacts');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  process.stdout.write(`Pictures: ${folder}\nStarting the demo, about a minute.\n`);
  const demo = await startServedDemo();
  const browser = await launchBrowser(program);
  let failed = 0;
  try {
    const as = async (wanted: string): Promise<BrowserPage> => {
      const page = await openPageIn(browser);
      const person = demo.signIns.find(({ role }) => role === wanted);
      if (person === undefined) throw new Error(`Nobody is a ${wanted}.`);
      await signIn(page, person.link);
      return page;
    };
    const owner = await as('admin');
    const others = { lead: await as('lead'), member: await as('member') };
    failed = await runAll({ demo, browser, owner, others, folder });
  } finally {
    await browser.close();
    await demo.stop();
  }
  process.stdout.write(`${steps.length - failed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

async function runAll(scene: Scene): Promise<number> {
  let failed = 0;
  for (const [name, run] of steps) {
    try {
      process.stdout.write(`✓ ${name}: ${await run(scene)}\n`);
    } catch (error) {
      failed += 1;
      const message = error instanceof Error ? error.message : String(error);
      process.stdout.write(`✗ ${name}\n${message}\n`);
    }
  }
  return failed;
}

process.exitCode = await main();
