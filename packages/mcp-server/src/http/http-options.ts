import type { Logger } from '@adjutant/core';
import type { Viewer } from '@adjutant/core/domain';
import type { AllowedSites } from './allowed-sites.ts';

/** Takes a request and answers it; what every web-standard server mounts. */
export type HttpHandler = (request: Request) => Promise<Response>;

export interface HttpGuardOptions extends AllowedSites {
  /** Who asks, as the host knows it; null for nobody it knows, which is answered with 401. */
  authenticate: (request: Request) => Viewer | null | Promise<Viewer | null>;
  /** `WWW-Authenticate` of that answer; `Bearer` unless told. */
  challenge?: string;
  /** The largest body that is read. @unit bytes */
  maxBodyBytes?: number;
  /** Where failures are noted. */
  logger?: Logger;
}
