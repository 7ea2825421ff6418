import { setTimeout } from 'node:timers/promises';
import {
  type ActionDetail,
  type Adjutant,
  createAdjutant,
  defineAction,
  type Logger,
  type WorkspaceHandle,
} from '@adjutant/core';
import type { Viewer } from '@adjutant/core/domain';
import { createRowsConnector, createTestAuthenticator } from '@adjutant/core/testing';
import { knowledgeMethod, shippedRules } from '@adjutant/insights';
import { allMetrics } from '@adjutant/metrics';
import { z } from 'zod';
import { createGateway } from '../create-gateway.ts';
import type { Gateway } from '../gateway-options.ts';
import { authenticationOf, type Cast, headersOf, type PrincipalName } from './api-principals.ts';
import { apiRows, documentOf, logins } from './api-rows.ts';
import { createSteppedClock, type SteppedClock } from './stepped-clock.ts';

export const apiOrigin = 'http://localhost:4747';
/** The instant at which all of it is looked at. */
export const apiNow = Date.UTC(2026, 9, 28, 9, 30);

/** The two workspaces, and the word that each of their texts holds and the other must never show. */
export const words = { default: 'pelican', other: 'marmoset' } as const;
export type WorkspaceName = keyof typeof words;

export interface Asked {
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** A gateway over two workspaces with something of everything, and people and programs that ask. */
export interface ApiWorld {
  adjutant: Adjutant;
  gateway: Gateway;
  clock: SteppedClock;
  casts: ReadonlyMap<string, Cast>;
  castOf(workspace: WorkspaceName): Cast;
  as(viewer: Viewer, workspace?: WorkspaceName): WorkspaceHandle;
  admin(workspace?: WorkspaceName): WorkspaceHandle;
  ask(who: PrincipalName, asked: Asked, workspace?: WorkspaceName): Promise<Response>;
  /** Proposes, and waits until it waits for people. */
  propose(workspace?: WorkspaceName, viewer?: Viewer): Promise<ActionDetail>;
  prepared(id: string, workspace?: WorkspaceName): Promise<ActionDetail>;
  close(): Promise<void>;
}

const payloadSchema = z.strictObject({ text: z.string().min(1).max(2_000) });

/** Writes a note outside, in memory. */
const note = defineAction<z.infer<typeof payloadSchema>>({
  id: 'note.ask',
  title: 'Write a note',
  risk: 'medium',
  reversible: false,
  effectClass: 'keyed',
  inputSchema: payloadSchema,
  prepare: async (_, { text }) => ({
    target: { source: 'example', externalId: '7', ref: 'acme/widgets#7', url: null },
    preconditions: { head: 'a1' },
    facts: [{ label: 'Branch', value: 'main', tone: 'plain' }],
    recipients: ['acme/widgets'],
    content: text,
    conditions: {},
    excludedAccounts: [],
  }),
  observe: async () => ({ head: 'a1' }),
  execute: async () => ({ outcome: 'applied', result: { written: true } }),
  probe: async () => ({ outcome: 'absent' }),
});

/** Opens it; in memory unless told where, and with nobody who hears what is logged. */
export async function openApiWorld(store = ':memory:', logger?: Logger): Promise<ApiWorld> {
  const clock = createSteppedClock(apiNow);
  let synced: WorkspaceName = 'default';
  const adjutant = await createAdjutant({
    store,
    clock,
    ...(logger === undefined ? {} : { logger }),
    metrics: allMetrics,
    signals: shippedRules,
    knowledge: knowledgeMethod,
    actions: [note],
    approvals: { hostSession: { verify: async () => ({}), recheck: async () => true } },
    connectors: [
      createRowsConnector({
        id: 'forge',
        showsReviews: true,
        records: () => ({ all: apiRows(words[synced], apiNow) }),
        texts: () => [documentOf(words[synced])],
      }),
    ],
  });
  const casts = new Map<string, Cast>();
  const workspaces = Object.keys(words) as WorkspaceName[];
  for (const workspaceId of workspaces) {
    synced = workspaceId;
    const { streams } = await adjutant.sync({ workspaceId });
    const failed = streams.find(({ error }) => error !== null);
    if (failed !== undefined) throw new Error(`the sync failed: ${failed.error?.message}`);
    const cast = await castOf(adjutant, workspaceId);
    casts.set(workspaceId, cast);
    await letDecide(adjutant, cast);
  }
  const gateway = createGateway(adjutant, {
    origin: apiOrigin,
    clock,
    version: '1.2.3',
    // A test asks more in a moment of its clock than anybody does in a minute.
    limits: { readsPerMinute: 1e9, writesPerMinute: 1e9, signInsPerMinute: 1e9 },
    ...authenticationOf(casts),
  });
  const ended = new AbortController();
  const working = workspaces.map((workspaceId) =>
    adjutant.workActions({ signal: ended.signal, workspaceId }).catch(() => undefined),
  );
  const knownCast = (workspace: WorkspaceName): Cast => {
    const cast = casts.get(workspace);
    if (cast === undefined) throw new Error('There is no such workspace.');
    return cast;
  };
  const as = (viewer: Viewer, workspace: WorkspaceName = 'default'): WorkspaceHandle =>
    adjutant.workspace(workspace).as(viewer);
  const admin = (workspace: WorkspaceName = 'default'): WorkspaceHandle =>
    as({ kind: 'person', personId: knownCast(workspace).admin, role: 'admin' }, workspace);
  const prepared: ApiWorld['prepared'] = async (id, workspace) => {
    for (let attempt = 0; attempt < 4_000; attempt += 1) {
      const action = await admin(workspace).actions.get(id);
      if (action.status !== 'preparing') return action;
      await setTimeout(5);
    }
    throw new Error('The worker did not prepare it.');
  };
  let keys = 0;
  return {
    adjutant,
    gateway,
    clock,
    casts,
    castOf: knownCast,
    as,
    admin,
    prepared,
    async ask(who, { method, path, body, headers = {} }, workspace = 'default') {
      const all = new Headers({ host: 'localhost:4747', ...headersOf(who, workspace) });
      if (method !== 'GET') all.set('origin', apiOrigin);
      if (body !== undefined) all.set('content-type', 'application/json');
      for (const [name, value] of Object.entries(headers)) all.set(name, value);
      const text = body === undefined ? {} : { body: JSON.stringify(body) };
      return gateway.fetch(new Request(`${apiOrigin}${path}`, { method, headers: all, ...text }));
    },
    async propose(workspace = 'default', viewer = admin(workspace).viewer) {
      keys += 1;
      const { id } = await as(viewer, workspace).actions.propose({
        type: 'note.ask',
        payload: { text: `Note ${keys} of ${words[workspace]}` },
        idempotencyKey: `note-${keys}`,
        rationale: `Because of ${words[workspace]}`,
      });
      return prepared(id, workspace);
    },
    async close() {
      ended.abort();
      await Promise.all(working);
      await adjutant.close();
    },
  };
}

/** Gives the member and the lead the right to decide, and each of the three a passkey. */
async function letDecide(adjutant: Adjutant, cast: Cast): Promise<void> {
  const approvers = adjutant.approvers(cast.workspaceId);
  const owner = await adjutant.owner(cast.workspaceId);
  for (const accountExternalId of logins.slice(0, 2)) {
    await approvers.grant(owner, { accountSource: 'forge', accountExternalId });
  }
  const devices = [cast.admin, cast.lead, cast.member].map((personId) => ({
    personId,
    device: createTestAuthenticator({ origin: apiOrigin }),
  }));
  for (const { personId, device } of devices) {
    const { challengeId, options } = await approvers.beginEnrolment(personId);
    const made = { challengeId, response: device.register(options), label: 'Laptop' };
    const enrolled = await approvers.finishEnrolment(personId, made);
    if (enrolled.state === 'enrolled') continue;
    // The first passkey of an installation is trusted as it is; it signs the others.
    const { requestId } = enrolled;
    const asked = await approvers.beginSigning(cast.admin, requestId);
    const response = devices[0]?.device.assert(asked.options);
    const signed = { requestId, challengeId: asked.challengeId, response };
    await approvers.finishSigning(cast.admin, signed);
  }
}

async function castOf(adjutant: Adjutant, workspaceId: string): Promise<Cast> {
  const owner = await adjutant.owner(workspaceId);
  if (owner.kind !== 'person') throw new Error('An owner is a person.');
  const { items } = await adjutant.workspace(workspaceId).as(owner).findPeople({ limit: 50 });
  const idOf = (login: string): string =>
    items.find(({ accounts }) => accounts.some((account) => account.login === login))?.id ?? '';
  const [member, lead] = logins;
  return { workspaceId, member: idOf(member), lead: idOf(lead), admin: owner.personId };
}
