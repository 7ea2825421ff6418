import { readFile } from 'node:fs/promises';
import { AdjutantError } from '../errors.ts';
import type { Secrets } from './secrets.ts';

/** Reading and writing take different credentials, so that a read token can be all there is. */
export type CredentialPurpose = 'read' | 'write';

/** What a credential is wanted for. It is sent to `host` and to no other. */
export interface CredentialRequest {
  /** The system: `github`. */
  source: string;
  purpose: CredentialPurpose;
  host: string;
}

/**
 * Returns the credential as it is now, or null where this one has none for that. It is asked for each
 * request and nobody keeps the answer, so that a rotated value holds from the next request on.
 */
export type CredentialProvider = (request: CredentialRequest) => Promise<string | null>;

/** Returns a credential from an environment variable, for exactly one use. */
export function environmentCredential(
  only: CredentialRequest,
  variable: string,
  env: Readonly<Record<string, string | undefined>>,
): CredentialProvider {
  return async (request) => {
    const value = isSame(request, only) ? env[variable] : undefined;
    return value === undefined || value === '' ? null : value;
  };
}

/**
 * Returns a credential from a file that somebody else keeps fresh, such as an agent of a vault; for
 * exactly one use. @throws AdjutantError `Configuration` when asked, where the file cannot be read
 */
export function fileCredential(only: CredentialRequest, path: string): CredentialProvider {
  return async (request) => {
    if (!isSame(request, only)) return null;
    try {
      const value = (await readFile(path, 'utf8')).trim();
      return value === '' ? null : value;
    } catch {
      throw new AdjutantError('Configuration', `The credential file ${path} cannot be read.`, {
        hint: 'Check the path, and that whatever writes it is running.',
      });
    }
  };
}

/**
 * Returns credentials from stored secrets. A name without a host is for the system's own public
 * service, which the host program names; any other host has it in its name:
 * `connector:github:read@github.example.com`. So nothing that names another address gets one.
 */
export function storedCredential(
  secrets: Pick<Secrets, 'get'>,
  publicHosts: Readonly<Record<string, string>>,
): CredentialProvider {
  return (request) => secrets.get(credentialName(request, publicHosts));
}

/** Returns the name that a credential is stored under. */
export function credentialName(
  { source, purpose, host }: CredentialRequest,
  publicHosts: Readonly<Record<string, string>>,
): string {
  const name = `connector:${source}:${purpose}`;
  return publicHosts[source] === host ? name : `${name}@${host}`;
}

/** Returns the first credential that any of the providers has, asked in this order. */
export function firstCredential(...providers: readonly CredentialProvider[]): CredentialProvider {
  return async (request) => {
    for (const provider of providers) {
      const value = await provider(request);
      if (value !== null) return value;
    }
    return null;
  };
}

/**
 * Returns what a connector takes as its token: a function that is told the host.
 * @throws AdjutantError `Configuration` when asked, where there is none
 */
export function credentialFor(
  provider: CredentialProvider,
  use: Omit<CredentialRequest, 'host'>,
): (host: string) => Promise<string> {
  return async (host) => {
    const value = await provider({ ...use, host });
    if (value !== null) return value;
    const { source, purpose } = use;
    throw new AdjutantError(
      'Configuration',
      `There is no credential to ${purpose} ${source} at ${host}.`,
      { source, hint: `Store one: adjutant keys set ${credentialName({ ...use, host }, {})}` },
    );
  };
}

function isSame(request: CredentialRequest, only: CredentialRequest): boolean {
  return (
    request.source === only.source && request.purpose === only.purpose && request.host === only.host
  );
}
