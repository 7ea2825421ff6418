import { eachMatch } from '../characters.ts';

/** How sure a name makes us: what counts as a value of it. */
export type NameStrength = 'password' | 'token' | 'weak' | 'code';

/** Where a text may name a secret; every match is then judged with what stands around it. */
export const secretWord =
  /pass(?:word|wort|wd|phrase|code|wrd)?|pwd|pw(?![a-z])|secret|token|key|credentials?|auth|jwt|cookie|session|sid|sig(?:nature)?|otp|pin|pat(?![a-z])|dsn|mnemonic|contraseña|senha|wachtwoord|lösenord|kennwort|mot de passe|hasło|пароль|密码|密碼|パスワード|비밀번호/gi;

const strengthOfWord: readonly [RegExp, NameStrength][] = [
  [
    /^(?:passw|passp|passcode|pwd|pw$|contra|senha|wacht|lösen|kenn|mot|hasło|пароль|密|パス|비밀)/i,
    'password',
  ],
  [/^(?:secret|token|jwt|dsn|pat$)/i, 'token'],
  [/^(?:otp|pin)/i, 'code'],
];

const keyQualifiers =
  /(?:api|apps?|application|access|secret|private|encrypt(?:ion)?|decrypt(?:ion)?|sign(?:ing)?|signature|auth|authorization|routing|account|shared|preshared|psk|service|role|master|storage|admin|integration|sdk|subscription|licen[cs]e|webhook|hmac|jwt|aes|rsa|session|write|read|server|token|deploy|deployment|user|consumer|client|cookie|crypto|cipher|data|root|registration|enrol(?:l)?ment|join|function|host|instrumentation|ingest|ingestion|bot|security|seed|wallet|ssh|tls|ssl|recovery|backup|unseal|management|functions|ci|publish|project|live|prod|production)$/i;
const vendorNames =
  /(?:stripe|openai|anthropic|google|maps|github|gitlab|slack|sendgrid|mailgun|mailchimp|twilio|datadog|algolia|segment|sentry|aws|azure|gcp|firebase|supabase|cloudflare|heroku|pagerduty|opsgenie|newrelic|relic|jira|linear|notion|figma|airtable|hubspot|intercom|zendesk|shopify|square|paypal|plaid|postmark|resend|grafana|honeycomb|rollbar|bugsnag|posthog|mixpanel|amplitude|launchdarkly|optimizely|contentful|sanity|mapbox|weather|snyk|sonar|npm|docker|nuget|pypi|vercel|netlify|fastly|elastic|meili|meilisearch|typesense|pinecone|cohere|mistral|groq|huggingface|replicate)$/i;

const attachedHeadNotSecret = new Set(
  'next page paging continuation resume continue cancel cancellation cancelation sync cursor position pagination public publishable idempotency dedup dedupe cache partition primary foreign sort range group unique composite object map json translation lookup index max min prompt completion input output total reserved reasoning cached stop eos bos pad unk mask design color theme no has is use with need needs require requires required show hide toggle forgot reset change update lost wrong bad invalid missing empty expired unexpected css syntax config issue project event feature flag arrow hot allow enable disable by bypass num count row shortcut ticket story epic parent'.split(
    ' ',
  ),
);
const distantHeadNotSecret = new Set(
  'next page continuation pagination public publishable idempotency cache partition primary foreign sort no'.split(
    ' ',
  ),
);
const lastWord = /(?:[A-Z]?[a-z]{1,24}|[A-Z]{1,24})(?=[-_. ]{0,2}$)/;
const tailNotSecret =
  /^(?:[-_. ]{0,2})(?:files?|paths?|dir|names?|ids?|url|uri|endpoint|ttl|hash(?:es|ed)?|len(?:gth)?|expir\w{0,8}|exp|lifetime|count|type|kinds?|field|policy|polic\w{0,4}|arn|refs?|reference|version|rotation|rotated|enabled|disabled|required|min|max|timeout|usage|limits?|digest|fingerprint|checksum|age|prefix|suffix|status|at|store|manager|management|provider|class|param(?:eter)?s?|headers?|regex|pattern|label|hint|placeholder|reset|budget|scopes?|format|algorithm|alg|size|bits|stdin|prompt|input|env|var(?:iable)?|location|mount|volume|engine|backend|schema|validator|validation|strength|rules?|secretkey|usage|audience|issuer|owner|error|message|title|description|text|column|table|index|source|target|template|generator|service|cache|bucket|host|port|user(?:name)?|scheme|method|mode|flow|page|screen|form|view|helper|util\w{0,6}|config|options?|settings|stats|metrics|ring|board|code|word|words|pair|frame|down|up|press|event|binding|map|set|list|array|by|of|for|from|in|on|to|with|and|or|server|domain|realm|grace|delay|interval|history|attempts|change|changed|update|updated|created|last)(?![a-z])/i;
