import type { IdentityOperation, WorkspaceHandle } from '@adjutant/core';
import type { TestAuthenticator } from '@adjutant/core/testing';
import { z } from 'zod';
import {
  type AuthorityPeople,
  onlyRefused,
  origin,
  type PersonViewer,
} from './authority-people.ts';

/** A change of who is who, or many suggested ones accepted at once. */
export type Wanted = IdentityOperation | { kind: 'accept'; pairs: [from: string, to: string][] };

/** One way in which somebody without presence asks for a change. Refusals are no errors. */
export interface Way {
  who: string;
  ask: (wanted: Wanted) => Promise<void>;
}

/** Everything through which a change can be asked for. */
export interface Surfaces {
  sdk: Way[];
  command: Way[];
  http: Way[];
  page: Way[];
  /** The administrator, who sees the change on the page and signs it. */
  present: (wanted: IdentityOperation) => Promise<void>;
}

const leastSure = 0.5;

/** Opens them for a lead and an administrator. */
export async function openSurfaces(people: AuthorityPeople): Promise<Surfaces> {
  const { lena, owner } = people.viewers;
  const pages = {
    lead: await signIn(people, lena.personId),
    administrator: await signIn(people, owner.personId),
  };
  const entries = Object.entries(pages);
  return {
    sdk: [lena, owner].map((viewer) => ({
      who: viewer.role,
      ask: (wanted) => carry(people.as(viewer), wanted),
    })),
    command: [{ who: 'terminal', ask: (wanted) => typeIn(people, wanted) }],
    http: await Promise.all([lena, owner].map((viewer) => tokenWay(people, viewer))),
    page: [
      ...entries.map(([who, page]) => ({ who, ask: (wanted: Wanted) => askForm(page, wanted) })),
      ...entries.map(([who, page]) => ({
        who: `${who}, without a passkey`,
        ask: (wanted: Wanted) => askChange(page, wanted),
      })),
      {
        who: 'administrator, with a signature under another change',
        async ask(wanted) {
          const other = { kind: 'mark_bot', personId: people.ids.pat } as const;
          await askChange(
            pages.administrator,
            wanted,
            await sign(pages.administrator, people, other),
          );
        },
      },
    ],
    async present(wanted) {
      // A change of hers ends where she is signed in.
      const page = await signIn(people, owner.personId);
      await askChange(page, wanted, await sign(page, people, wanted));
    },
  };
}

async function carry(handle: WorkspaceHandle, wanted: Wanted): Promise<void> {
  const { identityReview: review } = handle;
  try {
    switch (wanted.kind) {
      case 'merge':
        await handle.mergePeople(wanted.fromPersonId, wanted.toPersonId);
        return;
      case 'confirm':
        await review.confirmAccount(wanted.account, wanted.personId);
        return;
      case 'split':
        await handle.splitPerson(wanted.personId, wanted.accounts);
        return;
      case 'mark_bot':
        await review.markBot(wanted.personId, wanted.accounts);
        return;
      case 'undo':
        await handle.undoIdentityChange(wanted.changeId);
        return;
      case 'set_role':
        await review.setRole(wanted.personId, wanted.role);
        return;
      default:
        await review.merge({ above: leastSure, shown: wanted.pairs.map(pairOf) });
    }
  } catch (error) {
    onlyRefused(error);
  }
}

function pairOf([fromPersonId, toPersonId]: [string, string]) {
  return { fromPersonId, toPersonId };
}

/** Null for what has no command: an account is confirmed on the page, or by a program. */
export function wordsOf(wanted: Wanted): string[] | null {
  switch (wanted.kind) {
    case 'merge':
      return ['merge', wanted.fromPersonId, wanted.toPersonId];
    case 'split':
      return ['split', wanted.personId, ...wanted.accounts.map(named)];
    case 'mark_bot':
      return ['bot', wanted.personId, ...(wanted.accounts ?? []).map(named)];
    case 'undo':
      return ['undo', wanted.changeId];
    case 'set_role':
      return ['role', wanted.personId, wanted.role];
    case 'accept':
      return ['accept', '--above', String(leastSure), '--yes'];
    default:
      return null;
  }
}

async function typeIn({ command }: AuthorityPeople, wanted: Wanted): Promise<void> {
  const words = wordsOf(wanted);
  if (words === null) return;
  const { exitCode, stderr } = await command(['people', ...words]);
  if (exitCode > 2) throw new Error(stderr);
}

