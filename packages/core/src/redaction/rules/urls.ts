import { eachMatch, eachOccurrence, isWord, lengthAt, matchAt } from '../characters.ts';
import type { RedactionRule, ReportSpan } from '../redaction-rule.ts';
import { isOrdinary, isPlaceholder, isWordList, looksRandom, shapeOf } from '../secret-value.ts';

const longestUserInfo = 300;
const endsAuthority = new Set([' ', '\t', '\n', '\r', '"', '`', '<', '>', '/', '\\', '|']);

/** Credentials in a URL: `scheme://user:password@host`, `scheme://token@host`. */
export const urlCredentials: RedactionRule = {
  id: 'url',
  kind: 'secret',
  marker: '[secret]',
  level: 'off',
  begins: ['a://', 'a://a:', 'https://a:b@'],
  needles: ['://'],
  find: (text, report) =>
    eachOccurrence(text, '://', (index) => {
      if (index === 0 || !isWord(text.charCodeAt(index - 1))) return undefined;
      const start = index + 3;
      const at = endOfUserInfo(text, start);
      if (at === -1 || !/[\w[$%{-]/.test(text.charAt(at + 1))) return undefined;
      judgeUserInfo(text, start, at, report);
      return at;
    }),
};

/** Returns the last `@` of the authority; a password may hold one of its own, and a slash or two. */
function endOfUserInfo(text: string, start: number): number {
  const limit = Math.min(text.length, start + longestUserInfo);
  let found = -1;
  for (let index = start; index < limit; index += 1) {
    const char = text.charAt(index);
    if (char === '@') found = index;
    else if (endsAuthority.has(char) || (char === "'" && found !== -1)) break;
    else if ((char === '?' || char === '#') && found !== -1) break;
  }
  return found;
}

function judgeUserInfo(text: string, start: number, at: number, report: ReportSpan): void {
  const colon = text.indexOf(':', start);
  if (colon === -1 || colon > at) {
    const user = text.slice(start, at);
    if (looksRandom(user, 20) && !isPlaceholder(user)) report('url/user', start, at);
    return;
  }
  const user = text.slice(start, colon);
  const password = text.slice(colon + 1, at);
  const serves = /^(?:x-oauth-basic|x-oauth|x-token-auth|)$/.test(password);
  if (serves && looksRandom(user, 16)) report('url/user', start, colon);
  if (looksRandom(user, 32) && !serves) report('url/user', start, colon);
  if (!serves && password.length >= 3 && !isStandIn(password, user))
    report('url/password', colon + 1, at);
}

/** `user:password@`, `postgres:postgres@`, `$USER:$PASSWORD@` show a form. */
function isStandIn(password: string, user: string): boolean {
  return (
    password === user ||
    /^(?:x-oauth-basic|pw|pwd|\d{1,5})$/i.test(password) ||
    isPlaceholder(password)
  );
}

/** A URL that lets in whoever knows it: what follows the address is the secret. */
interface WebhookForm {
  readonly literal: string;
  readonly secret: RegExp;
}

const webhookForms: readonly WebhookForm[] = [
  { literal: 'hooks.slack.com/services/', secret: /T\w{6,14}\/B\w{6,14}\/\w{16,40}/y },
  { literal: 'hooks.slack.com/workflows/', secret: /[\w/]{30,140}/y },
  { literal: 'hooks.slack.com/triggers/', secret: /[\w/]{30,140}/y },
  { literal: '/api/webhooks/', secret: /\d{15,22}\/([\w-]{40,100})/y },
  { literal: '/IncomingWebhook/', secret: /[a-f0-9]{32}\/[\w-]{36,100}(?:\/[\w-]{10,80})?/y },
  { literal: 'hooks.zapier.com/hooks/catch/', secret: /\d{4,12}\/\w{5,20}/y },
  { literal: '/with/key/', secret: /[\w-]{16,64}/y },
  { literal: '/open-apis/bot/v2/hook/', secret: /[\w-]{30,40}/y },
  { literal: 'events.pagerduty.com/integration/', secret: /[a-f0-9]{32}/y },
  { literal: 'outlook.office.com/webhook/', secret: /[\w@/-]{60,300}/y },
  { literal: 'discord.com/api/interactions/', secret: /[\w-]{15,22}\/[\w-]{40,300}/y },
];

/** Addresses of webhooks. */
export const webhookUrls: RedactionRule = {
  id: 'webhook',
  kind: 'secret',
  marker: '[secret]',
  level: 'off',
  begins: ['hooks.slack.com/services/', 'https://hooks.', 'discord.com/api/webhooks/'],
  needles: webhookForms.map(({ literal }) => literal),
  find: (text, report, view) => {
    for (const { literal, secret } of webhookForms) {
      if (view?.mayHold(literal) === false) continue;
      eachOccurrence(text, literal, (index) => {
        const match = matchAt(secret, text, index + literal.length);
        if (match === null) return undefined;
        const end = index + literal.length + match[0].length;
        const start = end - (match[1] ?? match[0]).length;
        if (/X{4}|x{4}|0{8}/.test(text.slice(start, end))) return end;
        report('webhook/url', start, end);
        return end;
      });
    }
  },
};

const signedParameter =
  /[?&;](?:amp;)?(?:sig|signature|x-amz-signature|x-amz-security-token|x-goog-signature|code|key|token|t|hash|auth|ticket|assertion|SAMLResponse|SAMLRequest|st|state_token|invite|magic|otp_token|s)=([\w%.~+/=-]{16,2048})/gi;

/** A part of an address that lets in whoever opens it. */
const letIn =
  /\/(?:magic(?:-link)?|(?:password-)?reset(?:-password)?|invit(?:e|ation)s?|verify(?:-email)?|activate|confirm|one-time|otp)\/([\w-]{20,256})(?![\w-])/gi;

const restOfParameter = /[\w%.~+/=-]*/y;

/** Signatures and one-time codes among the parameters of a URL. */
export const signedUrls: RedactionRule = {
  id: 'url-parameter',
  kind: 'secret',
  marker: '[secret]',
  level: 'off',
  begins: ['?sig=', '&token=', '?key=', '/reset/', '/magic/aB3'],
  needles: ['?', '&', '/'],
  find: (text, report) => {
    eachMatch(text, signedParameter, (match) => {
      const value = match[1] ?? '';
      const judged = match.index + match[0].length;
      if (!looksRandom(value, 20) || isOrdinary(value, true) || isWordList(value)) return undefined;
      // Judged by its head, masked to its end.
      const end = judged + Math.max(0, lengthAt(restOfParameter, text, judged));
      report('url-parameter/signature', judged - value.length, end);
      return end;
    });
    eachMatch(text, letIn, (match) => {
      const value = match[1] ?? '';
      const end = match.index + match[0].length;
      const { digits, upper, lower } = shapeOf(value);
      if (digits < 2 || upper < 2 || lower < 2 || !looksRandom(value, 20)) return undefined;
      report('url-parameter/link', end - value.length, end);
      return end;
    });
  },
};
