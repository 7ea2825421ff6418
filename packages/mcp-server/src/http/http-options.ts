import type { Logger } from '@adjutant/core';
import type { AccessScope, Viewer } from '@adjutant/core/domain';
import type { AllowedSites } from './allowed-sites.ts';

/** Takes a request and answers it; what every web-standard server mounts. */
export type HttpHandler = (request: Request) => Promise<Response>;

/** Somebody who shows a token, and what it was given for. */
export interface ScopedViewer {
  viewer: Viewer;
  scopes: readonly AccessScope[];
}

export interface HttpGuardOptions extends AllowedSites {
  /**
   * Who asks, as the host knows it; null for nobody it knows, which is answered with 401. For a token
   * that was given for some things only, return its scopes too: a viewer alone may use every tool.
   */
  authenticate: (
    request: Request,
  ) => Viewer | ScopedViewer | null | Promise<Viewer | ScopedViewer | null>;
  /** `WWW-Authenticate` of that answer; `Bearer` unless told. */
  challenge?: string;
  /** The address of the metadata of the protected resource, named to whoever lacks a scope. */
  resourceMetadata?: string;
  /** The largest body that is read. @unit bytes */
  maxBodyBytes?: number;
  /** Where failures are noted. */
  logger?: Logger;
}
