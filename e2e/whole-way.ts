// From a proposal over MCP to the effect at a GitHub on this machine, with every process a real one:
// four kinds of client whose server is killed on the way, a page in Chromium with a passkey, and a
// terminal. Then what a program of the same user tries, and what the ledger says of all that.
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { type BrowserPage, openBrowser } from './browser-page.ts';
import { findBrowser } from './find-browser.ts';
import { type AssistantClient, type ClientKind, clientKinds } from './whole-way/assistants.ts';
import { collect, openWorld, shown, type World } from './whole-way/world.ts';

interface Scene {
  world: World;
  page: BrowserPage;
  origin: string;
}

const patienceMs = 15_000;

const proposedSchema = z.object({
  action_id: z.string(),
  links: z.object({ decide: z.string() }),
  worker: z.object({ running: z.boolean() }),
});
const stateSchema = z.object({ status: z.string() });

async function propose(
  client: AssistantClient,
  type: string,
  payload: Record<string, unknown>,
): Promise<{ id: string; fullId: string }> {
  const idempotencyKey = `${type}-${JSON.stringify(payload)}`.slice(0, 190);
  const answer = proposedSchema.parse(
    await client.call('propose_action', { type, payload, idempotency_key: idempotencyKey }),
  );
  assert.equal(answer.worker.running, true);
  const { decide } = answer.links;
  return { id: answer.action_id, fullId: decide.slice(decide.lastIndexOf(' ') + 1) };
}

/** Waits as an assistant does: again and again, each time bounded. */
async function awaitStatus(client: AssistantClient, id: string, wanted: string): Promise<void> {
  let status = '';
  for (let turn = 0; turn < 6; turn += 1) {
    const input = { action_id: id, max_wait_s: 5 };
    ({ status } = stateSchema.parse(await client.call('await_approval', input)));
    if (status === wanted) return;
  }
  throw new Error(`the action is ${status}, not ${wanted}`);
}

