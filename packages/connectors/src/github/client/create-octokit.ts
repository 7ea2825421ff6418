import { setImmediate } from 'node:timers/promises';
import type { ConnectorContext } from '@adjutant/core';
import { type GuardedFetch, guardFetch } from '../../http/guarded-fetch.ts';
import { refuseProxiedLoopback } from '../../http/loopback-proxy.ts';
import { githubVendor } from '../github-vendor.ts';
import { bindCredential, type CredentialConfig } from './credential.ts';
import type { ApiAddress } from './api-address.ts';

const requestTimeoutMs = 60_000;

/** One request, and its answer as octokit gives it. */
export type SendRequest = (
  parameters: {
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    url: string;
    headers?: Record<string, string>;
  } & Record<string, unknown>,
) => Promise<{ status: number; headers: Record<string, unknown>; data: unknown }>;

/**
 * Returns octokit bound to one host, without its own pace: its throttle waits a second between any
 * two GraphQL requests, and its retries count nothing. The governor does both.
 */
export async function createOctokit(
  context: ConnectorContext<CredentialConfig>,
  options: { followsRedirects?: boolean; timeoutMs?: number } = {},
): Promise<{
  address: ApiAddress;
  send: SendRequest;
  fetchSignedLink: GuardedFetch['fetchSignedLink'];
}> {
  const { address, credential } = bindCredential(context.config);
  if (credential.kind !== 'none') refuseProxiedLoopback(address, process, githubVendor);
  const guarded = guardFetch(context.fetch, address, { vendor: githubVendor, ...options });
  const timeoutMs = options.timeoutMs ?? requestTimeoutMs;
  const timed: typeof fetch = async (input, init = {}) =>
    await guarded.fetch(input, {
      ...init,
      signal: AbortSignal.any([context.signal, AbortSignal.timeout(timeoutMs)]),
    });
  const fetchSignedLink: GuardedFetch['fetchSignedLink'] = (link, signal) =>
    guarded.fetchSignedLink(
      link,
      AbortSignal.any([context.signal, signal, AbortSignal.timeout(timeoutMs)]),
    );
  const { App, Octokit } = await import('octokit');
  await setImmediate();
  // Loading that takes tens of milliseconds, and so does Node's own client, loaded with its first use.
  void globalThis.Headers;
  await setImmediate();
  const silent = { debug: drop, info: drop, warn: drop, error: drop };
  const Configured = Octokit.defaults({
    baseUrl: address.baseUrl,
    userAgent: 'adjutant',
    request: { fetch: timed },
    throttle: { enabled: false },
    retry: { enabled: false },
    log: silent,
  });
  if (credential.kind === 'app') {
    const { appId, installationId } = credential;
    const privateKey = await credential.privateKey();
    const app = new App({ appId, privateKey, Octokit: Configured, log: silent });
    const installation = await app.getInstallationOctokit(installationId);
    const send: SendRequest = async (parameters) => await installation.request(parameters);
    return { address, send, fetchSignedLink };
  }
  const octokit = new Configured();
  if (credential.kind === 'token') {
    octokit.hook.before('request', async (request) => {
      // Asked for each time: a host program may rotate it while a long first read goes on.
      request.headers.authorization = `Bearer ${await credential.token()}`;
    });
  }
  const send: SendRequest = async (parameters) => await octokit.request(parameters);
  return { address, send, fetchSignedLink };
}

function drop(): void {
  // Octokit's messages may quote requests; what matters becomes an error or a gap.
}
