import type { ActionDetail } from '@adjutant/core';
import { createTestAuthenticator, type TestAuthenticator } from '@adjutant/core/testing';
import { z } from 'zod';

/** An answer of the page, read. */
export interface Answer {
  status: number;
  text: string;
}

/** Somebody at the page over real HTTP: a cookie, the page's token, and a passkey in software. */
export interface SignedIn {
  device: TestAuthenticator;
  post(path: string, body: unknown): Promise<Answer>;
  /** Returns a page's HTML. */
  page(path: string): Promise<string>;
  enrol(device?: TestAuthenticator): Promise<Answer>;
  /** Returns the body of an approval signed by the device, unsent. */
  sign(action: ActionDetail, device?: TestAuthenticator): Promise<object>;
  /** Approves as a person with a passkey does. */
  approve(action: ActionDetail, device?: TestAuthenticator): Promise<Answer>;
}

const questionSchema = z.object({ challengeId: z.string(), options: z.looseObject({}) });

/** Uses a one-time link up. @throws Error where it does not open the page */
export async function signIn(link: string): Promise<SignedIn> {
  const { origin, hash } = new URL(link);
  const send = (path: string, body: unknown, more: Record<string, string>): Promise<Response> =>
    fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json', ...more },
      body: JSON.stringify(body),
    });
  const opened = await send('/api/session', { token: hash.slice(1) }, {});
  const [cookie = ''] = (opened.headers.get('set-cookie') ?? '').split(';');
  if (!opened.ok || cookie === '') throw new Error(`The link opens nothing: ${opened.status}`);
  const html = await (await fetch(`${origin}/`, { headers: { cookie } })).text();
  const token = /name="adjutant-csrf" content="([^"]+)"/.exec(html)?.[1] ?? '';
  const post = async (path: string, body: unknown): Promise<Answer> => {
    const answer = await send(path, body, { cookie, 'x-adjutant-csrf': token });
    return { status: answer.status, text: await answer.text() };
  };
  const own = createTestAuthenticator({ origin });
  const ask = async (path: string, body: unknown) => {
    const { status, text } = await post(path, body);
    if (status !== 200) throw new Error(`${path} answered ${status}: ${text}`);
    return questionSchema.parse(JSON.parse(text));
  };
  const sign: SignedIn['sign'] = async (action, device = own) => {
    const wanted = wordsOf(action);
    const { challengeId, options } = await ask(`/api/actions/${action.id}/challenge`, wanted);
    return { ...wanted, passkey: { challengeId, response: device.assert(options) } };
  };
  return {
    device: own,
    post,
    page: async (path) => (await fetch(`${origin}${path}`, { headers: { cookie } })).text(),
    sign,
    async enrol(device = own) {
      const { challengeId, options } = await ask('/api/passkeys/challenge', {});
      const response = device.register(options);
      return post('/api/passkeys', { challengeId, label: 'Laptop', response });
    },
    approve: async (action, device = own) =>
      post(`/api/actions/${action.id}/decision`, await sign(action, device)),
  };
}

/** Returns what an approval is of. */
export function wordsOf({ revision, payloadHash }: ActionDetail): object {
  return { revision, payloadHash, verdict: 'approve' };
}
