export type { AllowedSites } from './http/allowed-sites.ts';
export {
  type AdjutantHttpOptions,
  createAdjutantHttpHandler,
  type ResolveWorkspace,
  type ViewedWorkspace,
} from './http/create-adjutant-http-handler.ts';
export type { HttpGuardOptions, HttpHandler, ScopedViewer } from './http/http-options.ts';
