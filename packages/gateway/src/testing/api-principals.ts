import type { Principal, Scope, SignedInPerson, TokenBearer } from '../auth/principal.ts';
import type { AuthenticateHost } from '../auth/authenticate-request.ts';
import { scopeSchema } from '../auth/principal.ts';
import type { TokenVerifier } from '../auth/token-verifier.ts';

/** Whoever asks in tests of the API, by name. */
export const principalNames = [
  'nobody',
  'member',
  'lead',
  'admin',
  'agent',
  'token of read',
  'token of propose',
  'token of report',
  'token of write',
  'token of metrics',
  'token of mcp',
] as const;
export type PrincipalName = (typeof principalNames)[number];

const hostHeader = 'x-host-session';

/** Ids of three people of a workspace: a member, a lead, and its owner. */
export interface Cast {
  workspaceId: string;
  member: string;
  lead: string;
  admin: string;
}

function personOf(role: 'member' | 'lead' | 'admin', cast: Cast): SignedInPerson {
  return {
    kind: 'signed_in',
    viewer: { kind: 'person', personId: cast[role], role },
    name: role,
    workspaceId: cast.workspaceId,
    proof: { kind: 'host_session', method: 'password' },
  };
}

function tokenOf(name: string, cast: Cast): TokenBearer | null {
  const { workspaceId, member, admin } = cast;
  const tokenId = `${workspaceId} ${name}`;
  if (name === 'agent') {
    const viewer = { kind: 'agent', name: 'assistant', sponsorPersonId: member } as const;
    const scopes: readonly Scope[] = scopeSchema.options;
    return { kind: 'token', viewer, workspaceId, scopes, tokenId };
  }
  const scope = scopeSchema.safeParse(name.replace('token of ', ''));
  if (!scope.success) return null;
  // An administrator's: what such a token is refused is refused for its scope alone.
  const viewer = { kind: 'person', personId: admin, role: 'admin' } as const;
  return { kind: 'token', viewer, workspaceId, scopes: [scope.data], tokenId };
}

/** Returns who asks under a name; null for nobody. */
export function principalOf(name: PrincipalName, cast: Cast): Principal | null {
  if (name === 'nobody') return null;
  if (name === 'member' || name === 'lead' || name === 'admin') return personOf(name, cast);
  return tokenOf(name, cast);
}

/** Returns the headers with which somebody asks. */
export function headersOf(name: PrincipalName, workspaceId: string): Record<string, string> {
  if (name === 'nobody') return {};
  const word = Buffer.from(`${workspaceId} ${name}`).toString('base64url');
  if (name === 'agent' || name.startsWith('token of ')) return { authorization: `Bearer ${word}` };
  return { [hostHeader]: word };
}

/** Returns how a host would know its people, and what knows the tokens. */
export function authenticationOf(casts: ReadonlyMap<string, Cast>): {
  authenticate: AuthenticateHost;
  tokens: TokenVerifier[];
} {
  const read = (word: string | null): Principal | null => {
    const [workspaceId = '', ...rest] = Buffer.from(word ?? '', 'base64url')
      .toString()
      .split(' ');
    const cast = casts.get(workspaceId);
    const name = principalNames.find((known) => known === rest.join(' '));
    return cast === undefined || name === undefined ? null : principalOf(name, cast);
  };
  return {
    authenticate(request) {
      const found = read(request.headers.get(hostHeader));
      return found?.kind === 'signed_in' ? found : null;
    },
    tokens: [
      {
        async verify(token) {
          const found = read(token);
          return found?.kind === 'token' ? found : null;
        },
      },
    ],
  };
}
