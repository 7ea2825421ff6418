import { join } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import type { Config } from '../config/config-schema.ts';
import { futurePath, thisUser } from '../config/checked-file.ts';
import { parseConfig } from '../config/parse-config.ts';
import { capabilitiesOf } from '../trust/capabilities.ts';
import { credentialFrom } from '../connector-credential.ts';
import { githubCredentials } from '../configured-github.ts';
import { jiraCredentials } from '../configured-jira.ts';
import { slackCredentials } from '../configured-slack.ts';

/** Returns a whole number from 0 to below a bound. */
export type Dice = (below: number) => number;

const held = {
  GITHUB_TOKEN: 'value-of-the-token-4711',
  SECRET: 'value-of-the-secret-4712',
  AWS_SECRET_ACCESS_KEY: 'value-of-the-key-4713',
  HOME: '/home/value-of-the-home-4714',
  ADJUTANT_STORE_TOKEN: 'value-of-the-store-token-4715',
  ADJUTANT_STORE: 'libsql://value-of-the-store.example.com',
  // Other variables hold addresses too, which fit where a store does.
  INTERNAL_URL: 'https://value-of-an-address-4716.example.com',
} as const;
/** Stands in texts of the file, which no error may quote. */
const canary = 'CANARY-OF-THE-FILE';
const folder = '/nowhere/of/the/fuzz';

const names = [...Object.keys(held), 'NOT_SET', 'a-b', '', '__proto__', 'constructor'];
const schemes = [
  'https://',
  'http://',
  'HTTPS://',
  'libsql://',
  'wss://',
  'file:',
  'file://',
  'ftp://',
  '//',
  '\\\\',
  'javascript:',
  '',
];
const hosts = [
  'evil.example.com',
  '127.0.0.1:8',
  'localhost',
  'api.github.com',
  'acme.atlassian.net',
  'u:p@evil.example.com',
  '[::1]',
  '127.0.0.1.evil.example.com',
  'slack.com.evil.example.com',
  'slack.com.',
  'api.github.com:8443',
  '\u0430pi.github.com',
  'xn--pi-6kc.github.com',
  'evil%2eexample.com',
  'api.github.com%40evil.example.com',
  '2130706433',
  '0x7f.1',
  '[::ffff:127.0.0.1]',
  '',
];
const odd = [
  '',
  ' ',
  '\t',
  '\uFEFF',
  '\u200B',
  '\u00A0',
  '\n',
  '\u0000',
  '\u3164',
  '..',
  '/',
  '%2e%2e/',
  '?authToken=x',
  '#',
  '@',
  canary,
];

const pick = <Value>(dice: Dice, from: readonly Value[]): Value => {
  const value = from[dice(from.length)];
  if (value === undefined) throw new Error('Nothing to pick from.');
  return value;
};

const reference = (dice: Dice): string => `\${${pick(dice, names)}}`;

function textOf(dice: Dice): string {
  const kind = dice(8);
  if (kind === 0) return reference(dice);
  if (kind === 1) return pick(dice, odd) + reference(dice) + pick(dice, odd);
  if (kind === 2)
    return pick(dice, schemes) + pick(dice, hosts) + pick(dice, odd) + reference(dice);
  if (kind < 6) return pick(dice, odd) + pick(dice, schemes) + pick(dice, hosts) + pick(dice, odd);
  return canary + pick(dice, odd);
}

/** What may stand behind a host: mostly nothing, else something that no address may have. */
const behind = ['', '', '', '/', '/\u200B', '/\u00A0x', '/ x', '/\u3164'];

/** What a place of the file may well hold, so that much of what is made is valid. */
const fitting = {
  path: (dice: Dice) =>
    pick(dice, [
      'a',
      './b',
      '../c',
      '/etc/d',
      `x/${canary}`,
      `//${canary}/share`,
      `\\\\${canary}\\share`,
    ]),
  url: (dice: Dice) =>
    pick(dice, ['https://', 'http://', ' https://']) + pick(dice, hosts) + pick(dice, behind),
  secret: (dice: Dice) => `\${${pick(dice, Object.keys(held))}}`,
  word: (dice: Dice) => pick(dice, ['a', 'b', canary]),
  store: (dice: Dice) =>
    pick(dice, [
      'a.db',
      'file:b.db',
      ':memory:',
      '${ADJUTANT_STORE}',
      '${INTERNAL_URL}',
      'https://evil.example.com/?tls=0',
      'libsql://u:p@evil.example.com',
      'libsql://evil.example.com',
      'file:///tmp/x.db',
      '/etc/e.db',
    ]),
};

type Field = keyof typeof fitting;

