import type { OidcAttempt } from './oidc-client.ts';

/** How long somebody may take to sign in at the provider. @unit seconds */
const lifeSeconds = 600;

const randomPart = /^[\w-]{43}$/;
const actionPart = /^[\w-]{0,64}$/;

/** An attempt with the action whose page is opened after it. */
export interface KeptAttempt {
  attempt: OidcAttempt;
  /** Empty for the start. */
  action: string;
}

/**
 * Returns the header that has the browser keep what it began with. It stays with the browser, because
 * any process of the gateway may get the answer. Nothing signs it: all three values are random, and
 * each is compared with what the provider returns, so a made-up cookie fits no answer, and whoever
 * wanted a genuine one could get it here. `Lax`, because the provider sends the browser back.
 */
export function setAttempt(origin: string, { attempt, action }: KeptAttempt): string {
  const { state, nonce, verifier } = attempt;
  return header(origin, [state, nonce, verifier, action].join('.'), lifeSeconds);
}

/** Returns the header that takes it away: an answer is taken once. */
export function clearAttempt(origin: string): string {
  return header(origin, '', 0);
}

/** Returns what the browser began with; null where it began nothing here, or somebody planted two. */
export function readAttempt(origin: string, cookies: string | undefined): KeptAttempt | null {
  const name = `${nameAt(origin)}=`;
  const values = (cookies ?? '').split(';').flatMap((part) => {
    const text = part.trim();
    return text.startsWith(name) ? [text.slice(name.length)] : [];
  });
  const [value] = values;
  if (values.length !== 1 || value === undefined) return null;
  const [state = '', nonce = '', verifier = '', action = '', ...more] = value.split('.');
  const isWhole = [state, nonce, verifier].every((part) => randomPart.test(part));
  if (!isWhole || !actionPart.test(action) || more.length > 0) return null;
  return { attempt: { state, nonce, verifier }, action };
}

/** Returns a name of an action as it may stand in an address; empty for anything else. */
export function wantedAction(value: string | undefined): string {
  return value !== undefined && actionPart.test(value) ? value : '';
}

function header(origin: string, value: string, maxAgeSeconds: number): string {
  const secure = origin.startsWith('https:') ? '; Secure' : '';
  return `${nameAt(origin)}=${value}; HttpOnly; SameSite=Lax; Path=/; Max-Age=${maxAgeSeconds}${secure}`;
}

/** Names the port, because cookies of one host are seen at all its ports. */
function nameAt(origin: string): string {
  const { protocol, port } = new URL(origin);
  return protocol === 'https:'
    ? '__Host-adjutant-oidc'
    : `adjutant_oidc_${port === '' ? '80' : port}`;
}
