import type { IdentityOperation, WorkspaceHandle } from '@adjutant/core';
import type { TestAuthenticator, vouchedProof } from '@adjutant/core/testing';
import { z } from 'zod';
import {
  type AuthorityPeople,
  onlyRefused,
  origin,
  type PersonViewer,
} from './authority-people.ts';

/** A change of who is who, or many suggested ones accepted at once. */
export type Wanted = IdentityOperation | { kind: 'accept'; pairs: [from: string, to: string][] };

export const channels = ['program', 'command', 'token', 'form', 'change'] as const;
type Channel = (typeof channels)[number];

/** One way in which somebody without presence asks for a change. Refusals are no errors. */
export interface Way {
  by: Channel;
  who: string;
  /** Returns whether there was anything to ask it by. */
  ask: (wanted: Wanted) => Promise<boolean>;
}

const noRoute = 'The API has no route for it; the token is tried at the routes of the page, too.';

/** What cannot be asked for in some way, and why. Everything else is tried in every way. */
export const withoutWay: Readonly<Partial<Record<`${Channel} ${Wanted['kind']}`, string>>> = {
  'command confirm': 'No command gives one account to somebody: a page and programs do.',
  'token split': noRoute,
  'token mark_bot': noRoute,
  'token set_role': noRoute,
  'token accept': noRoute,
  'form confirm': 'It is shown as a change to confirm, on a page of its own.',
  'change accept': 'There one change is shown at a time, and many are accepted by their form.',
};

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
      ...{ by: 'program', who: viewer.role },
      ask: (wanted) => carry(people.as(viewer), wanted),
    })),
    command: [{ by: 'command', who: 'terminal', ask: (wanted) => typeIn(people, wanted) }],
    http: await Promise.all([lena, owner].map((viewer) => tokenWay(people, viewer))),
    page: [
      ...entries.map(([who, page]) => ({
        ...{ by: 'form' as const, who },
        ask: (wanted: Wanted) => askForm(page, wanted),
      })),
      ...entries.map(([who, page]) => ({
        ...{ by: 'change' as const, who: `${who}, without a passkey` },
        ask: (wanted: Wanted) => askChange(page, wanted),
      })),
      {
        by: 'change',
        who: 'administrator, with a signature under another change',
        async ask(wanted) {
          const other = { kind: 'mark_bot', personId: people.ids.pat } as const;
          const signed = await sign(pages.administrator, people, other);
          return askChange(pages.administrator, wanted, signed);
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

/** Asks for a change in a program, with a proof of presence or without. */
export async function carry(
  handle: WorkspaceHandle,
  wanted: Wanted,
  proof?: ReturnType<typeof vouchedProof>,
): Promise<boolean> {
  const { identityReview: review } = handle;
  try {
    switch (wanted.kind) {
      case 'merge':
        await handle.mergePeople(wanted.fromPersonId, wanted.toPersonId, proof);
        break;
      case 'confirm':
        await review.confirmAccount(wanted.account, wanted.personId, proof);
        break;
      case 'split':
        await handle.splitPerson(wanted.personId, wanted.accounts, proof);
        break;
      case 'mark_bot':
        await review.markBot(wanted.personId, wanted.accounts, proof);
        break;
      case 'undo':
        await handle.undoIdentityChange(wanted.changeId, proof);
        break;
      case 'set_role':
        await review.setRole(wanted.personId, wanted.role, proof);
        break;
      default:
        await review.merge({ above: leastSure, shown: wanted.pairs.map(pairOf) });
    }
  } catch (error) {
    onlyRefused(error);
  }
  return true;
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

async function typeIn({ command }: AuthorityPeople, wanted: Wanted): Promise<boolean> {
  const words = wordsOf(wanted);
  if (words === null) return false;
  const { exitCode, stderr } = await command(['people', ...words]);
  if (exitCode > 2) throw new Error(stderr);
  return true;
}

async function tokenWay(people: AuthorityPeople, viewer: PersonViewer): Promise<Way> {
  const { token } = await people.adjutant.accessTokens(viewer).create({
    ...{ name: 'script', scopes: ['read', 'write'], agentName: null, expiresInDays: 1 },
  });
  const headers = { authorization: `Bearer ${token}` };
  return {
    ...{ by: 'token', who: `token of the ${viewer.role}` },
    async ask(wanted) {
      const routes = apiRequestsOf(wanted);
      for (const [path, body] of [...routes, ...pageRequestsOf(wanted)]) {
        await post(people, path, body, headers);
      }
      return routes.length > 0;
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

async function askForm(page: Page, wanted: Wanted): Promise<boolean> {
  const form = formOf(wanted);
  if (form === null) return false;
  await page.post(...form);
  return true;
}

async function askChange(page: Page, wanted: Wanted, passkey?: object): Promise<boolean> {
  if (wanted.kind === 'accept') return false;
  await page.post('/api/identity-changes', { operation: wanted, ...(passkey && { passkey }) });
  return true;
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
