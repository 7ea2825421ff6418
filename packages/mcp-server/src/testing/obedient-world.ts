import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActionDetail } from '@adjutant/core';
import type { Client } from '@modelcontextprotocol/client';
import { allMetrics } from '@adjutant/metrics';
import { onTestFinished, vi } from 'vitest';
import { longId } from '../answer/short-id.ts';
import { createAdjutantServer } from '../create-adjutant-server.ts';
import { createHostileWorld } from './hostile-world.ts';
import { connectClient } from './obedient-client.ts';

const patience = { timeout: 30_000, interval: 5 };

/** Opens the hostile workspace with a worker at work, under a policy or the default one, until the test ends. */
export async function openObedientWorld(policyText?: string) {
  const world = await createHostileWorld(
    policyText === undefined ? undefined : policyFile(policyText),
  );
  const { adjutant, owner } = world;
  const sponsorPersonId = owner.viewer.kind === 'person' ? owner.viewer.personId : '';
  const agent = adjutant.workspace().as({ kind: 'agent', name: 'obedient', sponsorPersonId });
  const ended = new AbortController();
  const working = adjutant.workActions({ signal: ended.signal });
  const clients: Client[] = [];
  onTestFinished(async () => {
    ended.abort();
    for (const client of clients) await client.close();
    await working;
    await adjutant.close();
  });
  /** Returns an action once it has left or reached a status. */
  const action = (id: string, holds: (status: ActionDetail['status']) => boolean) =>
    vi.waitFor(async () => {
      const found = await owner.actions.get(longId(id));
      if (!holds(found.status)) throw new Error(`${found.type} is ${found.status}`);
      return found;
    }, patience);
  /** Says yes to an action as the owner, signed in at the host. */
  const approve = async ({ id, revision, payloadHash }: ActionDetail): Promise<void> => {
    await owner.actions.decide({
      ...{ actionId: id, revision, payloadHash: payloadHash ?? '', verdict: 'approve' },
      proof: { kind: 'host_session', subject: 'owner', method: 'sso' },
    });
  };
  const prepared = (id: string) => action(id, (status) => status !== 'preparing');
  const executed = (id: string) => action(id, (status) => status === 'executed');
  // A file that asks for less than the default waits for somebody who says so.
  await adjutant.policy();
  for (const { id } of (await owner.actions.list()).items) {
    await approve(await prepared(id));
    await executed(id);
  }
  return {
    ...world,
    approve,
    prepared,
    executed,
    /** Returns a client over a server of its own, as over a process that was just started. */
    connect: async (forms?: string[]): Promise<Client> => {
      const open = async () => agent;
      const server = createAdjutantServer({ open, version: '0.0.0', metrics: allMetrics });
      const client = await connectClient(server, forms);
      clients.push(client);
      return client;
    },
  };
}

function policyFile(text: string): { file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-policy-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'adjutant.policy.yaml');
  writeFileSync(file, text);
  return { file };
}
