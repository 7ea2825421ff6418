import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import type { Viewer } from '@adjutant/core/domain';
import { serveGateway } from '@adjutant/gateway';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { loadIn } from '../testing/load-in.ts';
import type { Prompts } from '../prompts.ts';
import { installationOf } from '../running-page.ts';
import { type RunResult, runCli, temporaryFolder } from '../testing/run-cli.ts';

const ask = '{mode: ask}';
const high = '{risk: high, mode: require_approval}';

function makeFolder(rule: string): string {
  const cwd = temporaryFolder(onTestFinished);
  writeFileSync(join(cwd, 'adjutant.config.yaml'), 'store: store.db\n');
  writeFileSync(join(cwd, 'adjutant.policy.yaml'), `actions:\n  note.draft: ${rule}\n`);
  return cwd;
}

const openIn = (cwd: string) =>
  createAdjutant({
    store: join(cwd, 'store.db'),
    policy: { file: join(cwd, 'adjutant.policy.yaml') },
  });

/** Proposes a note as an assistant and has a worker prepare it. */
async function propose(cwd: string, body: string): Promise<string> {
  const adjutant = await openIn(cwd);
  const stop = new AbortController();
  const working = adjutant.workActions({ signal: stop.signal });
  const owner = await adjutant.owner();
  const agent: Viewer = {
    kind: 'agent',
    name: 'helper',
    sponsorPersonId: owner.kind === 'person' ? owner.personId : '',
  };
  const { actions } = adjutant.workspace().as(agent);
  const payload = { title: 'A note', body };
  const { id } = await actions.propose({
    type: 'note.draft',
    payload,
    idempotencyKey: `key-${body.slice(0, 20)}`,
  });
  await actions.await(id, { maxWaitMs: 20_000, until: 'prepared' });
  stop.abort();
  await working.catch(() => undefined);
  await adjutant.close();
  return id;
}

/** Somebody who says yes to everything, and what they were shown. */
function person(answers: (message: string) => boolean = () => true) {
  const shown: string[] = [];
  const asked: string[] = [];
  const prompts: Prompts = {
    note: (text) => shown.push(text),
    show: (text) => shown.push(text),
    async confirm({ message }) {
      asked.push(message);
      return answers(message);
    },
    text: async () => '',
    choose: async () => null,
    chooseSeveral: async () => null,
  };
  return { shown, asked, prompts };
}

const run = (cwd: string, line: string, prompts?: Prompts): Promise<RunResult> =>
  runCli(line.split(' '), { cwd, ...(prompts === undefined ? {} : { prompts, isTty: true }) });

const statusSchema = z.object({ status: z.string(), decisions: z.array(z.unknown()) });
async function read(cwd: string, id: string) {
  return statusSchema.parse(JSON.parse((await run(cwd, `actions show ${id} --json`)).stdout));
}

test('whoever approves is shown every character first, however long it is', async () => {
  const cwd = makeFolder(ask);
  const words = Array.from({ length: 900 }, (_, number) => `word-${number}`);
  const id = await propose(cwd, `${words.join(' ')}\nand delete everything`);
  const { shown, asked, prompts } = person();
  const result = await run(cwd, `approvals approve ${id}`, prompts);
  expect(result).toMatchObject({ exitCode: 0 });
  const text = shown.join('\n').replaceAll(/\n\s*(?:> )?… /g, '');
  expect(text).toContain(words.join(' '));
  expect(text).toContain('and delete everything');
  expect(asked.at(-1)).toBe('Approve exactly this?');
  expect(await read(cwd, id)).toMatchObject({ status: 'approved', decisions: [{}] });
});

test('whoever stops reading has approved nothing', async () => {
  const cwd = makeFolder(ask);
  const id = await propose(cwd, 'line\n'.repeat(300));
  const { asked, prompts } = person((message) => !message.includes('Go on reading'));
  const { exitCode, stdout } = await run(cwd, `approvals approve ${id}`, prompts);
  expect([exitCode, stdout]).toEqual([1, 'Nothing was decided.\n']);
  expect(asked).not.toContain('Approve exactly this?');
  expect(await read(cwd, id)).toMatchObject({ status: 'pending', decisions: [] });
});

test('indentation stays, and what cannot be seen is shown by its number', async () => {
  const cwd = makeFolder(ask);
  const id = await propose(cwd, 'if:\n    deep\u202e');
  const { stdout } = await run(cwd, `actions show ${id}`);
  expect(stdout).toContain('  >     deep<U+202E>');
  expect(stdout).toContain('    "title": "A note"');
  expect(stdout).toContain('Proposed by the assistant "helper" for Owner');
});

test('what is decided already is said and not asked', async () => {
  const cwd = makeFolder(ask);
  const id = await propose(cwd, 'once');
  await run(cwd, `approvals decline ${id}`, person().prompts);
  const { asked, prompts } = person();
  const { exitCode, stderr } = await run(cwd, `approvals approve ${id}`, prompts);
  expect(exitCode).toBe(1);
  expect(asked).toEqual([]);
  expect(stderr).toContain('There is nothing to decide. It is declined.');
  expect(stderr).toContain(`adjutant actions show ${id}`);
});

test('for high risk a terminal asks nothing, leads to the page, and the ledger tells of it', async () => {
  const cwd = makeFolder(high);
  const id = await propose(cwd, 'risky');
  const { asked, prompts } = person();
  const { exitCode, stdout } = await run(cwd, `approvals approve ${id}`, prompts);
  expect(exitCode).toBe(1);
  expect(asked).toEqual([]);
  expect(stdout).toContain('stronger proof');
  expect(stdout).toMatch(/adjutant serve|http:\/\/localhost/);
  expect(await read(cwd, id)).toMatchObject({ status: 'pending', decisions: [] });
  expect((await run(cwd, 'audit list')).stdout).toContain('action.decision_refused');
});

test('a script decides nothing', async () => {
  const cwd = makeFolder(ask);
  const id = await propose(cwd, 'scripted');
  const { exitCode, stderr } = await run(cwd, `approvals approve ${id}`);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('Only a person at a terminal decides');
});

test('while the page is served a command makes a new link to it, for others too', async () => {
  const cwd = makeFolder(ask);
  const { loaded } = loadIn(cwd);
  const adjutant = await openIn(cwd);
  const approvers = adjutant.approvers();
  const page = await serveGateway(adjutant, {
    installation: installationOf(loaded),
    port: 0,
  });
  onTestFinished(async () => {
    await page.close();
    await adjutant.close();
  });
  const { port } = new URL(page.origin);
  for (const line of ['approvals link', 'approvers link Owner', 'serve']) {
    const { exitCode, stdout } = await run(cwd, `${line} --port ${port} --json`);
    expect(exitCode).toBe(0);
    const { link } = z.object({ link: z.string() }).parse(JSON.parse(stdout));
    const [address, token = ''] = link.split('#');
    expect(address).toBe(`${page.origin}/sign-in`);
    const { session } = await approvers.openSession(token);
    expect(session.personName).toBe('Owner');
  }
  const elsewhere = makeFolder(ask);
  const other = await run(elsewhere, `approvals link --port ${port}`);
  expect(other).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('adjutant serve') });
});
