import type { Approvers } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import type { Hono } from 'hono';
import { personOfConfiguredAddress, personOfConfiguredSubject } from '../auth/configured-person.ts';
import type { RateGuard } from '../auth/rate-limits.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { GatewayOptions } from '../gateway-options.ts';
import type { GatewayVariables } from '../gateway-variables.ts';
import { layout } from '../html/layout.ts';
import { signedInView } from '../html/sign-in-view.ts';
import { setCookie } from '../session-cookie.ts';
import { createBegunAttempts } from '../sign-in/begun-attempts.ts';
import { clearAttempt, readAttempt, setAttempt, wantedAction } from '../sign-in/attempt-cookie.ts';
import { createOidcClient } from '../sign-in/oidc-client.ts';
import type { OidcClaims, OidcOptions } from '../sign-in/oidc-options.ts';

const callbackPath = '/sign-in/oidc/callback';

/** Adds sign-in through an OpenID provider, where one is configured. */
export function addOidcRoutes(
  app: Hono<GatewayVariables>,
  { approvers, clock, origin }: GatewayContext,
  { oidc, fetch, addressOf }: GatewayOptions,
  guard: RateGuard,
): void {
  if (oidc === undefined) return;
  const client = createOidcClient(oidc, { redirectUri: `${origin}${callbackPath}`, clock, fetch });
  const begun = createBegunAttempts();
  app.get('/sign-in/oidc', async (context) => {
    guard.stranger('sign_in_begun', addressOf?.(context.req.raw) ?? null);
    const { address, attempt } = await client.begin();
    begun.note(attempt.state);
    const action = wantedAction(context.req.query('action'));
    context.header('set-cookie', setAttempt(origin, { attempt, action }));
    return context.redirect(address, 302);
  });

  app.get(callbackPath, async (context) => {
    const from = addressOf?.(context.req.raw) ?? null;
    const kept = readAttempt(origin, context.req.header('cookie'));
    // What was begun here was counted then, and is let in once, whatever others at the address brought.
    // Anything else before, because it may ask the provider; what succeeds is not counted.
    const isBegunHere = kept !== null && begun.end(kept.attempt.state);
    if (!isBegunHere) guard.stranger('sign_in_failed', from);
    context.header('set-cookie', clearAttempt(origin));
    if (kept === null) {
      approvers.noteFailedSignIn({ method: 'oidc', reason: 'no_attempt' });
      throw new AdjutantError('Authentication', 'This browser began no sign-in here.', {
        hint: 'Start again at the page “Sign in”.',
        audience: 'caller',
      });
    }
    // As the provider was told it: behind a proxy the request may name another scheme.
    const callback = new URL(callbackPath, origin);
    callback.search = new URL(context.req.url).search;
    const claims = await client.finish(callback, kept.attempt).catch((error: unknown) => {
      approvers.noteFailedSignIn({ method: 'oidc', reason: 'answer_refused' });
      throw error;
    });
    const personId = await whoIsIt(oidc, approvers, claims);
    const { subject } = claims;
    const { cookie, session } = await approvers.openVouchedSession({
      ...{ personId, subject },
      issuer: oidc.issuer,
    });
    if (!isBegunHere) guard.takeBack('sign_in_failed', from);
    const maxAgeSeconds = Math.floor((session.expiresAt - clock.now()) / 1_000);
    context.header('set-cookie', setCookie(origin, cookie, maxAgeSeconds), { append: true });
    // No redirect: the browser came from elsewhere, and would not send the session's cookie along.
    const next = kept.action === '' ? '/' : `/actions/${kept.action}`;
    const body = signedInView(session.personName, next);
    return context.html(layout({ title: 'Signed in', body, person: null }));
  });
}

/** @throws AdjutantError `Permission` for somebody unknown, with what to ask an administrator for */
async function whoIsIt(
  { issuer, people = {}, personOf }: OidcOptions,
  approvers: Approvers,
  claims: OidcClaims,
): Promise<string> {
  const { subject, verifiedEmail } = claims;
  const isOfHost = personOf !== undefined;
  const named = isOfHost ? await personOf(claims) : personOfConfiguredSubject(people, subject);
  const suggested =
    isOfHost || verifiedEmail === null
      ? null
      : (personOfConfiguredAddress(people, verifiedEmail) ??
        (await approvers.personOfAddress(verifiedEmail)));
  const vouched = { issuer, subject, verifiedAddress: verifiedEmail, named, suggested };
  const found = await approvers.personOfSubject(vouched).catch((error: unknown) => {
    approvers.noteFailedSignIn({ method: 'oidc', reason: 'address_bound' });
    throw error;
  });
  if (found !== null) return found;
  approvers.noteFailedSignIn({ method: 'oidc', reason: 'person_unknown' });
  const known = verifiedEmail === null ? 'without a verified address' : `as ${verifiedEmail}`;
  throw new AdjutantError('Permission', 'You are signed in there, but nobody here is you.', {
    hint: `The provider knows you ${known}, with the subject "${subject.slice(0, 100)}". An administrator names who you are, under gateway.oidc.people in the configuration.`,
  });
}
