import type { Context } from 'hono';

/**
 * What every answer says to the browser: nothing inline runs, nothing comes from elsewhere, nobody
 * frames the page, and nothing of it is kept or told to another site.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), microphone=(), geolocation=()',
  'cache-control': 'no-store',
};

/** Adds them to an answer that is made. */
export function addSecurityHeaders(context: Pick<Context, 'header'>): void {
  for (const [name, value] of Object.entries(securityHeaders)) context.header(name, value);
}

/**
 * What answers to programs say: no browser makes a page of them, so nothing is said of frames, scripts
 * and devices but that there are none.
 */
export const programHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/**
 * Has browsers come back over TLS only, where the page is seen so: every answer says it, whatever part
 * of the gateway made it.
 */
export function withTransportSecurity(response: Response): Response {
  response.headers.set('strict-transport-security', 'max-age=31536000');
  return response;
}