function valueOf(dice: Dice, field: Field): unknown {
  const kind = dice(12);
  if (kind === 0) return textOf(dice);
  if (kind === 1)
    return pick<unknown>(dice, [null, 7, true, [], {}, [textOf(dice)], { a: textOf(dice) }]);
  return fitting[field](dice);
}

/** Where values go; the test holds it against the schema, so that no place of a variable is left out. */
export const shape: readonly [string[], Field][] = [
  [['store'], 'store'],
  [['archive'], 'path'],
  [['checkpoints', 'to'], 'path'],
  [['checkpoints', 'key'], 'path'],
  [['connectors', 'git', 'repositories'], 'path'],
  [['connectors', 'github', 'token'], 'secret'],
  [['connectors', 'github', 'writeToken'], 'secret'],
  [['connectors', 'github', 'webhookSecret'], 'secret'],
  [['connectors', 'github', 'baseUrl'], 'url'],
  [['connectors', 'github', 'organization'], 'word'],
  [['connectors', 'github', 'app', 'privateKey'], 'secret'],
  [['connectors', 'github', 'webhookUrl'], 'url'],
  [['connectors', 'jira', 'writeEmail'], 'secret'],
  [['connectors', 'jira', 'writeToken'], 'secret'],
  [['connectors', 'jira', 'webhookSecret'], 'secret'],
  [['connectors', 'jira', 'webhookJwtSecret'], 'secret'],
  [['connectors', 'slack', 'writeToken'], 'secret'],
  [['connectors', 'slack', 'approvals', 'signingSecret'], 'secret'],
  [['connectors', 'slack', 'approvals', 'pageUrl'], 'url'],
  [['connectors', 'pagerduty', 'routingKey'], 'secret'],
  [['connectors', 'pagerduty', 'webhookSecret'], 'secret'],
  [['connectors', 'pagerduty', 'baseUrl'], 'url'],
  [['connectors', 'events', 'webhookSecret'], 'secret'],
  [['gateway', 'oidc', 'issuer'], 'url'],
  [['gateway', 'oidc', 'clientSecret'], 'secret'],
  [['gateway', 'oauth', 'issuer'], 'url'],
  [['connectors', 'jira', 'site'], 'url'],
  [['connectors', 'jira', 'email'], 'secret'],
  [['connectors', 'jira', 'token'], 'secret'],
  [['connectors', 'slack', 'baseUrl'], 'url'],
  [['connectors', 'slack', 'token'], 'secret'],
  [['connectors', 'slack', 'signingSecret'], 'secret'],
  [['connectors', 'pagerduty', 'token'], 'secret'],
  [['connectors', 'pagerduty', 'eventsUrl'], 'url'],
  [['gateway', 'origin'], 'url'],
  [['gateway', 'host'], 'word'],
  [['timeZone'], 'word'],
  [['signals', 'rules'], 'path'],
];
const lists: ReadonlySet<string> = new Set(['repositories']);
const companions: Readonly<Record<string, Record<string, unknown>>> = {
  jira: { projects: ['PAY'] },
  slack: { channels: ['a'] },
  github: { repositories: ['acme/api'] },
  app: { appId: 1, installationId: 1 },
  approvals: { channel: 'a' },
  oidc: { issuer: 'https://id.example.com', clientId: 'a' },
  gateway: { origin: 'https://page.example.com' },
};

/** Returns the text of a configuration: mostly valid, hostile in a place or two. */
export function hostileConfig(dice: Dice): string {
  const root: Record<string, unknown> = {};
  for (let turns = 1 + dice(4); turns > 0; turns -= 1) {
    const [path, field] = pick(dice, shape);
    put(root, path, valueOf(dice, field));
  }
  if (dice(6) === 0) root['teams'] = [{ key: 'a', name: textOf(dice) }];
  if (dice(20) === 0) root[textOf(dice)] = textOf(dice);
  const text = JSON.stringify(root);
  const kind = dice(16);
  if (kind === 0) return `\uFEFF${text}`;
  if (kind === 3) return `${text}\n---\n${text}`;
  if (kind === 4) return `<<: ${text}`;
  if (kind === 5) return text.replace(/^\{/, '{"store":"https://evil.example.com",');
  if (kind === 6) return `!!js/function ${text}`;
  if (kind === 1) return mutated(dice, text);
  if (kind === 2)
    return text.replace(
      /:"([^"]*)"/,
      (_, value: string) => `:&a "${value}","teams":[{"key":"a","name":*a}]`,
    );
  return text;
}

