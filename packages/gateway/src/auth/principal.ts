import { type AccessScope, accessScopeSchema, type Viewer } from '@adjutant/core/domain';

/** What a program's token may do for whoever it stands for. There is none for deciding. */
export const scopeSchema = accessScopeSchema;
export type Scope = AccessScope;

type PersonViewer = Extract<Viewer, { kind: 'person' }>;
type AgentViewer = Extract<Viewer, { kind: 'agent' }>;

/** A person whose own browser asks: signed in at this page, or by the host that embeds it. */
export interface SignedInPerson {
  kind: 'signed_in';
  viewer: PersonViewer;
  /** As the page greets them. */
  name: string;
  /** The workspace they are in; the gateway's own unless told. */
  workspaceId?: string | undefined;
  /** What a decision of theirs is proved by. */
  proof: { kind: 'page_session'; sessionId: string } | { kind: 'host_session'; method: string };
}

/** A program with a token: of a person for their scripts, or of an assistant that works for one. */
export interface TokenBearer {
  kind: 'token';
  viewer: PersonViewer | AgentViewer;
  workspaceId?: string | undefined;
  scopes: readonly Scope[];
  /** Tells this token from others, and says nothing of what it is. */
  tokenId: string;
}

/** Whoever sent a request, once that is known. */
export type Principal = SignedInPerson | TokenBearer;

/** Returns a name under which requests of one principal are counted together. */
export function principalKey(principal: Principal): string {
  return principal.kind === 'token'
    ? `token:${principal.tokenId}`
    : `person:${principal.workspaceId ?? ''}:${principal.viewer.personId}`;
}