const tailAllowed =
  /^(?:s|es)?(?:[-_. ]{0,2}(?:v?\d{1,3}|value|val|plain|plaintext|prod(?:uction)?|staging|stage|dev(?:elopment)?|test|live|main|old|new|current|previous|b64|base64|hex|raw|string|str|data|base|material|bytes|eu|us|ro|rw|key|secret|token|password|pass|primary|secondary|[A-Z]{2,12}|[a-z]{2,12})){0,3}$/i;
const letter = /[A-Za-z]/;

const judgedNames = new Map<string, NameStrength | null>();
const mostJudgedNames = 2_000;

/** Judges a name by the word found in it, what stands before the word and what behind it. */
export function judgeName(word: string, named: string, tail: string): NameStrength | null {
  // Which number a name has says nothing: `job17_token` is `job0_token`.
  const head = named.replace(/\d{1,80}/g, '0');
  // The same few names come again and again; the memory of them is bounded.
  const name = `${head}\n${word}\n${tail}`;
  const known = judgedNames.get(name);
  if (known !== undefined) return known;
  if (judgedNames.size >= mostJudgedNames) judgedNames.clear();
  const strength = strengthOf(word, head, tail);
  judgedNames.set(name, strength);
  return strength;
}

function strengthOf(word: string, head: string, tail: string): NameStrength | null {
  if (letter.test(tail.charAt(0)) && !continuesName(word, tail)) return null;
  if (tail !== '' && (tailNotSecret.test(tail) || !tailAllowed.test(tail))) return null;
  if (isOtherHead(head)) return null;
  const lower = word.toLowerCase();
  if (lower === 'key') return judgeKey(head);
  const named = strengthOfWord.find(([pattern]) => pattern.test(word))?.[1];
  if (lower === 'pass' || lower === 'pw') return standsAlone(word, head) ? 'password' : null;
  if (named === 'code') return standsAlone(word, head) ? 'code' : null;
  if (named !== undefined && lower !== 'pat') return named;
  if (
    ['sid', 'sig', 'auth', 'session', 'cookie', 'pat'].includes(lower) &&
    !standsAlone(word, head)
  ) {
    return null;
  }
  return lower === 'mnemonic' || lower === 'pat' ? 'token' : 'weak';
}

function isOtherHead(head: string): boolean {
  const last = lastWord.exec(head)?.[0].toLowerCase();
  if (last === undefined) return false;
  return (head.includes(' ') ? distantHeadNotSecret : attachedHeadNotSecret).has(last);
}

/** `apiKey2`, `tokens`, `passwordProd` go on; `keyboard`, `tokenizer`, `secretary` are other words. */
function continuesName(word: string, tail: string): boolean {
  const upperWord = word === word.toUpperCase() && letter.test(word);
  if (/^s(?![a-z])/i.test(tail)) return true;
  return !upperWord && /^[A-Z]/.test(tail);
}

function standsAlone(word: string, head: string): boolean {
  return !letter.test(head.at(-1) ?? '') || (/^[A-Z]/.test(word) && /[a-z]$/.test(head));
}

function judgeKey(head: string): NameStrength | null {
  const bare = head.replace(/[-_. ]{1,3}$/, '');
  if (keyQualifiers.test(bare)) return 'token';
  return vendorNames.test(bare) || /[A-Z]_$/.test(head) ? 'weak' : null;
}

/** Returns true for the name of a field whose value is a secret whatever it looks like. */
export function isSecretName(name: string): boolean {
  if (name.length > 80) return false;
  let isSecret = false;
  eachMatch(name, secretWord, (match) => {
    if (isSecret) return undefined;
    const head = name.slice(0, match.index);
    const judged = judgeName(match[0], head, name.slice(match.index + match[0].length));
    isSecret = judged === 'password' || judged === 'token';
    return undefined;
  });
  return isSecret;
}
