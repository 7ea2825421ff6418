import { z } from 'zod';
import { silentLogger, systemClock } from '../../packages/core/src/index.ts';
import { githubActions } from '../../packages/connectors/src/github/actions/index.ts';
import { githubConfigSchema } from '../../packages/connectors/src/github/config.ts';
import { exampleActions, exampleWebhookUrl } from './action-examples.ts';
import { carryOut } from './carry-out.ts';
import type { Figure } from './figure.ts';
import { hookOf, listenForHooks } from './hooks.ts';
import { emulatorName as name, startEmulator } from './start-emulator.ts';

/** What it does not have, by action: said in the table, and a failure where it turns out untrue. */
const lacks: Record<string, { steps: number; why: string }> = {
  'pr.backport': {
    steps: 1,
    why: 'it has no POST /merges, so the second of three steps is refused',
  },
  'workflow.rerun': { steps: 0, why: 'it has no workflow, and no way to make one' },
};

/** Every action carried out against a GitHub that others wrote. */
export async function counterpartFigures(): Promise<Figure[]> {
  const emulator = await startEmulator('github', {
    tokens: {
      reads: { login: 'reader', scopes: ['repo'] },
      writes: { login: 'writer', scopes: ['repo', 'workflow'] },
    },
    github: {
      users: [{ login: 'writer' }, { login: 'reader' }, { login: 'ada' }, { login: 'grace' }],
      repos: [{ owner: 'writer', name: 'widgets', auto_init: true, private: false }],
    },
  });
  const hooks = await listenForHooks();
  try {
    const { url } = emulator;
    const made = await makeWorld(url, hookOf(hooks));
    const figures: Figure[] = [];
    for (const { id } of exampleActions) figures.push(await tryAction(url, id, made));
    return [...figures, ...(await hooks.figures(name))];
  } finally {
    await hooks.close();
    await emulator.close();
  }
}

interface Made {
  /** Pull requests: one to work on, one to merge, one to close, one that is merged. */
  open: number;
  toMerge: { number: number; head: string };
  toClose: number;
  merged: number;
  issue: number;
}

function payloadOf(id: string, made: Made): object {
  const found = exampleActions.find((example) => example.id === id);
  const given = { ...found?.payload(1, made.issue), repository: 'writer/widgets' };
  if (id === 'pr.merge') return { ...given, number: made.toMerge.number };
  if (id === 'pr.close') return { ...given, number: made.toClose };
  if (id === 'pr.backport') return { ...given, number: made.merged, targetBranch: 'release' };
  return id.startsWith('pr.') ? { ...given, number: made.open } : given;
}

async function tryAction(url: string, id: string, made: Made): Promise<Figure> {
  const config = githubConfigSchema.parse({
    repositories: ['writer/widgets'],
    baseUrl: url,
    token: 'reads',
    writeToken: 'writes',
    webhookUrl: exampleWebhookUrl,
    webhookSecret: 'the secret of another hook',
  });
  const definition = githubActions(config).find((one) => one.id === id);
  if (definition === undefined) throw new Error(`There is no action ${id}.`);
  const context = {
    workspaceId: 'workspace-1',
    clock: systemClock,
    logger: silentLogger,
    fetch,
    signal: AbortSignal.timeout(30_000),
  };
  // Its preview reads GraphQL, which this counterpart does not speak: the binding is made here.
  const bound = id === 'pr.merge' ? boundMerge(made) : undefined;
  const ended = await carryOut(definition, context, payloadOf(id, made), bound).catch(
    (error: unknown) => ({ faults: [String(error)], steps: 0 }),
  );
  const lack = lacks[id];
  const isKnown = lack !== undefined && ended.faults.length > 0 && ended.steps === lack.steps;
  const whole = bound === undefined ? 'prepared, done, found again' : 'done, found again';
  const without = bound === undefined ? '' : '; its preview needs GraphQL, which it does not speak';
  return {
    item: name,
    name: id,
    value: ended.faults.length === 0 ? `${whole}${without}` : ended.faults.join('; '),
    bound: lack?.why ?? (bound === undefined ? 'all of it' : 'all but its preview'),
    ok: lack === undefined ? ended.faults.length === 0 : isKnown,
  };
}

function boundMerge({ toMerge }: Made) {
  return {
    preconditions: { headSha: toMerge.head, commitTitle: 'Two (#2)', commitMessage: 'Two' },
    target: { source: 'github', externalId: '', ref: '', url: null },
  };
}

const shaSchema = z.object({ sha: z.string() });
const pullSchema = z.object({ number: z.number(), head: shaSchema });

async function makeWorld(url: string, hook: object): Promise<Made> {
  const repository = `${url}/repos/writer/widgets`;
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${repository}${path}`, {
      method,
      headers: { authorization: 'Bearer writes', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const main = z.object({ object: shaSchema }).parse(await ask('GET', '/git/ref/heads/main'))
    .object.sha;
  const root = z.object({ tree: shaSchema }).parse(await ask('GET', `/git/commits/${main}`))
    .tree.sha;
  const open = async (branch: string) => {
    const file = { path: `${branch}.txt`, mode: '100644', type: 'blob', content: branch };
    const tree = shaSchema.parse(
      await ask('POST', '/git/trees', { base_tree: root, tree: [file] }),
    );
    const words = { message: branch, tree: tree.sha, parents: [main] };
    const { sha } = shaSchema.parse(await ask('POST', '/git/commits', words));
    await ask('POST', '/git/refs', { ref: `refs/heads/${branch}`, sha });
    const pull = { title: branch, head: branch, base: 'main', body: '' };
    const { number, head } = pullSchema.parse(await ask('POST', '/pulls', pull));
    return { number, head: head.sha };
  };
  await ask('POST', '/hooks', hook);
  await ask('POST', '/git/refs', { ref: 'refs/heads/release', sha: main });
  await ask('POST', '/labels', { name: 'ready', color: 'ededed' });
  const issue = z
    .object({ number: z.number() })
    .parse(await ask('POST', '/issues', { title: 'It breaks' })).number;
  const merged = await open('one');
  await ask('POST', `/pulls/${merged.number}/reviews`, { event: 'COMMENT', body: 'Looks right.' });
  await ask('PUT', `/pulls/${merged.number}/merge`, { merge_method: 'merge' });
  const toMerge = await open('two');
  const toClose = await open('three');
  const { number } = await open('four');
  return { open: number, toMerge, toClose: toClose.number, merged: merged.number, issue };
}