function put(root: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let here = root;
  for (const step of path.slice(0, -1)) {
    here[step] ??= { ...companions[step] };
    here = here[step] as Record<string, unknown>;
  }
  const last = path.at(-1) ?? '';
  here[last] = lists.has(last) ? [value] : value;
}

function mutated(dice: Dice, text: string): string {
  const at = dice(text.length);
  return (
    text.slice(0, at) +
    pick(dice, [...odd, ':', '- ', '*x', '<<: ', '!!js ', '"', '${']) +
    text.slice(at + dice(3))
  );
}

/** Judges one configuration. @throws Error where something gets out that must not */
export function judgeConfig(text: string): 'used' | 'refused' {
  let config: Config;
  try {
    ({ config } = parseConfig(text, join(folder, 'adjutant.config.yaml'), held));
  } catch (error) {
    judgeError(error);
    return 'refused';
  }
  try {
    judgeUsed(config);
  } catch (error) {
    judgeError(error);
    return 'refused';
  }
  return 'used';
}

function judgeError(error: unknown): void {
  if (!AdjutantError.isInstance(error)) throw error;
  const said = `${error.message} ${error.hint ?? ''} ${error.cause instanceof Error ? error.cause.message : ''}`;
  for (const value of [...Object.values(held), canary]) {
    if (said.includes(value)) throw new Error(`an error says ${value}: ${said}`);
  }
}

function judgeUsed(config: Config): void {
  const { ADJUTANT_STORE: address, ...others } = held;
  const written = JSON.stringify(config);
  for (const value of Object.values(others)) {
    if (written.includes(value)) throw new Error(`a value of the environment was copied: ${value}`);
  }
  if (JSON.stringify({ ...config, store: '' }).includes(address))
    throw new Error('the address was copied');
  const capabilities = capabilitiesOf({ config, folder, owner: thisUser() });
  const may = (kind: string, what: string): boolean =>
    capabilities.some((each) => each.kind === kind && each.what === what);
  const { checkpoints, archive, connectors, gateway } = config;
  for (const path of [checkpoints?.to, checkpoints?.key, archive]) {
    if (
      typeof path === 'string' &&
      !may('write', futurePath(join('/', path.startsWith('/') ? path : join(folder, path))))
    ) {
      throw new Error(`a path outside of what is trusted: ${path}`);
    }
  }
  const { github, jira, slack, pagerduty } = connectors;
  for (const url of [
    github?.baseUrl,
    github?.webhookUrl,
    jira?.site,
    slack?.baseUrl,
    pagerduty?.baseUrl,
    pagerduty?.eventsUrl,
    gateway?.oidc?.issuer,
    gateway?.oauth?.issuer,
  ]) {
    if (url !== undefined && !may('contact', new URL(url).host))
      throw new Error(`a host that is not named: ${url}`);
    judgeAddress(url);
  }
  judgeAddress(slack?.approvals?.pageUrl);
  judgeAddress(gateway?.origin);
  judgeStore(config.store);
  for (const [, name = ''] of JSON.stringify(connectors).matchAll(/\$\{([^}]*)\}/g)) {
    if (!may('credential', name) && !may('check', name))
      throw new Error(`a variable that is not named: ${name}`);
  }
  judgeBinding(config);
}

/** Said anew: what is used as an address has a host, and nothing that a reader does not see. */
function judgeAddress(text: string | undefined): void {
  if (text === undefined) return;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || !/^[!-~\p{L}\p{N}]*$/u.test(text)) {
    throw new Error(`an address that carries more than it shows: ${text}`);
  }
}

/** A store at a host comes from the file or from the one variable, and has no settings behind it. */
function judgeStore(store: string): void {
  if (!/^[a-z]{2,}:\/\//i.test(store) || /^file:/i.test(store)) return;
  judgeAddress(store);
  const { search, hash } = new URL(store);
  if (search !== '' || hash !== '') throw new Error(`a store with settings: ${store}`);
}

/** No credential is given for a host that is neither the vendor's nor the one beside it. */
function judgeBinding({ connectors: { github, jira, slack } }: Config): void {
  const bound = [
    [githubCredentials, github?.token, github?.baseUrl],
    [jiraCredentials, jira?.token, jira?.site],
    [slackCredentials, slack?.token, slack?.baseUrl],
  ] as const;
  for (const [system, token, url] of bound) {
    const host = url === undefined ? null : new URL(url).host;
    if (token === undefined || host === null || system.isVendors(host)) continue;
    let given: string | null = null;
    try {
      given = credentialFrom(system, token, held)(host);
    } catch (error) {
      judgeError(error);
    }
    if (given !== null) throw new Error(`a credential went to ${host}`);
  }
}
