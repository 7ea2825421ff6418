import type { CredentialProvider, CredentialPurpose } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A system that credentials are for, and the hosts of its own where they may go unless told. */
export interface CredentialSystem {
  source: string;
  title: string;
  /** The host whose credential is stored without the host in its name. */
  publicHost: string | null;
  /** Whether a host is run by the vendor: a token sent there reaches nobody else. */
  isVendors: (host: string) => boolean;
}

/**
 * Returns a credential for a host: from the variable that the configuration names, else from the
 * stored secrets.
 */
export function credentialOf(
  system: CredentialSystem,
  purpose: CredentialPurpose,
  reference: string | undefined,
  { env, stored }: { env: Environment; stored: CredentialProvider },
): (host: string) => Promise<string> {
  return async (host) => {
    const variable = reference?.slice(2, -1);
    if (reference !== undefined && env[variable ?? '']) {
      return credentialFrom(system, reference, env)(host);
    }
    const { source, title, publicHost } = system;
    const value = await stored({ source, purpose, host });
    if (value !== null) return value;
    const name = `connector:${source}:${purpose}${host === publicHost ? '' : `@${host}`}`;
    const asked = variable === undefined ? '' : ` The environment variable ${variable} is not set.`;
    throw new AdjutantError(
      'Configuration',
      `There is no credential to ${purpose} ${title} at ${host}.${asked}`,
      { hint: `Store one: adjutant keys set ${name}` },
    );
  };
}

/**
 * Returns a function that gives a credential to the one host that it was entered for. Which host that
 * is stands beside it in the environment, so that no file found in somebody's folder can send it
 * elsewhere; unless told it is one that the vendor runs.
 */
export function credentialFrom(
  { isVendors, publicHost }: CredentialSystem,
  reference: string,
  env: Environment,
): (host: string) => string {
  const name = reference.slice(2, -1);
  return (host) => {
    const value = env[name];
    if (value === undefined || value === '') {
      throw new AdjutantError('Configuration', `The environment variable ${name} is not set.`, {
        hint: `Set it, for example with "export ${name}=…", and try again.`,
      });
    }
    const bound = hostIn(env[`${name}_HOST`]);
    if (bound === host || (bound === null && isVendors(host))) return value;
    throw new AdjutantError(
      'Configuration',
      `The credential in ${name} was entered for ${bound ?? publicHost ?? 'the vendor itself'}; the configuration names ${host}, which got nothing.`,
      { hint: `If it was made for ${host}, say so beside it: export ${name}_HOST=${host}` },
    );
  };
}

/** Returns the host that a variable names beside a credential; null where it names none. */
export function hostIn(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  const url = text.includes('://') ? text : `https://${text}`;
  if (!URL.canParse(url)) return 'an address that cannot be read';
  const { host } = new URL(url);
  return host === 'github.com' ? 'api.github.com' : host;
}

/** An option that is not given has the connector's default, which `undefined` would be too. */
export function withoutUndefined<Section extends object>(
  section: Section,
): { [Key in keyof Section]: Exclude<Section[Key], undefined> } {
  const given = Object.entries(section).filter(([, value]) => value !== undefined);
  // The keys stay; only those without a value go.
  return Object.fromEntries(given) as { [Key in keyof Section]: Exclude<Section[Key], undefined> };
}
