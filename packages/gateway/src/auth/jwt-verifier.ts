import { type Adjutant, type Clock, systemClock } from '@adjutant/core';
import { AdjutantError, normaliseEmail } from '@adjutant/core/ports';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import {
  type ConfiguredPeople,
  personOfConfiguredAddress,
  personOfConfiguredSubject,
} from './configured-person.ts';
import { issuerAddress, longestSubject } from './issuer-address.ts';
import { type Scope, scopeSchema, type TokenBearer } from './principal.ts';
import type { TokenVerifier } from './token-verifier.ts';

/** What a token says, as its issuer signed it. */
export type TokenClaims = Readonly<Record<string, unknown>>;

/** An assistant that shows a token, and the person for whom it works; the person alone without a name. */
export interface TokenOwner {
  personId: string;
  agentName: string | null;
}

export interface JwtVerifierOptions {
  /** The authorization server, as tokens name it in `iss`. */
  issuer: string;
  /** What tokens for this server name in `aud`: the address of the resource, `https://…/mcp`. */
  audience: string;
  /** Where the issuer's keys are; found through its metadata unless told. */
  jwksUri?: string;
  /** The workspace that the people are of; the default one unless told. */
  workspaceId?: string;
  /**
   * Returns whom a token stands for; null for nobody here. Unless told, its subject is looked up in
   * `people`, then its verified address; and it is an assistant, named after the client it was given to.
   */
  ownerOf?: (claims: TokenClaims) => TokenOwner | null | Promise<TokenOwner | null>;
  /** Ids of people, by subject or verified address. */
  people?: ConfiguredPeople;
  /** Words of the scope without which a token may do nothing here. */
  requiredScopes?: readonly string[];
  /** How requests to the issuer are made. */
  fetch?: typeof globalThis.fetch;
  clock?: Clock;
}

/** Signatures with a public key only: a token that the key itself could have signed is none. */
const algorithms = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ');
/** Clocks of two machines may differ by this. @unit seconds */
const clockToleranceSeconds = 30;

/**
 * Returns a verifier of tokens that an authorization server issues for this resource (RFC 9068), for
 * `/mcp` and `/v1`. The role of the person is read anew with each token.
 * @throws AdjutantError `Configuration`
 */
export function createJwtVerifier(adjutant: Adjutant, options: JwtVerifierOptions): TokenVerifier {
  const { issuer, audience, clock = systemClock, workspaceId, requiredScopes = [] } = options;
  issuerAddress(issuer);
  if (audience === '') throw new AdjutantError('Configuration', 'The audience is empty.');
  const approvers = adjutant.approvers(workspaceId);
  const keys = keysOf(options);
  return {
    async verify(token) {
      const claims = await readClaims(token, { issuer, audience, clock, keys });
      if (claims === null) return null;
      const owner = await (options.ownerOf ?? defaultOwner(options, approvers))(claims);
      const viewer = owner === null ? null : await approvers.viewerOfPerson(owner.personId);
      if (owner === null || viewer === null) return null;
      const words = scopeWords(claims);
      const isEnough = requiredScopes.every((word) => words.includes(word));
      const bearer: TokenBearer = {
        kind: 'token',
        viewer:
          owner.agentName === null
            ? viewer
            : { kind: 'agent', name: owner.agentName, sponsorPersonId: viewer.personId },
        scopes: isEnough ? scopesOf(words) : [],
        // Never the token's own id alone: another issuer may have used it.
        tokenId: `${issuer}|${claims.sub ?? ''}|${owner.agentName ?? ''}`,
        ...(workspaceId === undefined ? {} : { workspaceId }),
      };
      return bearer;
    },
  };
}

type Keys = () => Promise<JWTVerifyGetKey>;

async function readClaims(
  token: string,
  { issuer, audience, clock, keys }: { issuer: string; audience: string; clock: Clock; keys: Keys },
): Promise<JWTPayload | null> {
  // What has another form is a token of somebody else, and not worth a request for keys.
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return null;
  const { errors, jwtVerify } = await import('jose');
  try {
    const { payload, protectedHeader } = await jwtVerify(token, await keys(), {
      issuer,
      audience,
      algorithms,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: clockToleranceSeconds,
      currentDate: new Date(clock.now()),
    });
    const { typ = 'JWT' } = protectedHeader;
    const isAccessToken = /^(?:application\/)?at\+jwt$/i.test(typ) || /^jwt$/i.test(typ);
    // Only a sign-in has a nonce: what was issued to a client about somebody is no key of theirs.
    return isAccessToken && payload['nonce'] === undefined ? payload : null;
  } catch (error) {
    if (error instanceof errors.JOSEError && error.code !== 'ERR_JWKS_TIMEOUT') return null;
    throw new AdjutantError('Upstream', 'The authorization server did not give its keys.', {
      hint: 'Try again in a minute.',
      source: 'oauth',
      cause: error,
    });
  }
}