/** Waits until the worker has fetched what the preview needs. */
async function awaitPending(client: AssistantClient, id: string): Promise<void> {
  const schema = z.object({ detail: stateSchema.nullable() });
  for (let turn = 0; turn < 100; turn += 1) {
    const answer = schema.parse(await client.call('get_actions', { action_id: id }));
    if (answer.detail?.status === 'pending') return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the action was not prepared');
}

function takeOpen(world: World): { repository: string; number: number } {
  const next = world.open.shift();
  if (next === undefined) throw new Error('no open pull request is left');
  return next;
}

async function approveOnPage({ page, origin }: Scene, fullId: string): Promise<void> {
  await page.open(`${origin}/actions/${fullId}`);
  await page.click('button[value=approve]');
  await page.waitFor(`document.querySelector('.chips').innerText.includes('done')`);
}

async function isMerged({ twin }: World, repository: string, number: number): Promise<boolean> {
  const response = await fetch(`${twin.url}/api/v3/repos/${repository}/pulls/${number}`, {
    headers: { authorization: `Bearer ${twin.token}` },
  });
  return z.object({ merged: z.boolean() }).parse(await response.json()).merged;
}

/** Proposes with one server, kills it, and goes on with another that knows only the rows. */
async function acrossRestart(
  world: World,
  kind: ClientKind,
  type: string,
  payload: Record<string, unknown>,
): Promise<{ client: AssistantClient; id: string; fullId: string }> {
  const first = await clientKinds[kind](world);
  const proposed = await propose(first, type, payload);
  await awaitPending(first, proposed.id);
  await first.kill();
  return { client: await clientKinds[kind](world), ...proposed };
}

/** Opens the action, writes another method into it, and says why. */
async function modifyOnPage({ page, origin }: Scene, fullId: string): Promise<void> {
  await page.open(`${origin}/actions/${fullId}`);
  await page.evaluate(
    `[...document.querySelectorAll('summary')].find((one) => one.textContent.startsWith('Change')).click()`,
  );
  await page.fill('form[data-do=modify] [data-field=method]', 'merge');
  await page.fill('form[data-do=modify] [name=reason]', 'Keep the commits');
  await page.click('form[data-do=modify] button');
  await page.waitFor(`document.body.innerText.includes('Changed since revision 1')`);
  await page.waitFor(`document.querySelector('form[data-do=decide]') !== null`);
}

/** One human and one assistant, alone: proposed, changed, approved with presence, merged. */
async function mergeAsChanged(scene: Scene, kind: ClientKind): Promise<void> {
  const { world } = scene;
  const target = takeOpen(world);
  const words = { ...target, method: 'squash' };
  const { client, id, fullId } = await acrossRestart(world, kind, 'pr.merge', words);
  // A client that says yes to every form is shown none for a merge.
  const answer = await client.call('await_approval', { action_id: id, max_wait_s: 1 });
  assert.equal(stateSchema.parse(answer).status, 'pending');
  assert.deepEqual(client.forms, []);
  await modifyOnPage(scene, fullId);
  assert.equal(await isMerged(world, target.repository, target.number), false);
  await approveOnPage(scene, fullId);
  await awaitStatus(client, id, 'executed');
  assert.ok(await isMerged(world, target.repository, target.number));
  const sent = JSON.stringify(world.twin.writes.at(-1));
  assert.ok(sent.includes('"merge"'), sent);
  await client.kill();
}

const kinds = Object.keys(clientKinds) as ClientKind[];
const steps: [name: string, run: (scene: Scene) => Promise<void>][] = [
  ...kinds.map((kind): (typeof steps)[number] => [
    `${kind}: proposed, changed and approved with presence on the page, merged as changed, across a restart`,
    (scene) => mergeAsChanged(scene, kind),
  ]),
  [
    '2026, with forms: an ordinary yes in the client is enough for an issue',
    async ({ world }) => {
      const payload = {
        repository: takeOpen(world).repository,
        title: 'Retry failed webhooks',
        body: 'Three incidents had this cause.',
      };
      const kind = '2026, with forms';
      const { client, id } = await acrossRestart(world, kind, 'issue.create.low', payload);
      await awaitStatus(client, id, 'executed');
      assert.equal(client.forms.length, 1);
      await client.kill();
    },
  ],
  [
    '2026, over HTTP: approved by a person at a terminal',
    async ({ world }) => {
      const payload = {
        repository: takeOpen(world).repository,
        title: 'Warn about slow queries',
        body: 'They come before most pages.',
      };
      const kind = '2026, over HTTP';
      const { client, id, fullId } = await acrossRestart(world, kind, 'issue.create.low', payload);
      const typed = await world.type(
        ['approvals', 'approve', fullId],
        [['Approve exactly this?', 'y']],
      );
      assert.equal(typed.code, 0, typed.output);
      await awaitStatus(client, id, 'executed');
      await client.kill();
    },
  ],
  [
    'a program of the same user at a terminal: a merge is refused, and the ledger tells of it',
    async ({ world }) => {
      const target = takeOpen(world);
      const words = { ...target, method: 'squash' };
      const { client, id, fullId } = await acrossRestart(world, '2025, bare', 'pr.merge', words);
      const typed = await world.type(['approvals', 'approve', fullId], []);
      assert.notEqual(typed.code, 0);
      assert.match(typed.output, /stronger proof/);
      const piped = await world.run('approvals', 'approve', fullId);
      assert.notEqual(piped.code, 0);
      assert.match(piped.output, /Only a person at a terminal decides/);
      const answer = await client.call('await_approval', { action_id: id, max_wait_s: 1 });
      assert.equal(stateSchema.parse(answer).status, 'pending');
      assert.equal(await isMerged(world, target.repository, target.number), false);
      const told = await world.run('audit', 'list', '--json');
      assert.match(told.output, /action\.decision_refused/);
      await client.kill();
    },
  ],
  [
    'the ledger of all that is unbroken',
    async ({ world }) => {
      const verified = await world.run('audit', 'verify');
      assert.equal(verified.code, 0, verified.output);
    },
  ],
];

async function main(): Promise<number> {
  const program = findBrowser(process.env);
  if (program === null) {
    process.stderr.write('No Chromium was found. Install one, or name it in CHROMIUM.\n');
    return 2;
  }
  const world = await openWorld();
  const server = world.start('serve', '--port', '0');
  const printed = collect(server);
  const page = await openBrowser(program);
  let failed = 0;
  try {
    const exited = once(server, 'exit');
    const from = await shown(printed, 'within five minutes: ', 0, exited);
    await shown(printed, '\n', from);
    const link = printed.text.slice(from).split('\n')[0] ?? '';
    const scene = { world, page, origin: new URL(link).origin };
    await signIn(scene, link);
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
  } finally {
    await page.close();
    await stop(server);
    await world.close();
  }
  process.stdout.write(`${steps.length - failed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

/** As Ctrl-C does; a server that does not end by itself is a failure, and is ended all the same. */
async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGINT');
  const timer = setTimeout(() => {
    process.stdout.write('✗ the server did not end\n');
    server.kill('SIGKILL');
  }, patienceMs);
  await exited;
  clearTimeout(timer);
}

/** Opens the one-time link and enrols the first passkey, as a person does once. */
async function signIn({ page, origin }: Scene, link: string): Promise<void> {
  await page.addAuthenticator();
  await page.resize(1100, 900);
  await page.open(link);
  await page.click('form button');
  await page.waitFor(`location.pathname === '/'`);
  await page.open(`${origin}/passkeys`);
  await page.fill('input[name=label]', 'Laptop');
  await page.click('form[data-do=enrol] button');
  await page.waitFor(`document.body.innerText.includes('This installation reaches: presence')`);
}

process.exitCode = await main();
