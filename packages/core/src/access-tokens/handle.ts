import type { AccessScope, AccessToken, CreateAccessToken, Viewer } from '../domain.ts';

/** A token that was just made, with what stands for it, which is handed out this once. */
export interface CreatedAccessToken extends AccessToken {
  /** `adj_` and 43 characters. */
  token: string;
}

/** Tokens of programs and assistants, as one viewer may make, see and end them. */
export interface AccessTokens {
  /** Makes one for the viewer themselves. @throws AdjutantError `Permission`, `InvalidInput`, `Conflict` */
  create(input: CreateAccessToken): Promise<CreatedAccessToken>;
  /** Returns the viewer's own, for an administrator everybody's; the newest first, ended ones too. */
  list(): Promise<AccessToken[]>;
  /** Ends one's own, or as an administrator anybody's. @throws AdjutantError `NotFound` */
  revoke(id: string): Promise<void>;
}

/** Whom a token stands for now, and what it may do for them. */
export interface VerifiedAccessToken {
  tokenId: string;
  workspaceId: string;
  /** With the role that the person has now. */
  viewer: Exclude<Viewer, { kind: 'system' }>;
  scopes: AccessScope[];
}
