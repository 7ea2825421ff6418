import { AdjutantError, type ConnectorContext } from '@adjutant/core';
import { isLoopback } from '../../http/address.ts';
import { noAnswer, readRetryAfter } from '../../http/failed-request.ts';
import type { Governor } from '../../http/governor.ts';
import type { GuardedFetch } from '../../http/guarded-fetch.ts';
import type { ApiAddress } from './api-address.ts';

const attempts = 5;
const firstBackoffMs = 1_000;
const longestBackoffMs = 60_000;
/** A report of a day of ten thousand people is a tenth of it. */
const largestBytes = 64 * 1024 * 1024;

/** Where GitHub keeps its reports. */
export const reportHost = 'copilot-reports.github.com';
/** Others that it used before, falls back to, or has for data residency. */
const otherReportHosts = [
  /^copilot-reports(?:-[a-z0-9-]+)?\.[a-z0-9-]+\.ghe\.com$/,
  /^copilot-reports-[a-z0-9-]+\.b01\.azurefd\.net$/,
  /^usagereports[a-z0-9]*\.blob\.core\.windows\.net$/,
];

type Place = Pick<ConnectorContext<unknown>, 'signal' | 'clock'> & {
  governor: Governor<never>;
  address: ApiAddress;
};

/**
 * Returns the text that a signed link leads to; null where the link is no longer taken. What fails
 * for a while is asked again.
 * @throws AdjutantError
 */
export async function downloadLink(
  { signal, clock, governor, address }: Place,
  fetchSignedLink: GuardedFetch['fetchSignedLink'],
  link: string,
): Promise<string | null> {
  refuseForeignHost(link, address);
  for (let count = 1; ; count += 1) {
    signal.throwIfAborted();
    const outcome = await once(fetchSignedLink, link, signal);
    signal.throwIfAborted();
    if (outcome.kind === 'text') return outcome.text;
    if (outcome.kind === 'refused') return null;
    if (count >= attempts) throw failed(outcome.status);
    const backoff = Math.min(longestBackoffMs, firstBackoffMs * 2 ** (count - 1));
    await governor.wait(readRetryAfter(outcome.headers, clock.now()) ?? backoff, 'failure');
  }
}

type Outcome =
  | { kind: 'text'; text: string }
  | { kind: 'refused' }
  | { kind: 'failed'; status: number | null; headers: Readonly<Record<string, string>> };

async function once(
  fetchSignedLink: GuardedFetch['fetchSignedLink'],
  link: string,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const response = await fetchSignedLink(link, signal);
    const { status } = response;
    if (response.ok) return { kind: 'text', text: await readBounded(response) };
    await response.body?.cancel();
    const mayPass = status === 408 || status === 429 || status >= 500;
    if (!mayPass) return { kind: 'refused' };
    return { kind: 'failed', status, headers: Object.fromEntries(response.headers) };
  } catch (error) {
    // The reason may quote the link, and whoever has the link has the report.
    if (AdjutantError.isInstance(error)) throw error;
    return { kind: 'failed', ...noAnswer };
  }
}

async function readBounded(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const part: unknown = (await reader?.read())?.value;
    if (!(part instanceof Uint8Array)) break;
    bytes += part.byteLength;
    if (bytes > largestBytes) {
      await reader?.cancel();
      throw new AdjutantError('Upstream', 'A report of GitHub is longer than 64 MB.', {
        source: 'github',
        hint: 'It was not read. Please report it: reports are longer by now than they were.',
      });
    }
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}

function refuseForeignHost(link: string, address: ApiAddress): void {
  const url = URL.canParse(link) ? new URL(link) : null;
  const isLocal =
    url !== null && isLoopback(url.hostname) && isLoopback(new URL(address.origin).hostname);
  const isKnown =
    url !== null &&
    url.port === '' &&
    url.username === '' &&
    (url.hostname === reportHost || otherReportHosts.some((host) => host.test(url.hostname)));
  if (isLocal || isKnown || url?.origin === address.origin) return;
  const host = url === null ? 'no host' : url.hostname.slice(0, 100);
  throw new AdjutantError(
    'Upstream',
    `GitHub gives a link to a report at ${host}; it was not asked.`,
    {
      source: 'github',
      hint: 'Reports are fetched only from the hosts that docs/security/hosts-contacted.md names.',
    },
  );
}

function failed(status: number | null): AdjutantError {
  const text = status === null ? 'could not be reached' : `failed (${status})`;
  return new AdjutantError('Upstream', `The host of GitHub's reports ${text}.`, {
    source: 'github',
    ...(status === null ? {} : { status }),
    retryable: true,
    hint: 'Run "adjutant sync" again later; it goes on where it stopped.',
  });
}
