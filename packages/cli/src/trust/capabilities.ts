import { lstatSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { placesBeyond } from '@adjutant/connectors/git-places';
import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import {
  checkedPath,
  type FileOwnership,
  futurePath,
  statIfThere,
} from '../config/checked-file.ts';
import type { Config } from '../config/config-schema.ts';
import { hostOf } from '../config/read-address.ts';
import { changesOf } from './changes.ts';
import { credentialsOf } from './credentials.ts';
import { digestsOf } from './digests.ts';
import { guardsOf } from './guards.ts';
import { sourcesOf } from './sources.ts';
import { serverOf, storePlace } from './store-place.ts';

/**
 * Everything that a configuration may be trusted to do. A closed list: what is not in it is not done. In
 * the order in which a person reads it: what reaches outside stands last, beside the question.
 */
export const capabilityKinds = [
  'read',
  'rule',
  'check',
  'write',
  'delete',
  'guard',
  'policy',
  'listen',
  'store',
  'sign-in',
  'source',
  'contact',
  'credential',
  'change',
] as const;
export type CapabilityKind = (typeof capabilityKinds)[number];

export const capabilitySchema = z.strictObject({
  kind: z.enum(capabilityKinds),
  /** The path, host, variable or words; never the value of a variable that holds a secret. */
  what: z.string().min(1).max(5_000),
  /** Where it goes: the host of a credential. */
  to: z.string().max(1_000).optional(),
});
export type Capability = z.infer<typeof capabilitySchema>;

/** Two that mean the same have the same one. There can be tens of thousands. */
function keyOf({ kind, what, to }: Capability): string {
  return JSON.stringify([kind, what, to ?? null]);
}

/** Returns those that are not among others. */
export function grownBy(now: readonly Capability[], trusted: readonly Capability[]): Capability[] {
  const known = new Set(trusted.map(keyOf));
  return now.filter((each) => !known.has(keyOf(each)));
}

/**
 * Returns the guards that were trusted to be there and are gone: the one kind that does harm by leaving.
 */
export function lostGuards(
  now: readonly Capability[],
  trusted: readonly Capability[],
): Capability[] {
  return grownBy(trusted, now).filter(({ kind }) => kind === 'guard');
}

/** Returns whatever a person has to be asked about again: more that is done, or less that guards. */
export function growthOf(now: readonly Capability[], trusted: readonly Capability[]): Capability[] {
  const more = grownBy(now, trusted).filter(({ kind }) => kind !== 'guard' || trusted.length === 0);
  return [...more, ...lostGuards(now, trusted)];
}

/** A configuration, where it lies, and whose the files beside it have to be. */
export interface ConfigFiles {
  config: Config;
  folder: string;
  owner: FileOwnership;
}

/** Returns everything that a configuration and the files beside it could do. Opens and contacts nothing. */
export function capabilitiesOf({ config, folder, owner }: ConfigFiles): Capability[] {
  requireOwnStore({ config, folder, owner });
  const all = [
    ...readsOf(config, folder),
    ...sourcesOf(config),
    ...contactsOf(config),
    ...credentialsOf(config),
    ...writesOf(config, folder),
    ...pageOf(config),
    ...changesOf(config),
    ...guardsOf(config),
    ...digestsOf(config, folder, owner),
  ];
  return [...new Map(all.toReversed().map((each) => [keyOf(each), each])).values()].toReversed();
}

function readsOf({ connectors, signals }: Config, folder: string): Capability[] {
  const clones = (connectors.git?.repositories ?? []).map((path) => resolve(folder, path));
  const paths = [
    ...clones,
    ...clones.flatMap((path) => placesBeyond(path, clones)),
    ...(signals?.rules === undefined ? [] : [resolve(folder, signals.rules)]),
  ];
  return paths.map((path) => ({ kind: 'read', what: futurePath(path) }));
}

function contactsOf({ connectors, gateway, store }: Config): Capability[] {
  const { github, jira, pagerduty, slack } = connectors;
  const addresses = [
    ...(github === undefined
      ? []
      : [github.baseUrl ?? 'https://api.github.com', github.webhookUrl]),
    ...(jira === undefined ? [] : [jira.site]),
    ...(pagerduty === undefined
      ? []
      : [
          pagerduty.baseUrl ?? 'https://api.pagerduty.com',
          pagerduty.eventsUrl ?? 'https://events.pagerduty.com',
        ]),
    ...(slack === undefined ? [] : [slack.baseUrl ?? 'https://slack.com']),
    gateway?.oidc?.issuer,
    gateway?.oauth?.issuer,
    storePlace(store, '/').host === null ? undefined : store,
  ];
  return addresses.flatMap((address) => {
    const host = address === undefined ? null : hostOf(address);
    return host === null ? [] : [{ kind: 'contact' as const, what: host }];
  });
}

function writesOf(config: Config, folder: string): Capability[] {
  const { store, archive, checkpoints } = config;
  const { host, path } = storePlace(store, folder);
  const place = path === null ? null : futurePath(path);
  const written = [
    ...(typeof archive === 'string' ? [resolve(folder, archive)] : []),
    ...(checkpoints === undefined ? [] : [resolve(folder, checkpoints.to)]),
    ...(checkpoints?.key === undefined ? [] : [resolve(folder, checkpoints.key)]),
  ];
  return [
    ...(place === null ? [] : [{ kind: 'store' as const, what: place }]),
    ...(host === null
      ? []
      : [{ kind: 'store' as const, what: serverOf({ config, folder }) ?? host }]),
    // Beside the store unless told, so it goes where the store's folder leads.
    ...(place === null || archive !== undefined
      ? []
      : [{ kind: 'write' as const, what: futurePath(`${place}.archive`) }]),
    ...written.map((each) => ({ kind: 'write' as const, what: futurePath(each) })),
  ];
}

type Proxy = NonNullable<NonNullable<Config['gateway']>['proxy']>;

function pageOf({ gateway, connectors }: Config): Capability[] {
  const { host, origin, oidc, oauth, proxy } = gateway ?? {};
  const linked = connectors.slack?.approvals?.pageUrl;
  const people = [oidc, oauth].flatMap((provider) =>
    Object.entries(provider?.people ?? {}).map(([name, id]) => ({
      kind: 'sign-in' as const,
      what: `${name} of ${provider?.issuer ?? ''} as person ${id}`,
    })),
  );
  return [
    ...(host === undefined ? [] : [{ kind: 'listen' as const, what: host }]),
    ...(origin === undefined ? [] : [{ kind: 'listen' as const, what: `for ${origin}` }]),
    ...(linked === undefined
      ? []
      : [{ kind: 'listen' as const, what: `for ${linked}, where approvers in Slack are sent` }]),
    ...(proxy === undefined ? [] : [{ kind: 'listen' as const, what: believedOf(proxy) }]),
    ...[oidc?.issuer, oauth?.issuer].flatMap((issuer) =>
      issuer === undefined
        ? []
        : [{ kind: 'sign-in' as const, what: `whoever ${issuer} vouches for` }],
    ),
    ...people,
  ];
}

function believedOf({ trusted, header = 'x-forwarded-for' }: Proxy): string {
  return `behind ${trusted.join(', ')}, whose ${header} is believed`;
}

/** Returns whether anything is there already where the store will be. */
export function storeIsThere({ config, folder }: { config: Config; folder: string }): boolean {
  const { path } = storePlace(config.store, folder);
  return path !== null && statIfThere(path) !== null;
}

/** A store that others may write, or a part of one, is not opened; nor is anything but files. */
function requireOwnStore({ config, folder, owner }: ConfigFiles): void {
  const { path } = storePlace(config.store, folder);
  if (path === null) return;
  const real = futurePath(path);
  for (const part of ['', '-wal', '-shm', '-journal'].map((end) => `${real}${end}`)) {
    if (statIfThere(part) === null || (part === real && isDangling(part))) continue;
    // The log is written wherever its link leads; only where the store itself lies is shown.
    const found = lstatSync(part === real ? checkedPath(part, owner) : part);
    if (found.isFile()) {
      checkedPath(part, owner);
      continue;
    }
    throw new AdjutantError('Configuration', `${part} is no file, so no store is opened there.`, {
      hint: 'Remove it, or name another place with "store".',
    });
  }
}

function isDangling(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    return true;
  }
}