const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** Returns what gets the issuer's keys: looked up at the first token, kept, and again for one unknown. */
function keysOf({ issuer, jwksUri, fetch = globalThis.fetch }: JwtVerifierOptions): Keys {
  let found: Promise<JWTVerifyGetKey> | null = null;
  const find = async (): Promise<JWTVerifyGetKey> => {
    const { createRemoteJWKSet, customFetch } = await import('jose');
    const address = jwksUri ?? (await jwksUriOf(issuer, fetch));
    issuerAddress(address);
    return createRemoteJWKSet(new URL(address), { [customFetch]: fetch });
  };
  return () => {
    found ??= find().catch((error: unknown) => {
      found = null;
      throw error;
    });
    return found;
  };
}

/** @source RFC 8414 §3.1 and OpenID Connect Discovery 1.0 §4 */
async function jwksUriOf(issuer: string, fetch: typeof globalThis.fetch): Promise<string> {
  const { origin, pathname } = new URL(issuer);
  const path = pathname === '/' ? '' : pathname.replace(/\/$/, '');
  const places = [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}${path}/.well-known/openid-configuration`,
  ];
  for (const place of places) {
    const response = await fetch(place, { redirect: 'error', signal: AbortSignal.timeout(5_000) });
    if (!response.ok) continue;
    const metadata = metadataSchema.safeParse(await response.json());
    // Metadata of another issuer would bring keys of another.
    if (metadata.success && metadata.data.issuer === issuer) return metadata.data.jwks_uri;
  }
  throw new AdjutantError('Configuration', 'The issuer has no metadata with keys.', {
    hint: 'Name the address of its keys: jwksUri.',
  });
}

const identitySchema = z.object({
  sub: z.string().max(longestSubject).regex(/\S/),
  email: z.string().optional(),
  email_verified: z.literal(true).optional().catch(undefined),
  client_id: z.string().optional(),
  azp: z.string().optional(),
});

function defaultOwner(
  { issuer, people = {} }: JwtVerifierOptions,
  approvers: ReturnType<Adjutant['approvers']>,
): (claims: TokenClaims) => Promise<TokenOwner | null> {
  return async (claims) => {
    const identity = identitySchema.safeParse(claims);
    if (!identity.success) return null;
    const { sub, email, email_verified: isVerified, client_id: client, azp } = identity.data;
    const address = isVerified === true && email !== undefined ? normaliseEmail(email) : undefined;
    const suggested =
      address === undefined
        ? null
        : (personOfConfiguredAddress(people, address) ??
          (await approvers.personOfAddress(address)));
    const personId = await approvers
      .personOfSubject({
        issuer,
        subject: sub,
        verifiedAddress: address ?? null,
        named: personOfConfiguredSubject(people, sub),
        suggested,
      })
      .catch((error: unknown) => {
        // A second subject with an address opens nothing; the ledger has it.
        if (AdjutantError.isInstance(error) && error.code === 'Permission') return null;
        throw error;
      });
    return personId === null ? null : { personId, agentName: agentNameOf(client ?? azp) };
  };
}

/** The name of a client is text from outside, and stands in the ledger. */
function agentNameOf(client: string | undefined): string {
  const name = (client ?? '').replace(/[^\w.@-]+/g, '-').slice(0, 60);
  return /^\w/.test(name) ? name : 'oauth-client';
}

function scopeWords(claims: TokenClaims): string[] {
  const { scope, scp } = claims;
  const value = scope ?? scp;
  if (typeof value === 'string') return value.split(' ');
  return Array.isArray(value) ? value.filter((word) => typeof word === 'string') : [];
}

/** `mcp`, or `adjutant:mcp` where an authorization server serves many. */
function scopesOf(words: readonly string[]): Scope[] {
  return words.flatMap((word) => {
    const scope = scopeSchema.safeParse(word.replace(/^adjutant:/, ''));
    return scope.success ? [scope.data] : [];
  });
}
