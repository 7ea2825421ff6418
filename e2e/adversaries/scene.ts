import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  type ActionDetail,
  type Adjutant,
  createAdjutant,
  type WorkspaceHandle,
} from '@adjutant/core';
import { z } from 'zod';
import { type AssistantClient, clientKinds } from '../whole-way/assistants.ts';
import { collect, openWorld, shown, type World } from '../whole-way/world.ts';
import { type ReadyPullRequest, readyPullRequests } from './pull-requests.ts';
import { type SignedIn, signIn } from './signed-in.ts';

/** Everything that an adversary could want: real processes, a person who is signed in, and a target. */
export interface Scene {
  world: World;
  /** The file of the database. */
  path: string;
  adjutant: Adjutant;
  /** The workspace as its owner sees it, in this process: to look, and to stop what would run. */
  handle: WorkspaceHandle;
  /** The owner at the page, with the first passkey. */
  owner: SignedIn;
  /** An assistant's client that says yes to every form. */
  client: AssistantClient;
  /** A folder that only the ledger's keeper writes. */
  checkpoints: string;
  /** Signs where the ledger stands, and keeps that apart. */
  exportCheckpoint(): Promise<void>;
  /** Numbers of the pull requests that a person did agree to merge. */
  agreed: number[];
  take(): ReadyPullRequest;
  /** Proposes a merge as the assistant does, and waits until it can be decided. */
  proposeMerge(pullRequest: ReadyPullRequest, client?: AssistantClient): Promise<ActionDetail>;
  propose(type: string, payload: Record<string, unknown>): Promise<ActionDetail>;
  /** Waits until nothing follows any more. */
  settled(id: string): Promise<ActionDetail>;
  /** Starts another `adjutant serve`, as any program of this user can. */
  serve(): Promise<Served>;
  close(): Promise<void>;
}

/** A page that is being served by a process of its own. */
export interface Served {
  link: string;
  /** What it printed so far. */
  output: { text: string };
  stop(): Promise<void>;
}

const proposedSchema = z.object({ links: z.object({ decide: z.string() }) });
const waitMs = 20_000;
const ready = 24;

/** Opens it all; ends with `close`. */
export async function openScene(): Promise<Scene> {
  const given = readyPullRequests(ready);
  const world = await openWorld(given.data);
  const path = join(world.folder, 'store.db');
  const served = await serve(world);
  const owner = await signIn(served.link);
  const enrolled = await owner.enrol();
  assert.match(enrolled.text, /"enrolled"/, enrolled.text);
  const adjutant = await createAdjutant({ store: path });
  const handle = adjutant.workspace().as(await adjutant.owner());
  const client = await clientKinds['2026, with forms'](world);
  let proposals = 0;
  const propose: Scene['propose'] = (type, payload) => proposeWith(client, type, payload);
  const proposeWith = async (
    by: AssistantClient,
    type: string,
    payload: Record<string, unknown>,
  ): Promise<ActionDetail> => {
    proposals += 1;
    const answer = proposedSchema.parse(
      await by.call('propose_action', { type, payload, idempotency_key: `proposal-${proposals}` }),
    );
    const { decide } = answer.links;
    const id = decide.slice(decide.lastIndexOf(' ') + 1);
    const action = await handle.actions.await(id, { until: 'prepared', maxWaitMs: waitMs });
    assert.equal(action.status, 'pending', JSON.stringify(action.outcome));
    return action;
  };
  return {
    world,
    path,
    adjutant,
    handle,
    owner,
    client,
    checkpoints: join(world.folder, 'elsewhere'),
    propose,
    agreed: [],
    async exportCheckpoint() {
      const made = await world.run('audit', 'checkpoint', '--to', join(world.folder, 'elsewhere'));
      assert.equal(made.code, 0, made.output);
    },
    take() {
      const next = given.ready.shift();
      if (next === undefined) throw new Error('No pull request is left.');
      return next;
    },
    proposeMerge: ({ pullRequest: { number } }, by = client) =>
      proposeWith(by, 'pr.merge', { repository: 'acme/widgets', number, method: 'squash' }),
    settled: (id) => handle.actions.await(id, { until: 'settled', maxWaitMs: waitMs }),
    serve: () => serve(world),
    async close() {
      await client.kill();
      await adjutant.close();
      await served.stop();
      await world.close();
    },
  };
}

async function serve(world: World): Promise<Served> {
  const child = world.start('serve', '--port', '0');
  const output = collect(child);
  const from = await shown(output, 'within five minutes: ', 0, once(child, 'exit'));
  await shown(output, 'until Ctrl-C', from);
  const link = output.text.slice(from).split('\n')[0] ?? '';
  return { link, output, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGINT');
  await exited;
}