async function tokenWay(people: AuthorityPeople, viewer: PersonViewer): Promise<Way> {
  const { token } = await people.adjutant.accessTokens(viewer).create({
    ...{ name: 'script', scopes: ['read', 'write'], agentName: null, expiresInDays: 1 },
  });
  const headers = { authorization: `Bearer ${token}` };
  return {
    who: `token of the ${viewer.role}`,
    async ask(wanted) {
      for (const [path, body] of [...apiRequestsOf(wanted), ...pageRequestsOf(wanted)]) {
        await post(people, path, body, headers);
      }
    },
  };
}

type Request = readonly [path: string, body: object];

/** The routes of the API that change who is who. */
export function apiRequestsOf(wanted: Wanted): Request[] {
  if (wanted.kind === 'merge') {
    const { fromPersonId, toPersonId } = wanted;
    return [['/v1/identities/merge', { fromPersonId, toPersonId }]];
  }
  if (wanted.kind === 'undo') return [['/v1/identities/undo', { changeId: wanted.changeId }]];
  if (wanted.kind !== 'confirm') return [];
  const { source, externalId } = wanted.account;
  const body = { external_type: source, external_id: externalId, user_id: wanted.personId };
  return [['/v1/identities', body]];
}

function pageRequestsOf(wanted: Wanted): Request[] {
  const form = formOf(wanted);
  return [
    ...(form === null ? [] : [form]),
    ...(wanted.kind === 'accept'
      ? []
      : [['/api/identity-changes', { operation: wanted }] as const]),
  ];
}

/** The form of the page that asks for it; null for what is only shown on a page of its own. */
export function formOf(wanted: Wanted): Request | null {
  const path = (name: string): string => `/api/do/people/${name}`;
  switch (wanted.kind) {
    case 'merge':
      return [path('merge'), pairOf([wanted.fromPersonId, wanted.toPersonId])];
    case 'split':
      return [path('split'), { personId: wanted.personId, accounts: wanted.accounts.map(named) }];
    case 'mark_bot':
      return [
        path('bot'),
        {
          personId: wanted.personId,
          ...(wanted.accounts && { accounts: wanted.accounts.map(named) }),
        },
      ];
    case 'undo':
      return [path('undo'), { id: wanted.changeId }];
    case 'set_role':
      return [path('role'), { personId: wanted.personId, role: wanted.role }];
    case 'accept':
      return [
        path('merge-shown'),
        { above: leastSure, pairs: wanted.pairs.map((pair) => pair.join(' ')) },
      ];
    default:
      return null;
  }
}

function named({ source, externalId }: { source: string; externalId: string }): string {
  return `${source}:${externalId}`;
}

interface Page {
  post: (path: string, body: object) => Promise<Response>;
}

async function signIn(people: AuthorityPeople, personId: string): Promise<Page> {
  const { adjutant, gateway, viewers } = people;
  const { token } = await adjutant.approvers().createLoginLink(viewers.owner, personId);
  const answer = await post(people, '/api/session', { token }, {});
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
  const shown = await gateway.fetch(new Request(origin, { headers: { host, cookie } }));
  const [, csrf = ''] = /name="adjutant-csrf" content="([^"]+)"/.exec(await shown.text()) ?? [];
  return { post: (path, body) => post(people, path, body, { cookie, 'x-adjutant-csrf': csrf }) };
}

async function askForm(page: Page, wanted: Wanted): Promise<void> {
  const form = formOf(wanted);
  if (form !== null) await page.post(...form);
}

async function askChange(page: Page, wanted: Wanted, passkey?: object): Promise<void> {
  if (wanted.kind === 'accept') return;
  await page.post('/api/identity-changes', { operation: wanted, ...(passkey && { passkey }) });
}

const questionSchema = z.object({
  question: z.object({ challengeId: z.string(), options: z.custom<PasskeyOptions>() }).nullable(),
});
type PasskeyOptions = Parameters<TestAuthenticator['assert']>[0];

/** Returns the signature under a change that the page asks for; nothing where it asks for none. */
async function sign(
  page: Page,
  { device }: AuthorityPeople,
  operation: IdentityOperation,
): Promise<object | undefined> {
  const asked = await page.post('/api/identity-changes/challenge', { operation });
  if (!asked.ok) return undefined;
  const { question } = questionSchema.parse(await asked.json());
  if (question === null) return undefined;
  return { challengeId: question.challengeId, response: device.assert(question.options) };
}

const host = new URL(origin).host;

/** Refusals are answers too; a fault of ours is none. */
async function post(
  { gateway }: AuthorityPeople,
  path: string,
  body: object,
  headers: Record<string, string>,
): Promise<Response> {
  const answer = await gateway.fetch(
    new Request(`${origin}${path}`, {
      method: 'POST',
      headers: { host, origin, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  );
  if (answer.status >= 500) throw new Error(`${path}: ${answer.status}`);
  return answer;
}
